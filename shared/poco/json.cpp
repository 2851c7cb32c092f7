#include "shared/poco/json.h"

#include <algorithm>
#include <utility>

namespace zige {

Json::Json() = default;
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;

Json::Json(std::nullptr_t) {}
Json::Json(bool value) : value_(value) {}
Json::Json(Whole whole) : value_(whole.value) {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(std::string text) : value_(std::move(text)) {}
Json::Json(Decimal value) : value_(std::move(value)) {}
Json::Json(Array items) : value_(std::move(items)) {}
Json::Json(Object members) : value_(std::move(members)) {}

Json Json::object(std::initializer_list<Member> members) { return Json(Object(members)); }

Json Json::array(std::initializer_list<Json> items) { return Json(Array(items)); }

bool Json::is_null() const { return std::holds_alternative<std::monostate>(value_); }
const std::string* Json::text() const { return std::get_if<std::string>(&value_); }
const Json::Array* Json::items() const { return std::get_if<Array>(&value_); }
const Json::Object* Json::members() const { return std::get_if<Object>(&value_); }

std::optional<bool> Json::boolean() const {
    const bool* value = std::get_if<bool>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
    const std::int64_t* value = std::get_if<std::int64_t>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::string> Json::number() const {
    if (const auto* decimal = std::get_if<Decimal>(&value_)) return decimal->text;
    if (const auto* value = std::get_if<std::int64_t>(&value_)) return std::to_string(*value);
    return {};
}

const Json* Json::find(std::string_view key) const {
    const Object* object = members();
    if (object == nullptr) return nullptr;
    const auto found =
        std::find_if(object->begin(), object->end(), [&](const Member& each) { return each.key == key; });
    return found == object->end() ? nullptr : &found->value;
}

Json& Json::set(std::string key, Json value) {
    if (is_null()) value_ = Object{};
    expect(std::holds_alternative<Object>(value_), "Json::set() of no object");
    Object& object = std::get<Object>(value_);
    const auto found = std::find_if(object.begin(), object.end(), [&](const Member& each) { return each.key == key; });
    if (found != object.end()) found->value = std::move(value);
    else object.push_back({std::move(key), std::move(value)});
    return *this;
}

Json& Json::push(Json value) {
    if (is_null()) value_ = Array{};
    expect(std::holds_alternative<Array>(value_), "Json::push() to no array");
    std::get<Array>(value_).push_back(std::move(value));
    return *this;
}

// By hand: clang-tidy 14 does not survive the comparison of a variant that holds itself.
bool Json::operator==(const Json& other) const {
    const auto same = [&other]<typename T>(const T& mine) {
        const T* theirs = std::get_if<T>(&other.value_);
        return theirs != nullptr && *theirs == mine;
    };
    return std::visit(same, value_);
}

}  // namespace zige

#include "shared/poco/json.h"

namespace zige {

namespace {

Error missing(std::string_view key) { return fail(ErrorId::api_missing_field, std::string(key), "must be there"); }

Error bad(std::string_view key, std::string why) {
    return fail(ErrorId::api_bad_field, std::string(key), std::move(why));
}

/// Null counts as missing.
const Json* find(const Json& object, std::string_view key) {
    const Json* found = object.find(key);
    return found == nullptr || found->is_null() ? nullptr : found;
}

}  // namespace

Result<std::optional<std::string>> optional_text_member(const Json& object, std::string_view key,
                                                        std::size_t max_bytes) {
    const Json* found = find(object, key);
    if (found == nullptr) return std::optional<std::string>();
    if (found->text() == nullptr) return bad(key, "must be text");
    if (found->text()->size() > max_bytes) return bad(key, "over " + std::to_string(max_bytes) + " bytes");
    return std::optional(*found->text());
}

Result<std::string> text_or_digits(const Json* value, std::string_view field, std::size_t max_bytes, Blanks blanks) {
    if (value == nullptr || value->is_null()) return std::string();
    const auto digits = value->number();
    if (value->text() == nullptr && !digits) return bad(field, "a text");
    std::string text = digits ? *digits : *value->text();
    if (blanks == Blanks::dropped) {
        text.erase(text.find_last_not_of(' ') + 1);
        text.erase(0, text.find_first_not_of(' '));
    }
    if (text.size() > max_bytes) return bad(field, "longer than " + std::to_string(max_bytes) + " bytes");
    return text;
}

Result<std::string> text_member(const Json& object, std::string_view key, std::size_t max_bytes) {
    ZIGE_TRY(text, optional_text_member(object, key, max_bytes));
    if (!text) return missing(key);
    return *std::move(text);
}

Result<std::optional<std::int64_t>> optional_integer_member(const Json& object, std::string_view key, std::int64_t min,
                                                            std::int64_t max) {
    const Json* found = find(object, key);
    if (found == nullptr) return std::optional<std::int64_t>();
    const auto value = found->integer();
    if (!value) return bad(key, "must be an integer");
    if (*value < min || *value > max)
        return bad(key, "must lie between " + std::to_string(min) + " and " + std::to_string(max));
    return value;
}

Result<std::int64_t> integer_member(const Json& object, std::string_view key, std::int64_t min, std::int64_t max) {
    ZIGE_TRY(value, optional_integer_member(object, key, min, max));
    if (!value) return missing(key);
    return *value;
}

Result<bool> flag_member(const Json& object, std::string_view key, bool when_missing) {
    const Json* found = find(object, key);
    if (found == nullptr) return when_missing;
    const auto value = found->boolean();
    if (!value) return bad(key, "must be true or false");
    return *value;
}

}  // namespace zige

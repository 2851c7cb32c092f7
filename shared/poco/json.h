#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// A JSON value. Members of an object keep the order in which they were added.
class Json {
public:
    /// A number that is no 64-bit integer, exactly as it was written: amounts never pass through a double.
    struct Decimal {
        std::string text;
        bool operator==(const Decimal&) const = default;
    };
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    // Out of line: a member is not complete yet; inlined, GCC 12 warns of members that an empty variant does not have.
    Json();
    Json(const Json& other);
    Json(Json&& other) noexcept;
    Json& operator=(const Json& other);
    Json& operator=(Json&& other) noexcept;
    ~Json();
    Json(std::nullptr_t);
    Json(bool value);
    template <std::integral Int>
    requires(!std::same_as<Int, bool>) Json(Int value) : Json(Whole{static_cast<std::int64_t>(value)}) {}
    Json(const char* text);
    Json(std::string_view text);
    Json(std::string text);
    Json(Decimal value);
    Json(Array items);
    Json(Object members);
    /// {{"name", value}, ...}
    static Json object(std::initializer_list<Member> members = {});
    static Json array(std::initializer_list<Json> items = {});

    bool is_null() const;
    std::optional<bool> boolean() const;
    std::optional<std::int64_t> integer() const;
    /// The digits of an integer or decimal.
    std::optional<std::string> number() const;
    const std::string* text() const;
    const Array* items() const;
    const Object* members() const;
    /// The member of an object; nullptr if it is missing or this is no object.
    const Json* find(std::string_view key) const;

    /// Appends a member; this must be an object (or null, which becomes one). A key that is there gets the new value.
    Json& set(std::string key, Json value);
    /// Appends an item; this must be an array (or null, which becomes one).
    Json& push(Json value);

    /// UTF-8 on one line; `indent` spaces per level if not 0.
    std::string write(int indent = 0) const;
    bool operator==(const Json&) const;

private:
    struct Whole {
        std::int64_t value;
    };
    explicit Json(Whole whole);

    std::variant<std::monostate, bool, std::int64_t, Decimal, std::string, Array, Object> value_;
};

struct Json::Member {
    std::string key;
    Json value;
    bool operator==(const Member&) const = default;
};

inline constexpr int kMaxJsonDepth = 16;

/// RFC 8259, strictly: one value, UTF-8, no duplicate keys, no NUL in strings, at most `limit` bytes and kMaxJsonDepth
/// levels. ErrorId::api_not_json names the byte offset.
Result<Json> parse_json(std::string_view text, std::size_t limit);

/// Members that a request must have. ErrorId::api_missing_field, api_bad_field: `field` is the key, `detail` what is
/// wrong with it.
Result<std::string> text_member(const Json& object, std::string_view key, std::size_t max_bytes);
Result<std::int64_t> integer_member(const Json& object, std::string_view key, std::int64_t min, std::int64_t max);
/// The same where the member may be missing or null.
Result<std::optional<std::string>> optional_text_member(const Json& object, std::string_view key,
                                                        std::size_t max_bytes);
Result<std::optional<std::int64_t>> optional_integer_member(const Json& object, std::string_view key, std::int64_t min,
                                                            std::int64_t max);
/// What HIS programs send as a text or as a number, such as a code: the text, or the digits of the number. Empty where
/// `value` is nullptr or null. Blanks that fill up a fixed column are kept or dropped at both ends, before the length is
/// judged. ErrorId::api_bad_field names `field`.
enum class Blanks : std::uint8_t { kept, dropped };
Result<std::string> text_or_digits(const Json* value, std::string_view field, std::size_t max_bytes,
                                   Blanks blanks = Blanks::kept);
Result<bool> flag_member(const Json& object, std::string_view key, bool when_missing);

}  // namespace zige

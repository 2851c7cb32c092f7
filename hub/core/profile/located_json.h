#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "shared/base/result.h"

namespace zige::hub {

inline constexpr std::size_t kMaxPolicyFileBytes = 1U << 20;

/// A JSON value that knows the line it begins at, so that a mistake in a file that people write can be shown to them.
/// Numbers are integers: a policy file needs no others.
struct LocatedJson {
    using Array = std::vector<LocatedJson>;
    using Object = std::vector<std::pair<std::string, LocatedJson>>;
    // Out of line: an object holds values, and they are complete only behind this struct.
    LocatedJson();
    LocatedJson(const LocatedJson& other);
    LocatedJson(LocatedJson&& other) noexcept;
    LocatedJson& operator=(const LocatedJson& other);
    LocatedJson& operator=(LocatedJson&& other) noexcept;
    ~LocatedJson();

    std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value;
    std::uint32_t line = 0;

    const std::string* text() const { return std::get_if<std::string>(&value); }
    const Array* items() const { return std::get_if<Array>(&value); }
    const Object* members() const { return std::get_if<Object>(&value); }
    const LocatedJson* find(std::string_view key) const;  ///< nullptr if it is not there
};

/// RFC 8259, strictly: UTF-8 (a byte order mark is skipped), no duplicate keys, at most kMaxPolicyFileBytes and 16
/// levels. profile_not_json: `detail` is "line 12: expected ',' or '}'".
Result<LocatedJson> parse_located_json(std::string_view text);

}  // namespace zige::hub

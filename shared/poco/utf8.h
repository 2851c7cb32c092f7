#pragma once

#include <cstddef>
#include <string_view>

/// Inside this folder only.
namespace zige::json {

/// Bytes of the UTF-8 character at the beginning of `text`: 1 to 4, or 0 if none stands there (over-long forms,
/// surrogates and what is beyond U+10FFFF are none).
std::size_t utf8_length(std::string_view text);

}  // namespace zige::json

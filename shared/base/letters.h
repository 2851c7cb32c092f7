#pragma once

#include <string>
#include <string_view>

namespace zige {

/// The letters A to Z in lower case, whatever the locale; every other byte stays, those of UTF-8 too.
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string ascii_lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = ascii_lower(c);
    return result;
}

}  // namespace zige

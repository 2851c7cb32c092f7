#pragma once

#include <cppunit/TestAssert.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace zige::testing {

/// A shipped profile file, byte for byte.
inline std::string profile_text(const std::string& id) {
    std::ifstream in(ZIGE_PACKAGING "/profiles/" + id + ".json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The line, from 1, in which `part` stands first.
inline std::size_t line_of(const std::string& text, const std::string& part) {
    const std::size_t at = text.find(part);
    CPPUNIT_ASSERT_MESSAGE(part, at != std::string::npos);
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// With the first `from` made into `to`.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    CPPUNIT_ASSERT_MESSAGE(std::string(from), at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace zige::testing

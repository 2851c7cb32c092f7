#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace zige {

/// Columns that `text` takes on a terminal: a Chinese character takes two.
std::size_t display_width(std::string_view text);

/// `text` and blanks up to `width` columns; longer text stays as it is.
std::string pad(std::string_view text, std::size_t width);

/// Control characters become '?': reasons and codes come from other programs and people, and may not steer the terminal.
std::string harmless(std::string_view text);

/// Rows whose cells stand below each other, two columns apart; no blanks at the end of a line.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::string_view indent);

}  // namespace zige

#include "hub/server/text_table.h"

#include <algorithm>

namespace zige::hub {

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        width += byte >= 0xE2 ? 2 : 1;  // from U+2000 on: our punctuation and all Chinese characters
    }
    return width;
}

/// Codes and reasons come from institutions: none of their characters may steer the operator's terminal.
void TextTable::add(std::vector<std::string> row) {
    for (std::string& cell : row)
        std::ranges::replace_if(
            cell, [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }, '?');
    rows_.push_back(std::move(row));
}

std::string TextTable::text(std::string_view indent) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == widths.size()) widths.push_back(0);
            widths[i] = std::max(widths[i], width_of(row[i]));
        }
    std::string out;
    for (const auto& row : rows_) {
        std::string line(indent);
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + (i + 1 == row.size() ? "" : std::string(widths[i] - width_of(row[i]) + 2, ' '));
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

}  // namespace zige::hub

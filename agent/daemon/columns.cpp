#include "agent/daemon/columns.h"

#include <algorithm>

namespace zige::daemon {

void Fields::add(std::string_view name, std::string_view value) {
    if (!value.empty()) rows_.emplace_back(name, harmless(value));
}

void Table::add(std::vector<std::string> row) {
    for (std::string& cell : row) cell = harmless(cell);
    rows_.push_back(std::move(row));
}

std::string Fields::text() const {
    std::size_t width = 0;
    for (const auto& row : rows_) width = std::max(width, display_width(row.first));
    std::string text;
    for (const auto& [name, value] : rows_) text += indent_ + pad(name, width + 2) + value + "\n";
    return text;
}

std::string Table::text() const { return aligned(rows_, "  "); }

}  // namespace zige::daemon

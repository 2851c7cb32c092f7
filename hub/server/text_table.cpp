#include "hub/server/text_table.h"

#include "shared/base/columns.h"

namespace zige::hub {

void TextTable::add(std::vector<std::string> row) {
    for (std::string& cell : row) cell = harmless(cell);
    rows_.push_back(std::move(row));
}

std::string TextTable::text(std::string_view indent) const { return aligned(rows_, indent); }

}  // namespace zige::hub

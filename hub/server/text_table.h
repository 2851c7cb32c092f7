#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zige::hub {

/// Columns that stand under each other on a terminal, Chinese characters counted as two.
class TextTable {
public:
    TextTable() = default;
    explicit TextTable(std::vector<std::vector<std::string>> rows) {
        for (auto& row : rows) add(std::move(row));
    }
    void add(std::vector<std::string> row);  ///< control characters become '?'
    bool empty() const { return rows_.empty(); }
    std::string text(std::string_view indent = "") const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace zige::hub

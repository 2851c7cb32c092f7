#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/columns.h"

namespace zige::daemon {

/// What stands in front of a value, aligned: "  数据时间    2026-11-22 08:00:00".
class Fields {
public:
    explicit Fields(std::string indent = "  ") : indent_(std::move(indent)) {}
    /// Empty values are left out; control characters become '?'.
    void add(std::string_view name, std::string_view value);
    std::string text() const;

private:
    std::string indent_;
    std::vector<std::pair<std::string, std::string>> rows_;
};

/// Rows under a heading, each column as wide as its widest cell.
class Table {
public:
    explicit Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
    void add(std::vector<std::string> row);  ///< control characters become '?'
    std::size_t size() const { return rows_.size() - 1; }
    std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace zige::daemon

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace zige::hub {

/// The database's tables, step by step. A step never changes once it was released: the next one is added.
/// Written with BIGINT, TEXT and BYTEA; in_dialect() turns that into what a backend takes.
struct Migration {
    int version = 0;  ///< of the schema after this step
    std::span<const std::string_view> statements;
};
std::span<const Migration> migrations();

enum class Dialect { sqlite, postgresql };
std::string in_dialect(std::string_view ddl, Dialect dialect);

}  // namespace zige::hub

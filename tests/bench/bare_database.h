#pragma once

#include <filesystem>
#include <memory>

#include "shared/sqlite/database.h"

namespace zige::bench {

/// What a carrying sync leaves in the hub's database, and nothing else: the rows of its journal entries and of their
/// batch in tables of the same shape, a commit that is on the disk, prepared statements, one caller.
class BareDatabase {
public:
    explicit BareDatabase(const std::filesystem::path& file);

    /// One transaction, of the next agent of 64 in turn.
    void commit(std::size_t entries);

private:
    std::unique_ptr<sqlite::Database> database_;
    Bytes content_;
    Bytes hash_;
    Bytes signature_;
    std::int64_t commits_ = 0;
};

}  // namespace zige::bench

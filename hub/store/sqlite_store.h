#pragma once

#include <filesystem>
#include <memory>

#include "hub/core/ports/store.h"

namespace zige::hub {

struct SqliteStoreOptions {
    std::filesystem::path file;  ///< created (owner-only) when it is not there
};

/// The hub's database on SQLite: WAL, synchronous FULL. Brings an older schema up to date before it returns.
/// store_newer_schema: written by a newer program; store_failed, store_corrupt.
Result<std::unique_ptr<Store>> make_sqlite_store(const SqliteStoreOptions& options);

/// A copy of the database as one reader sees it, also while a service changes it; `copy` must not exist yet.
/// store_failed, db_busy.
Result<void> copy_sqlite_store(const std::filesystem::path& file, const std::filesystem::path& copy);

}  // namespace zige::hub

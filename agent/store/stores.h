#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "agent/core/ports/journal_store.h"
#include "agent/core/ports/replica_store.h"

namespace zige::agent {

/// The agent's SQLite databases (WAL, synchronous FULL, one writer each): the journal never waits for a sync.
/// The caller owns the data folder's lock. `vfs`: for tests; empty is the system's.
/// db_newer_schema: a newer program wrote it; db_failed. A damaged replica opens, and load() says db_corrupt until
/// reset(); a damaged journal does not open. `read_only`: of a disk that cannot be written, for commands that only
/// look.
Result<std::unique_ptr<ReplicaStore>> open_replica_store(const std::filesystem::path& file, const std::string& vfs = {},
                                                         bool read_only = false);
Result<std::unique_ptr<JournalStore>> open_journal_store(const std::filesystem::path& file, const std::string& vfs = {},
                                                         bool read_only = false);

}  // namespace zige::agent

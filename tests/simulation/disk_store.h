#pragma once

#include <memory>
#include <string>

#include "hub/core/ports/store.h"

namespace zige::simulation {

/// The hub's database on SQLite over a VFS of a simulated disk, so that its power can go too: the hub's own statements
/// and schema, each statement prepared once. What hub/store does besides is tested where that stands. One thread.
Result<std::unique_ptr<hub::Store>> open_disk_store(const std::string& file, const std::string& vfs);

}  // namespace zige::simulation

#pragma once

#include <memory>
#include <string>

#include "tests/support/power_disk.h"

namespace zige::testing {

/// A SQLite VFS on a PowerDisk, registered under name() while it lives; open databases must not outlive it.
/// After a cut of the power close the databases, reboot() the disk and open again.
class MemoryVfs {
public:
    explicit MemoryVfs(std::shared_ptr<PowerDisk> disk);
    ~MemoryVfs();
    MemoryVfs(const MemoryVfs&) = delete;
    MemoryVfs& operator=(const MemoryVfs&) = delete;

    const std::string& name() const;
    PowerDisk& disk();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zige::testing

#pragma once

#include <filesystem>

#include "tests/bench/measure.h"

namespace zige::bench {

/// A file that grows by 256 B and one fdatasync at a time: the least that a durable record can cost.
class SyncedFile {
public:
    explicit SyncedFile(const std::filesystem::path& path);
    ~SyncedFile();
    SyncedFile(const SyncedFile&) = delete;
    SyncedFile& operator=(const SyncedFile&) = delete;
    void append();

private:
    int file_;
};

}  // namespace zige::bench

#include "tests/bench/synced_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "shared/base/result.h"

namespace zige::bench {

SyncedFile::SyncedFile(const std::filesystem::path& path)
    : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600)) {
    expect(file_ >= 0, "a new file in the bench's folder");
}

SyncedFile::~SyncedFile() { close(file_); }

void SyncedFile::append() {
    const std::array<char, 256> record{};
    expect(write(file_, record.data(), record.size()) == static_cast<ssize_t>(record.size()), "room on the disk");
    expect(fdatasync(file_) == 0, "fdatasync");
}

}  // namespace zige::bench

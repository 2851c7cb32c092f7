#pragma once

#include <filesystem>
#include <memory>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// Small files with durable writes; one writer. Paths are absolute or relative to the working folder.
class Files {
public:
    virtual ~Files() = default;
    /// file_not_found, file_too_large, file_io.
    virtual Result<Bytes> read(const std::filesystem::path& path, std::size_t limit) = 0;
    /// Temp file, fsync, rename, fsync of the folder: old or new content, whole; durable on return. Owner-only (0600).
    virtual Result<void> write(const std::filesystem::path& path, ByteView content) = 0;
    /// Positional write into a staged file (created when absent), durable after sync().
    virtual Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset, ByteView content) = 0;
    virtual Result<void> sync(const std::filesystem::path& path) = 0;
    virtual Result<void> remove(const std::filesystem::path& path) = 0;  ///< no error when absent
    virtual Result<bool> exists(const std::filesystem::path& path) = 0;
    /// Held until the object is destroyed; file_locked (busy) when another process or object holds it.
    class Lock {
    public:
        virtual ~Lock() = default;
    };
    virtual Result<std::unique_ptr<Lock>> lock(const std::filesystem::path& path) = 0;
};

}  // namespace zige

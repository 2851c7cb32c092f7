#include "shared/posix/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "shared/posix/descriptor.h"

namespace zige {

namespace {

using posix::Descriptor;
using posix::open_file;
using posix::system_error;
using Path = std::filesystem::path;

Result<void> write_all(const Descriptor& file, std::uint64_t offset, ByteView content, const Path& path) {
    while (!content.empty()) {
        const ssize_t done = pwrite(file.number(), content.data(), content.size(), static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return system_error(path, "writing");
        offset += static_cast<std::uint64_t>(done);
        content = content.subspan(static_cast<std::size_t>(done));
    }
    return {};
}

Result<void> write_and_sync(const Path& path, ByteView content) {
    ZIGE_TRY(file, open_file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW));
    ZIGE_CHECK(write_all(file, 0, content, path));
    if (fsync(file.number()) != 0) return system_error(path, "syncing");
    return {};
}

class KernelLock : public Files::Lock {
public:
    explicit KernelLock(Descriptor file) : file_(std::move(file)) {}

private:
    Descriptor file_;  // closing it gives the lock back
};

class PosixFiles : public Files {
public:
    Result<Bytes> read(const Path& path, std::size_t limit) override {
        ZIGE_TRY(file, open_file(path, O_RDONLY));
        Bytes content;
        constexpr std::size_t kStep = 64U << 10;
        while (true) {
            const std::size_t before = content.size();
            content.resize(before + kStep);
            const ssize_t got = ::read(file.number(), content.data() + before, kStep);
            if (got < 0 && errno != EINTR) return system_error(path, "reading");
            content.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got));
            if (content.size() > limit)
                return fail(ErrorId::file_too_large, path.string(), "over " + std::to_string(limit) + " bytes");
            if (got == 0) return content;
        }
    }

    Result<void> write(const Path& path, ByteView content) override {
        const Path temporary = path.string() + ".tmp";
        if (auto written = write_and_sync(temporary, content); !written.ok()) {
            unlink(temporary.c_str());
            return written;
        }
        if (rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, "renaming");
        return posix::sync_folder_of(path);
    }

    Result<void> write_at(const Path& path, std::uint64_t offset, ByteView content) override {
        ZIGE_TRY(file, open_file(path, O_WRONLY | O_CREAT));
        return write_all(file, offset, content, path);
    }

    Result<void> sync(const Path& path) override {
        ZIGE_TRY(file, open_file(path, O_RDONLY));
        if (fsync(file.number()) != 0) return system_error(path, "syncing");
        return posix::sync_folder_of(path);
    }

    Result<void> remove(const Path& path) override {
        if (unlink(path.c_str()) == 0) return posix::sync_folder_of(path);
        if (errno == ENOENT) return {};
        return system_error(path, "removing");
    }

    Result<bool> exists(const Path& path) override {
        struct stat facts {};
        if (stat(path.c_str(), &facts) == 0) return true;
        if (errno == ENOENT || errno == ENOTDIR) return false;
        return system_error(path, "looking");
    }

    // Locks of the open file description: two objects of one process exclude each other too.
    Result<std::unique_ptr<Lock>> lock(const Path& path) override {
        ZIGE_TRY(file, open_file(path, O_RDWR | O_CREAT));
        struct flock whole {};
        whole.l_type = F_WRLCK;
        whole.l_whence = SEEK_SET;
        if (fcntl(file.number(), F_OFD_SETLK, &whole) == 0)
            return std::unique_ptr<Lock>(std::make_unique<KernelLock>(std::move(file)));
        if (errno == EAGAIN || errno == EACCES) return fail(ErrorId::file_locked, path.string(), "held by another");
        return system_error(path, "locking");
    }
};

}  // namespace

std::unique_ptr<Files> make_posix_files() { return std::make_unique<PosixFiles>(); }

}  // namespace zige

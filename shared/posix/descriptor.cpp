#include "shared/posix/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace zige::posix {

namespace {

ErrorId id_of(int number) {
    switch (number) {
        case ENOENT: return ErrorId::file_not_found;
        case EACCES:
        case EPERM:
        case EROFS: return ErrorId::file_permission;
        case ENOSPC:
        case EDQUOT: return ErrorId::file_disk_full;
        default: return ErrorId::file_io;
    }
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) close(number_);
}

Error system_error(const std::filesystem::path& path, const char* doing) {
    const int number = errno;
    return fail(id_of(number), path.string(), std::string(doing) + ": " + std::generic_category().message(number));
}

Result<Descriptor> open_file(const std::filesystem::path& path, int flags) {
    constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
    Descriptor file(open(path.c_str(), flags | O_CLOEXEC, kOwnerOnly));
    if (file.number() < 0) return system_error(path, "opening");
    return file;
}

Result<void> sync_folder_of(const std::filesystem::path& path) {
    const auto parent = path.parent_path();
    const auto folder = parent.empty() ? std::filesystem::path(".") : parent;
    ZIGE_TRY(opened, open_file(folder, O_RDONLY | O_DIRECTORY));
    if (fsync(opened.number()) != 0) return system_error(folder, "syncing the folder");
    return {};
}

}  // namespace zige::posix

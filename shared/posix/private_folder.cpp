#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "shared/posix/descriptor.h"
#include "shared/posix/files.h"

namespace zige {

namespace {

constexpr mode_t kOwnerOnly = S_IRWXU;

/// Existing folders stay as they are.
Result<void> create_missing(const std::filesystem::path& folder) {
    std::filesystem::path below;
    for (const auto& part : folder) {
        below /= part;
        if (mkdir(below.c_str(), kOwnerOnly) == 0) ZIGE_CHECK(posix::sync_folder_of(below));
        else if (errno != EEXIST && errno != EISDIR) return posix::system_error(below, "creating");
    }
    return {};
}

}  // namespace

bool on_read_only_disk(const std::filesystem::path& folder) {
    struct statvfs disk {};
    return statvfs(folder.c_str(), &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
}

void keep_new_files_private() { umask(S_IRWXG | S_IRWXO); }

Result<void> make_private_folder(const std::filesystem::path& folder) {
    ZIGE_CHECK(create_missing(folder.has_filename() ? folder : folder.parent_path()));
    struct stat facts {};
    if (stat(folder.c_str(), &facts) != 0) return posix::system_error(folder, "looking");
    const auto refuse = [&](const char* why) { return fail(ErrorId::file_not_private, folder.string(), why); };
    if (!S_ISDIR(facts.st_mode)) return refuse("is no folder");
    if (facts.st_uid != geteuid()) return refuse("belongs to another user");
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) return refuse("others may enter it; chmod 700 makes it private");
    return {};
}

}  // namespace zige

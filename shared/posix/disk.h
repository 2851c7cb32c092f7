#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace zige {

/// Whether what is written there is still there after the next boot, as far as the mounts tell. A driver below the file
/// system (还原卡, a restore card) shows in no mount.
enum class DiskKind {
    lasting,      ///< a file system on a disk
    unknown,      ///< layers over a disk that cannot be seen from here, as in a container
    fleeting,     ///< memory, or a layer in memory over a disk, as on a live system
};

struct DiskSeen {
    DiskKind kind = DiskKind::unknown;
    std::string type;   ///< "ext4", "overlay" ...
    std::string mount;  ///< where it is mounted
};

/// Of the folder, which need not exist yet. file_io: the mounts cannot be read.
Result<DiskSeen> see_disk(const std::filesystem::path& folder);

/// By the text of /proc/self/mountinfo; `folder` is absolute and without links.
DiskSeen judge_disk(std::string_view mountinfo, const std::filesystem::path& folder);

}  // namespace zige

#include "shared/posix/disk.h"

#include <algorithm>
#include <span>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <vector>

namespace zige {
namespace {

constexpr int kMaxLayers = 4;

struct Mount {
    std::string point;
    std::string type;
    std::string source;
    std::string options;  // of the file system
};

/// Blanks and the like stand there as \040.
std::string unescaped(std::string_view text) {
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '7'; };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || !digit(i + 1) || !digit(i + 2) || !digit(i + 3)) {
            plain += text[i];
            continue;
        }
        plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
        i += 3;
    }
    return plain;
}

/// "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw"
std::vector<Mount> read_mounts(std::string_view mountinfo) {
    std::vector<Mount> mounts;
    std::istringstream lines{std::string(mountinfo)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream in(line);
        std::string skipped;
        Mount mount;
        in >> skipped >> skipped >> skipped >> skipped >> mount.point;
        while (in >> skipped && skipped != "-") {
        }
        if (!(in >> mount.type >> mount.source >> mount.options)) continue;
        mount.point = unescaped(mount.point);
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

bool lies_below(const std::filesystem::path& folder, const std::filesystem::path& point) {
    const auto [at, end] = std::mismatch(point.begin(), point.end(), folder.begin(), folder.end());
    return at == point.end() || *at == "";  // "/" and "/x/" end in an empty part
}

const Mount* mount_of(const std::vector<Mount>& mounts, const std::filesystem::path& folder) {
    const Mount* best = nullptr;
    for (const Mount& mount : mounts)  // of two at one point the later one covers the other
        if (lies_below(folder, mount.point) && (best == nullptr || mount.point.size() >= best->point.size()))
            best = &mount;
    return best;
}

std::string upper_of(const Mount& mount) {
    std::istringstream options(mount.options);
    for (std::string option; std::getline(options, option, ',');)
        if (option.starts_with("upperdir=")) return unescaped(option.substr(9));
    return {};
}

bool one_of(std::string_view type, std::span<const std::string_view> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

DiskKind kind_of(const std::vector<Mount>& mounts, const Mount& mount, int layers) {
    constexpr std::string_view kMemory[] = {"tmpfs", "ramfs", "rootfs", "devtmpfs"};
    constexpr std::string_view kLayers[] = {"aufs", "unionfs", "fuse.unionfs-fuse", "overlayfs"};
    if (one_of(mount.type, kMemory)) return DiskKind::fleeting;
    if (mount.source.starts_with("/dev/ram") || mount.source.starts_with("/dev/zram")) return DiskKind::fleeting;
    if (one_of(mount.type, kLayers)) return DiskKind::unknown;
    if (mount.type != "overlay") return DiskKind::lasting;
    const std::string upper = upper_of(mount);
    const Mount* const below = upper.empty() ? nullptr : mount_of(mounts, upper);
    if (below == nullptr || below == &mount || layers == 0) return DiskKind::unknown;
    return kind_of(mounts, *below, layers - 1);
}

}  // namespace

DiskSeen judge_disk(std::string_view mountinfo, const std::filesystem::path& folder) {
    const std::vector<Mount> mounts = read_mounts(mountinfo);
    const Mount* const mount = mount_of(mounts, folder);
    if (mount == nullptr) return {};
    return {kind_of(mounts, *mount, kMaxLayers), mount->type, mount->point};
}

Result<DiskSeen> see_disk(const std::filesystem::path& folder) {
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(std::filesystem::absolute(folder, error), error);
    if (error) return fail(ErrorId::file_io, folder.string(), error.message());
    std::ifstream file("/proc/self/mountinfo");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.empty()) return fail(ErrorId::file_io, "/proc/self/mountinfo");
    return judge_disk(text, real);
}

}  // namespace zige

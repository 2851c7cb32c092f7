#include "shared/posix/disk.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <iostream>
#include <optional>

#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using zige::testing::TempDir;
namespace fs = std::filesystem;

namespace {

constexpr const char* kLive = R"(22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 0:40 / / rw,relatime - overlay overlay rw,lowerdir=/run/live/rootfs,upperdir=/run/live/overlay/rw,workdir=/run/live/overlay/work
30 27 0:22 / /run/live/overlay rw - tmpfs tmpfs rw
31 27 8:17 / /mnt/data\040disk rw,relatime shared:7 - ext4 /dev/sdb1 rw
32 27 0:50 / /mnt/covered rw - ext4 /dev/sdc1 rw
33 32 0:51 / /mnt/covered rw - tmpfs tmpfs rw
34 27 0:52 / /mnt/memory rw - ext2 /dev/ram0 rw
35 27 0:53 / /mnt/aufs rw - aufs none rw,br=/a:/b
)";
constexpr const char* kContainer =
    "27 1 0:40 / / rw - overlay overlay rw,lowerdir=/var/lib/l,upperdir=/var/lib/u,workdir=/var/lib/w\n"
    "28 27 8:1 /volumes/zige /data rw - xfs /dev/sda1 rw\n";
constexpr const char* kLayered =
    "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    "28 27 0:40 / /srv rw - overlay overlay rw,lowerdir=/l,upperdir=/kept/u,workdir=/kept/w\n";

struct Row {
    const char* name;
    const char* mounts;
    const char* folder;
    DiskKind kind;
    const char* type;
};
const Row kRows[] = {
    {"a_live_system_on_its_own_memory", kLive, "/var/lib/zige-agent", DiskKind::fleeting, "overlay"},
    {"a_disk_beside_a_live_system", kLive, "/mnt/data disk/zige", DiskKind::lasting, "ext4"},
    {"the_memory_itself", kLive, "/run/live/overlay/x", DiskKind::fleeting, "tmpfs"},
    {"a_name_that_only_begins_like_a_mount", kLive, "/run/live/overlayed", DiskKind::fleeting, "overlay"},
    {"what_covers_a_disk", kLive, "/mnt/covered/x", DiskKind::fleeting, "tmpfs"},
    {"a_disk_of_memory", kLive, "/mnt/memory/x", DiskKind::fleeting, "ext2"},
    {"layers_that_nobody_can_see_through", kLive, "/mnt/aufs/x", DiskKind::unknown, "aufs"},
    {"a_container", kContainer, "/var/lib/zige-agent", DiskKind::unknown, "overlay"},
    {"a_volume_of_a_container", kContainer, "/data/zige", DiskKind::lasting, "xfs"},
    {"layers_over_a_disk", kLayered, "/srv/zige", DiskKind::lasting, "overlay"},
    {"no_mounts", "", "/x", DiskKind::unknown, ""},
    {"a_line_cut_short", "27 1 8:1 / / rw\n", "/x", DiskKind::unknown, ""},
};

/// What see_disk() says of `folder` after `mounted`, in mounts of its own; nothing when there is no right to mount.
std::optional<DiskKind> seen_after(const fs::path& folder, const std::function<bool()>& mounted) {
    constexpr int kNoRight = 99;
    const pid_t child = fork();
    if (child == 0) {
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 || !mounted())
            _exit(kNoRight);
        const auto seen = see_disk(folder);
        _exit(seen.ok() ? static_cast<int>(seen->kind) : kNoRight - 1);
    }
    int status = 0;
    CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
    CPPUNIT_ASSERT(WIFEXITED(status));
    if (WEXITSTATUS(status) == kNoRight) {
        std::cerr << "skipped: no right to mount\n";
        return std::nullopt;
    }
    return static_cast<DiskKind>(WEXITSTATUS(status));
}

bool mount_memory(const fs::path& at) {
    return mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
}
bool mount_layers(const fs::path& base, const fs::path& upper) {
    std::error_code none;
    for (const auto& each : {base / "lower", upper / "u", upper / "w", base / "merged"}) fs::create_directories(each, none);
    const std::string options = "lowerdir=" + (base / "lower").string() + ",upperdir=" + (upper / "u").string() +
                                ",workdir=" + (upper / "w").string();
    return mount("overlay", (base / "merged").c_str(), "overlay", 0, options.c_str()) == 0;
}

}  // namespace

TEST_EACH(Disk, is_judged_by_its_mounts, kRows) {
    const DiskSeen seen = judge_disk(row.mounts, row.folder);
    CPPUNIT_ASSERT_EQUAL(static_cast<int>(row.kind), static_cast<int>(seen.kind));
    CPPUNIT_ASSERT_EQUAL(std::string(row.type), seen.type);
}

TEST(Disk, of_a_folder_that_is_not_there_yet_is_that_of_its_parent) {
    const TempDir folder;
    const auto here = see_disk(folder / "");
    const auto ahead = see_disk(folder / "not" / "there");
    CPPUNIT_ASSERT(here.ok() && ahead.ok());
    CPPUNIT_ASSERT_EQUAL(here->mount, ahead->mount);
}

TEST(Disk, in_memory_is_seen_by_the_real_mounts) {
    const TempDir folder;
    const auto seen = seen_after(folder / "x", [&] { return mount_memory(folder / ""); });
    if (seen) CPPUNIT_ASSERT(*seen == DiskKind::fleeting);
}

TEST(Disk, under_layers_in_memory_is_seen_by_the_real_mounts) {
    const TempDir folder;
    fs::create_directories(folder / "memory");
    const auto fleeting = seen_after(folder / "merged" / "x", [&] {
        return mount_memory(folder / "memory") && mount_layers(folder / "", folder / "memory");
    });
    if (fleeting) CPPUNIT_ASSERT(*fleeting == DiskKind::fleeting);
    const auto below = see_disk(folder / "");
    const auto kept = seen_after(folder / "merged" / "x", [&] { return mount_layers(folder / "", folder / "disk"); });
    if (kept) CPPUNIT_ASSERT(*kept == below->kind);
}

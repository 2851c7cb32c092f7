#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/daemon/owned_agent.h"
#include "shared/base/time.h"
#include "shared/ports/clock.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"
#include "shared/posix/disk.h"

namespace zige::daemon {

/// Whether the disk of a data folder is rolled back at each boot (还原卡). What lies in memory is seen at once; a card
/// or a driver below the file system only over a restart: begin() leaves a mark in the folder, one outside it and a
/// code for the clerk's note; end() looks for the mark after the restart.
class DiskCheck {
public:
    /// Keeps references. The folder is made when it is not there yet.
    DiskCheck(const Folder& folder, Files& files, const Clock& clock, Random& random)
        : folder_(folder), files_(files), clock_(clock), random_(random) {}

    /// The code, 6 digits. enrol_disk_rolls_back: that is seen already.
    Result<std::string> begin();
    /// Over: the folder keeps that it was checked. enrol_disk_rolls_back: the mark of `code`, or of the mark outside,
    /// is gone. usage_bad_argument: no restart since, or the code is mistyped; file_not_found: nothing was begun.
    Result<void> end(std::string_view code);

    /// Whether end() came through in this folder.
    Result<bool> passed() const;
    /// enrol_disk_rolls_back: what is written there is certainly gone after the next boot.
    static Result<DiskSeen> look(const Folder& folder);

private:
    struct Mark {
        std::string code;
        std::uint64_t boot_id = 0;
    };
    std::filesystem::path inside() const { return folder_.root / "disk-check"; }
    std::filesystem::path outside() const { return folder_.anchor.string() + ".disk-check"; }
    std::filesystem::path checked() const { return folder_.root / "disk-checked"; }
    Result<std::optional<Mark>> read(const std::filesystem::path& path) const;

    Folder folder_;
    Files& files_;
    const Clock& clock_;
    Random& random_;
};

/// A folder in memory is taken all the same: for demonstrations and tests (ZIGE_ACCEPT_VOLATILE_DISK=1).
bool accepts_fleeting_disk();

}  // namespace zige::daemon

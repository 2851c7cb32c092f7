#pragma once

#include <filesystem>
#include <optional>

#include "hub/core/hub_log.h"
#include "shared/ports/files.h"

namespace zige::hub {

/// What was published last, kept outside the database so that a restored old database is found out.
struct Witness {
    Epoch epoch;
    std::uint64_t publish_number = 0;
    LogTip log;
    std::uint64_t entries = 0;  ///< of all journals, ever taken
    bool operator==(const Witness&) const = default;
};

/// The witness on its own path (another disk, if the operator is wise). One writer.
class WitnessFile {
public:
    WitnessFile(Files& files, const Hasher& hasher, std::filesystem::path path);

    /// Nothing when there is no file. witness_unreadable: damaged or of a newer format.
    Result<std::optional<Witness>> read() const;
    /// Durable on return.
    Result<void> write(const Witness& witness);

private:
    Files& files_;
    const Hasher& hasher_;
    std::filesystem::path path_;
};

}  // namespace zige::hub

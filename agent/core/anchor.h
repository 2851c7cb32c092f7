#pragma once

#include <filesystem>
#include <optional>

#include "shared/base/time.h"
#include "shared/domain/ids.h"
#include "shared/ports/files.h"

namespace zige::agent {

/// How far the journal had come and what time it was, kept outside the data folder: a folder put back is shorter.
struct Anchor {
    AgentId agent;
    Chapter chapter;
    std::uint64_t size = 0;
    Hash256 hash{};
    Instant running{};
    std::uint32_t put_backs = 0;  ///< boots in a row after which the journal was found shorter than this
    std::uint64_t boot_id = 0;    ///< in which it was written
    bool operator==(const Anchor&) const = default;
};

/// Nothing when there is none, it cannot be read or it is damaged: an anchor helps, it is never needed.
std::optional<Anchor> read_anchor(Files& files, const std::filesystem::path& path);
Result<void> write_anchor(Files& files, const std::filesystem::path& path, const Anchor& anchor);

}  // namespace zige::agent

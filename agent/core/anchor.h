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
    bool operator==(const Anchor&) const = default;
};

/// Nothing when there is none, it cannot be read or it is damaged: an anchor helps, it is never needed.
std::optional<Anchor> read_anchor(Files& files, const std::filesystem::path& path);
Result<void> write_anchor(Files& files, const std::filesystem::path& path, const Anchor& anchor);

}  // namespace zige::agent

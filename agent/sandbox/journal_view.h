#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/wire/messages.h"

namespace zige::sandbox {

/// A decision as the agent wrote it down.
struct Decided {
    std::uint64_t number = 0;
    std::string reference;
    wire::DecisionEntry entry;
};

/// What stands in the journal of an agent that runs or not: read beside it, from its own database.
class JournalView {
public:
    explicit JournalView(std::filesystem::path data) : file_(std::move(data) / "journal.db") {}

    /// Where the journal ends now: decisions() from there on.
    Result<std::int64_t> end() const;
    Result<std::vector<Decided>> decisions(std::int64_t after) const;
    /// Entries that take decisions back, and entries of evidence.
    struct Later {
        std::vector<wire::ReversalEntry> reversals;
        std::vector<wire::EvidenceEntry> evidence;
    };
    Result<Later> later(std::int64_t after) const;

private:
    template <class Take>
    Result<void> read(std::int64_t after, const Take& take) const;

    std::filesystem::path file_;
};

}  // namespace zige::sandbox

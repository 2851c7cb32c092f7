#pragma once

#include <condition_variable>

#include "agent/core/journal.h"

namespace zige::agent {

/// One caller's wish, on its stack until `done`.
struct Journal::Request {
    std::vector<JournalBody> bodies;
    const ClaimKey* key = nullptr;
    std::optional<Chapter> opens;  // alone in its round
    std::string_view software;
    std::vector<JournalStore::Filing> filings;  // the first one is the filing that is journaled
    const JournalStore::Memory* memory = nullptr;
    std::span<const std::string> reversed_keys;

    Chapter chapter;
    std::uint64_t first = 0;
    std::vector<std::string> references;
    std::optional<JournalStore::Claim> earlier;
    std::optional<Error> error;
    bool done = false;
    bool leads = false;
    std::condition_variable turn;
};

/// What one commit writes.
struct Journal::Round {
    JournalStore::Position position;
    wire::Times times;
    std::vector<JournalStore::Entry> entries;
    std::vector<JournalStore::Claim> claims;
    std::vector<JournalStore::Filing> filings;
    JournalStore::Memory memory;

    /// Entries of the request, and what they leave to be remembered. agent_line_bad: one is too large; nothing was
    /// added.
    Result<void> add(Request& request, const Hasher& hasher);
    static wire::ChapterEntry first_entry(const JournalStore::Position& chapter, std::string_view software,
                                          const JournalStore::Position* before);
};

}  // namespace zige::agent

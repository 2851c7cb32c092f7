#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/domain/ids.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// The journal on disk: entries, their batch signatures, keys of claims, filings. Any thread; calls wait for each
/// other. db_failed, file_disk_full: nothing was written; db_corrupt: damaged.
class JournalStore {
public:
    static constexpr std::size_t kMaxLots = 10'000;

    virtual ~JournalStore() = default;

    struct Entry {
        std::uint64_t index = 0;
        Bytes bytes;      ///< encoded wire JournalEntry
        Hash256 chain{};  ///< chain hash at this entry
        bool operator==(const Entry&) const = default;
    };
    /// A claim that came with an idempotency key: its decisions are entries first .. first + count - 1.
    struct Claim {
        std::string key;
        Hash256 content{};  ///< of what was asked
        Chapter chapter;
        std::uint64_t first = 0;
        std::uint32_t count = 0;
        std::uint32_t reversed = 0;  ///< of them; all: the key is free again
        bool operator==(const Claim&) const = default;
    };
    struct Filing {
        wire::Uuid uuid{};
        Bytes bytes;  ///< encoded wire Filing
        Chapter chapter;
        std::uint64_t index = 0;  ///< its journal entry
        FilingState state = FilingState::pending;
        std::uint16_t reason = 0;  ///< ErrorId when refused
        Seq in_seq;                ///< the state that shows it, once accepted; 0: no state changes by it
        bool operator==(const Filing&) const = default;
    };
    struct Position {
        AgentId agent;
        Chapter chapter;
        std::uint64_t size = 0;       ///< entries of this chapter
        Hash256 hash{};               ///< chain hash at `size`; all zero when size is 0
        std::uint64_t signed_to = 0;  ///< entries 1 .. signed_to have their batch signature
        std::uint64_t held = 0;       ///< entries 1 .. held are at the hub
        Instant held_at{};            ///< hub time of the newest `held`
        bool frozen = false;          ///< the hub saw other bytes at one index
        Bytes signing_key{};          ///< of a predecessor, for its batch signatures; empty: this agent's own
        bool operator==(const Position&) const = default;
    };

    /// What is kept beside the entries so that nobody has to read them all. Keys are of keyed hashes.
    struct Visit {
        std::uint64_t key = 0;
        std::optional<Instant> begun;
        bool admitted = false;
        std::optional<Instant> first_asked;
        std::string med_type;
        Instant touched{};  ///< running time
        bool operator==(const Visit&) const = default;
    };
    struct Refusal {
        std::uint64_t key = 0;  ///< of visit, item and amount
        std::uint64_t person = 0;
        Instant at{};       ///< by the PC's clock, as orders are
        Instant touched{};  ///< running time
        bool weak = false;  ///< the next one is marked, not held
        bool operator==(const Refusal&) const = default;
    };
    /// Lines of one lot (收费批次) of a visit that were asked together: `count` decisions from `first` on.
    struct Lot {
        std::uint64_t visit = 0;
        std::uint64_t lot = 0;
        wire::EntryName first;  ///< before they have numbers: which line of the claim, from 0 on
        std::uint32_t count = 0;
        std::uint64_t settlement = 0;  ///< 0: nobody said that it was settled
        Instant touched{};             ///< running time
        bool operator==(const Lot&) const = default;
    };
    struct Emergency {
        wire::EntryName decision;
        Instant fee_time{};
        std::optional<wire::EntryName> evidence = {};  ///< the newest
        bool operator==(const Emergency&) const = default;
    };
    struct Reversed {
        wire::EntryName decision;
        wire::EntryName entry;        ///< that says so
        std::string idempotency_key;  ///< under which it was decided: free again; may be empty
        bool operator==(const Reversed&) const = default;
    };
    struct Memory {
        std::vector<Visit> visits;           ///< by key: a newer one takes the place of the older
        std::vector<Refusal> refusals;       ///< likewise
        std::vector<Lot> lots;               ///< of a claim that is recorded with it
        std::vector<Emergency> emergencies;  ///< with evidence: that of one which is there already
        std::vector<Reversed> reversed;
        std::vector<std::uint64_t> passed;  ///< lines of this claim that passed, as in Refusal::key; not kept
    };

    /// Nothing: no chapter was started.
    virtual Result<std::optional<Position>> position() = 0;
    /// Every chapter that was started, ascending; the last one is what position() says.
    virtual Result<std::vector<Position>> chapters() = 0;
    /// Makes (agent, chapter) the current chapter, empty. journal_forked when that chapter has entries.
    virtual Result<void> start_chapter(AgentId agent, Chapter chapter) = 0;

    struct Batch {
        Chapter chapter;
        std::span<const Entry> entries;  ///< consecutive, following `size`
        std::span<const Claim> claims;
        std::span<const Filing> filings;  ///< new or changed rows, by uuid
        std::optional<AgentId> starts;    ///< the chapter starts here, of this agent: it becomes the current one
        const Memory* memory = nullptr;   ///< what is remembered with it
    };
    /// One transaction, on disk before it returns (P2).
    virtual Result<void> append(const Batch& batch) = 0;

    /// From `first` on, in order: at most `max_entries`, and no more after `max_bytes` are exceeded, but at least one
    /// if there is one.
    virtual Result<std::vector<Entry>> entries(Chapter chapter, std::uint64_t first, std::size_t max_entries,
                                               std::size_t max_bytes) = 0;
    virtual Result<std::optional<Claim>> claim(std::string_view key) = 0;
    /// Those whose first entry is one of [first, last].
    virtual Result<std::vector<Claim>> claims(Chapter chapter, std::uint64_t first, std::uint64_t last) = 0;

    /// A part of a predecessor's journal: `chapter` as it says of itself, and what of it comes now.
    struct Adopted {
        Position chapter;  ///< size, hash and signed_to follow from the entries
        std::span<const Entry> entries;
        std::span<const wire::BatchSignature> signatures;
        std::span<const Claim> claims;
        std::span<const Filing> filings;
        const Memory* memory = nullptr;
    };
    /// One transaction, durable. What stands here already stays as it is: the same part again changes nothing.
    virtual Result<void> adopt(const Adopted& part) = 0;

    virtual Result<void> add_signatures(Chapter chapter, std::span<const wire::BatchSignature> batches) = 0;
    /// Those that end in [first, last], ascending.
    virtual Result<std::vector<wire::BatchSignature>> signatures(Chapter chapter, std::uint64_t first,
                                                                 std::uint64_t last) = 0;

    /// Visits and refusals since then, the newest `limit` of each.
    virtual Result<Memory> remembered(Instant since, std::size_t limit) = 0;
    /// One transaction, without an entry.
    virtual Result<void> remember(const Memory& memory) = 0;
    /// Visits, refusals and lots from before.
    virtual Result<void> forget_visits(Instant before) = 0;
    /// Lots with a decision that stands: of a visit, or of a settlement; in the order in which they were asked, at most
    /// kMaxLots.
    virtual Result<std::vector<Lot>> lots_of(std::uint64_t visit) = 0;
    virtual Result<std::vector<Lot>> lots_named(std::uint64_t lot) = 0;
    virtual Result<std::vector<Lot>> lots_settled_by(std::uint64_t settlement) = 0;
    /// By `first`. One transaction.
    virtual Result<void> settle(std::span<const Lot> lots, std::uint64_t settlement) = 0;
    /// The newest first.
    virtual Result<std::vector<Emergency>> emergencies(bool with_evidence, std::size_t limit) = 0;
    virtual Result<std::optional<Emergency>> emergency(const wire::EntryName& decision) = 0;
    virtual Result<std::optional<Reversed>> reversal_of(const wire::EntryName& decision) = 0;

    virtual Result<std::vector<Filing>> filings() = 0;  ///< all, in the order in which they were made
    virtual Result<void> update_filings(std::span<const Filing> rows) = 0;  ///< by uuid, one transaction, durable
    /// The hub's word: what it holds, and what became of filings. One transaction.
    virtual Result<void> note_held(std::uint64_t held, Instant held_at, bool frozen,
                                   std::span<const Filing> filings) = 0;
    /// The same for a chapter before the current one.
    virtual Result<void> note_earlier(Chapter chapter, std::uint64_t held) = 0;
};

}  // namespace zige::agent

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/anchor.h"
#include "agent/core/crypto.h"
#include "agent/core/ports/journal_store.h"
#include "agent/core/time_guard.h"
#include "shared/ports/files.h"
#include "shared/ports/random.h"
#include "shared/wire/messages.h"
#include "shared/wire/reference.h"

namespace zige::agent {

/// A batch signature covers at most so much, so that a segment always holds whole batches.
inline constexpr std::size_t kMaxBatchEntries = 64;
inline constexpr std::size_t kMaxBatchBytes = 8U << 10;
/// Once somebody may have put a backup back; boot after boot it is the disk (还原卡).
inline constexpr std::uint32_t kPutBacks = 2;

/// What makes two claims the same one.
struct ClaimKey {
    std::string_view idempotency_key;  ///< not empty
    Hash256 content{};                 ///< of everything that was asked
};

using JournalBody = decltype(wire::JournalEntry::body);
/// What an entry leaves to be remembered: a passed emergency, its evidence, what was reversed.
void remember(const JournalBody& body, const wire::EntryName& name, JournalStore::Memory& memory);

/// The record of what was decided and filed here: entries hash-chained per (agent, chapter, index), on disk before
/// anybody sees an answer (P2). Group commit: of the callers that arrive together one writes for all, on its own
/// thread. Any thread.
class Journal {
public:
    struct Parts {
        JournalStore& store;
        const Crypto& crypto;
        const TimeGuard& time;
        Files& files;
        const Signer& signer;          ///< the agent's signing key
        std::filesystem::path anchor;  ///< outside the data folder; empty: no anchor is kept
    };
    /// Continues the store's chapter, or starts (agent, chapter) with its chapter entry when the store has none of this
    /// agent: then it goes on where a predecessor's ends. journal_corrupt: the last entry does not fit its chain, or
    /// what stands here is of a chapter that is not before `chapter`. Keeps references to what `parts` names.
    static Result<std::unique_ptr<Journal>> open(const Parts& parts, AgentId agent, Chapter chapter,
                                                 std::string_view software);

    struct Recorded {
        Chapter chapter;
        std::uint64_t first = 0;                   ///< journal number of the first decision; the others follow
        bool repeated = false;                     ///< an earlier claim with this key and content
        std::vector<std::string> references;       ///< of each decision (wire::reference)
        std::vector<wire::DecisionEntry> earlier;  ///< its decisions, when repeated
    };
    /// Appends a claim's decisions, all or none; durable on return. `key` may be null.
    /// journal_not_recorded: nothing was written; journal_idempotency_conflict: that key asked something else.
    /// `memory`: visits and refusals that are remembered in the same transaction.
    Result<Recorded> record(std::vector<wire::DecisionEntry> decisions, const ClaimKey* key,
                            const JournalStore::Memory& memory = {});

    /// Appends a filing and writes its row and `changed` rows in the same transaction. journal_not_recorded.
    Result<JournalStore::Filing> record(const wire::Filing& filing, FilingState state,
                                        std::vector<JournalStore::Filing> changed = {});
    /// Before each upload: makes the chain a ratchet. journal_not_recorded.
    Result<void> record_contact(Random& random);
    /// A prolongation that was read out (PHONE-8), before it counts. journal_not_recorded.
    Result<void> record_phone_code(const wire::PhoneCodeEntry& code);

    /// Appends what happens to a message that goes to the platform. False: an entry of this key stands already.
    /// journal_not_recorded.
    Result<bool> record(const wire::ForwardEntry& forward, const ClaimKey& key);
    /// The entry that was recorded with it.
    Result<std::optional<wire::JournalEntry>> find_forward(std::string_view key) const;
    /// Its number. journal_not_recorded.
    Result<wire::EntryName> record_evidence(const wire::EvidenceEntry& evidence);
    /// `keys`: of the claims whose decisions are taken back; with it each may be asked anew. journal_not_recorded.
    Result<wire::EntryName> record_reversal(const wire::ReversalEntry& reversal, std::span<const std::string> keys);

    /// Signs the batches that have no signature yet; after a crash those that were left too. The store's errors,
    /// crypto_failed.
    Result<void> sign_pending();
    /// The hub's word that chapter `next` is open: this journal goes on in it, from its first entry on, which names the
    /// end of the present one. What the hub does not hold of earlier chapters is still handed in. Durable on return.
    /// chapter_unexpected: not the one after the present; journal_not_recorded.
    Result<void> open_chapter(Chapter next, std::string_view software);
    /// Writes size, hash and running time where a folder put back cannot reach them. After root set the time back a
    /// contact goes first, so that the journal ends at the time that counts now (TimeGuard::compare()).
    /// journal_not_recorded, file_io.
    Result<void> write_anchor(Random& random);

    struct Status {
        AgentId agent;
        Chapter chapter;
        std::uint64_t size = 0;
        Hash256 hash{};
        std::uint64_t held = 0;  ///< entries that the hub has confirmed
        std::uint64_t signed_to = 0;
        Instant held_at{};
        bool frozen = false;           ///< the hub saw a fork: filings wait, decisions go on
        bool anchor_ahead = false;     ///< the journal is shorter than its anchor says: a folder put back
        std::uint64_t syncs = 0;       ///< commits since the start, for the bench
        std::size_t waiting = 0;       ///< callers whose entries are in no commit yet
        std::uint64_t unheld = 0;      ///< entries of all chapters that the hub has not confirmed
        std::uint64_t handed = 0;      ///< entries of all chapters that it has
        bool disk_rolls_back = false;  ///< after kPutBacks boots in a row the journal was shorter than its anchor
        std::uint64_t hub_lost = 0;    ///< entries that the hub had confirmed, and does not hold (P5)
    };
    Status status() const;

    /// The next segments to upload, signed batches only, after what the hub holds, those of earlier chapters first;
    /// empty: it holds all.
    Result<std::vector<wire::Segment>> next_segments(std::size_t max_segments) const;
    /// The hub's `held` for this agent, already verified. journal_forked: its hash at its size is not ours, or it holds
    /// more than there is here; that is kept (frozen) and named, decisions go on. wire_replayed: older than the newest.
    /// `filings`: rows that its results change.
    Result<void> note_held(const wire::Held& held, std::span<const JournalStore::Filing> filings);

    /// Sums over all chapters.
    struct Verified {
        std::uint64_t entries = 0;
        std::uint64_t batches = 0;
        std::uint64_t not_signed = 0;  ///< at the end, not signed yet
        std::size_t chapters = 0;
    };
    /// Reads every chapter, a predecessor's too: numbers without hole, chain, every batch signature by the key of who
    /// wrote it, and that each chapter goes on where the one before ended. journal_corrupt names the first bad number.
    Result<Verified> verify() const;

    Result<wire::JournalEntry> entry(Chapter chapter, std::uint64_t number) const;  ///< journal_not_found
    /// The decision of a 6-character reference, of any chapter; the newest, should several have it. journal_not_found.
    Result<wire::JournalEntry> find_reference(std::string_view reference) const;
    /// The same, and where it stands.
    Result<std::pair<wire::EntryName, wire::JournalEntry>> locate(std::string_view reference) const;
    /// The reference of an entry. journal_not_found.
    Result<std::string> reference_of(const wire::EntryName& name) const;
    /// Where the decisions under this key stand. journal_not_found.
    Result<std::vector<wire::EntryName>> decisions_under(std::string_view idempotency_key) const;
    const JournalStore& store() const { return parts_.store; }
    JournalStore& store() { return parts_.store; }
    Result<std::vector<JournalStore::Filing>> filings() const { return parts_.store.filings(); }
    Result<void> update_filings(std::span<const JournalStore::Filing> rows) {
        return parts_.store.update_filings(rows);
    }

    Journal(const Parts& parts, std::vector<JournalStore::Position> chapters);  ///< use open()
    ~Journal();

private:
    struct Request;
    struct Round;
    Result<void> commit(Request& request);
    void lead(std::unique_lock<std::mutex>& lock);
    std::vector<Request*> next_round();
    void write(std::span<Request* const> requests);
    Result<void> start_chapter(Request& request);
    void move_on(const JournalStore::Position& next);
    std::vector<JournalStore::Position> earlier() const;
    JournalStore::Position current() const;
    std::uint32_t put_backs() const;
    Result<void> sign_chapter(const JournalStore::Position& position);
    void note_signed(Chapter chapter, std::uint64_t signed_to);
    Result<void> add_segments(const JournalStore::Position& position, std::size_t max_segments,
                              std::vector<wire::Segment>& segments) const;
    Result<void> note_earlier(const wire::ChapterHeld& held);
    Result<JournalStore::Position> end_of_chain();
    Result<void> settle_signatures();
    Result<bool> settle_key(Request& request) const;
    Result<void> check_tail() const;
    Result<void> check_anchor();
    Result<bool> is_behind(const Anchor& anchor) const;
    Result<std::vector<JournalStore::Entry>> batch_from(Chapter chapter, std::uint64_t first, std::uint64_t last) const;
    Result<Hash256> chain_at(std::uint64_t index) const;
    Result<Hash256> chain_at(const JournalStore::Position& position, std::uint64_t index) const;
    Result<Verified> verify_chapter(const JournalStore::Position& position, const JournalStore::Position* before) const;
    Result<std::optional<wire::JournalEntry>> find_in(const JournalStore::Position& chapter,
                                                      const wire::Reference& sought) const;
    Result<std::uint64_t> check_batches(const JournalStore::Position& position, std::span<const Hash256> leaves) const;
    Result<void> note_lower(const wire::ChapterHeld& held);

    Parts parts_;
    mutable std::mutex mutex_;  // guards all below but signing_
    std::vector<Request*> waiting_;
    bool leading_ = false;
    JournalStore::Position position_;
    std::vector<JournalStore::Position> earlier_;  // chapters before it that the hub does not hold whole
    bool doubtful_ = false;                        // a commit failed: the disk may be further than position_
    bool anchor_ahead_ = false;
    std::uint32_t put_backs_ = 0;      // as the anchor counts them
    std::uint64_t was_held_ = 0;       // of the present chapter, before the hub lost some of them
    std::uint64_t handed_before_ = 0;  // entries of earlier chapters that the hub holds whole
    std::uint64_t syncs_ = 0;
    std::mutex signing_;                // one signer at a time
    bool signatures_doubtful_ = false;  // guarded by signing_: the disk may hold more of them than signed_to says
};

}  // namespace zige::agent

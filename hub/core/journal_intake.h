#pragma once

#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "hub/core/agents.h"
#include "hub/core/environment.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Key, message and signature of each batch in the sender's own segments that is signed by `key`: what costs most is done
/// before the write lock is taken. What is not among them is verified, and the bad refused, by JournalIntake.
std::set<Bytes> verified_batches(const wire::SyncRequest& request, ByteView key, const Environment& env);

/// Takes journal segments that one agent brings, its own and those that whom it succeeds left (LIFE-7), inside one
/// change. What it appends is a chain without hole (P5).
class JournalIntake {
public:
    /// `asked`: the chapter that the agent says it is in; `verified`: verified_batches(). Keeps references.
    JournalIntake(const Environment& env, Change& change, Agent& agent, Chapter asked, const std::set<Bytes>& verified)
        : env_(env), change_(change), agent_(agent), asked_(asked), verified_(verified) {}

    /// Equal bytes at an index that is held are a retransmission; other bytes are a clone or a restored image: they are
    /// kept as another branch, the agent is frozen, nothing is refused. A segment beyond a gap is left: `held` says so.
    /// Segments of chapters that the agent left count too. wire_bad_chain: indices or links that do not fit each other,
    /// a chapter that never was, an agent whose place the sender did not take; wire_bad_signature: of a batch;
    /// chapter_unexpected: a chapter that does not follow the one before; wire_*: an entry.
    Result<void> take(const wire::Segment& segment);
    /// The chain that the agent says it has must run through ours (the ratchet). `chapter`: where it says it is.
    Result<void> check_claim(Chapter chapter, std::uint64_t size, const Hash256& hash);
    /// Opens the incident for what diverged, if anything did. `anchor_ahead`: the agent itself says that its folder was
    /// put back.
    Result<void> name_divergence(bool anchor_ahead);
    /// Keeps how far each chapter is held.
    Result<void> save();

    /// The chapter that it is in runs beside what is held of it.
    bool diverged() const;
    /// Of the chapters other than `chapter` that segments came for, or that the sender left and are not held whole.
    Result<std::vector<wire::ChapterHeld>> earlier(Chapter chapter) const;
    /// How far this chapter is held. wire_bad_chain: it never was.
    Result<wire::ChapterHeld> held(Chapter chapter);

private:
    struct Entry {
        wire::JournalEntry value;
        const Bytes* bytes = nullptr;
        Hash256 hash{};
    };
    /// How far one chapter is held.
    struct Position {
        Agent* writer = nullptr;  ///< whose chapter it is
        Chapter chapter;
        std::uint64_t held = 0;
        Hash256 held_hash{};
        std::optional<wire::ChapterBefore> end;  ///< of a chapter that was left
        wire::ChapterHeld acknowledged;          ///< to whoever sent the last segment of it
        bool came = false;                       ///< in this request
        bool left = false;                       ///< it has a row of its own: the writer goes on elsewhere
    };
    struct Divergence {
        AgentId agent;
        Chapter chapter;
        Fields evidence;
        std::uint64_t kept_to = 0;  ///< of the other branch, in this request
        std::uint64_t claimed = 0;  ///< how long its owner says that it is; 0: it did not say
    };
    Result<Agent*> writer(AgentId agent);
    Result<Position*> position(AgentId agent, Chapter chapter);
    Result<void> load(Position& position) const;
    Divergence* divergence_of(const Position& position);
    Result<std::vector<Entry>> read(const wire::Segment& segment) const;
    Result<std::optional<Hash256>> hash_at(const Position& position, std::uint64_t index) const;
    Result<bool> is_known_branch(const Position& position, std::uint64_t index, const Hash256& hash) const;
    Result<void> append(Position& position, const Entry& entry);
    Result<void> start_chapter(const Position& position, const wire::ChapterEntry& entry);
    Result<void> end_chapter(Position& left, const wire::ChapterBefore& before);
    Result<void> check_phone_code(const Position& position, const wire::JournalEntry& entry,
                                  const wire::PhoneCodeEntry& code);
    Result<void> keep_branch(Position& position, std::span<const Entry> entries, const Hash256& link_before);
    Result<void> diverge(const Position& position, std::uint64_t index, const Hash256& other, const Bytes* entry);
    Result<void> note_branches(const Position& position, std::uint64_t index);
    Result<void> take_batch(const Position& position, const wire::Segment& segment, const wire::BatchSignature& batch);
    Result<Hash256> root_of(const wire::Segment& segment, const wire::BatchSignature& batch) const;

    Environment env_;
    Change& change_;
    Agent& agent_;
    Chapter asked_;
    const std::set<Bytes>& verified_;
    std::map<AgentId, Agent> predecessors_;
    std::map<std::pair<AgentId, Chapter>, Position> positions_;
    std::vector<Divergence> diverged_;
    std::uint64_t taken_ = 0;  // entries that were appended and are not counted yet
};

}  // namespace zige::hub

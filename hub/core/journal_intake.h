#pragma once

#include "hub/core/agents.h"
#include "hub/core/environment.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Takes journal segments of one agent, inside one change. What it appends is a chain without hole (P5).
class JournalIntake {
public:
    JournalIntake(const Environment& env, Change& change, Agent& agent) : env_(env), change_(change), agent_(agent) {}

    /// Equal bytes at an index that is held are a retransmission; other bytes are a clone or a restored image: they are
    /// kept as another branch, the agent is frozen, nothing is refused. A segment beyond a gap is left: `held` says so.
    /// wire_bad_chain: indices or links that do not fit each other; wire_bad_signature: of a batch; wire_*: an entry.
    Result<void> take(const wire::Segment& segment);
    /// The chain that the agent says it has must run through ours (the ratchet).
    Result<void> check_claim(std::uint64_t size, const Hash256& hash);

private:
    struct Entry {
        wire::JournalEntry value;
        const Bytes* bytes = nullptr;
        Hash256 hash{};
    };
    Result<std::vector<Entry>> read(const wire::Segment& segment) const;
    Result<std::optional<Hash256>> held_hash_at(std::uint64_t index) const;
    Result<void> append(const Entry& entry);
    Result<void> keep_branch(std::span<const Entry> entries);
    Result<void> freeze(std::uint64_t index);
    Result<void> take_batch(const wire::BatchSignature& batch);

    Environment env_;
    Change& change_;
    Agent& agent_;
};

}  // namespace zige::hub

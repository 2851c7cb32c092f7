#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/agents.h"
#include "hub/core/hand_in.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// A database that was put back says so, and gets back what it lost from those who have it (P4, P5). Any thread.
class Recovery {
public:
    Recovery(const Environment& env, const Trust& trust, Publisher& publisher)
        : env_(env), trust_(trust), publisher_(publisher), log_(env.hasher) {}

    /// Publishing goes on, one epoch above everything that was seen; numbers that may have been given are not given
    /// again; every institution record says that it is not recovered yet. `by_root`: the epoch of a reset that the
    /// newest trust document carries (TRUST-9). hub_not_recovering: the hub is not stopped;
    /// trust_bad_reset: root reset no such epoch.
    Result<Published> start(const std::string& actor, std::optional<Epoch> by_root = {});
    /// An institution whose agents do not all come back counts as recovered. hub_not_recovering;
    /// usage_bad_argument: no reason.
    Result<Published> waive(const std::string& actor, const std::string& institution, const std::string& reason);

    struct AgentProgress {
        AgentId agent;
        std::optional<Instant> handed_in;
        Recovered recovered;
    };
    struct InstitutionProgress {
        std::string code;
        std::string name;
        bool recovered = true;
        std::vector<AgentProgress> agents;
    };
    struct Progress {
        Epoch epoch;
        std::vector<InstitutionProgress> institutions;  ///< of the last recovery; none: there was none
    };
    Result<Progress> show() const;

    /// POST /v1/copy: envelope of a CopyHandIn; `peer_key` as in Ingest::sync. Durable on return; the same copy again
    /// changes nothing. hub_unknown_agent, hand_in_refused, wire_*.
    Result<void> hand_in(ByteView envelope, ByteView peer_key);

    /// What is to be done about the state that an agent says it holds, and about what it proves that was held of its
    /// journal, inside the change of its sync.
    struct Verdict {
        bool withheld = false;               ///< REC-1: nothing is published to it yet
        std::optional<Error> stop;           ///< this hub published what its database does not have: nothing more is
        bool chapters_may_be_ahead = false;  ///< the database may have lost that chapters were opened
    };
    Result<Verdict> judge(Change& change, const Agent& agent, const wire::SyncRequest& request, wire::Held& held) const;

private:
    Result<void> begin(Change& change) const;
    Result<wire::CopyHandIn> open(ByteView envelope, ByteView peer_key) const;
    Result<Verdict> judge_state(Change& change, const Agent& agent, const wire::SyncRequest& request,
                                wire::Held& held) const;
    Result<void> judge_journal(Change& change, const Agent& agent, const wire::SyncRequest& request,
                               Verdict& verdict) const;
    Result<void> judge_proof(Change& change, const Agent& agent, const wire::SyncRequest& request,
                             const Hash256& claimed, Verdict& verdict) const;
    Hash256 claimed_state(const Agent& agent, const wire::SyncRequest& request) const;
    static Result<void> name_other_people(Change& change, const Agent& agent, const VerifiedCopy& copy,
                                          const Recovered& recovered);
    Result<void> note_hand_in(Change& change, const Agent& agent, const Hash256& state,
                              const Recovered& recovered) const;
    Result<bool> all_handed_in(Tx& tx, const std::string& institution) const;
    Result<void> end(Change& change, const std::string& institution, const std::string& why) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    HubLog log_;
};

}  // namespace zige::hub

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "agent/core/gate.h"
#include "tests/simulation/machines.h"

namespace zige::simulation {

/// What one agent has promised so far, told by its answers, and checked against what it and the hub hold.
/// Every check throws CppUnit's assertion with the promise in its text.
class Truth {
public:
    /// P1, by a judge that knows nothing of decide(): reads the copy's records one by one.
    void check_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim, const Overlay& overlay);
    /// P2: notes what was answered with a number.
    void note_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim);
    /// P2: every answered decision is in the journal. Call after each start.
    void check_journal(agent::Agent& agent) const;
    /// P3, P4: the copy is a state that the hub published, and never an older one than seen before; running time only rises.
    void check_copy(agent::Agent& agent, const std::map<std::uint64_t, Hash256>& published_roots);
    /// P5: what the hub holds is the beginning of this journal. `all`: it holds every entry.
    void check_held(agent::Agent& agent, const hub::HubStatus& status, bool all) const;

private:
    struct Answered {
        Chapter chapter;
        std::uint64_t number = 0;
        std::string line_id;
        Outcome served = Outcome::deny;
    };
    std::vector<Answered> answered_;
    Seq newest_seq_;
    Instant newest_running_{};
};

}  // namespace zige::simulation

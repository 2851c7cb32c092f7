#pragma once

#include <optional>

#include "agent/core/agent.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// The copy that was judged by.
Json copy_json(const agent::View& view, const Moment& now);
/// The copy that a journaled decision was judged by: the journal names its hash, mode and time and no more. Version
/// only where that copy is still the present one.
Json journaled_copy_json(const wire::JournalEntry& entry, const wire::DecisionEntry& decision, const agent::View& view);

/// The worst outcome of all lines stands for the claim.
class Worst {
public:
    void add(Outcome outcome);
    std::optional<Outcome> outcome() const { return worst_; }  ///< nothing: of no line
    void put_into(Json& answer) const;  ///< members outcome, outcome_zh, outcome_en

private:
    std::optional<Outcome> worst_;
};

/// The entry of the first line of a repeated claim; it holds a decision. journal_corrupt: it does not.
Result<wire::JournalEntry> entry_of_repeated(const agent::Journal& journal, const agent::ClaimAnswer& cleared);

/// How fresh the copy was is not journaled.
void forget_age(Json& line);

/// What POST /v1/clear answers: every line that was asked, with its decision. `cleared` is of this claim.
Result<Json> cleared_json(agent::Agent& agent, const agent::Claim& asked, const agent::ClaimAnswer& cleared);

}  // namespace zige::daemon

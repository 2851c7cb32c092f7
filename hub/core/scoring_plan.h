#pragma once

#include <vector>

#include "hub/core/career_draft.h"
#include "hub/core/scoring.h"

namespace zige::hub {

/// What a service is going to do: its answer, and the files that change with it.
template <class Outcome>
struct Planned {
    Outcome outcome;
    std::vector<CareerDraft> drafts;
};

/// Plans and records inside a change that does more: a step of a case. `published` stays empty.
template <class Outcome, class Plan>
Result<Outcome> carry_out_in(Change& change, const Plan& plan) {
    ZIGE_TRY(planned, plan(change.tx(), day_of(change.now())));
    for (const CareerDraft& draft : planned.drafts) ZIGE_CHECK(draft.record(change));
    planned.outcome.recorded = true;
    return std::move(planned.outcome);
}

/// Plans (Tx&, Day today -> Result<Planned<Outcome>>) and records all drafts in one change, or records nothing.
template <class Outcome, class Plan>
Result<Outcome> carry_out(const Environment& env, Publisher& publisher, const std::string& actor, Run run,
                          const Plan& plan) {
    if (run == Run::preview)
        return read_from(env.store, [&](Tx& tx) -> Result<Outcome> {
            ZIGE_TRY(planned, plan(tx, env.today()));
            return std::move(planned.outcome);
        });
    Outcome outcome;
    auto published = publisher.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(done, carry_out_in<Outcome>(change, plan));
        outcome = std::move(done);
        return {};
    });
    if (!published.ok()) return published.error();
    outcome.published = std::move(*published);
    return outcome;
}

}  // namespace zige::hub

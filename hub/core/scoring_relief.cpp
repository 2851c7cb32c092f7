#include "hub/core/case_hold.h"
#include "hub/core/policy.h"
#include "hub/core/registry.h"
#include "hub/core/scoring.h"
#include "hub/core/scoring_effects.h"
#include "hub/core/scoring_plan.h"

namespace zige::hub {
namespace {

Result<void> not_ahead(Day day, Day today, const char* field) {
    if (day <= today) return {};
    return fail(ErrorId::points_bad_day, field, format(day) + " is after the hub's day " + format(today));
}

Result<Planned<RepairOutcome>> plan(Tx& tx, const HubLog& log, const RuleShelf& shelf, const RepairOrder& order,
                                    Day today) {
    ZIGE_CHECK(not_ahead(order.asked.on, today, "on"));
    if (order.asked.entered && order.reason.empty())
        return fail(ErrorId::case_missing_field, "reason", "why so many points are taken back");
    ZIGE_TRY(adopted, shelf.on(tx, order.asked.on));
    ZIGE_TRY(draft, CareerDraft::open(tx, log, order.who));
    ZIGE_TRY(repair, plan_repair(adopted.rules, draft.career(), order.asked));
    Planned<RepairOutcome> planned;
    planned.outcome.person = draft.person();
    planned.outcome.name = draft.name();
    planned.outcome.institutions = draft.institutions();
    const Repaired repaired{order.asked.way, repair.points, order.asked.on, repair.conduct_year};
    ZIGE_CHECK(draft.add(repaired, {{"reason", order.reason}, {"article", repair.cite.text}}));
    for (const SanctionShortened& each : repair.shorter) ZIGE_CHECK(draft.add(each));
    for (const SanctionOver& each : repair.over) ZIGE_CHECK(draft.add(each));
    planned.outcome.plan = std::move(repair);
    // What was decided after it counted too many points: as if the repair had been there (XY 20, 33).
    ZIGE_TRY(config, Policy::current(tx));
    JudgingRules rules(tx, shelf);
    const EffectContext context{rules, config.profile.articles, today};
    ZIGE_TRY(later, correct_later(context, draft, ChangedFrom(repaired), order.later));
    planned.outcome.later = std::move(later);
    const std::chrono::year_month_day on{order.asked.on};
    planned.outcome.points_of_year = draft.career().points_of(static_cast<int>(on.year()));
    planned.drafts.push_back(std::move(draft));
    return planned;
}

Result<AdoptedRules> rules_of_sanction(Tx& tx, const RuleShelf& shelf, const Career& career,
                                       const RestorationAsked& asked) {
    if (const Scored* decision = career.decision(asked.document))
        return shelf.version(tx, decision->profile, decision->profile_version);
    return shelf.on(tx, asked.evaluated_on);
}

Result<Planned<RestoreOutcome>> plan(Tx& tx, const HubLog& log, const RuleShelf& shelf, const RestoreOrder& order,
                                     Day today) {
    ZIGE_CHECK(not_ahead(order.asked.evaluated_on, today, "evaluated_on"));
    ZIGE_TRY(draft, CareerDraft::open(tx, log, order.who));
    ZIGE_TRY(adopted, rules_of_sanction(tx, shelf, draft.career(), order.asked));
    ZIGE_TRY(config, Policy::current(tx));
    ZIGE_TRY(restoration, plan_restoration(adopted.rules, draft.career(), config.calendar, order.asked));
    Planned<RestoreOutcome> planned;
    planned.outcome.person = draft.person();
    planned.outcome.name = draft.name();
    planned.outcome.institutions = draft.institutions();
    ZIGE_CHECK(draft.add(restoration.over, {{"applied_on", format(order.asked.applied_on)},
                                            {"evaluated_on", format(order.asked.evaluated_on)},
                                            {"late", restoration.late ? "yes" : ""},
                                            {"reason", order.reason}}));
    planned.outcome.plan = std::move(restoration);
    planned.drafts.push_back(std::move(draft));
    return planned;
}

}  // namespace

Result<RepairOutcome> Scoring::repair(const std::string& actor, const RepairOrder& order, Run run) {
    const HubLog log(env_.hasher);
    return carry_out<RepairOutcome>(env_, publisher_, actor, run,
                                    [&](Tx& tx, Day today) -> Result<Planned<RepairOutcome>> {
                                        ZIGE_TRY(person, Registry::find_person_id(tx, order.who));
                                        ZIGE_CHECK(check_no_open_repair(tx, person));
                                        return plan(tx, log, shelf_, order, today);
                                    });
}

Result<RestoreOutcome> Scoring::restore(const std::string& actor, const RestoreOrder& order, Run run) {
    const HubLog log(env_.hasher);
    return carry_out<RestoreOutcome>(env_, publisher_, actor, run,
                                     [&](Tx& tx, Day today) -> Result<Planned<RestoreOutcome>> {
                                         ZIGE_CHECK(check_not_held(tx, order.who, order.asked.document));
                                         return plan(tx, log, shelf_, order, today);
                                     });
}

Result<RepairOutcome> Scoring::repair_in(Change& change, const RepairOrder& order) {
    const HubLog log(env_.hasher);
    return carry_out_in<RepairOutcome>(change, [&](Tx& tx, Day today) { return plan(tx, log, shelf_, order, today); });
}

Result<RestoreOutcome> Scoring::restore_in(Change& change, const RestoreOrder& order) {
    const HubLog log(env_.hasher);
    return carry_out_in<RestoreOutcome>(change, [&](Tx& tx, Day today) { return plan(tx, log, shelf_, order, today); });
}

}  // namespace zige::hub

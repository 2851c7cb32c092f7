#include "hub/core/scoring.h"

#include <algorithm>
#include <set>

#include "hub/core/case_hold.h"
#include "hub/core/casework/case_file.h"
#include "hub/core/institution_data.h"
#include "hub/core/policy.h"
#include "hub/core/prior_notice.h"
#include "hub/core/registry.h"
#include "hub/core/scoring_effects.h"
#include "hub/core/scoring_plan.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

std::string text_of(const CaseFacts& facts) {
    std::string text;
    for (const auto& [fact, value] : facts)
        text += (text.empty() ? "" : " ") + std::string(to_string(fact)) + "=" + std::to_string(value);
    return text;
}

/// Everything that planning one call shares.
struct Planning {
    Tx& tx;
    const HubLog& log;
    Day today{};
    JudgingRules rules;
    std::vector<std::string> articles;
    Calendar calendar;

    EffectContext context() { return {rules, articles, today}; }
};

/// The decision that stands, or why not.
Result<Scored> standing_decision(const Career& career, const std::string& document) {
    if (const Scored* decision = career.decision(document)) return *decision;
    for (const KnownDecision& known : career.decisions())
        if (known.decision.document == document) return fail(ErrorId::points_decision_withdrawn, "document", document);
    return fail(ErrorId::points_decision_unknown, "document", document);
}

Result<void> check_document(const Career& career, const std::string& document) {
    if (document.empty() || document.size() > kMaxText || document.find('\0') != std::string::npos)
        return fail(ErrorId::case_missing_field, "document", "number of the notice, 1 to 300 bytes");
    if (career.decision(document) != nullptr || career.interval(document) != nullptr)
        return fail(ErrorId::points_document_used, "document", document);
    return {};
}

/// XY 9, 43: who works there is registered there, and his notice goes there.
Result<void> check_registered(const CareerDraft& draft, const MatterOrder& order) {
    const auto& known = draft.institutions();
    if (!order.unregistered_reason.empty() || std::ranges::find(known, order.institution) != known.end()) return {};
    std::string elsewhere;
    for (const std::string& each : known) elsewhere += (elsewhere.empty() ? "" : " ") + each;
    if (elsewhere.empty()) elsewhere = "-";
    return fail(ErrorId::points_not_registered_there, "institution",
                "#" + std::to_string(draft.person().value) + " " + draft.name() + " is registered at " + elsewhere +
                    ", never at " + order.institution + " (--unregistered REASON)");
}

/// The number is on somebody else's notice that stands, and that is not of the same matter.
Result<void> check_not_anothers(const Planning& planning, const CareerDraft& draft, const MatterOrder& order,
                                const std::string& document) {
    ZIGE_TRY(events, planning.log.of_notice(planning.tx, HubEvent::points_decided, document));
    for (const LogEvent& each : events) {
        const Fields& body = each.body;
        if (each.person == draft.person()) continue;
        const bool one_matter = each.institution == order.institution &&
                                body.text("decided_on") == format(order.decided_on) && !order.reference.empty() &&
                                body.text("reference") == order.reference;
        if (one_matter) continue;
        ZIGE_TRY(career, load_career(planning.tx, planning.log, each.person));
        if (career.decision(document) != nullptr)
            return fail(ErrorId::points_document_of_another, "document",
                        document + " is the notice of #" + std::to_string(each.person.value) + " of " +
                            std::string(body.text("decided_on")) + " at " + each.institution);
    }
    return {};
}

/// Later decisions are there: that is said to, and asked why.
Result<void> check_order(const Career& career, const MatterOrder& order) {
    for (const KnownDecision& known : career.decisions())
        if (!known.withdrawn && known.decision.decided_on > order.decided_on && order.late_reason.empty())
            return fail(ErrorId::points_bad_day, "decided_on",
                        format(order.decided_on) + " lies before " + known.decision.document + " of " +
                            format(known.decision.decided_on) + ": say why it is entered late");
    return {};
}

/// A printed period belongs to a service: what nobody keeps is not taken (XY 43).
Result<void> check_period_is_kept(const Service& service) {
    if (service.served_on || (!service.printed_from && !service.printed_end)) return {};
    return fail(ErrorId::case_missing_field, "served_on", "a printed period is entered with the day of service");
}

/// Points of all violations of one person in one matter, at most 12.
Result<unsigned> points_of(const Rules& rules, const Proposal& proposal, ResponsibilityDegree degree,
                           const std::vector<Violation>& violations, std::string& level) {
    std::vector<unsigned> points;
    for (const Violation& each : violations) {
        const std::string* own = each.level.empty() ? proposal.level() : &each.level;
        if (own == nullptr) return fail(ErrorId::case_missing_field, "level",
                                         "the facts lead to no proposal: name a level; " + known_levels(rules));
        ZIGE_TRY(one, score(rules, *own, degree, each.weight, each.points));
        if (points.empty() || one > *std::max_element(points.begin(), points.end())) level = *own;
        points.push_back(one);
    }
    if (points.empty()) return fail(ErrorId::case_missing_field, "violations", "at least one");
    return std::min(combine(rules, points), kMostPoints);
}

/// Cases hold matters and notices; a case itself calls decide_in() and the like.
Result<void> check_no_case_of_the_matter(Tx& tx, const MatterOrder& order) {
    for (const PersonOrder& each : order.people) {
        ZIGE_TRY(person, Registry::find_person_id(tx, each.who));
        ZIGE_CHECK(check_matter_not_held(
            tx, person, {order.institution, order.decided_on, each.document, order.reference}));
        ZIGE_CHECK(check_not_held(tx, person, each.document));
    }
    return {};
}

Result<PersonOutcome> outcome_of(Tx& tx, const CareerDraft& draft, const Rules& rules, const std::string& document,
                                 Day decided_on) {
    PersonOutcome outcome;
    ZIGE_TRY(again, draft.registrations_again(tx));
    for (const RegistrationAgain& each : again)
        if (!each.terminated) outcome.registered_again.push_back(each.institution);
    outcome.person = draft.person();
    outcome.name = draft.name();
    outcome.institutions = draft.institutions();
    outcome.points_of_year = draft.career().points_of(year_of(decided_on));
    outcome.watch_list = on_watch_list(rules, draft.career(), year_of(decided_on));
    for (const KnownDecision& known : draft.career().decisions())
        if (!known.withdrawn && draft.career().is_owed(known.decision.document))
            outcome.owed.push_back(known.decision.document);
    if (const Scored* decision = draft.career().decision(document)) {
        outcome.decision = *decision;
        outcome.before = draft.career().cumulative_before(rules, document);
        const Day last{std::chrono::local_days{std::chrono::year{year_of(decided_on)} / std::chrono::December / 31}};
        const auto of_conduct = draft.career().points_on(last);
        const auto own = of_conduct.find(decision->conduct_year);
        outcome.points_of_conduct_year = own == of_conduct.end() ? 0 : own->second;
        outcome.readings_differ = outcome.before.by_conduct_year != outcome.before.by_decision_year;
    }
    if (const StandingInterval* interval = draft.career().interval(document)) outcome.interval = *interval;
    if (const KnownSanction* known = draft.career().sanction(document)) outcome.barred_until = known->barred_until;
    return outcome;
}

Result<Planning> start_planning(Tx& tx, const HubLog& log, const RuleShelf& shelf, Day today) {
    ZIGE_TRY(config, Policy::current(tx));
    return Planning{tx, log, today, JudgingRules(tx, shelf), std::move(config.profile.articles),
                    std::move(config.calendar)};
}

Result<PersonOutcome> plan_person(Planning& planning, const AdoptedRules& adopted, const MatterOrder& order,
                                  const PersonOrder& who, CareerDraft& draft) {
    const Rules& rules = adopted.rules;
    ZIGE_CHECK(check_document(draft.career(), who.document));
    ZIGE_CHECK(check_registered(draft, order));
    ZIGE_CHECK(check_not_anothers(planning, draft, order, who.document));
    ZIGE_CHECK(check_order(draft.career(), order));
    ZIGE_CHECK(check_period_is_kept(who.service));
    const Proposal proposal = propose(rules, order.facts);
    Scored scored;
    ZIGE_TRY(points, points_of(rules, proposal, who.degree, who.violations, scored.level));
    scored.document = who.document;
    scored.institution = order.institution;
    scored.decided_on = order.decided_on;
    scored.conduct_year = order.conduct_year;
    scored.points = points;
    scored.degree = who.degree;
    scored.profile = rules.id;
    scored.profile_version = rules.version;
    scored.profile_hash = adopted.hash;
    const Cumulative before = draft.career().cumulative(rules, order.decided_on, order.conduct_year);
    ZIGE_TRY(judged, judge(rules, draft.career(), year_of(order.decided_on), points, before, who.entered));
    scored.effect = judged.effect;
    ZIGE_CHECK(draft.add(scored, {{"reference", order.reference},
                                  {"facts", text_of(order.facts)},
                                  {"reason", who.entered.reason},
                                  {"late_reason", order.late_reason},
                                  {"served_on", who.service.served_on ? format(*who.service.served_on) : ""},
                                  {"unregistered_reason", order.unregistered_reason}}));
    ZIGE_TRY(fallen, drop_repairs(planning.context(), draft, rules, scored));
    if (who.service.served_on) {
        ZIGE_CHECK(check_service(who.service, order.decided_on, planning.today));
        ZIGE_CHECK(begin_sanction(planning.context(), draft, rules, scored, who.service));
    }
    ZIGE_TRY(later, correct_later(planning.context(), draft, ChangedFrom(scored), who.later));
    ZIGE_TRY(outcome, outcome_of(planning.tx, draft, rules, who.document, order.decided_on));
    outcome.proposal = proposal;
    outcome.repairs_fallen = std::move(fallen);
    outcome.consecutive_years = judged.consecutive_years;
    outcome.later = std::move(later);
    return outcome;
}

Result<Planned<ScoringResult>> plan_matter(Planning& planning, const RuleShelf& shelf, const MatterOrder& order) {
    if (order.decided_on > planning.today)
        return fail(ErrorId::points_decided_ahead, "decided_on",
                    format(order.decided_on) + " is after the hub's day " + format(planning.today));
    if (order.people.empty()) return fail(ErrorId::case_missing_field, "people", "at least one");
    if (order.people.size() > kMaxCasePeople)
        return fail(ErrorId::case_bad_field, "people", std::to_string(kMaxCasePeople) + " at most");
    ZIGE_TRY(institution, load_institution(planning.tx, order.institution));
    ZIGE_TRY(adopted, shelf.on(planning.tx, order.decided_on));
    ZIGE_CHECK(check_conduct(adopted.rules, order.decided_on, order.conduct_year, order.conduct_on));
    Planned<ScoringResult> planned;
    std::set<PersonId> seen;
    for (const PersonOrder& who : order.people) {
        ZIGE_TRY(draft, CareerDraft::open(planning.tx, planning.log, who.who));
        if (!seen.insert(draft.person()).second)
            return fail(ErrorId::case_bad_field, "people", draft.name() + " stands there twice");
        ZIGE_TRY(outcome, plan_person(planning, adopted, order, who, draft));
        planned.outcome.people.push_back(std::move(outcome));
        planned.drafts.push_back(std::move(draft));
    }
    planned.outcome.profile = adopted.rules.id;
    planned.outcome.profile_version = adopted.rules.version;
    return planned;
}

Planned<ScoringResult> one_person(PersonOutcome outcome, CareerDraft draft, const Rules& rules) {
    Planned<ScoringResult> planned;
    planned.outcome.profile = rules.id;
    planned.outcome.profile_version = rules.version;
    planned.outcome.people.push_back(std::move(outcome));
    planned.drafts.push_back(std::move(draft));
    return planned;
}

Result<Planned<ScoringResult>> plan_service(Planning& planning, const ServeOrder& order) {
    ZIGE_TRY(draft, CareerDraft::open(planning.tx, planning.log, order.who));
    ZIGE_TRY(decision, standing_decision(draft.career(), order.document));
    ZIGE_TRY(rules, planning.rules.of(decision));
    ZIGE_CHECK(check_service(order.service, decision.decided_on, planning.today));
    if (!decision.effect.served.status)
        return fail(ErrorId::points_not_suspended, "document", order.document + " changes no status");
    const bool runs = draft.career().interval(order.document) != nullptr;
    if (runs && !draft.career().is_owed(order.document))
        return fail(ErrorId::sanction_overlaps, "document", order.document);
    ZIGE_CHECK(check_told_of(planning.tx, planning.log, draft.career(), order.document,
                             {draft.person(), *rules, planning.calendar, *order.service.served_on,
                              !order.service.forced_dates.empty()}));
    ZIGE_CHECK(adjust_sanction(planning.context(), draft, *rules, decision, order.service));
    ZIGE_TRY(outcome, outcome_of(planning.tx, draft, *rules, order.document, decision.decided_on));
    return one_person(std::move(outcome), std::move(draft), *rules);
}

Result<Planned<ScoringResult>> plan_correction(Planning& planning, const CorrectOrder& order) {
    if (order.reason.empty()) return fail(ErrorId::case_missing_field, "reason", "why it is corrected");
    ZIGE_TRY(draft, CareerDraft::open(planning.tx, planning.log, order.who));
    ZIGE_TRY(decision, standing_decision(draft.career(), order.document));
    ZIGE_TRY(rules, planning.rules.of(decision));
    if (order.service.served_on) ZIGE_CHECK(check_service(order.service, decision.decided_on, planning.today));
    std::string level;
    ZIGE_TRY(points, points_of(*rules, {}, order.degree, order.violations, level));
    const Cumulative before = draft.career().cumulative_before(*rules, order.document);
    ZIGE_TRY(judged, judge(*rules, draft.career(), year_of(decision.decided_on), points, before, order.entered));
    if (points == decision.points && judged.effect == decision.effect && level == decision.level &&
        order.degree == decision.degree)
        return fail(ErrorId::case_bad_field, "points", order.document + " says so already");
    decision.effect = judged.effect;
    decision.points = points;
    decision.level = level;
    decision.degree = order.degree;
    ZIGE_CHECK(draft.add(Corrected{order.document, points, judged.effect, level, order.degree},
                         {{"reason", order.reason}}));
    ZIGE_TRY(fallen, drop_repairs(planning.context(), draft, *rules, decision));
    ZIGE_CHECK(adjust_sanction(planning.context(), draft, *rules, decision, order.service));
    ZIGE_TRY(later, correct_later(planning.context(), draft, ChangedFrom(decision), order.later));
    ZIGE_TRY(outcome, outcome_of(planning.tx, draft, *rules, order.document, decision.decided_on));
    outcome.consecutive_years = judged.consecutive_years;
    outcome.repairs_fallen = std::move(fallen);
    outcome.later = std::move(later);
    return one_person(std::move(outcome), std::move(draft), *rules);
}

Result<Planned<ScoringResult>> plan_withdrawal(Planning& planning, const WithdrawOrder& order) {
    if (order.reason.empty()) return fail(ErrorId::case_missing_field, "reason", "why it is withdrawn");
    ZIGE_TRY(draft, CareerDraft::open(planning.tx, planning.log, order.who));
    ZIGE_TRY(decision, standing_decision(draft.career(), order.document));
    ZIGE_TRY(rules, planning.rules.of(decision));
    ZIGE_CHECK(draft.add(Withdrawn{order.document}, {{"reason", order.reason}}));
    ZIGE_CHECK(take_back_sanctions(draft, order.document));
    ZIGE_TRY(later, correct_later(planning.context(), draft, ChangedFrom::withdrawal_of(decision), {}));
    ZIGE_TRY(outcome, outcome_of(planning.tx, draft, *rules, order.document, decision.decided_on));
    outcome.decision = decision;  // what is withdrawn
    outcome.withdrawn = true;
    outcome.later = std::move(later);
    return one_person(std::move(outcome), std::move(draft), *rules);
}

}  // namespace

template <class Plan>
Result<ScoringResult> Scoring::change(const std::string& actor, Run run, const Plan& plan) {
    const HubLog log(env_.hasher);
    return carry_out<ScoringResult>(env_, publisher_, actor, run,
                                    [&](Tx& tx, Day today) -> Result<Planned<ScoringResult>> {
                                        ZIGE_TRY(planning, start_planning(tx, log, shelf_, today));
                                        return plan(planning);
                                    });
}

template <class Plan>
Result<ScoringResult> Scoring::change_in(Change& change, const Plan& plan) {
    const HubLog log(env_.hasher);
    return carry_out_in<ScoringResult>(change, [&](Tx& tx, Day today) -> Result<Planned<ScoringResult>> {
        ZIGE_TRY(planning, start_planning(tx, log, shelf_, today));
        return plan(planning);
    });
}

Result<ScoringResult> Scoring::decide(const std::string& actor, const MatterOrder& order, Run run) {
    return change(actor, run, [&](Planning& planning) -> Result<Planned<ScoringResult>> {
        ZIGE_TRY(planned, plan_matter(planning, shelf_, order));
        ZIGE_CHECK(check_no_case_of_the_matter(planning.tx, order));
        return planned;
    });
}

Result<ScoringResult> Scoring::serve(const std::string& actor, const ServeOrder& order, Run run) {
    return change(actor, run, [&](Planning& planning) -> Result<Planned<ScoringResult>> {
        ZIGE_CHECK(check_service_not_held(planning.tx, order.who, order.document));
        return plan_service(planning, order);
    });
}

Result<ScoringResult> Scoring::correct(const std::string& actor, const CorrectOrder& order, Run run) {
    return change(actor, run, [&](Planning& planning) -> Result<Planned<ScoringResult>> {
        ZIGE_CHECK(check_not_held(planning.tx, order.who, order.document));
        return plan_correction(planning, order);
    });
}

Result<ScoringResult> Scoring::withdraw(const std::string& actor, const WithdrawOrder& order, Run run) {
    return change(actor, run, [&](Planning& planning) -> Result<Planned<ScoringResult>> {
        ZIGE_CHECK(check_not_held(planning.tx, order.who, order.document));
        return plan_withdrawal(planning, order);
    });
}

Result<ScoringResult> Scoring::decide_in(Change& change, const MatterOrder& order) {
    return change_in(change, [&](Planning& planning) { return plan_matter(planning, shelf_, order); });
}

Result<ScoringResult> Scoring::serve_in(Change& change, const ServeOrder& order) {
    return change_in(change, [&](Planning& planning) { return plan_service(planning, order); });
}

Result<ScoringResult> Scoring::correct_in(Change& change, const CorrectOrder& order) {
    return change_in(change, [&](Planning& planning) { return plan_correction(planning, order); });
}

Result<ScoringResult> Scoring::withdraw_in(Change& change, const WithdrawOrder& order) {
    return change_in(change, [&](Planning& planning) { return plan_withdrawal(planning, order); });
}

}  // namespace zige::hub

#include "hub/core/casework/scoring_acts.h"

#include <algorithm>

#include "hub/core/career_draft.h"
#include "hub/core/career_ledger.h"
#include "hub/core/casework/entries.h"
#include "hub/core/casework/proposals.h"
#include "hub/core/rules/judging.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

std::string who(const CasePerson& person) { return "#" + std::to_string(person.person.value); }

const StepTaken& taken(const Track& track, CaseStep step) {
    const StepTaken* found = track.last(step);
    expect(found != nullptr, "a step that the procedure asked for");
    return *found;
}

Result<Entered> entered(const Fields& entries) {
    ZIGE_TRY(months, maybe_number(entries, "months"));
    ZIGE_TRY(years, maybe_number(entries, "ban_years"));
    return Entered{months, years, std::string(entries.text("reason"))};
}

std::string words(const Reading& reading) {
    std::string text = std::string(to_string(reading.basis)) + " " + std::to_string(reading.points);
    if (reading.status) text += std::string(" ") + to_string(*reading.status);
    if (reading.months != 0) text += " " + std::to_string(reading.months) + " months";
    if (reading.ban_years != 0) text += " " + std::to_string(reading.ban_years) + " years";
    return text + (reading.article.empty() ? "" : " " + reading.article);
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& each : texts) all += (all.empty() ? "" : " ") + each;
    return all;
}

void add_interval(Fields& outcome, const StandingInterval& interval, std::optional<Day> barred_until) {
    outcome.add("from", interval.from);
    if (interval.nominal_end) outcome.add("until", *interval.nominal_end - kOneDay);
    outcome.add("barred_until", barred_until);
}

/// Decisions that change with it.
void add_later(Fields& outcome, const std::vector<Scored>& decisions) {
    std::vector<std::string> later;
    for (const Scored& each : decisions) later.push_back(each.document);
    if (!later.empty()) outcome.add("later", joined(later));
}

/// What else changes with a correction or a withdrawal.
void add_beside(Fields& outcome, const PersonOutcome& person) {
    std::vector<std::string> fallen;
    for (const Repaired& each : person.repairs_fallen) fallen.push_back(each.way + " " + format(each.on));
    if (!fallen.empty()) outcome.add("repairs_fallen", joined(fallen));
    if (!person.registered_again.empty()) outcome.add("registered_again", joined(person.registered_again));
    add_later(outcome, person.later);
    if (!person.institutions.empty()) outcome.add("institutions", joined(person.institutions));
}

/// Both readings are shown, whatever counts (XY 40).
Fields told(const PersonOutcome& person, const std::string& effect) {
    Fields outcome;
    const Reading& served = person.decision.effect.served;
    outcome.add("effect", effect)
        .add("points", static_cast<std::int64_t>(person.decision.points))
        .add("points_of_year", static_cast<std::int64_t>(person.points_of_year));
    if (served.months != 0) outcome.add("months", static_cast<std::int64_t>(served.months));
    if (!served.article.empty()) outcome.add("article", served.article);
    if (person.decision.effect.other) outcome.add("other", words(*person.decision.effect.other));
    if (person.interval) add_interval(outcome, *person.interval, person.barred_until);
    add_beside(outcome, person);
    return outcome;
}

/// What is left when the decision is gone.
Fields after_withdrawal(const PersonOutcome& person, bool had_effect) {
    Fields outcome;
    outcome.add("effect", had_effect ? "normal" : "none")
        .add("points_of_year", static_cast<std::int64_t>(person.points_of_year));
    add_beside(outcome, person);
    return outcome;
}

/// What `points decide` calls --late is the reason of the step here.
Error named_reason(Error error) {
    if (error.id != ErrorId::points_bad_day || error.field != "decided_on") return error;
    return fail(ErrorId::case_missing_field, "reason", std::move(error.detail));
}

std::string effect_of_decision(const PersonOutcome& person) {
    const auto& status = person.decision.effect.served.status;
    return status ? to_string(*status) : "none";
}

/// What an appeal is about, as the ledger has it: the decision of this case, or of `points decide`.
struct Basis {
    Scored decision;
    bool had_effect = false;
};

Result<Basis> basis_of(Tx& tx, const HubLog& log, const CaseFile& file, const CasePerson& person) {
    const std::string document = notice_of(file, person.track);
    ZIGE_TRY(career, load_career(tx, log, person.person));
    const Scored* decision = career.decision(document);
    if (decision == nullptr) return fail(ErrorId::points_decision_unknown, "document", document);
    return Basis{*decision, career.interval(document) != nullptr};
}

/// What the facts say of the matter.
struct Matter {
    Day handled_on{};
    int conduct_year = 0;
};
Result<Matter> matter_of(const Fields& facts) {
    ZIGE_TRY(handled, facts.day("handled_on"));
    ZIGE_TRY(year, facts.number("conduct_year"));
    return Matter{handled, static_cast<int>(year)};
}

Result<CareerDraft> open_draft(const Environment& env, Change& change, const CasePerson& person) {
    return CareerDraft::open(change.tx(), HubLog(env.hasher), who(person));
}

SanctionBegan sanction_of(const Fields& proposal, const std::string& document, Day from, std::optional<Day> last_day,
                          const Rules& rules) {
    SanctionBegan began;
    began.cause = from_name<SanctionCause>(proposal.text("cause")).value_or(SanctionCause::order);
    began.interval.status = proposal.text("status") == "terminated" ? Standing::terminated : Standing::suspended;
    began.interval.document = document;
    began.interval.from = from;
    if (last_day) began.interval.nominal_end = *last_day + kOneDay;
    if (rules.restores_by_itself.value && began.interval.status == Standing::suspended)
        began.interval.end = began.interval.nominal_end;
    return began;
}

Fields told(const CareerDraft& draft, const StandingInterval* interval, const char* effect) {
    Fields outcome;
    outcome.add("effect", effect);
    if (interval != nullptr) add_interval(outcome, *interval, std::nullopt);
    return outcome.add("institutions", joined(draft.institutions()));
}

/// The interval of the case's document; it is there, or sanction_not_found.
Result<StandingInterval> interval_of(const CareerDraft& draft, const std::string& document) {
    const StandingInterval* found = draft.career().interval(document);
    if (found == nullptr) return fail(ErrorId::sanction_not_found, "document", document);
    return *found;
}

Result<void> check_document(const CareerDraft& draft, const std::string& document) {
    if (draft.career().decision(document) == nullptr && draft.career().interval(document) == nullptr) return {};
    return fail(ErrorId::points_document_used, "document", document);
}

/// What a repair did to the standing, of the decisions after it too.
struct Moved {
    bool ended = false;                       ///< an interval is over, or never was
    std::optional<StandingInterval> another;  ///< the first that has another period now
};
Moved moved_from(const Career& before, const Career& after) {
    Moved moved;
    for (const StandingInterval& each : before.timeline()) {
        const StandingInterval* now = after.interval(each.document);
        const KnownSanction* known = after.sanction(each.document);
        const bool over = now != nullptr && now->end != each.end && known->ended == SanctionEnd::repaired;
        if (now == nullptr || over) moved.ended = true;
        else if (*now != each && !moved.another) moved.another = *now;
    }
    return moved;
}

Result<RepairAsked> repair_asked(const StepTaken& evaluation, Day on) {
    RepairAsked asked;
    asked.way = evaluation.entries.text("way");
    asked.on = on;
    if (const auto score = evaluation.entries.find("score")) {
        ZIGE_TRY(hundredths, parse_score(*score));
        asked.score_hundredths = hundredths;
    }
    ZIGE_TRY(points, maybe_number(evaluation.entries, "points"));
    asked.entered = points;
    return asked;
}

}  // namespace

Result<Fields> ScoringActs::act(Change& change, const CaseFile& file, const CasePerson& person,
                                const StepTaken& step) const {
    switch (file.kind) {
        case CaseKind::scoring: return of_points(change, file, person, step);
        case CaseKind::status: return of_status(change, file, person, step);
        case CaseKind::repair: return of_repair(change, person, step);
        case CaseKind::restoration: return of_restoration(change, file, person, step);
        case CaseKind::referral: return Fields();
    }
    throw Bug("unknown kind of case");
}

Result<Fields> ScoringActs::of_points(Change& change, const CaseFile& file, const CasePerson& person,
                                      const StepTaken& step) const {
    const StepTaken* correction = person.track.last(CaseStep::correct);
    switch (step.step) {
        case CaseStep::facts: return check_facts(change, step);
        case CaseStep::propose: return check_proposal(change, person, step);
        case CaseStep::notice: return tell(change, person);
        case CaseStep::decide: return decide_points(change, file, person, step);
        case CaseStep::serve: return serve_points(change, file, person, step);
        case CaseStep::correct: return correct_points(change, file, person, step);
        case CaseStep::withdraw: return withdraw_points(change, file, person, step);
        // A correction that begins a sanction begins it with its own service.
        case CaseStep::inform:
            if (correction != nullptr && correction->outcome.text("unserved") == "yes")
                return serve_points(change, file, person, step);
            return Fields();
        default: return Fields();
    }
}

Result<Fields> ScoringActs::check_facts(Change& change, const StepTaken& step) const {
    ZIGE_TRY(matter, matter_of(step.entries));
    ZIGE_TRY(rules, shelf_.on(change.tx(), matter.handled_on));
    ZIGE_CHECK(check_conduct(rules.rules, matter.handled_on, matter.conduct_year));
    return Fields();
}

Result<Fields> ScoringActs::check_proposal(Change& change, const CasePerson& person, const StepTaken& step) const {
    ZIGE_TRY(handled, taken(person.track, CaseStep::facts).entries.day("handled_on"));
    ZIGE_TRY(rules, shelf_.on(change.tx(), handled));
    ZIGE_TRY(violation, violation_of(step.entries));
    ZIGE_TRY(points, score(rules.rules, violation.level, degree_of(step.entries), violation.weight, violation.points));
    return Fields().add("points", static_cast<std::int64_t>(points));
}

Result<Fields> ScoringActs::tell(Change& change, const CasePerson& person) const {
    ZIGE_TRY(matter, matter_of(taken(person.track, CaseStep::facts).entries));
    ZIGE_TRY(rules, shelf_.on(change.tx(), matter.handled_on));
    ZIGE_TRY(career, load_career(change.tx(), HubLog(env_.hasher), person.person));
    return to_be_told(rules.rules, career, matter.handled_on, matter.conduct_year, person.track.points());
}

Result<Fields> ScoringActs::decide_points(Change& change, const CaseFile& file, const CasePerson& person,
                                          const StepTaken& step) const {
    const Fields& facts = taken(person.track, CaseStep::facts).entries;
    const Fields& proposal = taken(person.track, CaseStep::propose).entries;
    MatterOrder order;
    order.institution = file.institution;
    ZIGE_TRY(matter, matter_of(facts));
    ZIGE_TRY(list, facts_from(facts.text("facts")));
    ZIGE_TRY(violation, violation_of(proposal));
    ZIGE_TRY(chosen, entered(step.entries));
    order.decided_on = matter.handled_on;
    order.conduct_year = matter.conduct_year;
    order.facts = CaseFacts(list.begin(), list.end());
    order.reference = "case " + std::to_string(file.number);
    order.late_reason = chosen.reason;
    order.people.push_back(
        {who(person), std::string(step.entries.text("document")), degree_of(proposal), {violation}, chosen, {}, {}});
    const auto result = scoring_.decide_in(change, order);
    if (!result.ok()) return named_reason(result.error());
    const PersonOutcome& outcome = result->people.front();
    ZIGE_TRY(rules, shelf_.version(change.tx(), file.rules, file.rules_version));
    ZIGE_CHECK(check_as_told(rules.rules, person.track, outcome.decision.effect.served));
    return told(outcome, effect_of_decision(outcome));
}

Result<Fields> ScoringActs::serve_points(Change& change, const CaseFile& file, const CasePerson& person,
                                         const StepTaken& step) const {
    // Between decision and service a decision of an earlier day, or a repair, may have changed what it leads to: what
    // the ledger says now begins.
    ZIGE_TRY(basis, basis_of(change.tx(), HubLog(env_.hasher), file, person));
    if (!basis.decision.effect.served.status) return Fields().add("effect", "none");
    ServeOrder order{who(person), basis.decision.document, {}};
    order.service.served_on = step.on;
    ZIGE_TRY(result, scoring_.serve_in(change, order));
    const PersonOutcome& outcome = result.people.front();
    return told(outcome, effect_of_decision(outcome));
}

Result<Fields> ScoringActs::correct_points(Change& change, const CaseFile& file, const CasePerson& person,
                                           const StepTaken& step) const {
    ZIGE_TRY(basis, basis_of(change.tx(), HubLog(env_.hasher), file, person));
    ZIGE_TRY(rules, shelf_.version(change.tx(), basis.decision.profile, basis.decision.profile_version));
    ZIGE_TRY(corrected, correction_of(rules.rules, basis.decision, step.entries));
    CorrectOrder order;
    order.who = who(person);
    order.document = basis.decision.document;
    order.degree = corrected.degree;
    order.violations.push_back(std::move(corrected.violation));
    ZIGE_TRY(chosen, entered(step.entries));
    order.entered = std::move(chosen);
    order.reason = step.entries.text("reason");
    ZIGE_TRY(result, scoring_.correct_in(change, order));
    const PersonOutcome& outcome = result.people.front();
    const bool has = outcome.decision.effect.served.status.has_value();
    Fields fields = told(outcome, has ? effect_of_decision(outcome) : basis.had_effect ? "normal" : "none");
    const bool is_owed = std::ranges::find(outcome.owed, basis.decision.document) != outcome.owed.end();
    if (has && (!outcome.interval || is_owed)) fields.add("unserved", "yes");
    return fields;
}

Result<Fields> ScoringActs::withdraw_points(Change& change, const CaseFile& file, const CasePerson& person,
                                            const StepTaken& step) const {
    ZIGE_TRY(basis, basis_of(change.tx(), HubLog(env_.hasher), file, person));
    ZIGE_TRY(result, scoring_.withdraw_in(
                         change, {who(person), basis.decision.document, std::string(step.entries.text("reason"))}));
    return after_withdrawal(result.people.front(), basis.had_effect);
}

Result<Fields> ScoringActs::of_status(Change& change, const CaseFile& file, const CasePerson& person,
                                      const StepTaken& step) const {
    ZIGE_TRY(rules, shelf_.version(change.tx(), file.rules, file.rules_version));
    switch (step.step) {
        case CaseStep::propose:
            ZIGE_CHECK(check_status(change.tx(), rules.rules, file, step.entries, step.on));
            return Fields();
        case CaseStep::decide: {
            const Fields& proposal = taken(person.track, CaseStep::propose).entries;
            ZIGE_CHECK(check_status(change.tx(), rules.rules, file, proposal, step.on));
            ZIGE_TRY(draft, open_draft(env_, change, person));
            ZIGE_CHECK(check_document(draft, std::string(step.entries.text("document"))));
            Fields outcome;
            return outcome.add("effect", proposal.text("status"));
        }
        case CaseStep::serve: return begin_status(change, file, person, step);
        case CaseStep::correct:
        case CaseStep::withdraw: return change_status(change, file, person, step);
        default: return Fields();
    }
}

Result<Fields> ScoringActs::begin_status(Change& change, const CaseFile& file, const CasePerson& person,
                                         const StepTaken& step) const {
    ZIGE_TRY(draft, open_draft(env_, change, person));
    ZIGE_TRY(rules, shelf_.version(change.tx(), file.rules, file.rules_version));
    const Fields& proposal = taken(person.track, CaseStep::propose).entries;
    ZIGE_TRY(until, proposal.maybe_day("until"));
    if (until && *until <= step.on)
        return fail(ErrorId::points_bad_day, "until",
                    format(*until) + " is over on the day of service: zige-hub case drop");
    const std::string document = notice_of(file, person.track);
    ZIGE_CHECK(check_document(draft, document));
    const SanctionBegan began = sanction_of(proposal, document, step.on + kOneDay, until, rules.rules);
    ZIGE_CHECK(draft.add(began, {{"institution", file.institution},
                                 {"served_on", format(step.on)},
                                 {"case", std::to_string(file.number)}}));
    ZIGE_CHECK(draft.record(change));
    return told(draft, draft.career().interval(document), to_string(began.interval.status));
}

Result<Fields> ScoringActs::change_status(Change& change, const CaseFile& file, const CasePerson& person,
                                          const StepTaken& step) const {
    ZIGE_TRY(draft, open_draft(env_, change, person));
    const std::string document = notice_of(file, person.track);
    ZIGE_TRY(interval, interval_of(draft, document));
    const KnownSanction* known = draft.career().sanction(document);
    SanctionBegan anew{interval, known == nullptr ? SanctionCause::order : known->cause, std::nullopt};
    const bool corrects = step.step == CaseStep::correct;
    const SanctionEnd why = corrects ? SanctionEnd::corrected : SanctionEnd::withdrawn;
    ZIGE_CHECK(
        draft.add(SanctionOver{document, interval.from, why}, {{"reason", std::string(step.entries.text("reason"))}}));
    if (corrects) {
        ZIGE_TRY(until, step.entries.day("until"));
        if (until < interval.from) return fail(ErrorId::points_bad_day, "until", format(until));
        const bool ends_by_itself = interval.end && interval.end == interval.nominal_end;
        anew.interval.nominal_end = until + kOneDay;
        if (ends_by_itself) anew.interval.end = anew.interval.nominal_end;
        ZIGE_CHECK(
            draft.add(anew, {{"institution", file.institution}, {"case", std::to_string(file.number)}}));
    }
    ZIGE_CHECK(draft.record(change));
    return told(draft, draft.career().interval(document), corrects ? to_string(interval.status) : "normal");
}

Result<Fields> ScoringActs::of_repair(Change& change, const CasePerson& person, const StepTaken& step) const {
    if (step.step == CaseStep::evaluate && step.opinion() == Opinion::agree) {
        // What the text does not allow is said to who evaluates, not only to who decides.
        ZIGE_TRY(asked, repair_asked(step, step.on));
        ZIGE_TRY(rules, shelf_.on(change.tx(), step.on));
        ZIGE_TRY(career, load_career(change.tx(), HubLog(env_.hasher), person.person));
        ZIGE_TRY(plan, plan_repair(rules.rules, career, asked));
        return Fields().add("points", static_cast<std::int64_t>(plan.points)).add("article", plan.cite.text);
    }
    if (step.step != CaseStep::decide) return Fields();
    const StepTaken& evaluation = taken(person.track, CaseStep::evaluate);
    ZIGE_TRY(asked, repair_asked(evaluation, step.on));
    ZIGE_TRY(chosen, entered(step.entries));
    const HubLog log(env_.hasher);
    ZIGE_TRY(before, load_career(change.tx(), log, person.person));
    ZIGE_TRY(result, scoring_.repair_in(
                         change, {who(person), asked, std::string(evaluation.entries.text("text")), chosen}));
    ZIGE_TRY(after, load_career(change.tx(), log, person.person));
    const Moved moved = moved_from(before, after);
    Fields outcome;
    outcome.add("effect", moved.ended ? "normal" : moved.another ? "shorter" : "none")
        .add("points", static_cast<std::int64_t>(result.plan.points))
        .add("points_of_year", static_cast<std::int64_t>(result.points_of_year));
    if (!moved.ended && moved.another && moved.another->nominal_end)
        outcome.add("until", *moved.another->nominal_end - kOneDay);
    add_later(outcome, result.later);
    return outcome.add("institutions", joined(result.institutions));
}

Result<Fields> ScoringActs::of_restoration(Change& change, const CaseFile& file, const CasePerson& person,
                                           const StepTaken& step) const {
    if (step.step != CaseStep::decide) return Fields();
    const StepTaken* overruled = person.track.last(CaseStep::overrule);
    const StepTaken& evaluation = overruled == nullptr ? taken(person.track, CaseStep::evaluate) : *overruled;
    ZIGE_TRY(draft, open_draft(env_, change, person));
    const StandingInterval* interval = draft.career().interval(file.document);
    const bool terminated = interval != nullptr && interval->status == Standing::terminated;
    const RestorationAsked asked{file.document, file.opened_on, evaluation.on};
    const std::string_view text =
        overruled == nullptr ? evaluation.entries.text("text") : overruled->entries.text("reason");
    ZIGE_TRY(result, scoring_.restore_in(change, {who(person), asked, std::string(text)}));
    Fields outcome;
    outcome.add("effect", "normal").add("end", result.plan.over.end);
    if (result.plan.late) outcome.add("late", "yes");
    if (terminated) outcome.add("recommit", "yes");  // XY 35: a new commitment and a new registration
    return outcome.add("institutions", joined(result.institutions));
}

}  // namespace zige::hub

#include "hub/core/casework/cases.h"

#include <algorithm>

#include "hub/core/career_ledger.h"
#include "hub/core/casework/due_sources.h"
#include "hub/core/casework/entries.h"
#include "hub/core/casework/handling_rules.h"
#include "hub/core/institution_data.h"
#include "hub/core/people.h"
#include "hub/core/policy.h"
#include "hub/core/registry.h"
#include "hub/core/rules/points.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

Result<void> check_text(const char* field, const std::string& text, bool required) {
    if (required && text.empty()) return fail(ErrorId::case_missing_field, field);
    return check_entry_text(field, text);
}

bool is_application(CaseKind kind) { return kind == CaseKind::repair || kind == CaseKind::restoration; }

Result<void> check_order(const CaseOrder& order, Day today) {
    if (order.institution.empty()) return fail(ErrorId::case_missing_field, "institution");
    if (order.people.empty()) return fail(ErrorId::case_missing_field, "person");
    if (order.people.size() > kMaxCasePeople)
        return fail(ErrorId::case_bad_field, "person", std::to_string(kMaxCasePeople) + " at most");
    if (is_application(order.kind) && order.people.size() > 1)
        return fail(ErrorId::case_bad_field, "person", "an application is of one person");
    ZIGE_CHECK(check_text("text", order.text, true));
    ZIGE_CHECK(check_text("document", order.document, order.kind == CaseKind::restoration));
    ZIGE_CHECK(check_text("reviewer", order.reviewer, false));
    if (order.on && *order.on > today)
        return fail(ErrorId::case_bad_field, "on", format(*order.on) + " lies after the hub's date " + format(today));
    return {};
}

Result<CasePerson> person_at(Tx& tx, const CaseOrder& order, const std::string& who) {
    ZIGE_TRY(id, Registry::find_person_id(tx, who));
    ZIGE_TRY(known, load_person(tx, id));
    ZIGE_TRY(sites, tx.query(Sql::institutions_of_person, {sql(id.value)}));
    if (std::ranges::none_of(sites, [&](const Row& row) { return row.text(0) == order.institution; }))
        return fail(ErrorId::case_bad_field, "person",
                    "#" + std::to_string(id.value) + " is not registered at " + order.institution);
    CasePerson person;
    person.person = id;
    person.listed = id;
    person.name = known.name;
    return person;
}

LogEvent about(HubEvent kind, const CaseFile& file, const CasePerson& person) {
    LogEvent event;
    event.event = kind;
    event.institution = file.institution;
    event.person = person.person;
    event.body.add("case", static_cast<std::int64_t>(file.number));
    return event;
}

/// Entries that are one person's own: a proposal, a decision with its number.
bool is_personal(CaseStep step) {
    return step == CaseStep::propose || step == CaseStep::decide || step == CaseStep::correct;
}

Result<std::vector<CasePerson*>> whom(Tx& tx, CaseFile& file, const StepOrder& order) {
    std::vector<CasePerson*> chosen;
    for (const std::string& who : order.people) {
        ZIGE_TRY(id, Registry::find_person_id(tx, who));
        CasePerson* person = file.find(id);
        if (person == nullptr) return fail(ErrorId::case_bad_field, "person", "not in this case: " + who);
        if (std::ranges::find(chosen, person) != chosen.end())
            return fail(ErrorId::case_bad_field, "person", "twice: " + who);
        chosen.push_back(person);
    }
    if (!chosen.empty()) return chosen;
    for (CasePerson& each : file.people)
        if (each.track.open()) chosen.push_back(&each);
    if (chosen.empty() && file.people.size() == 1) chosen.push_back(&file.people.front());  // a late appeal
    if (chosen.size() == 1) return chosen;
    if (chosen.empty() || is_personal(order.step))
        return fail(ErrorId::case_missing_field, "person", std::to_string(file.people.size()) + " people in the case");
    return chosen;
}

std::uint64_t next_step_number(const CaseFile& file) {
    std::uint64_t last = 0;
    for (const CasePerson& each : file.people)
        if (!each.track.steps.empty()) last = std::max(last, each.track.steps.back().number);
    return last + 1;
}

LogEvent step_event(const CaseFile& file, const CasePerson& person, CaseState before) {
    const StepTaken& step = person.track.steps.back();
    LogEvent event = about(HubEvent::case_step_taken, file, person);
    event.body.add("number", static_cast<std::int64_t>(step.number))
        .add("step", to_string(step.step))
        .add("from", to_string(before))
        .add("to", to_string(person.track.state))
        .add("on", step.on);
    for (const auto& [name, value] : step.entries.all()) event.body.add("entry." + name, value);
    for (const auto& [name, value] : step.outcome.all()) event.body.add("outcome." + name, value);
    return event;
}

/// When the notice that the case is about was served: as the ledger has it last, else as `due done` was told.
Result<std::optional<Day>> served_on(Tx& tx, const HubLog& log, PersonId person, const std::string& document) {
    ZIGE_TRY(events, log.career_of(tx, person));
    std::optional<Day> last;
    for (const LogEvent& event : events) {
        if (event.body.text("document") != document) continue;
        ZIGE_TRY(day, event.body.maybe_day("served_on"));
        if (day) last = day;
    }
    if (last) return last;
    ZIGE_TRY(done, notices_done(tx));
    const auto told = done.find({DueKind::serve_notice, document});
    return told == done.end() ? last : std::optional(told->second);
}

/// An appeal against a notice of another case, or of none: whether it is late depends on that notice's service.
Result<void> add_service(Tx& tx, const HubLog& log, const CasePerson& person, StepTaken& step) {
    const bool asks = step.step == CaseStep::appeal && person.track.kind != CaseKind::restoration &&
                      !person.track.document.empty() && person.track.last(CaseStep::serve) == nullptr &&
                      !step.entries.find("served_on");
    if (!asks) return {};
    ZIGE_TRY(day, served_on(tx, log, person.person, person.track.document));
    if (day && *day <= step.on) step.entries.add("served_on", *day);
    return {};
}

/// Who proposed the notice that a case is about, in the case that decided it; else who entered it. He does not judge it
/// himself (XY 28).
Result<std::string> entered_by(Tx& tx, const HubLog& log, const CaseFile& file, const CasePerson& person) {
    const bool by_points = file.kind == CaseKind::scoring;
    if (file.document.empty() || (!by_points && file.kind != CaseKind::status)) return std::string();
    ZIGE_TRY(numbers, cases_of(tx, person.person));
    for (const std::uint64_t number : numbers) {
        ZIGE_TRY(other, load_case(tx, number));
        const CasePerson* there = other.find(person.person);
        const StepTaken* decision = there == nullptr ? nullptr : there->track.last(CaseStep::decide);
        if (decision != nullptr && decision->entries.text("document") == file.document) return there->track.proposer();
    }
    ZIGE_TRY(events, log.of_notice(tx, by_points ? HubEvent::points_decided : HubEvent::sanction_started, file.document));
    std::string actor;
    for (const LogEvent& event : events)
        if (event.person == person.person) actor = event.actor;
    return actor;
}

/// A case of points about a notice is about one that there is.
Result<void> check_notice_of_points(Tx& tx, const HubLog& log, const CaseFile& file, const CasePerson& person) {
    if (file.kind != CaseKind::scoring || file.document.empty()) return {};
    ZIGE_TRY(career, load_career(tx, log, person.person));
    if (career.decision(file.document) != nullptr) return {};
    return fail(ErrorId::points_decision_unknown, "document", file.document);
}

/// The rules that the case was opened under; its limits and thresholds do not change with a new text.
Result<AdoptedRules> rules_of(Tx& tx, const RuleShelf& shelf, const CaseFile& file) {
    return shelf.version(tx, file.rules, file.rules_version);
}

void add_proposal(CaseView::OfPerson& view, const Track& track, const Rules& rules) {
    const StepTaken* facts = track.last(CaseStep::facts);
    if (facts == nullptr) return;
    const auto read = facts_from(facts->entries.text("facts"));
    if (!read.ok() || read->empty()) return;
    const Proposal proposal = propose(rules, CaseFacts(read->begin(), read->end()));
    if (const std::string* level = proposal.level()) view.proposed_level = *level;
    for (const Proposal::Reason& reason : proposal.reasons)
        view.proposed_why += (view.proposed_why.empty() ? "" : "；") + reason.cite.text + " " + reason.text;
}

}  // namespace

Result<CaseFile> Cases::open_in(Change& change, const std::string& actor, const CaseOrder& order) const {
    Tx& tx = change.tx();
    const Day today = day_of(change.now());
    ZIGE_CHECK(check_order(order, today));
    ZIGE_TRY(known, tx.first(Sql::institution_get, {sql(order.institution)}));
    if (!known) return fail(ErrorId::institution_not_found, "institution", order.institution);
    CaseFile file;
    file.kind = order.kind;
    file.institution = order.institution;
    file.opened_on = order.on.value_or(today);
    file.opened_by = actor;
    file.text = order.text;
    file.document = order.document;
    file.filing = order.filing;
    file.reviewer = order.reviewer;
    ZIGE_TRY(rules, shelf_.on(tx, file.opened_on));
    file.rules = rules.rules.id;
    file.rules_version = rules.rules.version;
    for (const std::string& who : order.people) {
        ZIGE_TRY(person, person_at(tx, order, who));
        ZIGE_CHECK(check_notice_of_points(tx, HubLog(env_.hasher), file, person));
        if (file.find(person.person) != nullptr) return fail(ErrorId::case_bad_field, "person", "twice: " + who);
        file.people.push_back(std::move(person));
    }
    ZIGE_TRY(number, store_case(tx, file, change.now()));
    file.number = number;
    for (const CasePerson& each : file.people) {
        LogEvent event = about(HubEvent::case_opened, file, each);
        event.body.add("kind", to_string(file.kind)).add("on", file.opened_on).add("text", file.text);
        for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"document", file.document},
                                          {"filing", file.filing},
                                          {"reviewer", file.reviewer},
                                          {"rules", file.rules}})
            if (!value.empty()) event.body.add(name, value);
        event.body.add("rules_version", static_cast<std::int64_t>(file.rules_version));
        ZIGE_CHECK(change.log(std::move(event)));
    }
    return load_case(tx, number);
}

Result<CaseFile> Cases::step_in(Change& change, const std::string& actor, const StepOrder& order) const {
    Tx& tx = change.tx();
    ZIGE_TRY(file, load_case(tx, order.number));
    ZIGE_TRY(rules, rules_of(tx, shelf_, file));
    ZIGE_TRY(config, Policy::current(tx));
    const Setting setting{rules.rules, config.calendar, day_of(change.now())};
    ZIGE_TRY(people, whom(tx, file, order));
    for (CasePerson* person : people) {
        ZIGE_TRY(by, entered_by(tx, HubLog(env_.hasher), file, *person));
        person->track.entered_by = std::move(by);
        StepTaken step;
        step.number = next_step_number(file);
        if (step.number > kMaxCaseSteps) return fail(ErrorId::case_bad_field, "number", "the case has too many steps");
        step.step = order.step;
        step.actor = actor;
        step.at = change.now();
        step.on = order.on.value_or(setting.today);
        step.entries = order.entries;
        ZIGE_CHECK(add_service(tx, HubLog(env_.hasher), *person, step));
        ZIGE_TRY(rule, check_step(person->track, step, setting));
        ZIGE_TRY(outcome, acts_.act(change, file, *person, step));
        step.outcome = std::move(outcome);
        step.shown = limits_to_show(person->track, step, setting);
        const CaseState before = person->track.state;
        apply_step(person->track, *rule, std::move(step));
        ZIGE_CHECK(store_step(tx, file.number, *person));
        ZIGE_CHECK(change.log(step_event(file, *person, before)));
    }
    return file;
}

Result<StepResult> Cases::open(const std::string& actor, const CaseOrder& order) {
    StepResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(file, open_in(change, actor, order));
        result.file = std::move(file);
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

Result<StepResult> Cases::step(const std::string& actor, const StepOrder& order) {
    StepResult result;
    auto published = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(before, load_case(change.tx(), order.number));
        result.first_step = next_step_number(before);
        ZIGE_TRY(file, step_in(change, actor, order));
        result.file = std::move(file);
        return {};
    });
    if (!published.ok()) return published.error();
    result.published = std::move(*published);
    return result;
}

Result<CaseView> Cases::view(Tx& tx, CaseFile file) const {
    ZIGE_TRY(rules, rules_of(tx, shelf_, file));
    ZIGE_TRY(config, Policy::current(tx));
    const Setting setting{rules.rules, config.calendar, env_.today()};
    CaseView view;
    for (const CasePerson& each : file.people) {
        CaseView::OfPerson of{limits_of(each.track, setting), possible_steps(each.track), std::nullopt, {}};
        ZIGE_TRY(handling, rules_of_handling(tx, shelf_, file, each.track));
        add_proposal(of, each.track, handling.rules);
        view.people.push_back(std::move(of));
    }
    view.file = std::move(file);
    return view;
}

Result<CaseView> Cases::show(std::uint64_t number) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<CaseView> {
        ZIGE_TRY(file, load_case(tx, number));
        return view(tx, std::move(file));
    });
}

Result<std::vector<CaseView>> Cases::list(bool closed_too, const std::optional<std::string>& who) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<CaseView>> {
        std::vector<std::uint64_t> found;
        if (who) {
            ZIGE_TRY(person, Registry::find_person_id(tx, *who));
            ZIGE_TRY(of_person, cases_of(tx, person));
            found = std::move(of_person);
        } else {
            ZIGE_TRY(all, closed_too ? all_cases(tx) : open_cases(tx));
            found = std::move(all);
        }
        std::vector<CaseView> views;
        for (const std::uint64_t number : found) {
            ZIGE_TRY(file, load_case(tx, number));
            if (!closed_too && !file.open()) continue;
            ZIGE_TRY(each, view(tx, std::move(file)));
            views.push_back(std::move(each));
        }
        return views;
    });
}

}  // namespace zige::hub

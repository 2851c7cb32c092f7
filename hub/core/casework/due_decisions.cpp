#include <algorithm>
#include <map>
#include <set>

#include "hub/core/career_ledger.h"
#include "hub/core/casework/case_file.h"
#include "hub/core/casework/due_sources.h"
#include "hub/core/institution_data.h"
#include "hub/core/linked_sanctions.h"
#include "hub/core/prior_notice.h"
#include "hub/core/rules/deadlines.h"
#include "hub/core/rules/judging.h"
#include "hub/core/rules/restoration.h"
#include "hub/core/scoring_effects.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

Result<std::string> name_of(Tx& tx, PersonId person) {
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    return row ? row->text(0) : std::string();
}

/// "#7 信医保处〔2026〕1号"
std::string notice_of(PersonId person, std::string_view document) {
    return "#" + std::to_string(person.value) + " " + std::string(document);
}

/// What open cases will serve.
std::set<std::string> to_be_served(std::span<const CaseFile> open) {
    std::set<std::string> documents;
    for (const CaseFile& file : open) {
        for (const CasePerson& each : file.people) {
            if (!each.track.open() || !each.track.about_to_serve()) continue;
            documents.insert(notice_of(each.person, notice_of(file, each.track)));
        }
    }
    return documents;
}

/// What cases have served, closed ones too.
Result<std::set<std::string>> served_by_cases(Tx& tx) {
    std::map<std::pair<std::uint64_t, PersonId>, std::string> decided;
    ZIGE_TRY(decisions, tx.query(Sql::case_steps_of, {static_cast<std::int64_t>(CaseStep::decide)}));
    for (const Row& row : decisions) {
        ZIGE_TRY(entries, Fields::decode(row.text(3)));
        decided[{row.unsigned_number(0), PersonId{row.unsigned_number(1)}}] = entries.text("document");
    }
    std::set<std::string> documents;
    ZIGE_TRY(services, tx.query(Sql::case_steps_of, {static_cast<std::int64_t>(CaseStep::serve)}));
    for (const Row& row : services) {
        const PersonId person{row.unsigned_number(1)};
        if (const auto at = decided.find({row.unsigned_number(0), person}); at != decided.end())
            documents.insert(notice_of(person, at->second));
    }
    return documents;
}

/// What the log says of a notice beside the decision itself.
struct Told {
    bool served = false;              ///< without a sanction, or one that is no more began by it
    std::optional<Day> corrected_on;  ///< the newest correction
};
Told told_of(std::span<const LogEvent> events, const std::string& document) {
    Told told;
    for (const LogEvent& event : events) {
        if (event.body.text("document") != document) continue;
        if (event.event == HubEvent::points_decided) told = {!event.body.text("served_on").empty(), {}};
        if (event.event == HubEvent::sanction_started) told.served = true;
        if (event.event == HubEvent::decision_corrected) told.corrected_on = day_of(event.at);
    }
    return told;
}

/// Whose file it is now; a paper keeps the id that it was made for.
Result<PersonId> file_of(Tx& tx, PersonId person) {
    ZIGE_TRY(kept, tx.first(Sql::merge_of, {sql(person.value)}));
    return kept ? PersonId{kept->unsigned_number(0)} : person;
}

/// The day on which the notice was printed first, on `since` or later; nothing: it was not.
Result<std::optional<Day>> issued_on(Tx& tx, PersonId person, const std::string& document, Day since) {
    constexpr std::uint32_t kMany = 1000;
    ZIGE_TRY(rows, tx.query(Sql::papers_of_document, {sql(document), sql(kMany)}));
    std::optional<Day> first;  // the newest stands first
    for (const Row& row : rows) {
        ZIGE_TRY(kind, enum_from<PaperKind>(row, 1));
        const Day on = day_of(row.instant(7));
        if (kind != PaperKind::scoring_notice || on < since) continue;
        ZIGE_TRY(file, file_of(tx, PersonId{row.unsigned_number(5)}));
        if (file == person) first = on;
    }
    return first;
}

DueItem item_of(DueKind kind, const Scored& decision, PersonId person, std::string name) {
    DueItem item;
    item.kind = kind;
    item.institution = decision.institution;
    item.person = person;
    item.name = std::move(name);
    item.about = decision.document;
    return item;
}

/// Decisions that are not issued, or not served.
struct Unserved {
    const DueWork& work;
    const Rules& rules;
    std::set<std::string> of_cases;
    std::set<std::string> by_cases;
    NoticesDone done;

    /// Printed here, or on paper as the operator said; a notice of before a correction says something else.
    Result<std::optional<Day>> issued(PersonId person, const std::string& document, Day since) const {
        const auto told = done.find({DueKind::issue_notice, document});
        if (told != done.end() && told->second >= since) return std::optional(told->second);
        return issued_on(work.tx, person, document, since);
    }

    /// From which day on its notice is owed; nothing: it is served, or a case serves it. What was served and leads to a
    /// sanction that it did not lead to then is served anew, from the correction on (XY 43).
    std::optional<Day> owed_since(PersonId person, std::span<const LogEvent> events, const Scored& decision) const {
        const std::string notice = notice_of(person, decision.document);
        if (of_cases.contains(notice)) return {};
        const Told told = told_of(events, decision.document);
        const bool begins = decision.effect.served.status && !told.corrected_on;  // `due done` was of others, without
        const bool served = told.served || by_cases.contains(notice) ||
                            (!begins && done.contains({DueKind::serve_notice, decision.document}));
        if (!served) return decision.decided_on;
        return decision.effect.served.status ? told.corrected_on : std::nullopt;
    }

    Result<void> add(PersonId person, std::span<const LogEvent> events, const Career& career) const {
        for (const KnownDecision& known : career.decisions()) {
            const Scored& decision = known.decision;
            if (known.withdrawn || decision.decided_on < rules.effective_from.value) continue;
            if (career.is_owed(decision.document)) {
                ZIGE_CHECK(add_graver(person, events, decision));
                continue;
            }
            if (career.interval(decision.document) != nullptr) continue;
            const auto since = owed_since(person, events, decision);
            if (since) ZIGE_CHECK(add(person, decision, *since));
        }
        return {};
    }

private:
    /// XY 28, 43: what it leads to beyond what was told is told, then issued and served anew.
    Result<void> add_graver(PersonId person, std::span<const LogEvent> events, const Scored& decision) const {
        ZIGE_TRY(since, hub::owed_since(events, decision.document));
        Day from = since.value_or(decision.decided_on);
        if (rules.prior_notice.value) {
            const auto told = done.find({DueKind::prior_notice, decision.document});
            if (told == done.end() || told->second < from) return add_prior_notice(person, decision);
            if (const auto limit = due_date(rules, DueKind::statement, told->second, work.calendar)) from = limit->day;
        }
        if (of_cases.contains(notice_of(person, decision.document))) return {};
        return add(person, decision, from);
    }

    Result<void> add_prior_notice(PersonId person, const Scored& decision) const {
        ZIGE_TRY(name, name_of(work.tx, person));
        DueItem item = item_of(DueKind::prior_notice, decision, person, std::move(name));
        item.article = rules.prior_notice.cite.text;
        work.items.push_back(std::move(item));
        return {};
    }

    Result<void> add(PersonId person, const Scored& decision, Day since) const {
        ZIGE_TRY(out, issued(person, decision.document, since));
        const DueKind kind = out ? DueKind::serve_notice : DueKind::issue_notice;
        ZIGE_TRY(name, name_of(work.tx, person));
        DueItem item = item_of(kind, decision, person, std::move(name));
        if (const DeadlineRule* rule = rules.deadline(kind)) {  // 济宁 sets no day, and it is owed all the same
            item.due = due_date(*rule, out.value_or(since), work.calendar);
            item.article = rule->cite.text;
        }
        work.items.push_back(std::move(item));
        return {};
    }
};

/// Institution whose stop of that document the sanction rests on, as the event that began it says.
std::string institution_of(std::span<const LogEvent> events, const std::string& document) {
    for (const LogEvent& event : events)
        if (event.event == HubEvent::sanction_started && event.body.text("document") == document)
            return std::string(event.body.text("institution"));
    return {};
}

/// Whether what the sanction rests on is over. One that a case decided has a number of its own, and rests on what
/// stopped the institution then: on all of that kind.
bool is_over(const std::vector<Stop>& stops, const KnownSanction& sanction, Day today) {
    const auto named = std::ranges::find(stops, sanction.document, &Stop::document);
    if (named != stops.end()) return named->end && *named->end <= today;
    const bool department = sanction.cause == SanctionCause::department;
    bool was = false;
    for (const Stop& stop : stops) {
        if (department != (stop.kind == StopKind::department_suspended)) continue;
        if (stop.end && *stop.end <= stop.from) continue;  // it never was
        if (!stop.end || *stop.end > today) return false;
        was = true;
    }
    return was;
}

/// Stops of institutions, each read once.
class StopsOf {
public:
    explicit StopsOf(Tx& tx) : tx_(tx) {}
    Result<const std::vector<Stop>*> at(const std::string& institution) {
        const auto known = stops_.find(institution);
        if (known != stops_.end()) return static_cast<const std::vector<Stop>*>(&known->second);
        ZIGE_TRY(stops, load_stops(tx_, institution));
        return static_cast<const std::vector<Stop>*>(&(stops_[institution] = std::move(stops)));
    }

private:
    Tx& tx_;
    std::map<std::string, std::vector<Stop>> stops_;
};

/// XY 39: the agreement or department came back, and he is still suspended for it.
Result<void> add_left_by_stop(const DueWork& work, StopsOf& stops_of, PersonId person,
                              std::span<const LogEvent> events, const Career& career) {
    for (const KnownSanction& known : career.sanctions()) {
        const StandingInterval* interval = career.interval(known.document);
        if (!by_stop(known.cause) || interval == nullptr || interval->end) continue;
        const std::string institution = institution_of(events, known.document);
        ZIGE_TRY(stops, stops_of.at(institution));
        if (!is_over(*stops, known, work.today)) continue;
        DueItem item;
        item.kind = DueKind::end_linked_sanction;
        item.institution = institution;
        item.person = person;
        ZIGE_TRY(name, name_of(work.tx, person));
        item.name = std::move(name);
        item.about = known.document;
        work.items.push_back(std::move(item));
    }
    return {};
}

/// Documents whose restoration is applied for already.
std::set<std::string> applied_for(std::span<const CaseFile> open) {
    std::set<std::string> documents;
    for (const CaseFile& file : open)
        if (file.kind == CaseKind::restoration) documents.insert(file.document);
    return documents;
}

/// XY 34, N34 39: who is suspended for a printed time has to apply, or stays suspended (期满待评估).
Result<void> add_restorations(const DueWork& work, const Rules& rules, const std::set<std::string>& applied,
                              PersonId person, const Career& career) {
    for (const StandingInterval& interval : career.timeline()) {
        if (interval.end || applied.contains(interval.document)) continue;
        const auto window = application_window(rules, interval, work.calendar);
        if (!window) continue;
        const DeadlineRule* text = rules.deadline(DueKind::apply_restoration);
        ZIGE_TRY(name, name_of(work.tx, person));
        DueItem item;
        item.kind = DueKind::apply_restoration;
        item.due = window->limit;
        item.is_right = true;
        item.by = StepBy::institution;
        item.article = text == nullptr ? std::string() : text->cite.text;
        item.person = person;
        item.name = std::move(name);
        item.about = interval.document;
        work.items.push_back(std::move(item));
    }
    return {};
}

}  // namespace

Result<void> check_notice_done(Tx& tx, const HubLog& log, DueKind kind, const std::string& document) {
    ZIGE_TRY(decided, log.of_notice(tx, HubEvent::points_decided, document));
    bool known = false, all_begin = true, owed = false;
    for (const LogEvent& each : decided) {
        ZIGE_TRY(career, load_career(tx, log, each.person));
        const Scored* decision = career.decision(document);
        if (decision == nullptr) continue;
        known = true;
        all_begin = all_begin && decision->effect.served.status;
        owed = owed || career.is_owed(document);
    }
    if (!known) return fail(ErrorId::points_decision_unknown, "document", document);
    if (all_begin && kind == DueKind::serve_notice)
        return fail(ErrorId::case_bad_field, "kind", "points serve begins its sanction");
    if (!owed && kind == DueKind::prior_notice)
        return fail(ErrorId::case_bad_field, "kind", "it leads to no more than was told");
    return {};
}

Result<void> add_of_careers(const DueWork& work, const Rules* rules) {
    std::optional<Unserved> unserved;
    if (rules != nullptr) {
        ZIGE_TRY(by_cases, served_by_cases(work.tx));
        ZIGE_TRY(done, notices_done(work.tx));
        unserved.emplace(Unserved{work, *rules, to_be_served(work.open), std::move(by_cases), std::move(done)});
    }
    const std::set<std::string> applied = applied_for(work.open);
    StopsOf stops(work.tx);
    return for_each_career(work.tx, work.log, [&](PersonId person, std::span<const LogEvent> events) -> Result<void> {
        ZIGE_TRY(career, career_from(events));
        ZIGE_CHECK(add_left_by_stop(work, stops, person, events, career));
        if (rules == nullptr) return {};
        ZIGE_CHECK(unserved->add(person, events, career));
        return add_restorations(work, *rules, applied, person, career);
    });
}

Result<void> add_left_by_stop_at(const DueWork& work, const std::string& institution, const std::string& document) {
    StopsOf stops_of(work.tx);
    ZIGE_TRY(stops, stops_of.at(institution));
    ZIGE_TRY(events, work.log.sanctions_at(work.tx, institution));
    std::map<PersonId, std::vector<LogEvent>> people;
    for (LogEvent& each : events) people[each.person].push_back(std::move(each));
    for (const auto& [person, own] : people) {
        ZIGE_TRY(career, career_from(own));
        ZIGE_CHECK(add_left_by_stop(work, stops_of, person, own, career));
    }
    std::erase_if(work.items, [&](const DueItem& item) {
        const bool of_another_stop = item.about != document &&
                                     std::ranges::find(*stops, item.about, &Stop::document) != stops->end();
        return item.institution != institution || (!document.empty() && of_another_stop);
    });
    return {};
}

Result<void> add_read_again(const DueWork& work) {
    ZIGE_TRY(merges, work.tx.query(Sql::log_of_event_at,
                                   {static_cast<std::int64_t>(HubEvent::people_merged), sql("")}));
    std::set<PersonId> kept;
    for (const Row& row : merges) {
        ZIGE_TRY(body, Fields::decode(row.text(1)));
        ZIGE_TRY(merged, body.number("merged"));
        ZIGE_TRY(into, work.tx.first(Sql::merge_of, {merged}));
        if (into) kept.insert(PersonId{into->unsigned_number(0)});
    }
    JudgingRules rules(work.tx, work.shelf);
    for (const PersonId person : kept) {
        ZIGE_TRY(career, load_career(work.tx, work.log, person));
        for (const KnownDecision& known : career.decisions()) {
            if (known.withdrawn) continue;
            ZIGE_TRY(judged_by, rules.of(known.decision));
            const auto now = judge_again(*judged_by, career, known.decision);
            if (now.ok() && now->effect == known.decision.effect) continue;
            ZIGE_TRY(name, name_of(work.tx, person));
            work.items.push_back(item_of(DueKind::read_again, known.decision, person, std::move(name)));
        }
    }
    return {};
}

}  // namespace zige::hub

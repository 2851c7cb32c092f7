#include "hub/core/casework/due_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "hub/core/casework/due_sources.h"
#include "hub/core/policy.h"
#include "hub/core/rules/deadlines.h"
#include "hub/core/rules/restoration.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr DueKind kReports[] = {DueKind::monthly_report, DueKind::quarterly_report, DueKind::yearly_report};
constexpr int kMonthsOfAYear = 12;
constexpr std::size_t kMaxReports = 24;  // unreported periods that are listed of each kind

bool is_report(DueKind kind) { return std::ranges::find(kReports, kind) != std::end(kReports); }

/// Months of one period; 0: not a report.
int months_of(DueKind kind) {
    if (kind == DueKind::monthly_report) return 1;
    if (kind == DueKind::quarterly_report) return 3;
    return kind == DueKind::yearly_report ? kMonthsOfAYear : 0;
}

std::string period_name(DueKind kind, int year, int first_month) {
    const std::string text = std::to_string(year);
    if (kind == DueKind::yearly_report) return text;
    if (kind == DueKind::quarterly_report) return text + "-Q" + std::to_string((first_month + 2) / 3);
    return text + (first_month < 10 ? "-0" : "-") + std::to_string(first_month);
}

Result<std::vector<CaseFile>> load_open(Tx& tx) {
    std::vector<CaseFile> files;
    ZIGE_TRY(numbers, open_cases(tx));
    for (const std::uint64_t number : numbers) {
        ZIGE_TRY(file, load_case(tx, number));
        files.push_back(std::move(file));
    }
    return files;
}

Result<void> add_cases(const DueWork& work) {
    for (const CaseFile& file : work.open) {
        ZIGE_TRY(rules, work.shelf.version(work.tx, file.rules, file.rules_version));
        for (const CasePerson& each : file.people)
            for (CaseDue& due : limits_of(each.track, {rules.rules, work.calendar, work.today}))
                work.items.push_back({due.kind,
                                      due.due,
                                      due.stopped,
                                      due.is_right,
                                      due.by,
                                      std::move(due.article),
                                      file.institution,
                                      each.person,
                                      each.name,
                                      file.number,
                                      {},
                                      1});
    }
    return {};
}

void add_questions(const std::vector<PresenceQuestion>& questions, std::vector<DueItem>& items) {
    for (const PresenceQuestion& each : questions) {
        if (each.answered) continue;
        DueItem item;
        item.kind = DueKind::presence_answer;
        item.due = each.due;
        item.by = StepBy::institution;
        item.institution = each.institution;
        item.name = each.name;
        items.push_back(std::move(item));
    }
}

/// What `due done` noted.
Result<std::vector<Fields>> notes_of_done(Tx& tx) {
    std::vector<Fields> notes;
    ZIGE_TRY(rows, tx.query(Sql::log_of_event_at, {static_cast<std::int64_t>(HubEvent::paper_issued), sql("")}));
    for (const Row& row : rows) {
        ZIGE_TRY(body, Fields::decode(row.text(1)));
        if (body.find("due")) notes.push_back(std::move(body));
    }
    return notes;
}

Result<std::set<std::pair<std::string, std::string>>> reports_done(Tx& tx) {
    std::set<std::pair<std::string, std::string>> done;
    ZIGE_TRY(notes, notes_of_done(tx));
    for (const Fields& note : notes) done.emplace(std::string(note.text("due")), std::string(note.text("period")));
    return done;
}

/// The bureau's own duties (XY 37), since the hub began and the rules are in force.
Result<void> add_reports(const DueWork& work, const Rules& rules) {
    ZIGE_TRY(first, work.log.read(work.tx, 0, 1));
    if (first.empty()) return {};
    const Day from = std::max(day_of(first.front().at), rules.effective_from.value);
    ZIGE_TRY(done, reports_done(work.tx));
    for (const DueKind kind : kReports) {
        const DeadlineRule* rule = rules.deadline(kind);
        if (rule == nullptr) continue;
        std::vector<DueItem> open;
        for (const ReportPeriod& period : report_periods(kind, from, work.today)) {
            if (done.contains({to_string(kind), period.name})) continue;
            DueItem item;
            item.kind = kind;
            item.due = due_date(*rule, period.last, work.calendar);
            item.article = rule->cite.text;
            item.about = period.name;
            open.push_back(std::move(item));
        }
        const std::size_t skip = open.size() > kMaxReports ? open.size() - kMaxReports : 0;
        for (std::size_t i = skip; i < open.size(); ++i) work.items.push_back(std::move(open[i]));
    }
    return {};
}

/// XY 18; the window's update is the legal act, so that what is filed only stays due.
void add_departures(const std::vector<InstitutionReport>& reports, const Rules* rules, std::vector<DueItem>& items) {
    const DeadlineRule* rule = rules == nullptr ? nullptr : rules->deadline(DueKind::departure);
    for (const InstitutionReport& report : reports)
        for (const ReportDeparture& each : report.departures) {
            if (each.duty.stage == DutyStage::done) continue;
            DueItem item;
            item.kind = DueKind::departure;
            item.due = each.duty.due;
            item.by = StepBy::institution;
            item.article = rule == nullptr ? std::string() : rule->cite.text;
            item.institution = report.institution;
            item.name = each.name;
            items.push_back(std::move(item));
        }
}

/// What is overdue stands first by itself: its day is the earliest; what has no day stands last.
void sort(std::vector<DueItem>& items, Day today) {
    std::ranges::stable_sort(items, [&](const DueItem& left, const DueItem& right) {
        const auto key = [&](const DueItem& item) {
            return std::tuple(!item.overdue(today), !item.due.has_value(), item.due ? item.due->day : Day{});
        };
        return key(left) < key(right);
    });
}

}  // namespace

Result<NoticesDone> notices_done(Tx& tx) {
    NoticesDone done;
    ZIGE_TRY(notes, notes_of_done(tx));
    for (const Fields& note : notes) {
        const auto kind = from_name<DueKind>(note.text("due"));
        if (!kind || is_report(*kind)) continue;
        ZIGE_TRY(on, note.day("on"));
        Day& newest = done[{*kind, std::string(note.text("document"))}];
        newest = std::max(newest, on);
    }
    return done;
}

std::vector<ReportPeriod> report_periods(DueKind kind, Day from, Day to) {
    std::vector<ReportPeriod> periods;
    const int months = months_of(kind);
    if (months == 0) return periods;
    const std::chrono::year_month_day begin(from);
    const int first =
        static_cast<int>((static_cast<unsigned>(begin.month()) - 1) / static_cast<unsigned>(months)) * months + 1;
    for (std::chrono::year_month at = begin.year() / first; Day{std::chrono::local_days{at / 1}} <= to;
         at += std::chrono::months{months}) {
        const std::chrono::year_month last = at + std::chrono::months{months - 1};
        periods.push_back(
            {period_name(kind, static_cast<int>(at.year()), static_cast<int>(static_cast<unsigned>(at.month()))),
             Day{std::chrono::local_days{last / std::chrono::last}}});
    }
    return periods;
}

Result<std::vector<DueItem>> DueList::list(std::optional<std::chrono::days> within) const {
    ZIGE_TRY(departures, report_.departures());
    ZIGE_TRY(questions, filings_.questions());
    const Day today = env_.today();
    std::vector<DueItem> items;
    auto found = env_.store.read([&](Tx& tx) -> Result<void> {
        const HubLog log(env_.hasher);
        ZIGE_TRY(config, Policy::current(tx));
        ZIGE_TRY(open, load_open(tx));
        const DueWork work{tx, log, shelf_, config.calendar, today, items, open};
        ZIGE_CHECK(add_cases(work));
        const auto rules = shelf_.on(tx, today);
        ZIGE_CHECK(add_of_careers(work, rules.ok() ? &rules->rules : nullptr));
        ZIGE_CHECK(add_read_again(work));
        add_questions(questions, items);
        add_departures(departures, rules.ok() ? &rules->rules : nullptr, items);
        if (!rules.ok()) return {};
        ZIGE_CHECK(add_commitments(work, rules->rules));
        ZIGE_CHECK(add_principals(work, rules->rules));
        return add_reports(work, rules->rules);
    });
    if (!found.ok()) return found.error();
    if (within)
        // What no text gives a day is owed at once.
        std::erase_if(items, [&](const DueItem& item) { return item.due && item.due->day > today + *within; });
    sort(items, today);
    return items;
}

Result<std::vector<DueItem>> DueList::left_by_stop(const std::string& institution, const std::string& document) const {
    std::vector<DueItem> items;
    auto found = env_.store.read([&](Tx& tx) -> Result<void> {
        const HubLog log(env_.hasher);
        ZIGE_TRY(config, Policy::current(tx));
        return add_left_by_stop_at({tx, log, shelf_, config.calendar, env_.today(), items, {}}, institution, document);
    });
    if (!found.ok()) return found.error();
    return items;
}

Result<void> DueList::report_done(const std::string& actor, DueKind kind, const std::string& period,
                                  const std::string& document) {
    if (!is_report(kind))
        return fail(ErrorId::case_bad_field, "kind", "monthly_report, quarterly_report or yearly_report");
    if (document.empty()) return fail(ErrorId::case_missing_field, "document");
    if (period.empty()) return fail(ErrorId::case_missing_field, "period");
    const Day today = env_.today();
    constexpr std::chrono::days kTenYears{3653};
    const auto periods = report_periods(kind, today - kTenYears, today);
    if (std::ranges::find(periods, period, &ReportPeriod::name) == periods.end())
        return fail(ErrorId::case_bad_field, "period", period + "; this one is " + periods.back().name);
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        LogEvent event;
        event.event = HubEvent::paper_issued;
        event.body.add("due", to_string(kind)).add("period", period).add("document", document);
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<void> DueList::notice_done(const std::string& actor, DueKind kind, const std::string& document,
                                  std::optional<Day> on) {
    if (kind != DueKind::issue_notice && kind != DueKind::serve_notice && kind != DueKind::prior_notice)
        return fail(ErrorId::case_bad_field, "kind", "issue_notice, serve_notice or prior_notice");
    if (document.empty()) return fail(ErrorId::case_missing_field, "document");
    const Day today = env_.today();
    if (on && *on > today)
        return fail(ErrorId::case_bad_field, "on", format(*on) + " lies after the hub's date " + format(today));
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_CHECK(check_notice_done(change.tx(), HubLog(env_.hasher), kind, document));
        LogEvent event;
        event.event = HubEvent::paper_issued;
        event.body.add("due", to_string(kind)).add("document", document).add("on", on.value_or(today));
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return {};
}

}  // namespace zige::hub

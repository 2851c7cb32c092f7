#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/casework/cases.h"
#include "hub/core/filings.h"
#include "hub/core/report.h"

namespace zige::hub {

/// Something that is due, by whom, by which article.
struct DueItem {
    DueKind kind = DueKind::appeal;
    std::optional<DueDate> due;  ///< nothing: the text says no number, or its clock is stopped
    bool stopped = false;
    bool is_right = false;  ///< may be let pass: nobody is late
    StepBy by = StepBy::bureau;
    std::string article;
    std::string institution;  ///< code; empty: the bureau's own duty
    PersonId person;          ///< 0: nobody's
    std::string name;
    std::uint64_t case_number = 0;  ///< 0: of no case
    std::string about;              ///< of a report: "2026-08", "2026-Q3", "2026"; else the document
    std::size_t people = 1;         ///< that the line stands for; `person` is the first

    bool overdue(Day today) const { return due && !is_right && due->day < today; }
};

/// What is due when (办理期限一览): cases, decisions that are not served, what a merge or an ended stop leaves open,
/// departures, commitments, questions, restorations, the bureau's own reports. Any thread.
class DueList {
public:
    DueList(const Environment& env, Publisher& publisher, const RuleShelf& shelf, const Report& report,
            const Filings& filings)
        : env_(env), publisher_(publisher), shelf_(shelf), report_(report), filings_(filings) {}

    /// Until `within` days from today, all if there is none; what is overdue first, what no text gives a day last, in any
    /// case. A hub whose profile has no rules lists what does not need them.
    Result<std::vector<DueItem>> list(std::optional<std::chrono::days> within) const;

    /// XY 39: who is still suspended for a stop of that institution that has ended; `document` empty: any. Those whom a
    /// case suspended are named once nothing of that kind is stopped.
    Result<std::vector<DueItem>> left_by_stop(const std::string& institution, const std::string& document) const;

    /// A report was handed in. case_bad_field: not a report, no such period, or one that is to come.
    Result<void> report_done(const std::string& actor, DueKind kind, const std::string& period,
                             const std::string& document);
    /// The notice of a decision was issued on paper, or served though nothing begins with it; or he was told what it
    /// leads to now (XY 28). case_bad_field: another kind, a day ahead, service of what begins a sanction, no more than
    /// was told; case_missing_field: no document; points_decision_unknown.
    Result<void> notice_done(const std::string& actor, DueKind kind, const std::string& document,
                             std::optional<Day> on);

private:
    Environment env_;
    Publisher& publisher_;
    const RuleShelf& shelf_;
    const Report& report_;
    const Filings& filings_;
};

/// A period that a report is about, and its last day.
struct ReportPeriod {
    std::string name;
    Day last{};
};
/// Periods of monthly, quarterly and yearly reports from the one of `from` to the one of `to`.
std::vector<ReportPeriod> report_periods(DueKind kind, Day from, Day to);

}  // namespace zige::hub

#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/hub_log.h"
#include "hub/core/rules/career.h"
#include "shared/domain/profile.h"
#include "shared/domain/standing.h"

namespace zige::hub {

/// A decision or sanction as papers tell of it: by points, or entered directly (then without points).
struct PaperDecision {
    std::string document;
    std::string institution;  ///< where it happened; empty: not known
    PersonId person;
    Day decided_on{};
    std::optional<std::int64_t> points;
    std::optional<std::int64_t> cumulative;  ///< of the calendar year, this decision included
    std::string degree;                      ///< Chinese
    std::string measures;                    ///< Chinese
    std::string article;
    std::optional<Standing> status;   ///< that was decided; before service no interval runs
    std::int64_t months = 0;          ///< of a suspension, as decided
    std::int64_t months_less = 0;     ///< that repairs take from it before it is served (XY 33)
    Reading served{};                 ///< what began with the interval
    bool owed = false;                ///< it leads to more than the interval that runs, and that is not served (XY 43)
    std::int64_t ban_years = 0;       ///< of a termination, as decided
    std::optional<StandingInterval> interval;
    std::optional<StandingInterval> before;  ///< that was over when more became of it: `interval` is what was left (XY 43)
    std::optional<Day> barred_until;
    std::optional<Day> shortened_from;  ///< by a repair: the first day after the period, or the bar, as it was before
};

/// From events of the log, oldest first; corrected decisions as they stand, withdrawn ones not at all.
std::vector<PaperDecision> paper_decisions(std::span<const LogEvent> events);

/// "2026年6月10日 记分修复减 3 分，...": what became of its points and its period since (XY 33); empty: nothing.
std::string repair_words(const PaperDecision& decision, const Career& career);

/// Values by the fields of the forms. "status" is what was decided, also before service; "to" only a suspension has.
std::vector<std::pair<std::string_view, std::string>> fields_of(const PaperDecision& decision, const Profile& profile);

struct PeriodCount {
    std::vector<PaperDecision> decisions;  ///< of the period, by day
    std::size_t people = 0;
    std::size_t suspended = 0, terminated = 0;  ///< 人次
};
/// `events` reach from the first day of the period to now: a later correction counts.
PeriodCount count_period(std::span<const LogEvent> events, Day from, Day to);
/// 恢复人次: sanctions whose first day of payment lies in the period, whenever they began. `sanctions`: of everybody.
Result<std::size_t> restored_in(std::span<const LogEvent> sanctions, Day from, Day to);

}  // namespace zige::hub

#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/hub_log.h"
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
    std::int64_t ban_years = 0;       ///< of a termination, as decided
    std::optional<StandingInterval> interval;
    std::optional<Day> barred_until;
    bool restored = false;  ///< the interval has an end that is no withdrawal
    Day restored_on{};
};

/// From events of the log, oldest first; corrected decisions as they stand, withdrawn ones not at all.
std::vector<PaperDecision> paper_decisions(std::span<const LogEvent> events);

/// Values by the fields of the forms. "status" is what was decided, also before service; "to" only a suspension has.
std::vector<std::pair<std::string_view, std::string>> fields_of(const PaperDecision& decision, const Profile& profile);

struct PeriodCount {
    std::vector<PaperDecision> decisions;  ///< of the period, by day
    std::size_t people = 0;
    std::size_t suspended = 0, terminated = 0, restored = 0;  ///< 人次
};
/// `events` reach from the first day of the period to now: a later correction counts.
PeriodCount count_period(std::span<const LogEvent> events, Day from, Day to);

}  // namespace zige::hub

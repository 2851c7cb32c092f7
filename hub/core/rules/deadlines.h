#pragma once

#include <optional>
#include <span>

#include "hub/core/rules/rules.h"
#include "shared/domain/calendar.h"

namespace zige::hub {

/// A time in which a limit does not run: [from, end), open without `end` (expert appraisal, N34 44).
struct ClockStop {
    Day from{};
    std::optional<Day> end;
};

/// The last day of a time limit that starts (or, counted back, is measured) from `event`, which itself does not count
/// (民法典 201). Working days by the official calendar; a limit in calendar days that ends on a day off moves to the
/// next working day (民法典 203), counted back it stays. Days of `stops` do not count; a stop that has not ended: no
/// limit yet. A report of 0 days is due on the last working day of its period, whose last day `event` is (XY 37).
/// Past the last published year the day is provisional (P7).
std::optional<DueDate> due_date(const DeadlineRule& rule, Day event, const Calendar& calendar,
                                std::span<const ClockStop> stops = {});

/// The same for the rules' own limit; nothing: the text sets none.
std::optional<DueDate> due_date(const Rules& rules, DueKind kind, Day event, const Calendar& calendar,
                                std::span<const ClockStop> stops = {});

}  // namespace zige::hub

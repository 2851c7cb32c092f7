#pragma once

#include <optional>
#include <string>

#include "shared/domain/calendar.h"

namespace zige {

/// The ten-working-day duty after a leaver's last day (XY 18), day by day.
struct DepartureDuty {
    Day last_day{};
    DueDate due;                       ///< the update in the 动态维护窗口 is on time until 24:00 of this day
    DutyStage stage = DutyStage::expected;  ///< expected (before the last day ends), open, amber (8, 9), today (10), late, done, undetermined (clock suspect)
    /// Working days until `due`: 0 on the last of them, negative after it (also before a working day has passed since).
    /// Counted from today, and from the day of the update once that is done: `done` and negative is done too late.
    int working_days_left = 0;
    bool operator==(const DepartureDuty&) const = default;
};

/// `window_updated`: the day on which the clerk (or the register) says the window was updated.
/// With a suspect clock nothing is declared late: stage is `undetermined` where it would be late.
DepartureDuty departure_duty(Day last_day, std::optional<Day> window_updated, Day today, bool clock_suspect,
                             const Calendar& calendar, int working_days);

/// ErrorId::departure_before_registration, departure_too_far_ahead (over a year), departure_already (`left_on`: the last day
/// that is recorded already; an amendment passes nothing).
Result<void> check_departure(Day last_day, Day registered_from, Day today, std::optional<Day> left_on = {});

/// Whether a filing was in time. `before` / `after`: last signed hub time before it and first one after it. What neither
/// proves is claimed, and counts for the filer.
FilingProof prove_filing(Instant limit_end, std::optional<Instant> before, std::optional<Instant> after);

}  // namespace zige

#include "shared/domain/freshness.h"

#include <algorithm>
#include <optional>

namespace zige {
namespace {

using std::chrono::days;

constexpr int kGraceWorkingDays = 3;  // after a holiday
constexpr int kMinHolidayDays = 3;    // a holiday that moves a limit
constexpr int kMaxHolidayDays = 30;   // no run of days off is longer: bounds the search in a calendar gone wrong

/// Days off in a row. With three or more of them a holiday is among them: a plain weekend has two.
struct Run {
    Day first{};
    Day last{};
};

Run run_around(Day day, const Calendar& calendar) {
    Run run{day, day};
    for (int i = 0; i < kMaxHolidayDays && !calendar.is_working_day(run.first - days{1}); ++i) run.first -= days{1};
    for (int i = 0; i < kMaxHolidayDays && !calendar.is_working_day(run.last + days{1}); ++i) run.last += days{1};
    return run;
}

/// The day to whose end a limit on `day` moves, if a holiday reaches it.
std::optional<Day> moved_by_holiday(Day day, const Calendar& calendar) {
    Day at = day;
    for (int working_days = 0; working_days <= kGraceWorkingDays;) {
        if (calendar.is_working_day(at)) {
            ++working_days;
            at -= days{1};
            continue;
        }
        const Run run = run_around(at, calendar);
        if (run.last - run.first + days{1} >= days{kMinHolidayDays}) {
            const Day end = calendar.add_working_days(run.last, kGraceWorkingDays).day;
            return day <= end ? std::optional(end) : std::nullopt;
        }
        at = run.first - days{1};
    }
    return std::nullopt;
}

}  // namespace

bool lies_in_future(Instant fee_time, const Moment& now) { return fee_time > now.wall + kMaxFeeAhead; }

Instant last_second_of(Instant as_of, std::chrono::hours limit, const Calendar& calendar) {
    const Instant end = as_of + limit;
    const auto moved = moved_by_holiday(day_of(end), calendar);
    return moved ? start_of(*moved + days{1}) - std::chrono::seconds{1} : end;
}

CopyAge age_of_copy(Instant fee_time, const Moment& now, const FreshnessLimits& limits, const Calendar& calendar) {
    const Instant judged = lies_in_future(fee_time, now) ? now.wall : fee_time;
    const auto age = std::max(std::chrono::seconds{0}, judged - now.copy_as_of);
    if (now.clock_unknown) return {Freshness::stale, age};
    if (age <= limits.fresh) return {Freshness::fresh, age};
    if (age <= limits.aged || judged <= last_second_of(now.copy_as_of, limits.aged, calendar))
        return {Freshness::aged, age};
    if (age <= limits.stale || judged <= last_second_of(now.copy_as_of, limits.stale, calendar))
        return {Freshness::stale, age};
    if (now.prolonged_until && judged <= *now.prolonged_until) return {Freshness::stale, age};
    return {Freshness::expired, age};
}

}  // namespace zige

#include "shared/domain/departure.h"

#include <algorithm>
#include <chrono>

namespace zige {
namespace {

/// How many working days before the due day the duty turns amber: on days 8 and 9 of 10.
constexpr int kAmberDays = 2;

/// Negative from the day after `due` on, also while no working day has passed since.
int days_left(Day today, Day due, const Calendar& calendar) {
    const int left = calendar.working_days_between(today, due);
    return today > due ? std::min(left, -1) : left;
}

DutyStage stage_of(const DepartureDuty& duty, Day today, bool clock_suspect) {
    if (today <= duty.last_day) return DutyStage::expected;
    if (today > duty.due.day) return clock_suspect ? DutyStage::undetermined : DutyStage::late;
    if (duty.working_days_left == 0) return DutyStage::today;
    return duty.working_days_left <= kAmberDays ? DutyStage::amber : DutyStage::open;
}

Day one_year_after(Day day) {
    const std::chrono::year_month_day date{day};
    const std::chrono::year_month_day next = date + std::chrono::years{1};
    return Day{next.ok() ? next : next.year() / next.month() / std::chrono::last};
}

}  // namespace

DepartureDuty departure_duty(Day last_day, std::optional<Day> window_updated, Day today, bool clock_suspect,
                             const Calendar& calendar, int working_days) {
    DepartureDuty duty;
    duty.last_day = last_day;
    duty.due = calendar.add_working_days(last_day, working_days);  // XY 18
    duty.working_days_left = days_left(window_updated.value_or(today), duty.due.day, calendar);
    duty.stage = window_updated ? DutyStage::done : stage_of(duty, today, clock_suspect);
    return duty;
}

Result<void> check_departure(Day last_day, Day registered_from, Day today, std::optional<Day> left_on) {
    if (left_on) return fail(ErrorId::departure_already, "last_day", "left on " + format(*left_on));
    if (last_day < registered_from)
        return fail(ErrorId::departure_before_registration, "last_day", "registered from " + format(registered_from));
    if (last_day > one_year_after(today))
        return fail(ErrorId::departure_too_far_ahead, "last_day", format(last_day) + " is over a year ahead");
    return {};
}

FilingProof prove_filing(Instant limit_end, std::optional<Instant> before, std::optional<Instant> after) {
    if (after && *after <= limit_end) return FilingProof::proven_on_time;
    if (before && *before > limit_end) return FilingProof::proven_late;
    return FilingProof::claimed;
}

}  // namespace zige

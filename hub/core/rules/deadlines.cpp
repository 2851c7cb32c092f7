#include "hub/core/rules/deadlines.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

bool is_report(DueKind kind) {
    return kind == DueKind::monthly_report || kind == DueKind::quarterly_report || kind == DueKind::yearly_report;
}

bool published(Day day, const Calendar& calendar) {
    return calendar.published(static_cast<int>(std::chrono::year_month_day{day}.year()));
}

/// A stop that starts before the limit has run out and has no end.
bool never_ends(std::span<const ClockStop> stops, Day due) {
    return std::any_of(stops.begin(), stops.end(),
                       [&](const ClockStop& each) { return !each.end && each.from <= due; });
}

bool stopped(std::span<const ClockStop> stops, Day day) {
    return std::any_of(stops.begin(), stops.end(),
                       [&](const ClockStop& each) { return each.from <= day && (!each.end || day < *each.end); });
}

/// The n-th day after `event` that counts.
std::optional<DueDate> count_on(const DeadlineRule& rule, Day event, const Calendar& calendar,
                                std::span<const ClockStop> stops) {
    const bool working = rule.unit == DayUnit::working_days;
    DueDate due{event, false};
    for (unsigned counted = 0; counted < rule.days;) {
        due.day += kOneDay;
        due.provisional = due.provisional || !published(due.day, calendar);
        if (never_ends(stops, due.day)) return std::nullopt;
        if (!stopped(stops, due.day) && (!working || calendar.is_working_day(due.day))) ++counted;
    }
    if (working) return due;
    const DueDate moved = calendar.next_working_day(due.day);
    return DueDate{moved.day, due.provisional || moved.provisional};
}

DueDate count_back(const DeadlineRule& rule, Day event, const Calendar& calendar) {
    const int days = static_cast<int>(rule.days);
    if (rule.unit == DayUnit::working_days) return calendar.subtract_working_days(event, days);
    const Day day = event - std::chrono::days{days};
    return {day, !published(day, calendar)};
}

}  // namespace

std::optional<DueDate> due_date(const DeadlineRule& rule, Day event, const Calendar& calendar,
                                std::span<const ClockStop> stops) {
    if (is_report(rule.kind) && rule.days == 0) return calendar.subtract_working_days(event + kOneDay, 1);
    if (rule.before) return count_back(rule, event, calendar);
    return count_on(rule, event, calendar, stops);
}

std::optional<DueDate> due_date(const Rules& rules, DueKind kind, Day event, const Calendar& calendar,
                                std::span<const ClockStop> stops) {
    const auto rule = std::find_if(rules.deadlines.begin(), rules.deadlines.end(),
                                   [&](const DeadlineRule& each) { return each.kind == kind; });
    if (rule == rules.deadlines.end()) return std::nullopt;
    return due_date(*rule, event, calendar, stops);
}

}  // namespace zige::hub

#include "shared/domain/calendar.h"

#include <algorithm>
#include <utility>

namespace zige {
namespace {

using std::chrono::days;

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

Day first_of(int year) { return Day{std::chrono::year{year} / std::chrono::January / 1}; }

std::size_t place_in_year(Day day) { return static_cast<std::size_t>((day - first_of(year_of(day))).count()); }

bool is_weekend(Day day) {
    const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
    return weekday >= 6;
}

/// 1 January, 1-2 May, 1-3 October: the public holidays whose date does not move.
bool is_fixed_holiday(Day day) {
    const std::chrono::year_month_day date{day};
    const unsigned month = static_cast<unsigned>(date.month());
    const unsigned at = static_cast<unsigned>(date.day());
    return (month == 1 && at == 1) || (month == 5 && at <= 2) || (month == 10 && at <= 3);
}

bool in_range(int year) { return year >= kMinYear && year <= kMaxYear; }

Error bad_year(int year, std::string detail) {
    return fail(ErrorId::calendar_bad_year, "calendar." + std::to_string(year), std::move(detail));
}

/// Notes which provisional years a count of days went through.
class Count {
public:
    explicit Count(const Calendar& calendar) : calendar_(calendar) {}
    bool is_working_day(Day day) {
        const int year = year_of(day);
        if (year != seen_) {
            provisional_ = provisional_ || !calendar_.published(year);
            seen_ = year;
        }
        return calendar_.is_working_day(day);
    }
    /// `n` working days from `start`, which does not count itself.
    DueDate walk(Day start, int n, days step) {
        Day day = start;
        while (n > 0) {
            day += step;
            if (is_working_day(day)) --n;
        }
        return {day, provisional_};
    }
    bool provisional() const { return provisional_; }

private:
    const Calendar& calendar_;
    int seen_ = 0;
    bool provisional_ = false;
};

}  // namespace

Result<Calendar> Calendar::make(std::vector<CalendarYear> years, std::vector<RegionalHoliday> regional) {
    Calendar calendar;
    std::ranges::sort(years, {}, &CalendarYear::year);
    std::ranges::sort(regional, {}, &RegionalHoliday::day);
    for (CalendarYear& each : years) {
        if (!in_range(each.year)) return bad_year(each.year, "out of range");
        if (calendar.published(each.year)) return bad_year(each.year, "given twice");
        Bits bits;
        std::ranges::sort(each.days_off);
        std::ranges::sort(each.make_up);
        for (const Day day : each.days_off) {
            if (year_of(day) != each.year) return bad_year(each.year, format(day) + " lies outside the year");
            if (bits.off.test(place_in_year(day))) return bad_year(each.year, format(day) + " is off twice");
            bits.off.set(place_in_year(day));
        }
        for (const Day day : each.make_up) {
            if (year_of(day) != each.year) return bad_year(each.year, format(day) + " lies outside the year");
            if (bits.make_up.test(place_in_year(day))) return bad_year(each.year, format(day) + " is made up twice");
            if (bits.off.test(place_in_year(day))) return bad_year(each.year, format(day) + " is off and worked");
            if (!is_weekend(day)) return bad_year(each.year, format(day) + " is made up on a weekday");
            bits.make_up.set(place_in_year(day));
        }
        calendar.years_.push_back(std::move(each));
        calendar.bits_.push_back(bits);
    }
    for (std::size_t i = 0; i < regional.size(); ++i) {
        const Day day = regional[i].day;
        if (!in_range(year_of(day)) || (i > 0 && regional[i - 1].day == day))
            return fail(ErrorId::calendar_out_of_range, "calendar.regional", format(day) + " is twice or out of range");
    }
    calendar.regional_ = std::move(regional);
    return calendar;
}

const Calendar::Bits* Calendar::bits_of(int year) const {
    const auto at = std::ranges::lower_bound(years_, year, {}, &CalendarYear::year);
    if (at == years_.end() || at->year != year) return nullptr;
    return &bits_[static_cast<std::size_t>(at - years_.begin())];
}

bool Calendar::is_regional(Day day) const {
    return std::ranges::binary_search(regional_, day, {}, &RegionalHoliday::day);
}

bool Calendar::published(int year) const { return bits_of(year) != nullptr; }

bool Calendar::is_working_day(Day day) const {
    if (is_regional(day)) return false;
    const Bits* bits = bits_of(year_of(day));
    if (bits == nullptr) return !is_weekend(day) && !is_fixed_holiday(day);  // P7: provisional
    if (bits->make_up.test(place_in_year(day))) return true;
    return !is_weekend(day) && !bits->off.test(place_in_year(day));
}

bool Calendar::is_holiday(Day day) const {
    if (is_regional(day)) return true;
    const Bits* bits = bits_of(year_of(day));
    return bits == nullptr ? is_fixed_holiday(day) : bits->off.test(place_in_year(day));
}

DueDate Calendar::add_working_days(Day start, int n) const { return Count(*this).walk(start, n, days{1}); }

DueDate Calendar::subtract_working_days(Day day, int n) const { return Count(*this).walk(day, n, days{-1}); }

int Calendar::working_days_between(Day from, Day to) const {
    if (to < from) return -working_days_between(to, from);
    int count = 0;
    for (Day day = from + days{1}; day <= to; day += days{1}) count += is_working_day(day) ? 1 : 0;
    return count;
}

DueDate Calendar::next_working_day(Day day) const {
    Count count(*this);
    while (!count.is_working_day(day)) day += days{1};
    return {day, count.provisional()};
}

}  // namespace zige

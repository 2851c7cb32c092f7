#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/time.h"

namespace zige {

/// One official year of working days (工作日): days off on weekdays and working days on weekends.
struct CalendarYear {
    int year = 0;
    std::vector<Day> days_off;   ///< as published, weekend days included or not
    std::vector<Day> make_up;    ///< 调休: weekend days that are worked
    std::string source;          ///< document of the State Council
    bool operator==(const CalendarYear&) const = default;
};

/// Extra days off of a region (地方假日) over the national layer.
struct RegionalHoliday {
    Day day{};
    std::string name;
    bool operator==(const RegionalHoliday&) const = default;
};

struct DueDate {
    Day day{};
    bool provisional = false;  ///< a year without an official calendar took part (P7)
    bool operator==(const DueDate&) const = default;
};

/// Working days. Pure value; const members from any thread.
/// A year that is not published counts weekdays less the fixed-date holidays (1 Jan, 1-2 May, 1-3 Oct) and is provisional.
class Calendar {
public:
    Calendar() = default;
    /// ErrorId::calendar_bad_year: a year twice or out of range, a day outside its year, twice, off and make-up at once,
    /// or a make-up on a weekday. ErrorId::calendar_out_of_range: a regional day out of range or twice.
    static Result<Calendar> make(std::vector<CalendarYear> years, std::vector<RegionalHoliday> regional);
    /// The national years 2024-2026 as published by the State Council, no regional layer.
    static const Calendar& official();

    bool published(int year) const;
    bool is_working_day(Day day) const;
    /// Official holiday: a day inside a published or regional holiday, or a fixed-date holiday of a year that is not
    /// published; not an ordinary weekend.
    bool is_holiday(Day day) const;
    /// The day on which the n-th working day after `start` ends; `start` itself does not count (民法典 201). n >= 0.
    DueDate add_working_days(Day start, int n) const;
    /// The n-th working day before `day`, `day` itself not counted.
    DueDate subtract_working_days(Day day, int n) const;
    /// Working days in (from, to]; negative when `to` lies before `from`.
    int working_days_between(Day from, Day to) const;
    /// `day` itself or, if it is a day off, the next working day (民法典 203).
    DueDate next_working_day(Day day) const;

    const std::vector<CalendarYear>& years() const { return years_; }
    const std::vector<RegionalHoliday>& regional() const { return regional_; }
    bool operator==(const Calendar& other) const { return years_ == other.years_ && regional_ == other.regional_; }

private:
    /// One bit per day of the year, counted from 1 January.
    struct Bits {
        std::bitset<366> off;
        std::bitset<366> make_up;
    };
    const Bits* bits_of(int year) const;
    bool is_regional(Day day) const;

    std::vector<CalendarYear> years_;        // sorted by year
    std::vector<RegionalHoliday> regional_;  // sorted by day
    std::vector<Bits> bits_;                 // beside years_
};

}  // namespace zige

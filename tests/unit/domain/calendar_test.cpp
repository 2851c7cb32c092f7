#include "shared/domain/calendar.h"

#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

const Calendar& official() { return Calendar::official(); }

Calendar with_regional(Day day) { return Calendar::make(official().years(), {{day, "地方假日"}}).value(); }

struct CountRow {
    const char* name;
    Day start;
    int n;
    Day end;
};
const CountRow kAhead[] = {
    {"before_spring_festival_2025", "2025-01-24"_day, 3, "2025-02-05"_day},
    {"before_spring_festival_2025_to_the_friday", "2025-01-24"_day, 5, "2025-02-07"_day},
    {"over_a_worked_sunday_and_may_day_2025", "2025-04-25"_day, 5, "2025-05-06"_day},
    {"over_a_worked_sunday_and_national_day_2025", "2025-09-26"_day, 10, "2025-10-16"_day},
    {"ends_on_a_worked_saturday", "2025-09-30"_day, 3, "2025-10-11"_day},
    {"over_the_year_with_a_worked_sunday", "2025-12-31"_day, 5, "2026-01-08"_day},
    {"over_spring_festival_2026", "2026-02-12"_day, 5, "2026-02-26"_day},
    {"a_departure_in_september_2026", "2026-09-18"_day, 10, "2026-10-09"_day},
    {"over_national_day_2026", "2026-09-30"_day, 5, "2026-10-13"_day},
    {"from_a_sunday", "2026-11-22"_day, 10, "2026-12-04"_day},
    {"none_is_the_day_itself", "2026-10-03"_day, 0, "2026-10-03"_day},
    {"the_first_day_does_not_count", "2026-11-23"_day, 1, "2026-11-24"_day},
};
const CountRow kBack[] = {
    {"before_spring_2026", "2026-03-01"_day, 15, "2026-02-03"_day},
    {"fifteen_before_october_2026", "2026-10-09"_day, 15, "2026-09-11"_day},
    {"ten_before_october_2026", "2026-10-09"_day, 10, "2026-09-18"_day},
};

struct DayRow {
    const char* name;
    Day day;
    bool working;
    bool holiday;
};
const DayRow kDays[] = {
    {"a_plain_weekday", "2026-09-18"_day, true, false},
    {"a_plain_saturday", "2026-09-19"_day, false, false},
    {"a_sunday_that_is_made_up", "2026-09-20"_day, true, false},
    {"a_weekday_of_a_holiday", "2026-10-01"_day, false, true},
    {"a_weekend_day_of_a_holiday", "2026-10-03"_day, false, true},
    {"the_day_before_spring_festival", "2026-02-14"_day, true, false},
    {"the_last_day_of_spring_festival", "2026-02-23"_day, false, true},
    {"the_day_after_spring_festival", "2026-02-24"_day, true, false},
    {"the_29th_of_february", "2024-02-29"_day, true, false},
    {"the_last_day_of_a_leap_year", "2024-12-31"_day, true, false},
    {"new_year_of_a_year_not_published", "2027-01-01"_day, false, true},
    {"may_day_of_a_year_not_published", "2028-05-02"_day, false, true},
    {"the_third_of_may_of_a_year_not_published", "2028-05-03"_day, true, false},
    {"national_day_of_a_year_not_published", "2029-10-03"_day, false, true},
    {"the_fourth_of_october_of_a_year_not_published", "2029-10-04"_day, true, false},
    {"the_30th_of_april_of_a_year_not_published", "2029-04-30"_day, true, false},
    {"a_weekend_of_a_year_not_published", "2027-01-02"_day, false, false},
};

struct YearRow {
    const char* name;
    int year;
    int days_off;
    int working_days;
};
const YearRow kYears[] = {{"of_2024", 2024, 28, 251}, {"of_2025", 2025, 28, 248}, {"of_2026", 2026, 33, 248}};

struct ProvisionalRow {
    const char* name;
    Day start;
    int n;
    DueDate due;
};
const ProvisionalRow kProvisional[] = {
    {"ends_in_the_last_published_year", "2026-12-30"_day, 1, {"2026-12-31"_day, false}},
    {"goes_into_the_next_year", "2026-12-31"_day, 1, {"2027-01-04"_day, true}},
    {"starts_before_the_first_published_year", "2023-12-29"_day, 1, {"2024-01-02"_day, true}},
    {"counts_around_the_fixed_holidays", "2027-09-30"_day, 1, {"2027-10-04"_day, true}},
};

struct BadRow {
    const char* name;
    std::vector<CalendarYear> years;
    std::vector<RegionalHoliday> regional;
    ErrorId id;
};
const BadRow kBad[] = {
    {"a_day_off_outside_its_year", {{2026, {"2027-01-01"_day}, {}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_make_up_outside_its_year", {{2026, {}, {"2027-01-02"_day}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_day_off_twice", {{2026, {"2026-10-01"_day, "2026-10-01"_day}, {}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_make_up_twice", {{2026, {}, {"2026-09-20"_day, "2026-09-20"_day}, ""}}, {}, ErrorId::calendar_bad_year},
    {"off_and_made_up", {{2026, {"2026-09-20"_day}, {"2026-09-20"_day}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_make_up_on_a_weekday", {{2026, {}, {"2026-09-18"_day}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_year_twice", {{2026, {}, {}, ""}, {2026, {}, {}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_year_out_of_range", {{12026, {}, {}, ""}}, {}, ErrorId::calendar_bad_year},
    {"a_regional_day_twice", {}, {{"2026-09-18"_day, "一"}, {"2026-09-18"_day, "二"}}, ErrorId::calendar_out_of_range},
};

}  // namespace

TEST_EACH(Calendar, counts_working_days_ahead, kAhead) {
    CPPUNIT_ASSERT_EQUAL(format(row.end), format(official().add_working_days(row.start, row.n).day));
    CPPUNIT_ASSERT(!official().add_working_days(row.start, row.n).provisional);
    CPPUNIT_ASSERT_EQUAL(row.n, official().working_days_between(row.start, row.end));
    CPPUNIT_ASSERT_EQUAL(-row.n, official().working_days_between(row.end, row.start));
}

TEST_EACH(Calendar, counts_working_days_back, kBack) {
    CPPUNIT_ASSERT_EQUAL(format(row.end), format(official().subtract_working_days(row.start, row.n).day));
    CPPUNIT_ASSERT(!official().subtract_working_days(row.start, row.n).provisional);
}

TEST_EACH(Calendar, knows_what_a_day_is, kDays) {
    CPPUNIT_ASSERT_EQUAL(row.working, official().is_working_day(row.day));
    CPPUNIT_ASSERT_EQUAL(row.holiday, official().is_holiday(row.day));
}

TEST_EACH(Calendar, holds_the_official_years, kYears) {
    const Day first{std::chrono::year{row.year} / std::chrono::January / 1};
    const Day last{std::chrono::year{row.year} / std::chrono::December / 31};
    CPPUNIT_ASSERT(official().published(row.year));
    CPPUNIT_ASSERT_EQUAL(row.working_days, official().working_days_between(first - std::chrono::days{1}, last));
    for (const CalendarYear& year : official().years())
        if (year.year == row.year) CPPUNIT_ASSERT_EQUAL(row.days_off, static_cast<int>(year.days_off.size()));
}

TEST_EACH(Calendar, marks_a_date_provisional, kProvisional) {
    const DueDate due = official().add_working_days(row.start, row.n);
    CPPUNIT_ASSERT_EQUAL(format(row.due.day), format(due.day));
    CPPUNIT_ASSERT_EQUAL(row.due.provisional, due.provisional);
}

TEST(Calendar, marks_a_date_provisional_when_counting_back) {
    CPPUNIT_ASSERT(official().subtract_working_days("2027-01-05"_day, 1).provisional);
    CPPUNIT_ASSERT(official().subtract_working_days("2024-01-02"_day, 1).provisional);
}

TEST(Calendar, moves_a_limit_on_a_day_off_to_the_next_working_day) {
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-08"), format(official().next_working_day("2026-10-01"_day).day));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-18"), format(official().next_working_day("2026-09-18"_day).day));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-20"), format(official().next_working_day("2026-09-19"_day).day));
    CPPUNIT_ASSERT(official().next_working_day("2027-01-01"_day).provisional);
    CPPUNIT_ASSERT(!official().next_working_day("2026-10-01"_day).provisional);
}

TEST(Calendar, lays_regional_holidays_over_the_national_years) {
    const Calendar calendar = with_regional("2026-09-21"_day);
    CPPUNIT_ASSERT(!calendar.is_working_day("2026-09-21"_day));
    CPPUNIT_ASSERT(calendar.is_holiday("2026-09-21"_day));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-10"), format(calendar.add_working_days("2026-09-18"_day, 10).day));
    CPPUNIT_ASSERT(!with_regional("2026-09-20"_day).is_working_day("2026-09-20"_day));
    CPPUNIT_ASSERT(!(calendar == official()));
}

TEST_EACH(Calendar, refuses, kBad) {
    const auto calendar = Calendar::make(row.years, row.regional);
    CPPUNIT_ASSERT(!calendar.ok());
    CPPUNIT_ASSERT_EQUAL(row.id, calendar.error().id);
    CPPUNIT_ASSERT(!calendar.error().detail.empty());
}

TEST(Calendar, sorts_what_comes_in_any_order) {
    const auto calendar =
        Calendar::make({{2026, {"2026-10-02"_day, "2026-10-01"_day}, {}, ""}, {2025, {}, {}, ""}}, {});
    CPPUNIT_ASSERT(calendar.ok());
    CPPUNIT_ASSERT_EQUAL(2025, calendar->years().front().year);
    CPPUNIT_ASSERT(calendar->years().back().days_off.front() == "2026-10-01"_day);
    CPPUNIT_ASSERT(!calendar->is_working_day("2026-10-02"_day));
    CPPUNIT_ASSERT(calendar->is_working_day("2025-10-02"_day));
}

#include "shared/base/time.h"

#include <string>

#include "tests/support/testing.h"

using namespace zige;
using namespace std::chrono_literals;

namespace {

struct DayRow {
    const char* name;
    const char* text;
    bool good;
};
const DayRow kDays[] = {
    {"ordinary", "2026-09-18", true},
    {"leap_day", "2024-02-29", true},
    {"leap_day_of_2000", "2000-02-29", true},
    {"no_leap_day_in_2026", "2026-02-29", false},
    {"no_leap_day_in_1900", "1900-02-29", false},
    {"first_year", "1900-01-01", true},
    {"before_first_year", "1899-12-31", false},
    {"last_year", "2199-12-31", true},
    {"after_last_year", "2200-01-01", false},
    {"month_13", "2026-13-01", false},
    {"month_0", "2026-00-01", false},
    {"day_0", "2026-01-00", false},
    {"31_september", "2026-09-31", false},
    {"without_dashes", "20260918", false},
    {"one_digit", "2026-9-18", false},
    {"slashes", "2026/09/18", false},
    {"trailing_space", "2026-09-18 ", false},
    {"sign", "+026-09-18", false},
    {"empty", "", false},
    {"full_width_digits", "２０２６-09-18", false},
};

struct TimeRow {
    const char* name;
    const char* text;
    bool good;
};
const TimeRow kTimes[] = {
    {"space", "2026-09-18 08:40:00", true},        {"letter_t", "2026-09-18T08:40:00", true},
    {"last_second", "2026-09-18 23:59:59", true},  {"hour_24", "2026-09-18 24:00:00", false},
    {"minute_60", "2026-09-18 08:60:00", false},   {"second_60", "2026-09-18 08:40:60", false},
    {"no_seconds", "2026-09-18 08:40", false},     {"zone", "2026-09-18T08:40:00Z", false},
    {"no_such_day", "2026-02-29 08:40:00", false}, {"other_separator", "2026-09-18_08:40:00", false},
    {"dots", "2026-09-18 08.40.00", false},        {"empty", "", false},
};

}  // namespace

TEST_EACH(Time, reads_days, kDays) {
    const auto day = parse_day(row.text, "last_day");
    CPPUNIT_ASSERT_EQUAL(row.good, day.ok());
    if (row.good) {
        CPPUNIT_ASSERT_EQUAL(std::string(row.text), format(*day));
    } else {
        CPPUNIT_ASSERT(day.error() == fail(ErrorId::time_bad_day, "last_day", row.text));
    }
}

TEST_EACH(Time, reads_times, kTimes) {
    const auto when = parse_time(row.text, "fee_time");
    CPPUNIT_ASSERT_EQUAL(row.good, when.ok());
    if (row.good) {
        std::string spaced = row.text;
        spaced[10] = ' ';
        CPPUNIT_ASSERT_EQUAL(spaced, format(*when));
    } else {
        CPPUNIT_ASSERT(when.error() == fail(ErrorId::time_bad_time, "fee_time", row.text));
    }
}

TEST(Time, counts_days_in_china) {
    CPPUNIT_ASSERT_EQUAL(std::string("1970-01-01 08:00:00"), format(Instant{}));
    const Instant last_second = parse_time("2026-03-09 23:59:59", "t").value();
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-09"), format(day_of(last_second)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-10"), format(day_of(last_second + 1s)));
    CPPUNIT_ASSERT(start_of(day_of(last_second + 1s)) == last_second + 1s);
    CPPUNIT_ASSERT_EQUAL(std::string("1969-12-31"), format(day_of(Instant{} - 9h)));
}

TEST(Time, keeps_an_error_short_however_long_the_input) {
    const auto day = parse_day(std::string(100'000, '9'), "last_day");
    CPPUNIT_ASSERT_EQUAL(std::size_t{40}, day.error().detail.size());
}

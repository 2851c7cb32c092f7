#include "hub/core/profile/calendar_file.h"

#include <fstream>
#include <sstream>

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

namespace {

std::string year_text(int year) {
    std::ifstream in(ZIGE_PACKAGING "/calendars/" + std::to_string(year) + ".json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

CalendarFile year_file(int year) {
    auto file = read_calendar_file(year_text(year));
    CPPUNIT_ASSERT_MESSAGE(file.ok() ? "" : file.error().describe(), file.ok());
    return std::move(*file);
}

const char* const kRegion =
    R"({"region": "411500", "source": "地方公告", "holidays": [{"name": "庆典", "day": "2026-11-23"}]})";

struct BadRow {
    const char* name;
    const char* text;
    const char* field;
};
const BadRow kBad[] = {
    {"no_json", "{", "file"},
    {"no_year", R"({"source": "s", "days_off": [], "make_up": []})", "year"},
    {"unknown_field", R"({"year": 2026, "source": "s", "days_off": [], "make_up": [], "more": 1})", "more"},
    {"no_such_day", R"({"year": 2026, "source": "s", "days_off": [], "make_up": ["2026-02-29"]})", "make_up[0]"},
    {"ends_before_it_begins",
     R"({"year": 2026, "source": "s", "days_off": [{"name": "n", "from": "2026-05-05", "to": "2026-05-01"}], "make_up": []})",
     "days_off[0].to"},
    {"a_year_off",
     R"({"year": 2026, "source": "s", "days_off": [{"name": "n", "from": "2026-01-01", "to": "2026-12-31"}], "make_up": []})",
     "days_off[0].to"},
    {"regional_day_as_number", R"({"region": "411500", "source": "s", "holidays": [{"name": "n", "day": 20261123}]})",
     "holidays[0].day"},
};

}  // namespace

TEST(CalendarFile, three_files_are_the_official_calendar) {
    const auto calendar = join_calendar({year_file(2026), year_file(2024), year_file(2025)});
    CPPUNIT_ASSERT(calendar.ok());
    CPPUNIT_ASSERT(Calendar::official() == *calendar);
}

TEST(CalendarFile, a_region_adds_its_days_off) {
    auto region = read_calendar_file(kRegion);
    CPPUNIT_ASSERT(region.ok());
    const Day day = *parse_day("2026-11-23", "day");
    const auto with = join_calendar({year_file(2026), *region});
    const auto without = join_calendar({year_file(2026)});
    CPPUNIT_ASSERT(!with->is_working_day(day));
    CPPUNIT_ASSERT(without->is_working_day(day));
}

TEST(CalendarFile, refuses_a_year_twice) {
    const auto calendar = join_calendar({year_file(2026), year_file(2026)});
    CPPUNIT_ASSERT(!calendar.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::calendar_bad_year, calendar.error().id);
}

TEST_EACH(CalendarFile, names_the_field_of_a_mistake, kBad) {
    const auto file = read_calendar_file(row.text);
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::calendar_bad_file, file.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), file.error().field);
}

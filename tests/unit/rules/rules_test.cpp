#include "hub/core/rules/rules.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/small_rules.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::small_rules;

namespace {

constexpr Day day(int year, unsigned month, unsigned number) {
    return Day{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number)};
}

}  // namespace

TEST(Rules, find_rows_by_name_or_say_that_there_are_none) {
    const Rules rules = small_rules();
    CPPUNIT_ASSERT_EQUAL(&rules.levels[1], rules.level("4-6"));
    CPPUNIT_ASSERT(rules.level("4") == nullptr);
    CPPUNIT_ASSERT_EQUAL(&rules.deadlines[0], rules.deadline(DueKind::appeal));
    CPPUNIT_ASSERT(rules.deadline(DueKind::departure) == nullptr);
    CPPUNIT_ASSERT_EQUAL(&rules.repair[0], rules.repair_way("activity"));
    CPPUNIT_ASSERT(rules.repair_way("exam") == nullptr);
}

struct RowRow {
    const char* name;
    MeasureBasis basis;
    unsigned points;
    int index;  ///< of small_rules().measures; -1: no measure
};
const RowRow kRows[] = {
    {"below_the_first", MeasureBasis::cumulative, 2, -1},
    {"first_of_a_range", MeasureBasis::cumulative, 3, 0},
    {"last_of_a_range", MeasureBasis::cumulative, 8, 0},
    {"first_of_the_next", MeasureBasis::cumulative, 9, 1},
    {"twelve", MeasureBasis::cumulative, 12, 3},
    {"fourteen_counts_as_twelve", MeasureBasis::cumulative, 14, 3},
    {"of_one_decision", MeasureBasis::single, 9, 4},
    {"gap", MeasureBasis::single, 10, -1},
    {"nothing_for_no_points", MeasureBasis::cumulative, 0, -1},
};
TEST_EACH(Rules, look_measures_up, kRows) {
    const Rules rules = small_rules();
    const MeasureRow* expected = row.index < 0 ? nullptr : &rules.measures[static_cast<std::size_t>(row.index)];
    CPPUNIT_ASSERT(rules.measure(row.basis, row.points) == expected);
}

struct ForceRow {
    const char* name;
    Day day;
    bool open;
    bool closed;  ///< with an end on 2026-01-01
};
const ForceRow kForce[] = {
    {"the_day_before", day(2025, 2, 28), false, false},
    {"the_first_day", day(2025, 3, 1), true, true},
    {"the_last_day", day(2025, 12, 31), true, true},
    {"the_day_of_the_end", day(2026, 1, 1), true, false},
};
TEST_EACH(Rules, are_in_force_from_a_day_to_before_another, kForce) {
    Rules rules = small_rules();
    CPPUNIT_ASSERT_EQUAL(row.open, rules.in_force(row.day));
    rules.effective_to = Sourced<Day>{day(2026, 1, 1), {}};
    CPPUNIT_ASSERT_EQUAL(row.closed, rules.in_force(row.day));
}

TEST(Rules, cite_the_article_before_the_colon) {
    const std::string text = "乌海告知书 四（二）：累计9分暂停1个月";
    CPPUNIT_ASSERT_EQUAL(std::string("乌海告知书 四（二）"), (Cite{ValueSource::article, text}.article()));
    CPPUNIT_ASSERT_EQUAL(std::string("乌海告知书 四（二）"), (Cite{ValueSource::inherits, text}.article()));
    CPPUNIT_ASSERT_EQUAL(std::string("第二条"), (Cite{ValueSource::article, "第二条"}.article()));
    CPPUNIT_ASSERT_EQUAL(std::string(), (Cite{ValueSource::ours, text}.article()));
    CPPUNIT_ASSERT_EQUAL(std::string(), (Cite{ValueSource::undecided, text}.article()));
}

#include "hub/core/rules/judging.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

/// 济宁 五（一）: three years of 9 or more lead to the row of 12.
Rules three_years() {
    Rules rules = xinyang_rules();
    rules.same_conduct_year.value = false;
    rules.consecutive_years = Sourced<Rules::ConsecutiveYears>{{3, 9}, {}};
    return rules;
}

struct YearsRow {
    const char* name;
    std::vector<CareerEvent> before;
    unsigned single;
    bool in_a_row;
    const char* tags;
};
const YearsRow kYears[] = {
    {"three_years", {scored("A", "2024-05-01", 9), scored("B", "2025-05-01", 10)}, 9, true, "JN-5-1"},
    {"two_years", {scored("B", "2025-05-01", 10)}, 9, false, "JN-5-1"},
    {"a_year_between", {scored("A", "2023-05-01", 9), scored("B", "2025-05-01", 9)}, 9, false, "JN-5-1"},
    {"eight_in_one_of_them", {scored("A", "2024-05-01", 9), scored("B", "2025-05-01", 8)}, 9, false, "JN-5-1"},
    {"eight_now", {scored("A", "2024-05-01", 9), scored("B", "2025-05-01", 9)}, 8, false, "JN-5-1"},
    {"nine_by_two_decisions",
     {scored("A", "2024-05-01", 9), scored("B", "2025-05-01", 9), scored("C", "2026-01-05", 5)},
     4,
     true,
     "JN-5-1"},
};
TEST_EACH(Judging, years_of_nine_points, kYears) {
    const Career career = career_of(row.before);
    const Rules rules = three_years();
    const Cumulative before = career.cumulative(rules, on("2026-05-01"), 2026);
    const Judged judged = judge(rules, career, 2026, row.single, before, {}).value();
    CPPUNIT_ASSERT_EQUAL(row.in_a_row, judged.consecutive_years);
    CPPUNIT_ASSERT_EQUAL(row.in_a_row, judged.effect.served.status == Standing::terminated);
}

TEST(Judging, months_that_an_operator_entered_stay_when_it_is_judged_again) {
    Rules rules = xinyang_rules();
    for (MeasureRow& each : rules.measures)
        if (each.months) each.months = Range{1, 6};
    Scored decision = scored("A", "2026-05-01", 9);
    decision.effect = judge(rules, {}, 2026, 9, {}, {5, {}, "情节较重"}).value().effect;
    const Career career = career_of({decision});
    CPPUNIT_ASSERT_EQUAL(5U, judge_again(rules, career, decision).value().effect.served.months);
    decision.effect = {};  // what changed no status had no months
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_months_needed, judge_again(rules, career, decision).error().id);
}

struct WatchRow {
    const char* name;
    std::vector<CareerEvent> events;
    bool listed;
    const char* tags;
};
const WatchRow kWatch[] = {
    {"one_decision_of_twelve", {scored("A", "2026-03-01", 12)}, true, "JN-6-3"},
    {"three_others",
     {scored("A", "2026-03-01", 1), scored("B", "2026-04-01", 1), scored("C", "2026-05-01", 1)},
     true,
     "JN-6-3"},
    {"two_others", {scored("A", "2026-03-01", 6), scored("B", "2026-04-01", 6)}, false, "JN-6-3"},
    {"three_in_two_years",
     {scored("A", "2025-03-01", 1), scored("B", "2026-04-01", 1), scored("C", "2026-05-01", 1)},
     false,
     "JN-6-3"},
    {"one_of_three_withdrawn",
     {scored("A", "2026-03-01", 12), scored("B", "2026-04-01", 1), Withdrawn{"A"}},
     false,
     "JN-6-3"},
};
TEST_EACH(Judging, watch_list, kWatch) {
    Rules rules = xinyang_rules();
    CPPUNIT_ASSERT(!on_watch_list(rules, career_of(row.events), 2026));
    rules.watch_list = Sourced<Rules::Watch>{{12, 3}, {}};
    CPPUNIT_ASSERT_EQUAL(row.listed, on_watch_list(rules, career_of(row.events), 2026));
}

}  // namespace
}  // namespace zige::hub::testing

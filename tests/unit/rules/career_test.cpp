#include "hub/core/rules/career.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

std::string barred(const Career& career, std::string_view day) {
    const auto until = career.barred_until(on(day));
    return until ? format(*until) : "not";
}

TAGS(Career, adds_up_the_points_of_a_calendar_year_by_the_day_of_decision, "XY-20");
TEST(Career, adds_up_the_points_of_a_calendar_year_by_the_day_of_decision) {
    const Career career =
        career_of({scored("A", "2025-12-31", 6), scored("B", "2026-01-01", 4), scored("C", "2026-12-31", 5)});
    CPPUNIT_ASSERT_EQUAL(6U, career.points_of(2025));
    CPPUNIT_ASSERT_EQUAL(9U, career.points_of(2026));
    CPPUNIT_ASSERT_EQUAL(0U, career.points_of(2027));  // 自动清零
}

TAGS(Career, shows_both_readings_of_a_year, "XY-20 XY-22");
TEST(Career, shows_both_readings_of_a_year) {
    const Career career = career_of({scored("A", "2026-01-20", 6, 2025), scored("B", "2026-02-20", 3, 2026)});
    Rules rules = xinyang_rules();
    const Cumulative strict = career.cumulative(rules, on("2026-03-01"), 2026);
    CPPUNIT_ASSERT_EQUAL(9U, strict.by_decision_year);
    CPPUNIT_ASSERT_EQUAL(3U, strict.by_conduct_year);
    CPPUNIT_ASSERT_EQUAL(3U, strict.counted);  // 仅对同一自然年度的负面情形累计记分
    rules.same_conduct_year.value = false;
    CPPUNIT_ASSERT_EQUAL(9U, career.cumulative(rules, on("2026-03-01"), 2026).counted);
}

TEST(Career, counts_only_what_was_decided_before) {
    const Career career =
        career_of({scored("A", "2026-05-01", 4), scored("B", "2026-05-01", 2), scored("C", "2026-03-01", 1)});
    const Rules rules = xinyang_rules();
    CPPUNIT_ASSERT_EQUAL(1U, career.cumulative(rules, on("2026-04-30"), 2026).counted);
    CPPUNIT_ASSERT_EQUAL(7U, career.cumulative(rules, on("2026-05-01"), 2026).counted);
    CPPUNIT_ASSERT_EQUAL(1U, career.cumulative_before(rules, "A").counted);
    CPPUNIT_ASSERT_EQUAL(5U, career.cumulative_before(rules, "B").counted);
    CPPUNIT_ASSERT_EQUAL(0U, career.cumulative_before(rules, "C").counted);
}

TAGS(Career, a_repair_counts_from_the_day_after_and_never_below_nothing, "XY-33");
TEST(Career, a_repair_counts_from_the_day_after_and_never_below_nothing) {
    const Career career =
        career_of({scored("A", "2026-03-01", 2), Repaired{"exam", 3, on("2026-04-01")}, scored("B", "2026-05-01", 4)});
    const Rules rules = xinyang_rules();
    CPPUNIT_ASSERT_EQUAL(2U, career.cumulative(rules, on("2026-04-01"), 2026).counted);
    CPPUNIT_ASSERT_EQUAL(0U, career.cumulative(rules, on("2026-04-02"), 2026).counted);
    CPPUNIT_ASSERT_EQUAL(4U, career.points_of(2026));  // what was repaired too much does not pay for later points
}

struct TakenBackRow {
    const char* name;
    std::optional<int> conduct_year;
    unsigned points;
    unsigned of_2025;
    unsigned of_2026;
    const char* tags;
};
const TakenBackRow kTakenBack[] = {
    {"of_the_year_that_is_named", 2026, 2, 6, 3, "XY-22 XY-33"},
    {"of_the_year_that_has_most", {}, 2, 4, 5, "XY-22 XY-33"},
    {"of_the_other_what_one_has_not", 2026, 7, 4, 0, "XY-22 XY-33"},
    {"of_both_what_is_more_than_one_has", {}, 8, 0, 3, "XY-22 XY-33"},
    {"of_a_year_without_points_nothing", 2024, 1, 5, 5, "XY-22 XY-33"},
};
TEST_EACH(Career, a_point_is_taken_back_once, kTakenBack) {
    Repaired repair{"activity", row.points, on("2026-04-01"), row.conduct_year};
    const Career career = career_of({scored("A", "2026-03-01", 6, 2025), scored("B", "2026-03-02", 5, 2026), repair});
    const Rules rules = xinyang_rules();
    const Cumulative later = career.cumulative(rules, on("2026-05-01"), 2026);
    CPPUNIT_ASSERT_EQUAL(row.of_2026, later.counted);
    CPPUNIT_ASSERT_EQUAL(row.of_2025, career.cumulative(rules, on("2026-05-01"), 2025).counted);
    CPPUNIT_ASSERT_EQUAL(row.of_2025 + row.of_2026, later.by_decision_year);
    CPPUNIT_ASSERT_EQUAL(row.of_2025 + row.of_2026, career.points_of(2026));
}

TAGS(Career, a_point_is_taken_back_of_the_later_of_two_years_that_have_as_many, "XY-22 XY-33");
TEST(Career, a_point_is_taken_back_of_the_later_of_two_years_that_have_as_many) {
    const Career career = career_of({scored("A", "2026-03-01", 4, 2025), scored("B", "2026-03-02", 4, 2026),
                                     Repaired{"activity", 1, on("2026-04-01")}});
    CPPUNIT_ASSERT(career.points_on(on("2026-04-01")) == (std::map<int, unsigned>{{2025, 4}, {2026, 3}}));
}

TEST(Career, a_bar_without_an_end_names_no_day_that_is_only_tomorrow) {
    SanctionBegan open = began("A", "2026-03-10", "2026-05-10");
    const Career dated = career_of({open});
    CPPUNIT_ASSERT_EQUAL(std::string("A, not before 2026-05-10 and not before it is restored"),
                         dated.bar_on(on("2026-04-01"))->words());
    CPPUNIT_ASSERT_EQUAL(std::string("A, not before it is restored"), dated.bar_on(on("2026-06-01"))->words());
}

TAGS(Career, a_bar_asks_for_a_restoration_if_any_of_them_does, "XY-34 XY-45");
TEST(Career, a_bar_asks_for_a_restoration_if_any_of_them_does) {
    SanctionBegan open = began("A", "2026-03-10", "2026-05-10");
    SanctionBegan dated = began("B", "2026-03-10", "2026-09-10");
    dated.interval.end = dated.interval.nominal_end;
    const std::optional<Bar> bar = career_of({open, dated}).bar_on(on("2026-04-01"));
    CPPUNIT_ASSERT(bar->until == on("2026-09-10") && bar->document == "B");
    CPPUNIT_ASSERT(bar->until_restored);
}

TEST(Career, a_correction_counts_as_if_it_had_always_been) {
    const Career career = career_of({scored("A", "2026-03-01", 9), Corrected{"A", 6, {}}});
    CPPUNIT_ASSERT_EQUAL(6U, career.points_of(2026));
    CPPUNIT_ASSERT(career.decisions()[0].corrected);
}

TEST(Career, what_was_withdrawn_counts_nothing_and_may_be_decided_again) {
    Career career = career_of({scored("A", "2026-03-01", 9), Withdrawn{"A"}});
    CPPUNIT_ASSERT_EQUAL(0U, career.points_of(2026));
    CPPUNIT_ASSERT(career.decision("A") == nullptr);
    CPPUNIT_ASSERT(career.step(scored("A", "2026-03-02", 3)).ok());
    CPPUNIT_ASSERT_EQUAL(3U, career.points_of(2026));
}

TEST(Career, keeps_its_intervals_sorted_and_forgets_what_never_was) {
    const Career career = career_of({began("A", "2026-03-10", "2026-05-10"), began("B", "2026-01-10", "2026-02-10"),
                                     SanctionOver{"A", on("2026-03-10"), SanctionEnd::corrected},
                                     began("A", "2026-03-10", "2026-04-10")});
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, career.timeline().size());
    CPPUNIT_ASSERT_EQUAL(std::string("B"), career.timeline()[0].document);
    CPPUNIT_ASSERT(career.timeline()[1].nominal_end == on("2026-04-10"));
}

TAGS(Career, two_sanctions_at_once_are_each_judged_on_their_own, "ours:rules.overlap");
TEST(Career, two_sanctions_at_once_are_each_judged_on_their_own) {
    const Career career = career_of({began("A", "2026-03-10", "2026-05-10"), began("B", "2026-04-10", "2026-08-10"),
                                     SanctionOver{"A", on("2026-05-10"), SanctionEnd::restored}});
    CPPUNIT_ASSERT(!career.timeline()[0].covers(on("2026-06-01")));
    CPPUNIT_ASSERT(career.timeline()[1].covers(on("2026-06-01")));
}

struct BarRow {
    const char* name;
    const char* day;
    const char* until;
    const char* tags;
};
const BarRow kBars[] = {
    {"before_it_begins", "2026-03-09", "not", "XY-45"},
    {"from_its_first_day_for_a_year", "2026-03-10", "2027-03-10", "XY-40-7"},
    {"on_the_last_day_of_the_year", "2027-03-09", "2027-03-10", "XY-40-7"},
    {"after_it_as_long_as_nobody_restores", "2027-03-10", "2027-03-11", "XY-34 XY-45"},
};
TEST_EACH(Career, a_termination_bars_registration, kBars) {
    const Career career =
        career_of({began("A", "2026-03-10", "2027-03-10", SanctionCause::points, Standing::terminated)});
    CPPUNIT_ASSERT_EQUAL(std::string(row.until), barred(career, row.day));
}

TAGS(Career, a_suspension_bars_registration_until_it_ends, "XY-45");
TEST(Career, a_suspension_bars_registration_until_it_ends) {
    Career career = career_of({began("A", "2026-03-10", "2026-05-10")});
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-10"), barred(career, "2026-03-10"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), barred(career, "2026-06-01"));  // 期满待评估
    CPPUNIT_ASSERT(career.step(SanctionOver{"A", on("2026-06-10"), SanctionEnd::restored}).ok());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-10"), barred(career, "2026-06-01"));
    CPPUNIT_ASSERT_EQUAL(std::string("not"), barred(career, "2026-06-10"));
}

TEST(Career, a_termination_that_never_was_bars_nobody) {
    const Career career =
        career_of({began("A", "2026-03-10", "2029-03-10", SanctionCause::points, Standing::terminated),
                   SanctionOver{"A", on("2026-03-10"), SanctionEnd::withdrawn}});
    CPPUNIT_ASSERT_EQUAL(std::string("not"), barred(career, "2026-03-11"));
}

struct BadRow {
    const char* name;
    CareerEvent event;
};
const BadRow kBad[] = {
    {"ends_what_never_began", SanctionOver{"X", Day{}, SanctionEnd::order}},
    {"shortens_what_never_began", SanctionShortened{"X", {}, {}}},
    {"corrects_what_was_never_decided", Corrected{"X", 3, {}}},
    {"withdraws_what_was_never_decided", Withdrawn{"X"}},
    {"decides_a_second_time", scored("A", "2026-03-02", 3)},
    {"starts_a_second_time", began("A", "2026-03-10", "2026-05-10")},
    {"decides_without_a_number", scored("", "2026-03-02", 3)},
};
TEST_EACH(Career, refuses_an_event_that, kBad) {
    Career career = career_of({scored("A", "2026-03-01", 9), began("A", "2026-03-10", "2026-05-10")});
    const Career before = career;
    CPPUNIT_ASSERT_EQUAL(ErrorId::ledger_bad_chain, career.step(row.event).error().id);
    CPPUNIT_ASSERT(before == career);
}

TEST(Career, recovers_the_stricter_of_both) {
    Career career =
        career_of({began("A", "2026-03-10", "2026-05-10"), SanctionOver{"A", on("2026-05-10"), SanctionEnd::restored}});
    StandingInterval found = career.timeline()[0];
    found.status = Standing::terminated;
    found.from = on("2026-03-01");
    found.end = on("2026-06-10");
    CPPUNIT_ASSERT(career.step(SanctionRecovered{found}).ok());
    CPPUNIT_ASSERT(StandingTimeline{found} == career.timeline());
    found.document = "B";
    CPPUNIT_ASSERT(career.step(SanctionRecovered{found}).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, career.timeline().size());
}

}  // namespace
}  // namespace zige::hub::testing

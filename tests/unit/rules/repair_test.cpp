#include "hub/core/rules/repair.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

/// 乌海 五（一）: bands of the exam.
Rules wuhai_rules() {
    Rules rules = xinyang_rules();
    rules.document = "内医保发〔2025〕7号";
    rules.repair[0].bands = {{{60, 75}, 1}, {{76, 90}, 2}, {{91, 100}, 3}};
    rules.repair[0].cite.text = "五（一）";
    return rules;
}

struct ExamRow {
    const char* name;
    const char* score;
    unsigned points;
    const char* tags;
};
const ExamRow kExams[] = {
    {"60_gives_1", "60", 1, "WH-5-1"},
    {"75_gives_1", "75", 1, "WH-5-1"},
    {"76_gives_2", "76.0", 2, "WH-5-1"},
    {"90_gives_2", "90", 2, "WH-5-1"},
    {"91_gives_3", "91", 3, "WH-5-1"},
    {"100_gives_3", "100.00", 3, "WH-5-1"},
    {"60_and_a_half_gives_1", "60.5", 1, "WH-5-1"},
};
TEST_EACH(Repair, by_an_exam_in_wuhai, kExams) {
    const Career career = career_of({scored("A", "2026-03-01", 6)});
    const RepairPlan plan =
        plan_repair(wuhai_rules(), career, {"exam", parse_score(row.score).value(), 1, {}, on("2026-04-01")}).value();
    CPPUNIT_ASSERT_EQUAL(row.points, plan.points);
    CPPUNIT_ASSERT(plan.shorter.empty() && plan.over.empty());
}

struct BetweenRow {
    const char* name;
    unsigned score_hundredths;
    std::optional<unsigned> entered;
    std::optional<ErrorId> error;
};
const BetweenRow kBetween[] = {
    {"asks_the_operator", 7550, {}, ErrorId::points_operator_decides},
    {"takes_the_lower_band", 7550, 1, {}},
    {"takes_the_higher_band", 7550, 2, {}},
    {"takes_nothing_else", 7550, 3, ErrorId::points_out_of_range},
    {"asks_between_90_and_91_too", 9001, {}, ErrorId::points_operator_decides},
    {"refuses_59", 5999, 1, ErrorId::case_bad_field},
};
TEST_EACH(Repair, of_a_score_between_two_bands, kBetween) {
    const Career career = career_of({scored("A", "2026-03-01", 6)});
    const auto plan =
        plan_repair(wuhai_rules(), career, {"exam", row.score_hundredths, 1, row.entered, on("2026-04-01")});
    if (row.error) CPPUNIT_ASSERT_EQUAL(*row.error, plan.error().id);
    else CPPUNIT_ASSERT_EQUAL(*row.entered, plan.value().points);
}

const Career kSuspended = career_of({scored("A", "2026-03-01", 10), began("A", "2026-03-10", "2026-07-10")});

RepairAsked activity(std::string_view day, unsigned times = 1) { return {"activity", {}, times, {}, on(day)}; }

TAGS(Repair, makes_a_suspension_one_month_shorter, "XY-33 WH-5");
TEST(Repair, makes_a_suspension_one_month_shorter) {
    const RepairPlan plan = plan_repair(xinyang_rules(), kSuspended, activity("2026-04-01")).value();
    CPPUNIT_ASSERT_EQUAL(1U, plan.points);
    CPPUNIT_ASSERT(plan.shorter == (std::vector<SanctionShortened>{{"A", on("2026-06-10"), std::nullopt}}));
    CPPUNIT_ASSERT(plan.over.empty());
}

TAGS(Repair, that_ends_a_suspension_takes_effect_the_day_after, "XY-33");
TEST(Repair, that_ends_a_suspension_takes_effect_the_day_after) {
    const RepairPlan plan = plan_repair(xinyang_rules(), kSuspended, activity("2026-06-20")).value();
    CPPUNIT_ASSERT(plan.over == (std::vector<SanctionOver>{{"A", on("2026-06-21"), SanctionEnd::repaired}}));
    CPPUNIT_ASSERT(plan.shorter.empty());
}

TEST(Repair, shortens_the_same_suspension_once_only) {
    Career career = kSuspended;
    CPPUNIT_ASSERT(career.step(SanctionShortened{"A", on("2026-06-10"), {}}).ok());
    CPPUNIT_ASSERT(plan_repair(xinyang_rules(), career, activity("2026-04-01")).value().shorter.empty());
}

TEST(Repair, leaves_what_runs_for_another_cause_or_has_run_out) {
    Career career =
        career_of({scored("A", "2026-03-01", 3), began("B", "2026-03-10", "2026-07-10", SanctionCause::agreement)});
    CPPUNIT_ASSERT(plan_repair(xinyang_rules(), career, activity("2026-04-01")).value().shorter.empty());
    CPPUNIT_ASSERT(plan_repair(xinyang_rules(), kSuspended, activity("2026-07-09")).value().over.empty());
}

TAGS(Repair, makes_the_bar_of_a_termination_a_month_shorter_and_never_ends_it, "XY-33");
TEST(Repair, makes_the_bar_of_a_termination_a_month_shorter_and_never_ends_it) {
    const Career career =
        career_of({scored("A", "2026-03-01", 8), scored("B", "2026-03-05", 4),
                   began("B", "2026-03-10", "2027-03-10", SanctionCause::points, Standing::terminated)});
    const RepairPlan plan = plan_repair(xinyang_rules(), career, activity("2026-04-01")).value();
    CPPUNIT_ASSERT(plan.shorter == (std::vector<SanctionShortened>{{"B", on("2027-02-10"), on("2027-02-10")}}));
}

TAGS(Repair, takes_back_points_of_the_conduct_year_that_is_named, "XY-22 XY-33");
TEST(Repair, takes_back_points_of_the_conduct_year_that_is_named) {
    const Career career = career_of({scored("A", "2026-02-01", 6, 2025), scored("B", "2026-03-01", 2, 2026)});
    RepairAsked asked = activity("2026-04-01", 3);
    CPPUNIT_ASSERT_EQUAL(2025, plan_repair(xinyang_rules(), career, asked).value().conduct_year);
    CPPUNIT_ASSERT_EQUAL(3U, plan_repair(xinyang_rules(), career, asked).value().points);
    asked.conduct_year = 2026;
    CPPUNIT_ASSERT_EQUAL(2U, plan_repair(xinyang_rules(), career, asked).value().points);
    asked.conduct_year = 2024;
    const Error refused = plan_repair(xinyang_rules(), career, asked).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_nothing_to_repair, refused.id);
    CPPUNIT_ASSERT(refused.detail.find("2025, 2026") != std::string::npos);
}

TAGS(Repair, reaches_what_was_there_on_its_day, "XY-33");
TEST(Repair, reaches_what_was_there_on_its_day) {
    const Career career = career_of({scored("A", "2026-03-01", 2), scored("B", "2026-05-01", 12),
                                     began("B", "2026-05-02", "2029-05-02", SanctionCause::points, Standing::terminated)});
    const RepairPlan plan = plan_repair(xinyang_rules(), career, activity("2026-04-01", 3)).value();
    CPPUNIT_ASSERT_EQUAL(2U, plan.points);  // the 12 came after it
    CPPUNIT_ASSERT(plan.shorter.empty() && plan.over.empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_repairable,
                         plan_repair(xinyang_rules(), career, activity("2026-05-01")).error().id);
}

struct CapRow {
    const char* name;
    std::vector<Repaired> before;
    RepairAsked asked;
    unsigned points;
    std::optional<ErrorId> error;
    const char* tags;
};
const CapRow kCaps[] = {
    {"three_activities_at_once", {}, activity("2026-04-01", 3), 3, {}, "XY-33-2"},
    {"a_fourth_activity_gives_nothing", {}, activity("2026-04-01", 4), 3, {}, "XY-33-2"},
    {"what_is_left_of_three", {{"activity", 2, on("2026-03-20")}}, activity("2026-04-01", 2), 1, {}, "XY-33-2"},
    {"nothing_is_left",
     {{"activity", 3, on("2026-03-20")}},
     activity("2026-04-01"),
     0,
     ErrorId::points_repair_used_up,
     "XY-33-2"},
    {"last_year_does_not_count", {{"activity", 3, on("2025-12-31")}}, activity("2026-04-01"), 1, {}, "XY-33-2"},
    {"one_exam_a_year",
     {{"exam", 1, on("2026-03-20")}},
     {"exam", {}, 1, 2, on("2026-04-01")},
     0,
     ErrorId::points_repair_used_up,
     "XY-33-1"},
    {"an_exam_beside_activities",
     {{"activity", 3, on("2026-03-20")}},
     {"exam", {}, 1, 3, on("2026-04-01")},
     3,
     {},
     "XY-33-1"},
    {"an_exam_of_four_points", {}, {"exam", {}, 1, 4, on("2026-04-01")}, 0, ErrorId::points_out_of_range, "XY-33-1"},
    {"an_exam_without_points",
     {},
     {"exam", {}, 1, {}, on("2026-04-01")},
     0,
     ErrorId::points_operator_decides,
     "XY-33-1"},
    {"an_unknown_way", {}, {"gift", {}, 1, {}, on("2026-04-01")}, 0, ErrorId::case_bad_field, "XY-33"},
    {"before_there_were_points", {}, activity("2025-04-01"), 0, ErrorId::points_nothing_to_repair, "XY-33"},
};
TEST_EACH(Repair, within_the_caps_of_the_year, kCaps) {
    std::vector<CareerEvent> events = {scored("A", "2026-03-01", 8)};
    for (const Repaired& each : row.before) events.emplace_back(each);
    const auto plan = plan_repair(xinyang_rules(), career_of(events), row.asked);
    if (row.error) CPPUNIT_ASSERT_EQUAL(*row.error, plan.error().id);
    else CPPUNIT_ASSERT_EQUAL(row.points, plan.value().points);
}

TAGS(Repair, never_of_a_single_twelve, "XY-33 WH-5");
TEST(Repair, never_of_a_single_twelve) {
    const Career career = career_of({scored("A", "2026-03-01", 12), scored("B", "2026-03-05", 1)});
    const auto plan = plan_repair(xinyang_rules(), career, activity("2026-04-01"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_repairable, plan.error().id);
    CPPUNIT_ASSERT(plan.error().detail.find("第三十三条") != std::string::npos);
}

TEST(Repair, gives_back_no_more_than_there_is) {
    const Career career = career_of({scored("A", "2026-03-01", 1)});
    CPPUNIT_ASSERT_EQUAL(1U, plan_repair(xinyang_rules(), career, activity("2026-04-01", 3)).value().points);
}

TEST(Repair, counts_months_back_as_notices_count_them_on) {
    CPPUNIT_ASSERT_EQUAL(std::string("2026-02-10"), format(months_before(on("2026-03-10"), 1)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-01"), format(months_before(on("2026-03-31"), 1)));
}

struct ScoreRow {
    const char* name;
    const char* text;
    std::optional<unsigned> hundredths;
};
const ScoreRow kScores[] = {{"75_5", "75.5", 7550},           {"100", "100", 10000}, {"over_100", "100.01", {}},
                            {"words", "七十五", {}},          {"nothing", "", {}},   {"a_point", "75.", {}},
                            {"three_decimals", "75.555", {}}, {"negative", "-1", {}}};
TEST_EACH(Repair, reads_a_score, kScores) {
    const auto score = parse_score(row.text);
    CPPUNIT_ASSERT_EQUAL(row.hundredths.has_value(), score.ok());
    if (score.ok()) CPPUNIT_ASSERT_EQUAL(*row.hundredths, *score);
}

}  // namespace
}  // namespace zige::hub::testing

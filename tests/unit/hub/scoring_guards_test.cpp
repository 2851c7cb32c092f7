#include "hub/core/scoring.h"

#include "tests/support/testing.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {
namespace {

TAGS(Scoring, a_decision_needs_a_registration_where_it_happened_or_a_reason, "XY-9 XY-43");
TEST(Scoring, a_decision_needs_a_registration_where_it_happened_or_a_reason) {
    ScoringScene s;
    MatterOrder order = matter("A", "2026-05-01", 9, true, ScoringScene::kOther);
    order.institution = kTownship;
    const std::uint64_t before = s.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_registered_there, s.scoring().decide(kOperator, order).error().id);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    order.unregistered_reason = "未登记备案即上岗";
    must(s.scoring().decide(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(9U, s.career(ScoringScene::kOther).points_of(2026));
}

TAGS(Scoring, one_number_for_two_people_is_one_document_or_refused, "XY-42");
TEST(Scoring, one_number_for_two_people_is_one_document_or_refused) {
    ScoringScene s;
    MatterOrder together = matter("A", "2026-05-01", 4);
    together.people.push_back(matter("A", "2026-05-01", 6, true, ScoringScene::kOther).people[0]);
    must(s.scoring().decide(kOperator, together));  // one matter, one document
    must(s.scoring().decide(kOperator, matter("B", "2026-05-10", 1)));
    MatterOrder again = matter("B", "2026-05-10", 1, true, ScoringScene::kOther);
    const Error refused = s.scoring().decide(kOperator, again).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_document_of_another, refused.id);
    CPPUNIT_ASSERT(refused.detail.find("2026-05-10") != std::string::npos);
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "B", "人员有误"}));
    must(s.scoring().decide(kOperator, again));  // the number was typed for the wrong one
    MatterOrder first = matter("C", "2026-05-20", 1);
    MatterOrder second = matter("C", "2026-05-20", 2, true, ScoringScene::kOther);
    first.reference = second.reference = "信医保案〔2026〕7号";
    must(s.scoring().decide(kOperator, first));
    must(s.scoring().decide(kOperator, second));  // of the same matter, decided one after the other
}

TEST(Scoring, several_people_are_decided_all_or_none) {
    ScoringScene s;
    MatterOrder order = matter("A", "2026-05-01", 4);
    order.people.push_back(matter("A", "2026-05-01", 6, true, ScoringScene::kOther).people[0]);
    order.people[1].violations[0].points = 13;
    const std::uint64_t before = s.log_size();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_out_of_range, s.scoring().decide(kOperator, order).error().id);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    CPPUNIT_ASSERT_EQUAL(0U, s.career().points_of(2026));
}

struct PrintedRow {
    const char* name;
    std::optional<Day> from;
    std::optional<Day> end;
    const char* field;
    const char* why;
};
const PrintedRow kPrinted[] = {
    {"that_begins_on_the_day_of_service", day("2026-05-01"), {}, "printed_from", "day of service"},
    {"that_begins_over_a_year_ahead", day("2062-05-02"), {}, "printed_from", "over a year ahead"},
    {"of_more_than_three_years", {}, day("2029-06-02"), "printed_end", "over 3 years"},
    {"that_is_not_what_the_text_gives", {}, day("2026-10-02"), "printed_end", "not 4 months"},
};
TEST_EACH(Scoring, asks_why_of_a_printed_period, kPrinted) {
    ScoringScene s;
    MatterOrder order = matter("A", "2026-05-01", 10);  // 4 months
    order.people[0].service.printed_from = row.from;
    order.people[0].service.printed_end = row.end;
    const Error asked = s.scoring().decide(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, asked.id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), asked.field);
    CPPUNIT_ASSERT_MESSAGE(asked.detail, asked.detail.find(row.why) != std::string::npos);
    CPPUNIT_ASSERT(asked.detail.find("--force-date") != std::string::npos);
    order.people[0].service.forced_dates = "文书如此印明";
    must(s.scoring().decide(kOperator, order));
    if (row.end) CPPUNIT_ASSERT(s.standing().at(0).nominal_end == row.end);
}

TAGS(Sanctions, of_points_are_ended_by_points_only, "XY-34 XY-35 XY-40-8");
TEST(Sanctions, of_points_are_ended_by_points_only) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 10)));
    const std::uint64_t before = s.log_size();
    for (const char* end : {"2026-05-02", "2026-05-20", "2026-12-01"}) {  // the first day too: the points would stay
        const Error refused = s.hub().sanctions().end(kOperator, ScoringScene::kWho, "A", day(end), "误录").error();
        CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, refused.id);
        CPPUNIT_ASSERT(refused.detail.find("points restore") != std::string::npos);
    }
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    CPPUNIT_ASSERT(!s.standing().at(0).end);
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "撤销"}));
    CPPUNIT_ASSERT(s.standing().empty());
}

}  // namespace
}  // namespace zige::hub::testing

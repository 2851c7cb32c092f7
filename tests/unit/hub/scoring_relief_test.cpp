#include "hub/core/scoring.h"

#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {
namespace {

RepairOrder repair_by(const char* way, std::string_view on, std::optional<unsigned> points = {},
                      const std::string& who = ScoringScene::kWho) {
    RepairOrder order;
    order.who = who;
    order.asked = {way, {}, 1, points, day(on)};
    order.reason = "情况属实";
    return order;
}

std::optional<Day> last_day_at(ScoringScene& s, const std::string& institution) {
    for (const PersonInfo::Site& site : s.person(ScoringScene::kWho).sites)
        if (site.institution == institution) return site.registration.last_day;
    throw std::runtime_error("not registered at " + institution);
}

/// 张伟, terminated by a single 12 of 2026-02-01, evaluated and restored on 2029-02-02.
struct RestoredScene : ScoringScene {
    RestoredScene() : ScoringScene({xinyang_rules()}, "2026-03-01 09:00:00") {
        must(scoring().decide(kOperator, matter("A", "2026-02-01", 12)));
        clock.advance(std::chrono::hours{24 * 1065});  // 2029-01-29
        must(scoring().restore(kOperator, {kWho, {"A", day("2029-01-10"), day("2029-01-20")}, "评估合格"}));
    }
};

TAGS(Restoration, of_what_was_withdrawn_lets_the_registrations_run_on, "XY-31 XY-35");
TEST(Restoration, of_what_was_withdrawn_lets_the_registrations_run_on) {
    RestoredScene s;
    CPPUNIT_ASSERT(last_day_at(s, kHospital) == day("2029-02-01"));
    const WithdrawOrder order{ScoringScene::kWho, "A", "复议撤销"};
    const ScoringResult said = must(s.scoring().withdraw(kOperator, order, Run::preview));
    CPPUNIT_ASSERT_EQUAL((std::vector{kHospital, kTownship}), said.people.at(0).registered_again);
    must(s.scoring().withdraw(kOperator, order));
    CPPUNIT_ASSERT(!last_day_at(s, kHospital) && !last_day_at(s, kTownship));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Restoration, of_what_was_corrected_to_a_suspension_ends_no_registration, "XY-31 XY-35");
TEST(Restoration, of_what_was_corrected_to_a_suspension_ends_no_registration) {
    RestoredScene s;
    const ScoringResult result = must(s.scoring().correct(kOperator, correction("A", 11)));
    CPPUNIT_ASSERT(s.standing().at(0).status == Standing::suspended);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.people.at(0).registered_again.size());
    CPPUNIT_ASSERT(!last_day_at(s, kHospital));
}

TAGS(Restoration, that_came_late_stays_at_the_evaluation_when_the_period_is_corrected, "XY-31 XY-34");
TEST(Restoration, that_came_late_stays_at_the_evaluation_when_the_period_is_corrected) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-01-05", 10)));  // from 01-06 to 05-06
    must(s.scoring().restore(kOperator, {ScoringScene::kWho, {"A", day("2026-05-10"), day("2026-05-20")}, "评估合格"}));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-05-20"));
    must(s.scoring().correct(kOperator, correction("A", 9)));  // to 03-06
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-03-06"));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-05-20"));
    must(s.scoring().correct(kOperator, correction("A", 10)));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-05-20"));  // he was paid since, and nothing graver is served
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

/// 张伟, terminated for one year by 12 points of the year, evaluated and restored from 2027-02-11.
struct RestoredYearScene : ScoringScene {
    RestoredYearScene() : ScoringScene({xinyang_rules()}, "2026-03-01 09:00:00") {
        must(scoring().decide(kOperator, matter("A", "2026-02-01", 6)));
        must(scoring().decide(kOperator, matter("B", "2026-02-10", 6)));
        clock.advance(std::chrono::hours{24 * 335});  // 2027-01-30
        must(scoring().restore(kOperator, {kWho, {"B", day("2027-01-10"), day("2027-01-20")}, "评估合格"}));
    }
};

TAGS(Restoration, of_one_year_does_not_serve_for_three, "XY-31 XY-34 XY-40-8");
TEST(Restoration, of_one_year_does_not_serve_for_three) {
    RestoredYearScene s;
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2027-02-11"));
    CorrectOrder single = correction("B", 12);
    single.service.served_on = day("2027-01-30");
    const ScoringResult said = must(s.scoring().correct(kOperator, single));
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2029-02-11"));
    CPPUNIT_ASSERT(!s.standing().at(0).end);  // 期满待评估
    CPPUNIT_ASSERT(s.career().bar_on(day("2029-03-01"))->until_restored);
    CPPUNIT_ASSERT(said.people.at(0).registered_again.empty());  // terminated as before
    const auto dues = must(s.hub().due_list().list(std::nullopt));
    CPPUNIT_ASSERT(std::ranges::any_of(dues, [](const DueItem& each) {
        return each.kind == DueKind::apply_restoration && each.about == "B";
    }));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Restoration, is_remembered_through_two_corrections, "XY-31 XY-34");
TEST(Restoration, is_remembered_through_two_corrections) {
    ScoringScene s({xinyang_rules()}, "2026-03-28 09:00:00");
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 9)));  // from 02-02 to 04-02
    must(s.scoring().restore(kOperator, {ScoringScene::kWho, {"A", day("2026-03-10"), day("2026-03-20")}, "评估合格"}));
    for (const unsigned points : {10U, 11U}) {
        CorrectOrder longer = correction("A", points);
        longer.service.served_on = day("2026-03-28");
        must(s.scoring().correct(kOperator, longer));
    }
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-08-02"));
}

TEST(Restoration, leaves_no_gap_before_a_registration_of_its_own) {
    RestoredScene s;
    s.clock.advance(std::chrono::hours{24 * 30});  // 2029-02-28
    RosterRow anew = row(ScoringScene::kWho, "张伟", "110105194912310021");
    anew.contract_from = day("2029-02-10");
    CPPUNIT_ASSERT_EQUAL(1U, s.import(kHospital, {anew}).restarted);
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "复议撤销"}));
    CPPUNIT_ASSERT(last_day_at(s, kHospital) == day("2029-02-09"));  // the older one
    CPPUNIT_ASSERT(!last_day_at(s, kTownship));
}

TAGS(Restoration, is_not_needed_where_the_text_says_years_only, "JN-5-2");
TEST(Restoration, is_not_needed_where_the_text_says_years_only) {
    Rules rules = xinyang_rules();
    rules.restores_by_itself = {true, {ValueSource::article, "济宁通知 五（二）"}};
    ScoringScene s({rules}, "2026-03-01 09:00:00");
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 12)));
    CPPUNIT_ASSERT(s.career().bar_on(day("2028-01-01")));
    CPPUNIT_ASSERT(!s.career().bar_on(day("2029-02-02")));  // 3年内不再签订, and then anew
    CPPUNIT_ASSERT(last_day_at(s, kHospital) == day("2029-02-01"));
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "撤销"}));
    CPPUNIT_ASSERT(!last_day_at(s, kHospital));
}

TAGS(Repair, falls_when_the_decision_becomes_a_single_twelve, "XY-33");
TEST(Repair, falls_when_the_decision_becomes_a_single_twelve) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 10)));
    must(s.scoring().repair(kOperator, repair_by("activity", "2026-03-10")));
    CPPUNIT_ASSERT_EQUAL(9U, s.career().points_of(2026));
    CorrectOrder single = correction("A", 12);
    single.service.served_on = day("2026-06-01");
    const ScoringResult result = must(s.scoring().correct(kOperator, single));
    CPPUNIT_ASSERT_EQUAL(12U, s.career().points_of(2026));
    CPPUNIT_ASSERT(s.career().repairs().empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.people.at(0).repairs_fallen.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2029-02-02"), format(*s.standing().at(0).nominal_end));  // not a month less
    must(s.reopen());
    CPPUNIT_ASSERT(s.career().repairs().empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Repair, falls_with_a_twelve_that_is_entered_late_and_its_month_comes_back, "XY-33");
TEST(Repair, falls_with_a_twelve_that_is_entered_late_and_its_month_comes_back) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 10)));  // 4 months, to 06-02
    must(s.scoring().repair(kOperator, repair_by("activity", "2026-03-10")));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(*s.standing().at(0).nominal_end));
    MatterOrder late = matter("B", "2026-02-15", 12);
    must(s.scoring().decide(kOperator, late));
    CPPUNIT_ASSERT_EQUAL(22U, s.career().points_of(2026));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), format(*s.standing().at(0).nominal_end));
    must(s.scoring().decide(kOperator, matter("C", "2026-05-01", 1)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_not_repairable,
                         s.scoring().repair(kOperator, repair_by("activity", "2026-05-10")).error().id);
}

TAGS(Repair, of_one_conduct_year_frees_nothing_that_rests_on_another, "XY-22 XY-33");
TEST(Repair, of_one_conduct_year_frees_nothing_that_rests_on_another) {
    ScoringScene s;
    MatterOrder last_year = matter("A", "2026-02-01", 6);
    last_year.conduct_year = 2025;
    must(s.scoring().decide(kOperator, last_year));
    must(s.scoring().decide(kOperator, matter("B", "2026-03-01", 6)));
    must(s.scoring().decide(kOperator, matter("C", "2026-05-20", 3)));  // 9 of conduct 2026: a month
    RepairOrder repair = repair_by("activity", "2026-05-25");
    repair.asked.conduct_year = 2025;
    const RepairOutcome outcome = must(s.scoring().repair(kOperator, repair));
    CPPUNIT_ASSERT(outcome.plan.over.empty() && outcome.plan.shorter.empty());
    CPPUNIT_ASSERT(!s.standing().at(0).end);
    CPPUNIT_ASSERT_EQUAL(14U, s.career().points_of(2026));
    repair.asked.conduct_year = 2026;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(s.scoring().repair(kOperator, repair)).plan.over.size());
}

TAGS(Repair, with_points_that_the_operator_chose_has_a_reason, "XY-33-1");
TEST(Repair, with_points_that_the_operator_chose_has_a_reason) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 6)));
    RepairOrder repair = repair_by("exam", "2026-03-10", 2);
    repair.reason.clear();
    const Error asked = s.scoring().repair(kOperator, repair).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, asked.id);
    CPPUNIT_ASSERT_EQUAL(std::string("reason"), asked.field);
    repair = repair_by("activity", "2026-03-10", 3);  // the text gives one point each
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_nothing_to_enter, s.scoring().repair(kOperator, repair).error().id);
}

TAGS(Merge, asks_about_two_exams_of_one_year, "XY-33-1");
TEST(Merge, asks_about_two_exams_of_one_year) {
    ScoringScene s;
    s.add(kPharmacy);
    s.import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
    MatterOrder there = matter("B", "2026-03-01", 6, true, "N411500000077");
    there.institution = kPharmacy;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 6)));
    must(s.scoring().decide(kOperator, there));
    must(s.scoring().repair(kOperator, repair_by("exam", "2026-03-10", 2)));
    must(s.scoring().repair(kOperator, repair_by("exam", "2026-04-10", 2, "N411500000077")));
    const MergeOrder order{"N411500000077", ScoringScene::kWho, "同一人"};
    const MergeResult said = must(s.hub().linked_sanctions().merge(kOperator, order, Run::preview));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, said.repaired_twice.size());
    CPPUNIT_ASSERT_EQUAL(std::string("exam 2026: 2 > 1; 第三十三条第（一）项"), said.repaired_twice.front());
}

/// One person of two files: 6 points in the one and 9 in the other, served as 2 months; together they would be 15.
struct MergedScene : ScoringScene {
    MergedScene() {
        add(kPharmacy);
        import(kPharmacy, {row("N411500000077", "张伟", "E12345678")});
        MatterOrder there = matter("A", "2026-02-01", 6, true, "N411500000077");
        there.institution = kPharmacy;
        must(scoring().decide(kOperator, there));
        must(scoring().decide(kOperator, matter("B", "2026-03-01", 9)));
        must(hub().linked_sanctions().merge(kOperator, {"N411500000077", kWho, "同一人"}));
    }
    void assert_served_as_it_was() {
        const Career now = career();
        const StandingInterval* served = now.interval("B");
        CPPUNIT_ASSERT(served != nullptr && served->status == Standing::suspended);
        CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(*served->nominal_end));
    }
};

TAGS(Merge, then_a_repair_makes_nothing_graver, "XY-12 XY-33");
TEST(Merge, then_a_repair_makes_nothing_graver) {
    MergedScene s;
    const RepairOutcome outcome = must(s.scoring().repair(kOperator, repair_by("activity", "2026-02-20")));
    CPPUNIT_ASSERT(outcome.later.empty());
    CPPUNIT_ASSERT_EQUAL(14U, s.career().points_of(2026));
    s.assert_served_as_it_was();
}

TAGS(Merge, then_a_withdrawal_or_a_milder_decision_makes_nothing_graver, "XY-12 XY-31");
TEST(Merge, then_a_withdrawal_or_a_milder_decision_makes_nothing_graver) {
    MergedScene s;
    CPPUNIT_ASSERT(must(s.scoring().correct(kOperator, correction("A", 1))).people.at(0).later.empty());
    s.assert_served_as_it_was();
    CPPUNIT_ASSERT(must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "复议撤销"})).people.at(0).later.empty());
    s.assert_served_as_it_was();
}

TAGS(Merge, then_a_late_decision_that_leads_to_no_other_row_leaves_it_to_a_person, "XY-12 XY-20");
TEST(Merge, then_a_late_decision_that_leads_to_no_other_row_leaves_it_to_a_person) {
    MergedScene s;
    MatterOrder late = matter("C", "2026-01-20", 1);
    late.late_reason = "补录";
    const ScoringResult result = must(s.scoring().decide(kOperator, late));
    const std::vector<Scored>& later = result.people.at(0).later;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, later.size());
    CPPUNIT_ASSERT_EQUAL(std::string("A"), later[0].document);  // 7 points of the year; B was over 12 without it
    s.assert_served_as_it_was();
}

TAGS(Scoring, a_printed_period_is_kept_with_its_service, "XY-43");
TEST(Scoring, a_printed_period_is_kept_with_its_service) {
    ScoringScene s;
    MatterOrder order = matter("A", "2026-05-01", 10, false);
    order.people[0].service.printed_from = day("2026-05-20");
    const std::uint64_t before = s.log_size();
    const Error refused = s.scoring().decide(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_missing_field, refused.id);
    CPPUNIT_ASSERT_EQUAL(std::string("served_on"), refused.field);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    order.people[0].service.served_on = day("2026-05-08");
    must(s.scoring().decide(kOperator, order));
    CPPUNIT_ASSERT(s.standing().at(0).from == day("2026-05-20"));
}

}  // namespace
}  // namespace zige::hub::testing

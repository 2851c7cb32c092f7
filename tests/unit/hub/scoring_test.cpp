#include "hub/core/scoring.h"

#include <random>

#include "tests/support/testing.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {
namespace {

struct EffectRow {
    const char* name;
    unsigned points;
    std::optional<Standing> status;
    const char* end;  ///< of the period that begins on 2026-05-02
    const char* article;
    const char* tags;
};
const EffectRow kEffects[] = {
    {"8", 8, {}, "", "第四十条第（三）项", "XY-40-3"},
    {"9", 9, Standing::suspended, "2026-07-02", "第四十条第（四）项", "XY-40-4"},
    {"10", 10, Standing::suspended, "2026-09-02", "第四十条第（五）项", "XY-40-5"},
    {"11", 11, Standing::suspended, "2026-11-02", "第四十条第（六）项", "XY-40-6"},
    {"12", 12, Standing::terminated, "2029-05-02", "第四十条第（八）项", "XY-40-8"},
};
TEST_EACH(Scoring, of_a_single_decision_of, kEffects) {
    ScoringScene s;
    const ScoringResult result = must(s.scoring().decide(kOperator, matter("A", "2026-05-01", row.points)));
    const PersonOutcome& outcome = result.people.at(0);
    CPPUNIT_ASSERT_EQUAL(std::string(row.article), outcome.decision.effect.served.article);
    CPPUNIT_ASSERT_EQUAL(row.status.has_value(), outcome.interval.has_value());
    CPPUNIT_ASSERT_EQUAL(row.status.has_value() ? std::size_t{2} : 0, result.published.institutions.size());
    CPPUNIT_ASSERT_EQUAL(row.points, s.career().points_of(2026));
    if (!row.status) return;
    CPPUNIT_ASSERT(*row.status == outcome.interval->status);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(outcome.interval->from));
    CPPUNIT_ASSERT_EQUAL(std::string(row.end), format(*outcome.interval->nominal_end));
    CPPUNIT_ASSERT(StandingTimeline{*outcome.interval} == s.standing());
}

TEST(Scoring, a_preview_says_the_same_and_records_nothing) {
    ScoringScene s;
    const std::uint64_t before = s.log_size();
    const ScoringResult said = must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 10), Run::preview));
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    CPPUNIT_ASSERT(!said.recorded);
    const ScoringResult done = must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 10)));
    CPPUNIT_ASSERT(said.people.at(0).decision == done.people.at(0).decision);
    CPPUNIT_ASSERT(said.people.at(0).interval == done.people.at(0).interval);
}

TAGS(Scoring, ten_and_four_end_for_one_year, "XY-40-7");
TEST(Scoring, ten_and_four_end_for_one_year) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 10)));
    const ScoringResult result = must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 4)));
    const PersonOutcome& outcome = result.people.at(0);
    CPPUNIT_ASSERT_EQUAL(14U, outcome.points_of_year);
    CPPUNIT_ASSERT(outcome.interval->status == Standing::terminated);
    CPPUNIT_ASSERT_EQUAL(std::string("2027-05-02"), format(*outcome.barred_until));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, s.standing().size());  // each is judged on its own
}

TEST(Scoring, starts_a_sanction_only_when_the_notice_is_served) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-05-01", 10, false)));
    CPPUNIT_ASSERT(s.standing().empty());
    CPPUNIT_ASSERT_EQUAL(10U, s.career().points_of(2026));
    ServeOrder order{ScoringScene::kWho, "A", {day("2026-05-08"), {}, {}}};
    const ScoringResult served = must(s.scoring().serve(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-09"), format(served.people.at(0).interval->from));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, s.scoring().serve(kOperator, order).error().id);
}

TEST(Scoring, several_people_of_one_matter_in_one_change) {
    ScoringScene s;
    MatterOrder order = matter("A-1", "2026-05-01", 9);
    order.people.push_back(matter("A-2", "2026-05-01", 7, true, ScoringScene::kOther).people[0]);
    const std::uint64_t seq = must(s.scoring().decide(kOperator, order)).published.seq.value;
    CPPUNIT_ASSERT(seq > 0);
    CPPUNIT_ASSERT_EQUAL(9U, s.career().points_of(2026));
    CPPUNIT_ASSERT_EQUAL(7U, s.career(ScoringScene::kOther).points_of(2026));
}

struct BadRow {
    const char* name;
    void (*change)(MatterOrder&);
    ErrorId error;
};
const BadRow kBad[] = {
    {"decided_tomorrow", [](MatterOrder& o) { o.decided_on = day("2026-06-02"); }, ErrorId::points_decided_ahead},
    {"before_the_rules", [](MatterOrder& o) { o.decided_on = day("2025-03-30"), o.conduct_year = 2025; },
     ErrorId::rules_not_in_force},
    {"conduct_before_the_rules", [](MatterOrder& o) { o.conduct_year = 2024; }, ErrorId::points_bad_day},
    {"conduct_after_the_decision", [](MatterOrder& o) { o.conduct_on = day("2026-05-02"); }, ErrorId::points_bad_day},
    {"thirteen_points", [](MatterOrder& o) { o.people[0].violations[0].points = 13; }, ErrorId::points_out_of_range},
    {"unknown_level", [](MatterOrder& o) { o.people[0].violations[0].level = "13-15"; }, ErrorId::points_out_of_range},
    {"no_level_and_no_proposal", [](MatterOrder& o) { o.people[0].violations[0].level = ""; },
     ErrorId::case_missing_field},
    {"document_used", [](MatterOrder& o) { o.people[0].document = "old"; }, ErrorId::points_document_used},
    {"out_of_order", [](MatterOrder& o) { o.decided_on = day("2026-01-31"); }, ErrorId::points_bad_day},
    {"served_before_it_was_decided", [](MatterOrder& o) { o.people[0].service.served_on = day("2026-04-30"); },
     ErrorId::points_bad_day},
    {"months_where_the_text_fixes_them", [](MatterOrder& o) { o.people[0].entered.months = 3; },
     ErrorId::points_nothing_to_enter},
    {"a_person_twice", [](MatterOrder& o) { o.people.push_back(o.people[0]), o.people[1].document = "B"; },
     ErrorId::case_bad_field},
    {"nobody", [](MatterOrder& o) { o.people.clear(); }, ErrorId::case_missing_field},
    {"a_stranger", [](MatterOrder& o) { o.people[0].who = "D999999999999"; }, ErrorId::person_not_found},
    {"another_hospital", [](MatterOrder& o) { o.institution = "H999"; }, ErrorId::institution_not_found},
};
TEST_EACH(Scoring, refuses, kBad) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("old", "2026-02-01", 1)));
    const std::uint64_t before = s.log_size();
    MatterOrder order = matter("A", "2026-05-01", 9);
    row.change(order);
    CPPUNIT_ASSERT_EQUAL(row.error, s.scoring().decide(kOperator, order).error().id);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
}

TEST(Scoring, what_is_entered_late_changes_what_came_after) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("B", "2026-05-10", 6)));
    MatterOrder late = matter("A", "2026-05-01", 3);
    late.late_reason = "县里补报";
    const ScoringResult result = must(s.scoring().decide(kOperator, late));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.people.at(0).later.size());
    CPPUNIT_ASSERT(s.career().decision("B")->effect.served.status == Standing::suspended);  // 9 of the year
    CPPUNIT_ASSERT(s.standing().empty());                                                   // of which nobody was told
    must(s.scoring().serve(kOperator, {ScoringScene::kWho, "B", {day("2026-06-01"), {}, {}}}));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), format(s.standing().at(0).from));
}

TAGS(Scoring, a_withdrawal_leaves_the_timeline_as_if_it_had_never_been, "XY-31");
TEST(Scoring, a_withdrawal_leaves_the_timeline_as_if_it_had_never_been) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 8)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 4)));
    CPPUNIT_ASSERT(s.standing().at(0).status == Standing::terminated);
    const ScoringResult result = must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "复议撤销"}));
    CPPUNIT_ASSERT(s.standing().empty());
    CPPUNIT_ASSERT_EQUAL(4U, s.career().points_of(2026));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.people.at(0).later.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.published.institutions.size());
    ScoringScene never;
    must(never.scoring().decide(kOperator, matter("B", "2026-05-01", 4)));
    CPPUNIT_ASSERT(never.career().decision("B")->effect == s.career().decision("B")->effect);
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decision_withdrawn,
                         s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "再次"}).error().id);
}

TAGS(Scoring, a_correction_corrects_what_rested_on_it, "XY-31");
TEST(Scoring, a_correction_corrects_what_rested_on_it) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 8)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 3)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-02"), format(*s.standing().at(0).nominal_end));  // 11 of the year
    must(s.scoring().correct(kOperator, correction("A", 6)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), format(*s.standing().at(0).nominal_end));  // 9 of the year
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(s.standing().at(0).from));
    must(s.scoring().correct(kOperator, correction("A", 5)));
    CPPUNIT_ASSERT(s.standing().empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, s.scoring().correct(kOperator, correction("A", 5)).error().id);
}

TEST(Scoring, a_correction_upwards_begins_where_it_was_served) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 8)));
    CorrectOrder order = correction("A", 10);
    order.service.served_on = day("2026-05-20");
    must(s.scoring().correct(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-21"), format(s.standing().at(0).from));
}

RepairOrder activity(std::string_view on, unsigned times = 1) {
    RepairOrder repair;
    repair.who = ScoringScene::kWho;
    repair.asked = {"activity", {}, times, {}, day(on)};
    return repair;
}

TAGS(Scoring, a_repair_shortens_and_a_restoration_ends, "XY-33 XY-35");
TEST(Scoring, a_repair_shortens_and_a_restoration_ends) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 10)));  // from 02-02 to 06-02
    const RepairOutcome repaired = must(s.scoring().repair(kOperator, activity("2026-03-10", 2)));
    CPPUNIT_ASSERT_EQUAL(8U, repaired.points_of_year);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(*s.standing().at(0).nominal_end));
    RestoreOrder restore{ScoringScene::kWho, {"A", day("2026-04-10"), day("2026-05-20")}, "评估合格"};
    must(s.scoring().restore(kOperator, restore));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-05-02"));
    CPPUNIT_ASSERT_EQUAL(8U, s.career().points_of(2026));  // 暂停资格恢复的，年度内记分累计计算
    restore.asked.evaluated_on = day("2026-06-02");
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_bad_day, s.scoring().restore(kOperator, restore).error().id);
}

/// XY 43: each notice is served on its own.
TEST(Scoring, what_is_entered_late_serves_no_other_notice) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("B", "2026-05-10", 9, false)));
    MatterOrder late = matter("A", "2026-05-01", 3);
    late.late_reason = "县里补报";
    must(s.scoring().decide(kOperator, late));
    const Career career = s.career();
    CPPUNIT_ASSERT(career.decision("B")->effect.served.status == Standing::terminated);
    CPPUNIT_ASSERT(career.interval("B") == nullptr);
}

TAGS(Scoring, a_repair_that_is_entered_late_counts_for_what_was_decided_after_it, "XY-20 XY-33");
TEST(Scoring, a_repair_that_is_entered_late_counts_for_what_was_decided_after_it) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 6)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 4)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-07-02"), format(*s.standing().at(0).nominal_end));  // 10 of the year
    const RepairOutcome repaired = must(s.scoring().repair(kOperator, activity("2026-04-01")));
    CPPUNIT_ASSERT_EQUAL(9U, repaired.points_of_year);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, repaired.later.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-02"), format(*s.standing().at(0).nominal_end));  // 9 of the year
    must(s.scoring().repair(kOperator, activity("2026-04-02", 2)));
    CPPUNIT_ASSERT(s.standing().empty());  // 7 of the year
    ScoringScene in_time;
    must(in_time.scoring().decide(kOperator, matter("A", "2026-03-01", 6)));
    must(in_time.scoring().repair(kOperator, activity("2026-04-01")));
    must(in_time.scoring().repair(kOperator, activity("2026-04-02", 2)));
    must(in_time.scoring().decide(kOperator, matter("B", "2026-05-01", 4)));
    CPPUNIT_ASSERT(in_time.standing() == s.standing());
    CPPUNIT_ASSERT(in_time.career().decision("B")->effect == s.career().decision("B")->effect);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Scoring, a_repair_between_decision_and_service_keeps_its_month, "XY-33 WH-5");
TEST(Scoring, a_repair_between_decision_and_service_keeps_its_month) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 10, false)));
    must(s.scoring().repair(kOperator, activity("2026-03-05")));
    must(s.scoring().serve(kOperator, {ScoringScene::kWho, "A", {day("2026-03-08"), {}, {}}}));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-09"), format(*s.standing().at(0).nominal_end));  // 4 months, less one
    must(s.scoring().repair(kOperator, activity("2026-03-20")));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-09"), format(*s.standing().at(0).nominal_end));  // once only
}

TEST(Scoring, a_repair_before_the_decision_shortens_nothing_of_it) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 3)));
    must(s.scoring().repair(kOperator, activity("2026-02-10")));
    must(s.scoring().decide(kOperator, matter("B", "2026-03-01", 9)));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-07-02"), format(*s.standing().at(0).nominal_end));  // 11 of the year
}

TAGS(Scoring, who_was_restored_is_restored_from_the_end_of_a_corrected_period, "XY-31 XY-34 XY-35");
TEST(Scoring, who_was_restored_is_restored_from_the_end_of_a_corrected_period) {
    ScoringScene s({xinyang_rules()}, "2026-03-28 09:00:00");
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 9)));  // from 02-02 to 04-02
    RestoreOrder restore{ScoringScene::kWho, {"A", day("2026-03-10"), day("2026-03-20")}, "评估合格"};
    must(s.scoring().restore(kOperator, restore));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-04-02"));
    CorrectOrder longer = correction("A", 11);
    longer.service.served_on = day("2026-03-28");
    must(s.scoring().correct(kOperator, longer));
    CPPUNIT_ASSERT(s.standing().at(0).nominal_end == day("2026-08-02"));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-08-02"));  // not open
    must(s.scoring().correct(kOperator, correction("A", 9)));
    CPPUNIT_ASSERT(s.standing().at(0).end == day("2026-04-02"));
}

TAGS(Scoring, a_restored_termination_lets_him_be_registered_again_and_pays_nothing_of_before, "XY-35 XY-40-8");
TEST(Scoring, a_restored_termination_lets_him_be_registered_again_and_pays_nothing_of_before) {
    ScoringScene s({xinyang_rules()}, "2026-03-01 09:00:00");
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 12)));  // from 02-02, three years
    RestoreOrder restore{ScoringScene::kWho, {"A", day("2026-02-10"), day("2026-02-20")}, "评估合格"};
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_barred, s.scoring().restore(kOperator, restore).error().id);
    s.clock.advance(std::chrono::hours{24 * 1065});  // 2029-01-29
    restore.asked = {"A", day("2029-01-10"), day("2029-01-20")};
    const RestoreOutcome done = must(s.scoring().restore(kOperator, restore));
    CPPUNIT_ASSERT(done.plan.register_again);
    CPPUNIT_ASSERT_EQUAL(std::string("2029-02-02"), format(done.plan.over.end));
    for (const PersonInfo::Site& site : s.person(ScoringScene::kWho).sites)
        CPPUNIT_ASSERT(site.registration.last_day == day("2029-02-01"));
    CPPUNIT_ASSERT(!s.career().bar_on(day("2029-02-02")));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(s.hub().ledger().rebuild()).differences);
}

TAGS(Scoring, a_correction_changes_level_and_degree_too, "XY-31");
TEST(Scoring, a_correction_changes_level_and_degree_too) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 9)));
    must(s.scoring().correct(kOperator, correction("A", 4)));
    CPPUNIT_ASSERT_EQUAL(std::string("4-6"), s.career().decision("A")->level);
    CPPUNIT_ASSERT(s.career().decision("A")->degree == ResponsibilityDegree::general);
}

TEST(Scoring, what_was_repaired_stays_shorter_when_it_is_corrected) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-01", 11)));  // 6 months
    must(s.scoring().repair(kOperator, activity("2026-03-10")));
    must(s.scoring().correct(kOperator, correction("A", 10)));  // 4 months, less one
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), format(*s.standing().at(0).nominal_end));
}

/// A text that gives a range: what is entered late asks for the months of what it changes.
TAGS(Scoring, months_of_a_later_decision_are_asked_for, "GD-4-4");
TEST(Scoring, months_of_a_later_decision_are_asked_for) {
    Rules rules = xinyang_rules();
    for (MeasureRow& each : rules.measures)
        if (each.months) each.months = Range{1, 6};
    ScoringScene s({rules});
    must(s.scoring().decide(kOperator, matter("B", "2026-05-10", 6)));
    MatterOrder late = matter("A", "2026-05-01", 3);
    late.late_reason = "县里补报";
    const Error asked = s.scoring().decide(kOperator, late).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_months_needed, asked.id);
    CPPUNIT_ASSERT(asked.detail.starts_with("B: "));
    late.people[0].later = {7, {}, "情节较重"};
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_months_out_of_range, s.scoring().decide(kOperator, late).error().id);
    late.people[0].later.months = 2;
    const ScoringResult result = must(s.scoring().decide(kOperator, late));
    CPPUNIT_ASSERT_EQUAL(2U, result.people.at(0).later.at(0).effect.served.months);
}

/// Decisions of one person, all served, perhaps with a repair among them.
struct RandomRow {
    const char* name;
    unsigned seeds;
    unsigned least;  ///< points of a decision
    bool repaired;
    const char* tags;
};
const RandomRow kRandom[] = {
    {"alone", 6, 1, false, "XY-31"},
    {"around_a_repair", 8, 2, true, "XY-31 XY-33"},
};
TEST_EACH(Scoring, a_random_withdrawal_leaves_the_timeline_as_if_it_had_never_been, kRandom) {
    for (unsigned seed = 1; seed <= row.seeds; ++seed) {
        std::mt19937 random(seed);
        ScoringScene with;
        ScoringScene without;
        const auto wrong = static_cast<unsigned>(random() % 5);
        for (unsigned i = 0; i < 5; ++i) {
            const Day on = day("2026-01-10") + std::chrono::days{20 * i};
            const auto points = row.least + static_cast<unsigned>(random() % (7 - row.least));
            const MatterOrder order = matter("D" + std::to_string(i), format(on), points);
            must(with.scoring().decide(kOperator, order));
            if (i != wrong) must(without.scoring().decide(kOperator, order));
            if (i != 2 || !row.repaired) continue;
            must(with.scoring().repair(kOperator, activity(format(on + std::chrono::days{5}))));
            must(without.scoring().repair(kOperator, activity(format(on + std::chrono::days{5}))));
        }
        must(with.scoring().withdraw(kOperator, {ScoringScene::kWho, "D" + std::to_string(wrong), "查明有误"}));
        CPPUNIT_ASSERT_MESSAGE(std::to_string(seed), without.standing() == with.standing());
        CPPUNIT_ASSERT_EQUAL(without.career().points_of(2026), with.career().points_of(2026));
        const Career never = without.career();
        const Career after = with.career();
        for (const KnownDecision& known : never.decisions())
            if (!row.repaired) CPPUNIT_ASSERT(*after.decision(known.decision.document) == known.decision);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, must(with.hub().ledger().rebuild()).differences);
    }
}

TEST(Scoring, the_log_keeps_every_step_and_rebuilds_to_the_same) {
    ScoringScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-01", 9)));
    must(s.scoring().correct(kOperator, correction("A", 7)));
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, "A", "复议撤销"}));
    const Career before = s.career();
    must(s.reopen());
    CPPUNIT_ASSERT(before == s.career());
    CPPUNIT_ASSERT(before.timeline().empty());
    std::size_t kept = 0;
    for (const LogEvent& event : must(s.hub().log(0, 1000))) kept += must(career_event(event)).has_value() ? 1 : 0;
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, kept);  // decided, started, corrected, ended, withdrawn
}

TEST(Scoring, without_rules_answers_that_they_are_missing) {
    HubFixture f;
    f.add(kHospital);
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_missing,
                         f.hub().scoring().decide(kOperator, matter("A", "2026-03-01", 9)).error().id);
}

}  // namespace
}  // namespace zige::hub::testing

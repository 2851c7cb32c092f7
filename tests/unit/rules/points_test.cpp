#include "hub/core/rules/points.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/small_rules.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::small_rules;

using Degree = ResponsibilityDegree;

namespace {

struct ProposalRow {
    const char* name;
    CaseFacts facts;
    std::vector<std::string> triggers;
};
const ProposalRow kProposals[] = {
    {"no_facts_no_proposal", {}, {}},
    {"a_fact_that_does_not_hold", {{CaseFact::agreement_handling, 0}}, {}},
    {"one_fact", {{CaseFact::agreement_handling, 1}}, {"T1"}},
    {"just_below_the_border", {{CaseFact::penalty, 1}, {CaseFact::loss_share, 29}}, {}},
    {"on_the_border", {{CaseFact::penalty, 1}, {CaseFact::loss_share, 30}}, {"T2"}},
    {"just_below_the_upper_border", {{CaseFact::penalty, 1}, {CaseFact::loss_share, 49}}, {"T2"}},
    {"on_the_upper_border", {{CaseFact::penalty, 1}, {CaseFact::loss_share, 50}}, {}},
    {"one_alternative_is_enough",
     {{CaseFact::penalty, 1}, {CaseFact::loss_share, 1}, {CaseFact::responsible_amount, 30'000'000}},
     {"T2"}},
    {"an_unknown_fact_holds_nothing", {{CaseFact::loss_share, 40}}, {}},
    {"the_highest_level_first",
     {{CaseFact::agreement_handling, 1},
      {CaseFact::penalty, 1},
      {CaseFact::responsible_amount, 50'000'000},
      {CaseFact::loss_share, 30}},
     {"T3", "T2", "T1"}},
};

struct ScoreRow {
    const char* name;
    const char* level;
    Degree degree;
    Weight weight;
    std::optional<unsigned> asked;
    std::optional<unsigned> points;  ///< nothing: points_out_of_range
    const char* field = "";
};
const ScoreRow kScores[] = {
    {"general_gets_the_least", "4-6", Degree::general, Weight::plain, {}, 4},
    {"important_gets_the_middle", "4-6", Degree::important, Weight::plain, {}, 5},
    {"main_gets_the_most", "4-6", Degree::main, Weight::plain, {}, 6},
    {"plain_may_be_asked_by_number", "4-6", Degree::main, Weight::plain, 6, 6},
    {"plain_gives_nothing_else", "4-6", Degree::main, Weight::plain, 5, {}, "points"},
    {"thirteen_never", "10-12", Degree::main, Weight::heavier, 13, {}, "points"},
    {"zero_never", "1-3", Degree::general, Weight::lighter, 0, {}, "points"},
    {"lighter_gives_the_least", "4-6", Degree::main, Weight::lighter, {}, 4},
    {"lighter_may_stop_between", "4-6", Degree::main, Weight::lighter, 5, 5},
    {"lighter_never_gives_more", "4-6", Degree::important, Weight::lighter, 6, {}, "points"},
    {"lighter_never_leaves_the_level", "4-6", Degree::main, Weight::lighter, 3, {}, "points"},
    {"heavier_gives_the_most", "4-6", Degree::general, Weight::heavier, {}, 6},
    {"heavier_never_gives_less", "4-6", Degree::main, Weight::heavier, 5, {}, "points"},
    {"mitigated_goes_one_level_down", "4-6", Degree::important, Weight::mitigated, {}, 2},
    {"mitigated_keeps_the_degree", "4-6", Degree::important, Weight::mitigated, 1, {}, "points"},
    {"mitigated_has_nothing_below_the_first", "1-3", Degree::main, Weight::mitigated, {}, {}, "weight"},
    {"aggravated_goes_one_level_up", "4-6", Degree::general, Weight::aggravated, {}, 10},
    {"aggravated_has_nothing_above_the_last", "10-12", Degree::general, Weight::aggravated, {}, {}, "weight"},
    {"fraud_is_twelve_for_everybody", "fraud", Degree::general, Weight::plain, {}, 12},
    {"fraud_is_not_weighed", "fraud", Degree::general, Weight::mitigated, {}, {}, "weight"},
    {"fraud_is_not_made_lighter", "fraud", Degree::general, Weight::lighter, {}, {}, "weight"},
    {"unknown_level", "7-9", Degree::general, Weight::plain, {}, {}, "level"},
};

struct EffectRow {
    const char* name;
    unsigned single;
    unsigned cumulative;
    Entered entered;
    std::optional<Standing> status;
    unsigned months;
    unsigned years;
    const char* article;
    MeasureBasis basis = MeasureBasis::cumulative;
};
const EffectRow kEffects[] = {
    {"one_point_changes_nothing", 1, 1, {}, {}, 0, 0, ""},
    {"talk_changes_no_status", 3, 3, {}, {}, 0, 0, "六"},
    {"nine_of_the_year", 4, 9, {}, Standing::suspended, 1, 0, "七"},
    {"a_single_nine_is_longer", 9, 9, {}, Standing::suspended, 2, 0, "十", MeasureBasis::single},
    {"entered_months", 2, 11, {5, {}, "情节较重"}, Standing::suspended, 5, 0, "八"},
    {"entered_months_make_the_year_longer", 9, 11, {3, {}, "情节较重"}, Standing::suspended, 3, 0, "八"},
    {"ten_and_four_end_for_one_year", 4, 14, {}, Standing::terminated, 0, 1, "九"},
    {"a_single_twelve_ends_for_years",
     12,
     12,
     {{}, 3, "骗保"},
     Standing::terminated,
     0,
     3,
     "十一",
     MeasureBasis::single},
};

struct RefusalRow {
    const char* name;
    unsigned single;
    unsigned cumulative;
    Entered entered;
    ErrorId error;
    const char* field;
};
const RefusalRow kRefusals[] = {
    {"months_needed", 2, 11, {}, ErrorId::points_months_needed, "months"},
    {"reason_needed", 2, 11, {5, {}, ""}, ErrorId::points_months_needed, "reason"},
    {"no_months", 2, 11, {0, {}, "x"}, ErrorId::points_months_out_of_range, "months"},
    {"seven_months", 2, 11, {7, {}, "x"}, ErrorId::points_months_out_of_range, "months"},
    {"months_where_the_text_fixes_them", 4, 9, {2, {}, "x"}, ErrorId::points_nothing_to_enter, "months"},
    {"months_where_nothing_is_suspended", 1, 4, {1, {}, "x"}, ErrorId::points_nothing_to_enter, "months"},
    {"months_without_any_measure", 1, 1, {1, {}, "x"}, ErrorId::points_nothing_to_enter, "months"},
    {"years_needed", 12, 12, {}, ErrorId::points_years_needed, "ban_years"},
    {"reason_of_years_needed", 12, 12, {{}, 2, ""}, ErrorId::points_years_needed, "reason"},
    {"four_years", 12, 12, {{}, 4, "x"}, ErrorId::points_years_out_of_range, "ban_years"},
    {"years_of_a_suspension", 4, 9, {{}, 1, "x"}, ErrorId::points_nothing_to_enter, "ban_years"},
};

}  // namespace

TEST_EACH(Proposals, name_every_trigger_that_holds, kProposals) {
    std::vector<std::string> triggers;
    const Proposal proposal = propose(small_rules(), row.facts);
    for (const Proposal::Reason& reason : proposal.reasons) triggers.push_back(reason.trigger);
    CPPUNIT_ASSERT_EQUAL(row.triggers, triggers);
    CPPUNIT_ASSERT_EQUAL(row.triggers.empty(), proposal.level() == nullptr);
}

TEST(Proposals, say_why) {
    const Proposal proposal = propose(small_rules(), {{CaseFact::agreement_handling, 1}});
    CPPUNIT_ASSERT(proposal.level() != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string("1-3"), *proposal.level());
    const Proposal::Reason expected = {"T1", "1-3", "协议处理", {ValueSource::article, "三（一）"}};
    CPPUNIT_ASSERT(expected == proposal.reasons.front());
}

TEST_EACH(Scores, follow_level_degree_and_weight, kScores) {
    const Result<unsigned> points = score(small_rules(), row.level, row.degree, row.weight, row.asked);
    CPPUNIT_ASSERT_EQUAL(row.points.has_value(), points.ok());
    if (points.ok()) {
        CPPUNIT_ASSERT_EQUAL(*row.points, *points);
    } else {
        CPPUNIT_ASSERT_EQUAL(ErrorId::points_out_of_range, points.error().id);
        CPPUNIT_ASSERT_EQUAL(std::string(row.field), points.error().field);
    }
}

TEST(Scores, are_not_weighed_by_a_text_that_knows_no_other_band) {
    Rules rules = small_rules();
    rules.levels_down.value = 0;
    CPPUNIT_ASSERT(!score(rules, "4-6", Degree::main, Weight::mitigated, {}).ok());
    CPPUNIT_ASSERT(score(rules, "4-6", Degree::main, Weight::aggravated, {}).ok());
}

TEST(Scores, of_several_violations_are_the_highest_or_the_sum) {
    Rules rules = small_rules();
    const unsigned points[] = {3, 5, 4};
    CPPUNIT_ASSERT_EQUAL(5U, combine(rules, points));
    rules.different_violations.value = Combination::sum;
    CPPUNIT_ASSERT_EQUAL(12U, combine(rules, points));
    CPPUNIT_ASSERT_EQUAL(0U, combine(rules, {}));
}

TEST_EACH(Effects, are_the_longer_of_both_readings, kEffects) {
    const Result<Effect> effect = effect_of(small_rules(), row.single, row.cumulative, row.entered);
    CPPUNIT_ASSERT_MESSAGE(effect.ok() ? "" : effect.error().describe(), effect.ok());
    const Reading& served = effect->served;
    CPPUNIT_ASSERT_EQUAL(row.status, served.status);
    CPPUNIT_ASSERT_EQUAL(row.months, served.months);
    CPPUNIT_ASSERT_EQUAL(row.years, served.ban_years);
    CPPUNIT_ASSERT_EQUAL(std::string(row.article), served.article);
    CPPUNIT_ASSERT_EQUAL(row.basis, served.basis);
    CPPUNIT_ASSERT_EQUAL(row.basis == MeasureBasis::single ? row.single : row.cumulative, served.points);
}

TEST(Effects, show_the_reading_that_does_not_count_beside_the_other) {
    const Result<Effect> effect = effect_of(small_rules(), 9, 10, {});
    CPPUNIT_ASSERT_EQUAL(2U, effect->served.months);
    CPPUNIT_ASSERT_EQUAL(MeasureBasis::cumulative, effect->other->basis);
    CPPUNIT_ASSERT_EQUAL(1U, effect->other->months);
    CPPUNIT_ASSERT_EQUAL(std::string("七"), effect->other->article);
    CPPUNIT_ASSERT(!effect_of(small_rules(), 4, 9, {})->other);
}

TEST(Effects, go_by_the_row_of_one_decision_where_the_longer_does_not_count) {
    Rules rules = small_rules();
    rules.longer_of_cumulative_and_single.value = false;
    CPPUNIT_ASSERT_EQUAL(2U, effect_of(rules, 9, 14, {})->served.months);
    CPPUNIT_ASSERT_EQUAL(std::optional(Standing::terminated), effect_of(rules, 4, 14, {})->served.status);
}

TEST_EACH(Effects, refuse_entries, kRefusals) {
    const Result<Effect> effect = effect_of(small_rules(), row.single, row.cumulative, row.entered);
    CPPUNIT_ASSERT(!effect.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, effect.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), effect.error().field);
}

TEST(Effects, name_range_and_article_of_what_is_missing) {
    const Result<Effect> effect = effect_of(small_rules(), 2, 11, {});
    CPPUNIT_ASSERT_EQUAL(std::string("1-6; 八：一至六个月"), effect.error().detail);
}

#include <algorithm>

#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

namespace {

constexpr Day day(int year, int month, int number) { return Day{std::chrono::year{year} / month / number}; }
constexpr Day before(Day some) { return some - std::chrono::days{1}; }

bool starts(const Rules& rules, Day first) { return rules.in_force(first) && !rules.in_force(before(first)); }

bool exam_like_wuhai(const Rules& rules) {
    const RepairWay* exam = rules.repair_way("exam");
    const std::vector<RepairWay::Band> bands = {{{60, 75}, 1}, {{76, 90}, 2}, {{91, 100}, 3}};
    return exam != nullptr && exam->bands == bands && exam->times_a_year == 1U && !exam->points_a_year &&
           exam->points_each == 0;
}
bool one_each_up_to_three(const Rules& rules, const char* id) {
    const RepairWay* way = rules.repair_way(id);
    return way != nullptr && way->bands.empty() && way->points_each == 1 && way->points_a_year == 3U &&
           !way->times_a_year;
}
bool ratio_is(const Rules& rules, RatioOf of, unsigned from, std::optional<unsigned> to) {
    return rules.ratio && rules.ratio->value.of == of && rules.ratio->value.from_percent == from &&
           rules.ratio->value.to_percent == to;
}

bool by(const Rules& rules, SanctionCause cause, std::string_view article) {
    const CauseRule* rule = rules.cause(cause);
    return rule != nullptr && rule->cite.article().ends_with(article);
}

/// What one text says. A text that leaves a value to a higher one carries that one's tag.
struct ValueRow {
    const char* name;
    const char* tags;
    std::vector<std::string_view> profiles;
    bool (*holds)(const Rules&);
};
const ValueRow kRows[] = {
    {"xinyang_begins", "XY-54", {kXinyang}, [](const Rules& r) { return starts(r, day(2025, 3, 31)); }},
    {"wuhai_begins", "WH-1", {kWuhai}, [](const Rules& r) { return starts(r, day(2025, 3, 1)); }},
    {"national_begins", "N34-59", {kNational}, [](const Rules& r) { return starts(r, day(2025, 1, 1)); }},
    {"guangdong_begins",
     "ours:rules.effective_from",
     {kGuangdong},
     [](const Rules& r) { return starts(r, day(2025, 5, 21)); }},
    {"jining_begins", "JN-end", {kJining}, [](const Rules& r) { return starts(r, day(2024, 3, 29)); }},
    {"jining_ends_with_the_years_of_grace",
     "N34-58",
     {kJining},
     [](const Rules& r) { return r.in_force(day(2026, 12, 31)) && !r.in_force(day(2027, 1, 1)); }},
    {"only_jining_ends",
     "XY-54 WH-1 N34-59",
     {kXinyang, kWuhai, kNational, kGuangdong},
     [](const Rules& r) { return !r.effective_to && r.in_force(day(2199, 12, 31)); }},
    {"conduct_in_xinyang", "HN", {kXinyang}, [](const Rules& r) { return r.conduct_from.value == day(2025, 3, 1); }},
    {"conduct_in_wuhai", "WH-1", {kWuhai}, [](const Rules& r) { return r.conduct_from.value == day(2025, 3, 1); }},
    {"conduct_nationally",
     "ours:rules.conduct_from",
     {kNational},
     [](const Rules& r) { return r.conduct_from.value == day(2025, 1, 1); }},
    {"conduct_in_guangdong",
     "ours:rules.conduct_from",
     {kGuangdong},
     [](const Rules& r) { return r.conduct_from.value == day(2025, 5, 21); }},
    {"conduct_in_jining",
     "ours:rules.conduct_from",
     {kJining},
     [](const Rules& r) { return r.conduct_from.value == day(2024, 3, 29); }},
    {"region_xinyang", "XY-2", {kXinyang}, [](const Rules& r) { return r.region == "4115"; }},
    {"region_wuhai", "WH-1", {kWuhai}, [](const Rules& r) { return r.region == "1503"; }},
    {"region_guangdong", "GD-4", {kGuangdong}, [](const Rules& r) { return r.region == "44"; }},
    {"region_jining", "JN-1", {kJining}, [](const Rules& r) { return r.region == "3708"; }},
    {"region_national", "N23-1", {kNational}, [](const Rules& r) { return r.region.empty(); }},
    {"points_count_up",
     "XY-20 WH-4-1 GD-4-3 N23-A2",
     {kXinyang, kWuhai, kGuangdong, kNational},
     [](const Rules& r) { return r.style.value == ScoreStyle::counts_up; }},
    {"points_count_down_from_12",
     "JN-4",
     {kJining},
     [](const Rules& r) { return r.style.value == ScoreStyle::counts_down_from_12; }},
    {"one_band_down_or_up",
     "XY-22 N23-A2",
     {kXinyang, kWuhai, kGuangdong, kNational},
     [](const Rules& r) { return r.levels_down.value == 1 && r.levels_up.value == 1; }},
    {"no_band_down_or_up_in_jining",
     "JN-4",
     {kJining},
     [](const Rules& r) { return r.levels_down.value == 0 && r.levels_up.value == 0; }},
    {"several_violations_take_the_highest",
     "XY-22",
     {kXinyang},
     [](const Rules& r) { return r.different_violations.value == Combination::highest; }},
    {"several_violations_add_up",
     "N34-26 JN-4",
     {kNational, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return r.different_violations.value == Combination::sum; }},
    {"one_violation_takes_the_highest",
     "XY-22 N34-26 JN-4",
     {kXinyang, kNational, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return r.one_violation.value == Combination::highest; }},
    {"only_conduct_of_one_year_adds_up", "XY-22", {kXinyang}, [](const Rules& r) { return r.same_conduct_year.value; }},
    {"the_year_of_the_decision_alone_counts",
     "N23-A2 WH-4-1 GD-4-3 JN-4",
     {kNational, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return !r.same_conduct_year.value; }},
    {"the_longer_counts",
     "ours:rules.longer_of_cumulative_and_single",
     {kNational, kXinyang, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return r.longer_of_cumulative_and_single.value; }},
    {"the_latest_end_wins",
     "ours:rules.overlap",
     {kNational, kXinyang, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return r.overlap.value == Overlap::latest_end; }},
    {"three_years_of_nine",
     "JN-5-1",
     {kJining},
     [](const Rules& r) {
         return r.consecutive_years && r.consecutive_years->value == Rules::ConsecutiveYears{3, 9};
     }},
    {"watch_list",
     "JN-6-3",
     {kJining},
     [](const Rules& r) {
         return r.watch_list && r.watch_list->value == Rules::Watch{12, 3};
     }},
    {"no_years_and_no_watch_list_elsewhere",
     "XY-40 WH-4 GD-4-4 N34-29",
     {kNational, kXinyang, kWuhai, kGuangdong},
     [](const Rules& r) { return !r.consecutive_years && !r.watch_list; }},
    {"ratio_in_occurrences_20_to_50",
     "XY-41",
     {kXinyang},
     [](const Rules& r) { return ratio_is(r, RatioOf::occurrences, 20, 50); }},
    {"ratio_in_people_from_30",
     "JN-5-3",
     {kJining},
     [](const Rules& r) { return ratio_is(r, RatioOf::people, 30, {}); }},
    {"no_ratio_elsewhere",
     "WH-4 GD-4-4 N34-29",
     {kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return !r.ratio; }},
    {"causes_of_responsible_people_xinyang",
     "XY-39",
     {kXinyang},
     [](const Rules& r) { return by(r, SanctionCause::agreement, "第三十九条") && by(r, SanctionCause::department, "第三十九条"); }},
    {"causes_of_a_licence_xinyang",
     "XY-17",
     {kXinyang},
     [](const Rules& r) {
         return by(r, SanctionCause::licence_lost, "第十七条") && by(r, SanctionCause::practice_suspended, "第十七条");
     }},
    {"causes_nationally",
     "N34-34",
     {kNational, kWuhai, kGuangdong},
     [](const Rules& r) {
         return by(r, SanctionCause::agreement, "第三十四条") && by(r, SanctionCause::department, "第三十四条") &&
                r.causes.size() == 2;
     }},
    {"cause_of_an_agreement_in_jining",
     "JN-3-4",
     {kJining},
     [](const Rules& r) { return by(r, SanctionCause::agreement, "三（四）") && r.causes.size() == 2; }},
    {"cause_of_a_failed_test_in_jining",
     "JN-3-3",
     {kJining},
     [](const Rules& r) { return by(r, SanctionCause::assessment_failed, "三（三）"); }},
    {"all_sites",
     "XY-45 N34-34",
     {kXinyang, kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.all_sites.value; }},
    {"all_sites_in_jining", "ours:rules.all_sites", {kJining}, [](const Rules& r) { return r.all_sites.value; }},
    {"all_stores_of_a_principal",
     "XY-46 N34-34",
     {kXinyang, kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.all_stores_of_principal.value; }},
    {"no_principals_in_jining", "JN-1-1", {kJining}, [](const Rules& r) { return !r.all_stores_of_principal.value; }},
    {"exam_of_wuhai", "WH-5-1", {kWuhai}, exam_like_wuhai},
    {"exam_of_xinyang", "XY-33-1 ours:rules.repair[exam]", {kXinyang}, exam_like_wuhai},
    {"activities",
     "XY-33-2 WH-5-2 ours:rules.repair[activity]",
     {kXinyang, kWuhai, kNational},
     [](const Rules& r) { return one_each_up_to_three(r, "activity"); }},
    {"study_in_guangdong",
     "GD-4-5 ours:rules.repair[study]",
     {kGuangdong},
     [](const Rules& r) { return one_each_up_to_three(r, "study"); }},
    {"publicity_in_guangdong",
     "GD-4-5 ours:rules.repair[publicity]",
     {kGuangdong},
     [](const Rules& r) { return one_each_up_to_three(r, "publicity"); }},
    {"charity_in_guangdong",
     "GD-4-5 ours:rules.repair[charity]",
     {kGuangdong},
     [](const Rules& r) { return one_each_up_to_three(r, "charity"); }},
    {"reporting_others_in_guangdong",
     "GD-4-5 ours:rules.repair[report]",
     {kGuangdong},
     [](const Rules& r) { return one_each_up_to_three(r, "report"); }},
    {"no_repair_in_jining", "JN-5", {kJining}, [](const Rules& r) { return r.repair.empty(); }},
    {"single_12_is_never_repaired",
     "XY-33 WH-5 GD-4-5 ours:rules.single_12_repairable",
     {kXinyang, kWuhai, kGuangdong, kNational, kJining},
     [](const Rules& r) { return !r.single_12_repairable.value; }},
    {"repair_cuts_one_month",
     "XY-33 WH-5 ours:rules.repair_cuts_months",
     {kXinyang, kWuhai, kGuangdong, kNational},
     [](const Rules& r) { return r.repair_cuts_months.value == 1; }},
    {"an_application_restores",
     "XY-34 N34-39",
     {kXinyang, kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return !r.restores_by_itself.value; }},
    {"time_restores_in_jining", "JN-5-2", {kJining}, [](const Rules& r) { return r.restores_by_itself.value; }},
    {"application_at_the_latest",
     "XY-34 JN-5-2",
     {kXinyang, kJining},
     [](const Rules& r) { return !r.apply_earliest.value; }},
    {"application_at_the_earliest",
     "N34-39",
     {kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.apply_earliest.value; }},
    {"prior_notice",
     "XY-28 ours:rules.prior_notice",
     {kXinyang, kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.prior_notice.value; }},
    {"no_prior_notice_in_jining",
     "ours:rules.prior_notice",
     {kJining},
     [](const Rules& r) { return !r.prior_notice.value; }},
    {"legal_review_from_10_and_discussion_from_12",
     "XY-28",
     {kXinyang},
     [](const Rules& r) {
         return r.legal_review_from && r.legal_review_from->value == 10 && r.discussion_from &&
                r.discussion_from->value == 12;
     }},
    {"no_review_elsewhere",
     "N34-31",
     {kNational, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return !r.legal_review_from && !r.discussion_from; }},
    {"appeal_by_signature_alone", "XY-28", {kXinyang}, [](const Rules& r) { return !r.appeal_needs_seal.value; }},
    {"appeal_with_the_seal",
     "N34-41",
     {kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.appeal_needs_seal.value; }},
    {"appeal_with_the_signature",
     "XY-28 N34-41",
     {kNational, kXinyang, kWuhai, kGuangdong},
     [](const Rules& r) { return r.appeal_needs_signature.value; }},
    {"objection_of_the_institution_without_either",
     "JN-6-1",
     {kJining},
     [](const Rules& r) { return !r.appeal_needs_signature.value && !r.appeal_needs_seal.value; }},
    {"appeal_stays_nothing",
     "ours:rules.appeal_stays_effect",
     {kNational, kXinyang, kWuhai, kGuangdong, kJining},
     [](const Rules& r) { return !r.appeal_stays_effect.value; }},
    {"appraisal_stops_the_clock",
     "N34-44",
     {kNational, kWuhai, kGuangdong},
     [](const Rules& r) { return r.appraisal_stops_clock.value; }},
    {"appraisal_counts",
     "ours:rules.appraisal_stops_clock",
     {kXinyang, kJining},
     [](const Rules& r) { return !r.appraisal_stops_clock.value; }},
    {"two_trainings_a_year", "JN-2-1-3", {kJining}, [](const Rules& r) { return r.trainings_a_year.value == 2; }},
    {"no_number_of_trainings_elsewhere",
     "XY-40 WH-4-1 GD-4-4",
     {kNational, kXinyang, kWuhai, kGuangdong},
     [](const Rules& r) { return r.trainings_a_year.value == 0; }},
};

}  // namespace

TEST_EACH(Values, are_what_the_texts_say, kRows) {
    for (const std::string_view id : row.profiles) CPPUNIT_ASSERT_MESSAGE(std::string(id), row.holds(rules_of(id)));
}

TEST(Values, of_repair_are_those_of_the_texts_and_no_others) {
    const std::pair<std::string_view, std::size_t> counts[] = {
        {kNational, 1}, {kXinyang, 2}, {kWuhai, 2}, {kGuangdong, 4}, {kJining, 0}};
    for (const auto& [id, count] : counts) CPPUNIT_ASSERT_EQUAL(count, rules_of(id).repair.size());
}

TEST(Values, are_of_version_1_until_a_release_was_made) {
    for (const std::string_view id : kAllProfiles) CPPUNIT_ASSERT_EQUAL(1U, gate_of(id).version);
}
TAGS(Values, are_of_version_1_until_a_release_was_made, "ours:version");

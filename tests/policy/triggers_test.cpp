#include <algorithm>

#include "tests/policy/trigger_row.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

using F = CaseFact;

namespace {

constexpr std::int64_t kWan = 1'000'000;  // 一万元, in fen

/// 附件2 of 23号: national, and Guangdong that has not shown its own.
std::vector<TriggerRow> annex(std::string_view profile, const std::string& name) {
    const std::string tag = "N23-A2";
    return {
        {name + "_breach_payment", tag, profile, "N23-2-1", "1-3", {{F::breach_payment, 1}}, {}},
        {name + "_unselected_product", tag, profile, "N23-2-2", "1-3", {{F::unselected_product_reported, 1}}, {}},
        {name + "_other_1_3", tag, profile, "N23-2-3", "1-3", {{F::other_of_level, 1}}, {{F::other_of_level, 1}}},
        {name + "_38_39", tag, profile, "N23-2-4", "4-6", {{F::penalty_article_38_or_39, 1}}, {}},
        {name + "_other_4_6", tag, profile, "N23-2-5", "4-6", {{F::other_of_level, 2}}, {{F::other_of_level, 2}}},
        {name + "_settled_for_others", tag, profile, "N23-2-6", "7-9", {{F::settled_for_others, 1}}, {}},
        {name + "_other_7_9", tag, profile, "N23-2-7", "7-9", {{F::other_of_level, 3}}, {{F::other_of_level, 3}}},
        {name + "_fraud", tag, profile, "N23-2-8", "10-12", {{F::penalty_article_40, 1}}, {}},
        {name + "_licence", tag, profile, "N23-2-9", "10-12", {{F::licence_revoked, 1}}, {}},
        {name + "_other_10_12", tag, profile, "N23-2-10", "10-12", {{F::other_of_level, 4}}, {{F::other_of_level, 4}}}};
}

const std::vector<TriggerRow> kXinyangRows = {
    {"handling", "XY-23-1", kXinyang, "XY23-1", "1-3", {{F::agreement_handling, 1}}, {}},
    {"two_items_corrected_in_time",
     "XY-23-2",
     kXinyang,
     "XY23-2",
     "1-3",
     {{F::items_of_article_39, 2}, {F::corrected_in_time, 1}},
     {{F::items_of_article_39, 2}}},
    {"unselected_product", "XY-23-3", kXinyang, "XY23-3", "1-3", {{F::unselected_product_reported, 1}}, {}},
    {"other_1_3", "XY-23-4", kXinyang, "XY23-4", "1-3", {{F::other_of_level, 1}}, {{F::other_of_level, 1}}},
    {"two_handlings", "XY-24-1", kXinyang, "XY24-1", "4-6", {{F::agreement_handlings_in_year, 2}}, {}},
    {"loss_of_0_3_percent_included",
     "XY-24-2",
     kXinyang,
     "XY24-2",
     "4-6",
     {{F::penalty, 1}, {F::loss_share, 30}, {F::fraud_intent, 0}},
     {{F::loss_share, 49}, {F::fraud_intent, 0}}},
    {"100_000_to_300_000_yuan_both_included",
     "XY-24-2",
     kXinyang,
     "XY24-2",
     "4-6",
     {{F::penalty, 1}, {F::responsible_amount, 10 * kWan}, {F::fraud_intent, 0}},
     {{F::responsible_amount, 30 * kWan}, {F::fraud_intent, 0}}},
    {"two_items_ordered_to_correct",
     "XY-24-3",
     kXinyang,
     "XY24-3",
     "4-6",
     {{F::items_of_article_39, 2}, {F::ordered_to_correct, 1}},
     {}},
    {"listed_problems_found_again",
     "XY-24-4",
     kXinyang,
     "XY24-4",
     "4-6",
     {{F::self_check_neglected, 1}, {F::listed_problems_found_again, 1}},
     {}},
    {"other_4_6", "XY-24-5", kXinyang, "XY24-5", "4-6", {{F::other_of_level, 2}}, {{F::other_of_level, 2}}},
    {"three_handlings", "XY-25-1", kXinyang, "XY25-1", "7-9", {{F::agreement_handlings_in_year, 3}}, {}},
    {"loss_of_0_5_percent_included",
     "XY-25-2",
     kXinyang,
     "XY25-2",
     "7-9",
     {{F::penalty, 1}, {F::loss_share, 50}, {F::fraud_intent, 0}},
     {{F::loss_share, 199}, {F::fraud_intent, 0}}},
    {"300_000_to_500_000_yuan_both_included",
     "XY-25-2",
     kXinyang,
     "XY25-2",
     "7-9",
     {{F::penalty, 1}, {F::responsible_amount, 30 * kWan}, {F::fraud_intent, 0}},
     {{F::responsible_amount, 50 * kWan}, {F::fraud_intent, 0}}},
    {"three_items", "XY-25-3", kXinyang, "XY25-3", "7-9", {{F::items_of_article_39, 3}}, {}},
    {"same_item_twice_and_refuses",
     "XY-25-3",
     kXinyang,
     "XY25-3",
     "7-9",
     {{F::same_item_repeats, 2}, {F::refuses_to_correct, 1}},
     {}},
    {"settled_for_others", "XY-25-4", kXinyang, "XY25-4", "7-9", {{F::settled_for_others, 1}}, {}},
    {"other_7_9", "XY-25-5", kXinyang, "XY25-5", "7-9", {{F::other_of_level, 3}}, {{F::other_of_level, 3}}},
    {"four_handlings", "XY-26-1", kXinyang, "XY26-1", "10-12", {{F::agreement_handlings_in_year, 4}}, {}},
    {"two_penalties",
     "XY-26-2",
     kXinyang,
     "XY26-2",
     "10-12",
     {{F::penalties_in_year, 2}, {F::fraud_intent, 0}},
     {{F::fraud_intent, 0}}},
    {"loss_of_2_percent_included",
     "XY-26-2",
     kXinyang,
     "XY26-2",
     "10-12",
     {{F::penalty, 1}, {F::loss_share, 200}, {F::fraud_intent, 0}},
     {{F::fraud_intent, 0}}},
    {"500_000_yuan_included",
     "XY-26-2",
     kXinyang,
     "XY26-2",
     "10-12",
     {{F::penalty, 1}, {F::responsible_amount, 50 * kWan}, {F::fraud_intent, 0}},
     {{F::fraud_intent, 0}}},
    {"four_items", "XY-26-3", kXinyang, "XY26-3", "10-12", {{F::items_of_article_39, 4}}, {}},
    {"same_item_three_times_and_refuses",
     "XY-26-3",
     kXinyang,
     "XY26-3",
     "10-12",
     {{F::same_item_repeats, 3}, {F::refuses_to_correct, 1}},
     {}},
    {"licence", "XY-26-4", kXinyang, "XY26-4", "10-12", {{F::licence_revoked, 1}}, {}},
    {"other_10_12", "XY-26-5", kXinyang, "XY26-5", "10-12", {{F::other_of_level, 4}}, {{F::other_of_level, 4}}},
    {"fraud", "XY-27", kXinyang, "XY27", "fraud", {{F::penalty_article_40, 1}}, {}},
};

const std::vector<TriggerRow> kWuhaiRows = {
    {"payment_stopped", "WH-3-1-1", kWuhai, "WH3-1-1", "1-3", {{F::payment_stopped, 1}}, {}},
    {"breach_payment", "WH-3-1-1", kWuhai, "WH3-1-1", "1-3", {{F::breach_payment, 1}}, {}},
    {"three_interviews_or_recoveries",
     "WH-3-1-2",
     kWuhai,
     "WH3-1-2",
     "1-3",
     {{F::interview_or_recovery, 1}, {F::agreement_handlings_in_year, 3}},
     {}},
    {"unselected_product", "WH-3-1-3", kWuhai, "WH3-1-3", "1-3", {{F::unselected_product_reported, 1}}, {}},
    {"penalty_waived", "WH-3-1-4", kWuhai, "WH3-1-4", "1-3", {{F::penalty_waived, 1}}, {}},
    {"other_1_3", "WH-3-1-5", kWuhai, "WH3-1-5", "1-3", {{F::other_of_level, 1}}, {{F::other_of_level, 1}}},
    {"penalty_38_39", "WH-3-2-1", kWuhai, "WH3-2-1", "4-6", {{F::penalty_article_38_or_39, 1}}, {}},
    {"head_interviewed_and_refuses",
     "WH-3-2-2",
     kWuhai,
     "WH3-2-2",
     "4-6",
     {{F::head_was_interviewed, 1}, {F::refuses_to_correct, 1}},
     {}},
    {"self_check_neglected", "WH-3-2-3", kWuhai, "WH3-2-3", "4-6", {{F::self_check_neglected, 1}}, {}},
    {"other_4_6", "WH-3-2-4", kWuhai, "WH3-2-4", "4-6", {{F::other_of_level, 2}}, {{F::other_of_level, 2}}},
    {"settled_for_others", "WH-3-3-1", kWuhai, "WH3-3-1", "7-9", {{F::settled_for_others, 1}}, {}},
    {"other_7_9", "WH-3-3-2", kWuhai, "WH3-3-2", "7-9", {{F::other_of_level, 3}}, {{F::other_of_level, 3}}},
    {"penalty_40", "WH-3-4-1", kWuhai, "WH3-4-1", "10-12", {{F::penalty_article_40, 1}}, {}},
    {"licence", "WH-3-4-2", kWuhai, "WH3-4-2", "10-12", {{F::licence_revoked, 1}}, {}},
    {"ordered_to_correct_and_refuses",
     "WH-3-4-3",
     kWuhai,
     "WH3-4-3",
     "10-12",
     {{F::ordered_to_correct, 1}, {F::refuses_to_correct, 1}},
     {}},
    {"other_10_12", "WH-3-4-4", kWuhai, "WH3-4-4", "10-12", {{F::other_of_level, 4}}, {{F::other_of_level, 4}}},
};

struct HighestRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    CaseFacts facts;
    const char* trigger;  ///< of the proposal; empty: no proposal
};
const HighestRow kHighest[] = {
    {"no_facts", "XY-23 XY-24 XY-25 XY-26", kXinyang, {}, ""},
    {"loss_below_0_3_percent_is_only_the_handling",
     "XY-24-2",
     kXinyang,
     {{F::agreement_handling, 1}, {F::penalty, 1}, {F::loss_share, 29}, {F::fraud_intent, 0}},
     "XY23-1"},
    {"300_000_yuan_touches_two_bands_the_higher_counts",
     "XY-22 XY-25-2",
     kXinyang,
     {{F::penalty, 1}, {F::responsible_amount, 30 * kWan}, {F::fraud_intent, 0}},
     "XY25-2"},
    {"500_000_yuan_touches_two_bands_the_higher_counts",
     "XY-22 XY-26-2",
     kXinyang,
     {{F::penalty, 1}, {F::responsible_amount, 50 * kWan}, {F::fraud_intent, 0}},
     "XY26-2"},
    {"loss_with_intent_to_defraud_is_fraud_alone",
     "XY-24-2 XY-27",
     kXinyang,
     {{F::penalty, 1}, {F::loss_share, 40}, {F::fraud_intent, 1}, {F::penalty_article_40, 1}},
     "XY27"},
    {"fraud_in_wuhai_is_the_highest_band", "WH-3-4-1", kWuhai, {{F::penalty_article_40, 1}}, "WH3-4-1"},
    {"two_recoveries_in_wuhai_are_no_proposal",
     "WH-3-1-2",
     kWuhai,
     {{F::interview_or_recovery, 1}, {F::agreement_handlings_in_year, 2}},
     ""},
    {"a_mere_handling_is_no_proposal_nationally", "N23-A2", kNational, {{F::agreement_handling, 1}}, ""},
};

}  // namespace

std::vector<TriggerRow> all_rows() {
    std::vector<TriggerRow> rows;
    const auto add = [&](const char* place, std::vector<TriggerRow> more) {
        for (TriggerRow& row : more) {
            row.name = place + row.name;
            rows.push_back(std::move(row));
        }
    };
    add("xinyang_", kXinyangRows);
    add("wuhai_", kWuhaiRows);
    add("", annex(kNational, "national"));
    add("", annex(kGuangdong, "guangdong"));
    add("jining_", jining_rows());
    return rows;
}

TEST_EACH(Triggers, hold_inside_their_borders_and_nowhere_else, all_rows()) { check_trigger(row); }

TEST_EACH(Triggers, propose_the_highest, kHighest) {
    const Proposal proposal = propose(rules_of(row.profile), row.facts);
    CPPUNIT_ASSERT_EQUAL(std::string(row.trigger),
                         proposal.reasons.empty() ? std::string() : proposal.reasons.front().trigger);
}

TEST(Triggers, are_those_of_the_texts_and_no_others) {
    const std::pair<std::string_view, std::size_t> counts[] = {
        {kNational, 10}, {kXinyang, 20}, {kWuhai, 15}, {kGuangdong, 10}, {kJining, 23}};
    for (const auto& [id, count] : counts) CPPUNIT_ASSERT_EQUAL(count, rules_of(id).triggers.size());
}

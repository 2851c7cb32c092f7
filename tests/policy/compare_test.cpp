#include "hub/core/profile/career_file.h"
#include "hub/core/rules/replay.h"
#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

namespace zige::testing {
namespace {

using namespace zige::hub;

/// "2026-03-01 10": decided on that day, so many points.
struct Decision {
    const char* day;
    unsigned points;
};

/// What each of the five texts makes of the last decision: "-" nothing, "2" or "1-6" months, "x1" or "x1-2" ended with
/// so many years of bar. By hand from the texts: national, 信阳, 乌海, 广东, 济宁.
struct Row {
    const char* name;
    std::vector<Decision> career;
    std::array<const char*, 5> effects;
    const char* tags;
};
const Row kCareers[] = {
    {"one_point", {{"2026-03-01", 1}}, {"-", "-", "-", "-", "-"}, "GD-4-3 JN-5-1"},
    {"six_points", {{"2026-03-01", 6}}, {"-", "-", "-", "-", "3"}, "XY-40-2 JN-5-1"},
    {"eight_points", {{"2026-03-01", 8}}, {"-", "-", "-", "-", "3"}, "XY-40-3 JN-5-1"},
    {"single_9", {{"2026-03-01", 9}}, {"1-6", "2", "2", "1-6", "6"}, "N34-29 XY-40-4 WH-4-2 GD-4-4 JN-5-1"},
    {"single_10", {{"2026-03-01", 10}}, {"1-6", "4", "4", "1-6", "6"}, "N34-29 XY-40-5 WH-4-2 GD-4-4 JN-5-1"},
    {"single_11", {{"2026-03-01", 11}}, {"1-6", "6", "6", "1-6", "6"}, "N34-29 XY-40-6 WH-4-2 GD-4-4 JN-5-1"},
    {"single_12", {{"2026-03-01", 12}}, {"x3", "x3", "x3", "x3", "x1-2"}, "N34-29 XY-40-8 WH-4-4 GD-4-4 JN-5-2"},
    {"6_and_3", {{"2026-03-01", 6}, {"2026-05-01", 3}}, {"1-6", "1", "1", "1-6", "6"}, "XY-40-4 WH-4-2 JN-5-1"},
    {"6_and_4", {{"2026-03-01", 6}, {"2026-05-01", 4}}, {"1-6", "2", "3", "1-6", "6"}, "XY-40-5 WH-4-2 JN-5-1"},
    {"6_and_5", {{"2026-03-01", 6}, {"2026-05-01", 5}}, {"1-6", "4", "5", "1-6", "6"}, "XY-40-6 WH-4-2 JN-5-1"},
    {"10_and_4",
     {{"2026-03-01", 10}, {"2026-05-01", 4}},
     {"x1", "x1", "x1", "x1", "x1-2"},
     "N34-29 XY-40-7 WH-4-3 GD-4-4 JN-5-1"},
    {"over_the_new_year", {{"2025-12-31", 10}, {"2026-01-02", 4}}, {"-", "-", "-", "-", "-"}, "XY-20 JN-4"},
    {"9_in_three_years",
     {{"2024-05-01", 9}, {"2025-05-01", 9}, {"2026-05-01", 9}},
     {"1-6", "2", "2", "1-6", "x1-2"},
     "JN-5-1"},
    {"9_in_two_of_three_years",
     {{"2024-05-01", 9}, {"2025-05-01", 8}, {"2026-05-01", 9}},
     {"1-6", "2", "2", "1-6", "6"},
     "JN-5-1"},
};

std::string text_of(const std::optional<Range>& range) {
    if (!range) return "?";
    const std::string least = std::to_string(range->least);
    return range->fixed() ? least : least + "-" + std::to_string(range->most);
}

std::string effect_text(const ReplayedDecision& decision) {
    const auto status = decision.effect.served.status;
    if (!status) return "-";
    return *status == Standing::suspended ? text_of(decision.months) : "x" + text_of(decision.ban_years);
}

std::vector<Scored> decisions_of(const std::vector<Decision>& career) {
    std::vector<Scored> decisions;
    for (const Decision& each : career) {
        Scored scored;
        scored.document = std::to_string(decisions.size() + 1);
        scored.decided_on = parse_day(each.day, "day").value();
        scored.conduct_year = static_cast<int>(std::chrono::year_month_day{scored.decided_on}.year());
        scored.points = each.points;
        decisions.push_back(scored);
    }
    return decisions;
}

TEST_EACH(Compare, five_texts_on_one_career, kCareers) {
    for (std::size_t i = 0; i < std::size(kAllProfiles); ++i) {
        const Replay replayed = replay(rules_of(kAllProfiles[i]), decisions_of(row.career), {}).value();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(kAllProfiles[i]), std::string(row.effects.at(i)),
                                     effect_text(replayed.decisions.back()));
        if (replayed.decisions.back().effect.served.status)
            CPPUNIT_ASSERT(!replayed.decisions.back().effect.served.article.empty());
    }
}

TEST(Compare, a_repair_counts_for_what_comes_after_it) {
    const auto decisions = decisions_of({{"2026-03-01", 6}, {"2026-05-01", 3}});
    const Repaired repair{"activity", 1, parse_day("2026-04-01", "day").value()};
    const Replay replayed = replay(rules_of(kXinyang), decisions, {&repair, 1}).value();
    CPPUNIT_ASSERT_EQUAL(8U, replayed.decisions.back().cumulative);
    CPPUNIT_ASSERT_EQUAL(std::string("-"), effect_text(replayed.decisions.back()));
    CPPUNIT_ASSERT_EQUAL(8U, replayed.points.at(2026));
}

TEST(Compare, says_what_was_decided_while_the_text_did_not_hold) {
    const Replay replayed = replay(rules_of(kXinyang), decisions_of({{"2025-02-01", 9}}), {}).value();
    CPPUNIT_ASSERT(!replayed.decisions.front().in_force);
}

TEST(Compare, reads_a_career_that_was_written_by_hand) {
    const CareerFile file = read_career_file(R"({"decisions": [{"decided_on": "2026-03-01", "points": 10},
        {"document": "B", "decided_on": "2026-05-01", "points": 4, "conduct_year": 2025}],
        "repairs": [{"way": "exam", "points": 1, "on": "2026-04-01"}]})")
                                .value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, file.decisions.size());
    CPPUNIT_ASSERT_EQUAL(std::string("1"), file.decisions[0].document);
    CPPUNIT_ASSERT_EQUAL(2025, file.decisions[1].conduct_year);
    CPPUNIT_ASSERT_EQUAL(1U, file.repairs.at(0).points);
}

struct BadFile {
    const char* name;
    const char* text;
    ErrorId error;
};
const BadFile kBad[] = {
    {"of_thirteen_points", R"({"decisions": [{"decided_on": "2026-03-01", "points": 13}]})", ErrorId::case_bad_field},
    {"without_a_day", R"({"decisions": [{"points": 3}]})", ErrorId::case_missing_field},
    {"with_one_document_twice",
     R"({"decisions": [{"document": "A", "decided_on": "2026-03-01", "points": 3},
                       {"document": "A", "decided_on": "2026-03-02", "points": 3}]})",
     ErrorId::case_bad_field},
    {"without_decisions", "{}", ErrorId::case_missing_field},
    {"that_is_none", "[", ErrorId::case_bad_field},
};
TEST_EACH(Compare, refuses_a_career, kBad) { CPPUNIT_ASSERT_EQUAL(row.error, read_career_file(row.text).error().id); }

}  // namespace
}  // namespace zige::testing

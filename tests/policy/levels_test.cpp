#include <array>

#include "hub/core/rules/points.h"
#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

using Degree = ResponsibilityDegree;

namespace {

struct LevelRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    const char* level;
    std::array<unsigned, 3> points;  ///< 一般, 重要, 主要
};
const LevelRow kLevels[] = {
    {"xinyang_1_3", "XY-23", kXinyang, "1-3", {1, 2, 3}},
    {"xinyang_4_6", "XY-24", kXinyang, "4-6", {4, 5, 6}},
    {"xinyang_7_9", "XY-25", kXinyang, "7-9", {7, 8, 9}},
    {"xinyang_10_12", "XY-26", kXinyang, "10-12", {10, 11, 12}},
    {"xinyang_fraud_is_12_for_everybody", "XY-27", kXinyang, "fraud", {12, 12, 12}},
    {"wuhai_1_3", "WH-3-1", kWuhai, "1-3", {1, 2, 3}},
    {"wuhai_4_6", "WH-3-2", kWuhai, "4-6", {4, 5, 6}},
    {"wuhai_7_9", "WH-3-3", kWuhai, "7-9", {7, 8, 9}},
    {"wuhai_10_12", "WH-3-4", kWuhai, "10-12", {10, 11, 12}},
    {"guangdong_1_3", "GD-4-3 ours:rules.levels[1-3]", kGuangdong, "1-3", {1, 2, 3}},
    {"guangdong_4_6", "GD-4-3 ours:rules.levels[4-6]", kGuangdong, "4-6", {4, 5, 6}},
    {"guangdong_7_9", "GD-4-3 ours:rules.levels[7-9]", kGuangdong, "7-9", {7, 8, 9}},
    {"guangdong_10_12", "GD-4-3 ours:rules.levels[10-12]", kGuangdong, "10-12", {10, 11, 12}},
    {"national_1_3", "N23-A2", kNational, "1-3", {1, 2, 3}},
    {"national_4_6", "N23-A2", kNational, "4-6", {4, 5, 6}},
    {"national_7_9", "N23-A2", kNational, "7-9", {7, 8, 9}},
    {"national_10_12", "N23-A2", kNational, "10-12", {10, 11, 12}},
    {"jining_1", "JN-4-1", kJining, "1", {1, 1, 1}},
    {"jining_3", "JN-4-2", kJining, "3", {3, 3, 3}},
    {"jining_6", "JN-4-3", kJining, "6", {6, 6, 6}},
    {"jining_12", "JN-4-4", kJining, "12", {12, 12, 12}},
};

struct WeightRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    const char* level;
    Degree degree;
    Weight weight;
    std::optional<unsigned> points;  ///< nothing: refused
};
const WeightRow kWeights[] = {
    {"xinyang_lighter_inside_the_band", "XY-22", kXinyang, "7-9", Degree::main, Weight::lighter, 7},
    {"xinyang_one_band_down", "XY-22", kXinyang, "7-9", Degree::main, Weight::mitigated, 6},
    {"xinyang_heavier_inside_the_band", "XY-22", kXinyang, "4-6", Degree::general, Weight::heavier, 6},
    {"xinyang_one_band_up", "XY-22", kXinyang, "4-6", Degree::general, Weight::aggravated, 7},
    {"xinyang_fraud_is_not_mitigated", "XY-27", kXinyang, "fraud", Degree::general, Weight::mitigated, {}},
    {"xinyang_nothing_above_the_highest", "XY-22", kXinyang, "10-12", Degree::general, Weight::aggravated, {}},
    {"national_one_band_down", "N23-A2", kNational, "7-9", Degree::main, Weight::mitigated, 6},
    {"national_one_band_up", "N23-A2", kNational, "4-6", Degree::general, Weight::aggravated, 7},
    {"wuhai_one_band_down", "N23-A2", kWuhai, "7-9", Degree::main, Weight::mitigated, 6},
    {"wuhai_one_band_up", "N23-A2", kWuhai, "4-6", Degree::general, Weight::aggravated, 7},
    {"guangdong_one_band_down", "N23-A2", kGuangdong, "7-9", Degree::main, Weight::mitigated, 6},
    {"guangdong_one_band_up", "N23-A2", kGuangdong, "4-6", Degree::general, Weight::aggravated, 7},
    {"jining_knows_no_weight", "JN-4", kJining, "6", Degree::general, Weight::mitigated, {}},
    {"jining_knows_no_other_band", "JN-4", kJining, "6", Degree::general, Weight::aggravated, {}},
};

}  // namespace

TEST_EACH(Levels, give_each_degree_its_points, kLevels) {
    const Rules& rules = rules_of(row.profile);
    for (std::size_t i = 0; i < row.points.size(); ++i) {
        const auto points = score(rules, row.level, static_cast<Degree>(i + 1), Weight::plain, {});
        CPPUNIT_ASSERT_MESSAGE(points.ok() ? "" : points.error().describe(), points.ok());
        CPPUNIT_ASSERT_EQUAL(row.points.at(i), *points);
    }
}

TEST_EACH(Levels, are_weighed_as_the_text_allows, kWeights) {
    const auto points = score(rules_of(row.profile), row.level, row.degree, row.weight, {});
    CPPUNIT_ASSERT_EQUAL(row.points, points.ok() ? std::optional(*points) : std::nullopt);
}

TEST(Levels, are_those_of_the_texts_and_no_others) {
    const std::pair<std::string_view, std::size_t> counts[] = {
        {kNational, 4}, {kXinyang, 5}, {kWuhai, 4}, {kGuangdong, 4}, {kJining, 4}};
    for (const auto& [id, count] : counts) CPPUNIT_ASSERT_EQUAL(count, rules_of(id).levels.size());
}

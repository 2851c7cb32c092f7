#include <algorithm>

#include "hub/core/profile/profile_file.h"
#include "tests/support/testing.h"
#include "tests/unit/profile/profile_text.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::line_of;
using zige::testing::profile_text;
using zige::testing::replaced;

namespace {

struct NameRow {
    const char* name;
    const char* id;
};
const NameRow kProfiles[] = {{"national", "national"},
                             {"henan_xinyang", "henan-xinyang"},
                             {"neimenggu_wuhai", "neimenggu-wuhai"},
                             {"guangdong", "guangdong"},
                             {"jining", "jining"}};

struct BadRow {
    const char* name;
    const char* from;
    const char* to;
    ErrorId error;
    const char* field;
    const char* at;  ///< the mistake stands in the line that holds this
};
const BadRow kBad[] = {
    {"unknown_value", "\"style\": {", "\"stile\": {", ErrorId::profile_unknown_field, "rules.stile", "\"stile\""},
    {"missing_value", "\"overlap\": {", "\"trainings_a_year\": {", ErrorId::profile_missing_field, "rules.overlap",
     "\"rules\": {"},
    {"value_without_a_source", "\"article\": \"第二十条：记分累加计算\"", "\"value2\": 1",
     ErrorId::profile_unknown_field, "rules.style.value2", "\"value2\""},
    {"row_without_a_source", ", \"article\": \"第二十三条：一般、重要、主要责任者分别记1—3分\"", "",
     ErrorId::profile_bad_value, "rules.levels[0]", "\"points\": [1, 2, 3]"},
    {"row_with_two_sources", "\"points\": [1, 2, 3],", "\"points\": [1, 2, 3], \"ours\": \"x\",",
     ErrorId::profile_bad_value, "rules.levels[0]", "\"points\": [1, 2, 3]"},
    {"empty_source", "\"article\": \"第二十条：记分累加计算\"", "\"article\": \"\"", ErrorId::profile_bad_value,
     "rules.style.article", "\"article\": \"\""},
    {"no_day", "\"2025-03-31\"", "\"2025-02-29\"", ErrorId::profile_bad_value, "rules.effective_from.value",
     "2025-02-29"},
    {"end_before_the_beginning", "\"conduct_from\": {",
     "\"effective_to\": {\"value\": \"2025-03-31\", \"ours\": \"x\"},\n    \"conduct_from\": {", ErrorId::rules_overlap,
     "rules.effective_to", "\"effective_to\""},
    {"region_of_three_digits", "\"4115\"", "\"411\"", ErrorId::profile_bad_value, "rules.region.value", "\"411\""},
    {"unknown_style", "\"counts_up\"", "\"sideways\"", ErrorId::profile_bad_value, "rules.style.value", "sideways"},
    {"level_of_13_points", "[10, 11, 12]", "[10, 11, 13]", ErrorId::profile_bad_value, "rules.levels[3].points[2]",
     "[10, 11, 13]"},
    {"level_without_points", "[10, 11, 12]", "[0, 11, 12]", ErrorId::profile_bad_value, "rules.levels[3].points[0]",
     "[0, 11, 12]"},
    {"degrees_that_do_not_ascend", "[10, 11, 12]", "[10, 9, 12]", ErrorId::profile_bad_value,
     "rules.levels[3].points[1]", "[10, 9, 12]"},
    {"two_degrees", "[10, 11, 12]", "[10, 12]", ErrorId::profile_bad_value, "rules.levels[3].points", "[10, 12]"},
    {"levels_that_touch", "[10, 11, 12]", "[9, 11, 12]", ErrorId::rules_overlap, "rules.levels[3].points",
     "[9, 11, 12]"},
    {"level_twice", "\"id\": \"4-6\"", "\"id\": \"1-3\"", ErrorId::profile_bad_value, "rules.levels[1].id",
     "[4, 5, 6]"},
    {"unknown_level_of_a_trigger", "\"id\": \"XY23-3\", \"level\": \"1-3\"", "\"id\": \"XY23-3\", \"level\": \"1-4\"",
     ErrorId::profile_bad_value, "rules.triggers[2].level", "\"XY23-3\""},
    {"trigger_twice", "\"id\": \"XY23-3\"", "\"id\": \"XY23-1\"", ErrorId::profile_bad_value, "rules.triggers[2].id",
     "\"id\": \"XY23-1\", \"level\": \"1-3\",\n       \"text\": \"公立"},
    {"unknown_fact", "\"corrected_in_time\"", "\"weather\"", ErrorId::profile_bad_value,
     "rules.triggers[1].any_of[0][1].fact", "\"weather\""},
    {"fact_twice", "\"corrected_in_time\"", "\"items_of_article_39\"", ErrorId::profile_bad_value,
     "rules.triggers[1].any_of[0][1]", "\"fact\": \"items_of_article_39\", \"at_least\": 1"},
    {"condition_without_a_border", "{\"fact\": \"agreement_handling\", \"at_least\": 1}",
     "{\"fact\": \"agreement_handling\"}", ErrorId::profile_bad_value, "rules.triggers[0].any_of[0][0]",
     "{\"fact\": \"agreement_handling\"}"},
    {"borders_that_cross", "\"at_least\": 30, \"below\": 50", "\"at_least\": 50, \"below\": 50", ErrorId::rules_overlap,
     "rules.triggers[5].any_of[0][1].below", "\"at_least\": 50, \"below\": 50"},
    {"trigger_without_alternatives", "[[{\"fact\": \"agreement_handling\", \"at_least\": 1}]]", "[]",
     ErrorId::profile_bad_value, "rules.triggers[0].any_of", "\"any_of\": []"},
    {"alternative_without_conditions", "[[{\"fact\": \"agreement_handling\", \"at_least\": 1}]]", "[[]]",
     ErrorId::profile_bad_value, "rules.triggers[0].any_of[0]", "\"any_of\": [[]]"},
    {"unknown_combination", "\"highest\"", "\"lowest\"", ErrorId::profile_bad_value, "rules.different_violations.value",
     "\"lowest\""},
    {"thresholds_that_overlap", "\"points\": [4, 6]", "\"points\": [3, 6]", ErrorId::rules_overlap,
     "rules.measures[1].points", "\"points\": [3, 6]"},
    {"thresholds_out_of_order", "\"points\": [4, 6]", "\"points\": [1, 2]", ErrorId::rules_overlap,
     "rules.measures[1].points", "\"points\": [1, 2]"},
    {"threshold_that_leaves_points_without_measure", "\"points\": [4, 6]", "\"points\": [4, 5]", ErrorId::rules_gap,
     "rules.measures[2].points", "\"points\": [7, 8]"},
    {"eleven_points_with_fewer_months_than_ten", "[11, 11], \"measures\": [\"suspend\"],\n       \"months\": [4, 4]",
     "[11, 11], \"measures\": [\"suspend\"],\n       \"months\": [1, 1]", ErrorId::rules_falling, "rules.measures[5]",
     "\"points\": [11, 11]"},
    {"sites_that_stand_apart", "\"all_sites\": {\n      \"value\": true", "\"all_sites\": {\n      \"value\": false",
     ErrorId::profile_bad_value, "rules.all_sites", "\"all_sites\""},
    {"threshold_that_ends_before_it_begins", "\"points\": [4, 6]", "\"points\": [6, 4]", ErrorId::rules_overlap,
     "rules.measures[1].points", "\"points\": [6, 4]"},
    {"threshold_of_13", "\"points\": [12, 12], \"measures\"", "\"points\": [12, 13], \"measures\"",
     ErrorId::profile_bad_value, "rules.measures[6].points[1]", "[12, 13]"},
    {"unknown_measure", "\"talk_by_bureau\"", "\"scolding\"", ErrorId::profile_bad_value,
     "rules.measures[1].measures[0]", "\"scolding\""},
    {"suspension_without_months", "\"months\": [1, 1],", "", ErrorId::profile_bad_value, "rules.measures[3]",
     "\"points\": [9, 9]"},
    {"months_without_a_suspension", "\"points\": [4, 6],", "\"points\": [4, 6], \"months\": [1, 1],",
     ErrorId::profile_bad_value, "rules.measures[1]", "\"points\": [4, 6]"},
    {"termination_without_years", "\"ban_years\": [1, 1],", "", ErrorId::profile_bad_value, "rules.measures[6]",
     "\"points\": [12, 12]"},
    {"suspension_that_terminates_too", "[\"suspend\"]", "[\"suspend\", \"terminate\"]", ErrorId::profile_bad_value,
     "rules.measures[3]", "\"terminate\"]"},
    {"sanction_by_an_article_that_nobody_can_cite", "第四十条第（四）项：累计9分", "第四十条：累计9分",
     ErrorId::profile_bad_value, "rules.measures[3]", "\"points\": [9, 9]"},
    {"percentages_that_cross", "\"to_percent\": 50", "\"to_percent\": 19", ErrorId::profile_bad_value,
     "rules.ratio.value.to_percent", "\"to_percent\": 19"},
    {"repair_bands_that_overlap", "\"score\": [76, 90]", "\"score\": [75, 90]", ErrorId::rules_overlap,
     "rules.repair[0].bands[1].score", "[75, 90]"},
    {"repair_band_above_100", "\"score\": [91, 100]", "\"score\": [91, 101]", ErrorId::profile_bad_value,
     "rules.repair[0].bands[2].score[1]", "[91, 101]"},
    {"unknown_field_of_a_repair_band", "{\"score\": [76, 90], \"points\": 2}", "{\"score\": [76, 90], \"marks\": 2}",
     ErrorId::profile_unknown_field, "rules.repair[0].bands[1].marks", "\"marks\""},
    {"repair_without_a_reduction", "\"points_each\": 1,", "", ErrorId::profile_bad_value, "rules.repair[1]",
     "\"id\": \"activity\""},
    {"repair_by_bands_and_by_times", "\"times_a_year\": 1,", "\"points_each\": 1, \"times_a_year\": 1,",
     ErrorId::profile_bad_value, "rules.repair[0]", "\"id\": \"exam\""},
    {"deadline_twice", "\"kind\": \"serve_notice\"", "\"kind\": \"issue_notice\"", ErrorId::profile_bad_value,
     "rules.deadlines[4].kind", "第四十三条"},
    {"unknown_unit", "\"unit\": \"calendar_days\"", "\"unit\": \"hours\"", ErrorId::profile_bad_value,
     "rules.deadlines[2].unit", "\"hours\""},
    {"review_from_13_points", "\"value\": 12,\n      \"article\": \"第二十八条：单次12分",
     "\"value\": 13,\n      \"article\": \"第二十八条：单次12分", ErrorId::profile_bad_value,
     "rules.discussion_from.value", "\"value\": 13"},
};

}  // namespace

TEST_EACH(RulesFile, is_read_of_every_profile, kProfiles) {
    const auto file = read_profile_file(profile_text(row.id));
    CPPUNIT_ASSERT_MESSAGE(file.ok() ? "" : file.error().describe(), file.ok());
    CPPUNIT_ASSERT_EQUAL(std::string(row.id), file->profile.id);
    CPPUNIT_ASSERT(file->rules.has_value());
    CPPUNIT_ASSERT_EQUAL(file->profile.id, file->rules->id);
    CPPUNIT_ASSERT_EQUAL(file->profile.version, file->rules->version);
    CPPUNIT_ASSERT(!file->rules->document.empty() && !file->title.empty());
}

TEST_EACH(RulesFile, gives_every_value_a_source_a_line_and_a_key_of_its_own, kProfiles) {
    const std::string text = profile_text(row.id);
    const auto file = read_profile_file(text);
    std::vector<std::string> keys;
    for (const SourcedValue& value : file->values) {
        CPPUNIT_ASSERT(!value.cite.text.empty() && !value.value.empty());
        CPPUNIT_ASSERT(value.line > 0 && value.line <= line_of(text + "\n\x01", "\x01"));
        keys.push_back(value.key);
    }
    std::ranges::sort(keys);
    CPPUNIT_ASSERT(std::ranges::adjacent_find(keys) == keys.end());
    const auto waiting = std::ranges::count_if(file->values, &SourcedValue::undecided);
    CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(waiting), file->undecided.size());
}

/// Without the row of that basis and points.
std::string without_row(std::string text, const std::string& basis, unsigned points) {
    const std::string begin = "{\"basis\": \"" + basis + "\", \"points\": [" + std::to_string(points);
    const std::size_t from = text.find(begin);
    CPPUNIT_ASSERT_MESSAGE(begin, from != std::string::npos);
    text.erase(from, text.find('}', from) + 1 - from);
    const std::size_t next = text.find_first_not_of(" \n", from);  // the comma of the row, or that of the row before
    text.erase(text[next] == ',' ? next : text.rfind(',', from), 1);
    return text;
}

struct RemovedRow {
    const char* name;
    const char* basis;
    std::vector<unsigned> points;
    const char* detail;
    const char* tags;
};
const RemovedRow kRemoved[] = {
    {"the_first_of_the_year", "cumulative", {3}, "cumulative leaves points before 4 without measure", "XY-40-1"},
    {"the_last_of_the_year", "cumulative", {12}, "cumulative 12 leads to nothing", "XY-40-7"},
    {"the_first_of_one_decision", "single", {9}, "single leaves points before 10 without measure", "XY-40-4"},
    {"the_first_two_of_one_decision", "single", {9, 10}, "single leaves points before 11 without measure", "XY-40-5"},
    {"the_last_of_one_decision", "single", {12}, "single 12 leads to nothing", "XY-40-8"},
    {"all_of_one_decision", "single", {9, 10, 11, 12}, "single 12 leads to nothing", "XY-40-8 N34-29"},
};
TEST_EACH(RulesFile, misses_a_row_that_is_not_there, kRemoved) {
    std::string text = profile_text("henan-xinyang");
    for (const unsigned points : row.points) text = without_row(text, row.basis, points);
    const auto file = read_profile_file(text);
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_gap, file.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("rules.measures"), file.error().field);
    CPPUNIT_ASSERT_MESSAGE(file.error().detail, file.error().detail.ends_with(row.detail));
}

struct MilderRow {
    const char* name;
    const char* from;
    const char* to;
    const char* field;
    const char* detail;
    const char* tags;
};
const MilderRow kMilder[] = {
    {"fewer_months", "\"months\": [4, 4],\n       \"article\": \"信医保〔2025〕1号 第四十条第（六）",
     "\"months\": [7, 7],\n       \"article\": \"信医保〔2025〕1号 第四十条第（六）", "rules.measures[9]",
     "is milder than cumulative 11-11", "XY-40-6"},
    {"a_shorter_ban", "\"ban_years\": [1, 1]", "\"ban_years\": [4, 4]", "rules.measures[10]",
     "is milder than cumulative 12-12", "XY-40-8"},
};
TEST_EACH(RulesFile, leads_one_decision_to_nothing_milder_than_a_year, kMilder) {
    const auto file = read_profile_file(replaced(profile_text("henan-xinyang"), row.from, row.to));
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::rules_falling, file.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), file.error().field);
    CPPUNIT_ASSERT_MESSAGE(file.error().detail, file.error().detail.ends_with(row.detail));
}

TEST(RulesFile, keeps_a_row_with_its_path_key_value_source_and_line) {
    const std::string text = profile_text("henan-xinyang");
    const auto file = read_profile_file(text);
    const auto at = std::ranges::find(file->values, "rules.measures[3]", &SourcedValue::path);
    CPPUNIT_ASSERT(at != file->values.end());
    CPPUNIT_ASSERT_EQUAL(std::string("rules.measures[cumulative 9-9]"), at->key);
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"basis": "cumulative", "points": [9, 9], "measures": ["suspend"], )"
                                     R"("months": [1, 1]})"),
                         at->value);
    CPPUNIT_ASSERT_EQUAL(std::string("信医保〔2025〕1号 第四十条第（四）项"), at->cite.article());
    CPPUNIT_ASSERT_EQUAL(line_of(text, "\"points\": [9, 9]"), std::size_t{at->line});
}

TEST(RulesFile, is_a_profile_without_rules_too) {
    std::string text = profile_text("henan-xinyang");
    text = text.substr(0, text.find(",\n  \"rules\"")) + "\n}\n";
    const auto file = read_profile_file(text);
    CPPUNIT_ASSERT_MESSAGE(file.ok() ? "" : file.error().describe(), file.ok());
    CPPUNIT_ASSERT(!file->rules.has_value());
    CPPUNIT_ASSERT(file->profile == henan_xinyang());
}

TEST(RulesFile, leaves_out_what_the_text_does_not_regulate) {
    const auto file = read_profile_file(profile_text("jining"));
    CPPUNIT_ASSERT_EQUAL(0U, file->rules->levels_down.value);
    CPPUNIT_ASSERT(!file->rules->legal_review_from);
    CPPUNIT_ASSERT(!file->rules->all_stores_of_principal.value);
}

TEST(RulesFile, must_say_the_same_of_a_departure_as_the_gate) {
    const std::string text = replaced(profile_text("henan-xinyang"), "\"kind\": \"departure\", \"days\": 10",
                                      "\"kind\": \"departure\", \"days\": 11");
    const auto file = read_profile_file(text);
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("gate.departure_working_days"), file.error().field);
}

TEST_EACH(RulesFile, names_field_and_line_of_a_mistake, kBad) {
    const std::string text = replaced(profile_text("henan-xinyang"), row.from, row.to);
    const auto file = read_profile_file(text);
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(file.error().describe(), row.error, file.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), file.error().field);
    const std::string line = "line " + std::to_string(line_of(text, row.at));
    CPPUNIT_ASSERT_EQUAL(line, file.error().detail.substr(0, file.error().detail.find(':')));
}

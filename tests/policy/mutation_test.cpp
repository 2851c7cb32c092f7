#include "tests/policy/mutation.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "hub/core/profile/profile_file.h"
#include "tests/support/testing.h"

using namespace zige::testing;

namespace {

std::string text_of(const std::string& id) {
    std::ifstream in(ZIGE_PACKAGING "/profiles/" + id + ".json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// "path: what" -> tag.
std::map<std::string, std::string> mutations_of(const std::string& id) {
    std::map<std::string, std::string> found;
    for_each_mutation(text_of(id), [&](const Mutation& each) { found[each.path + ": " + each.what] = each.tag; });
    return found;
}

struct MutationRow {
    const char* name;
    const char* mutation;
    const char* tag;
};
const MutationRow kRows[] = {
    {"number_up", "rules.measures[3].months[0]: 1 -> 2", "XY-40-4"},
    {"number_down", "rules.measures[3].months[0]: 1 -> 0", "XY-40-4"},
    {"flag", "rules.all_sites.value: true -> false", "XY-45"},
    {"day_up", "rules.effective_from.value: 2025-03-31 -> 2025-04-01", "XY-54"},
    {"day_down", "rules.effective_from.value: 2025-03-31 -> 2025-03-30", "XY-54"},
    {"day_of_a_higher_text", "rules.conduct_from.value: 2025-03-01 -> 2025-03-02", "HN"},
    {"fact", "rules.triggers[0].any_of[0][0].fact: agreement_handling -> agreement_handlings_in_year", "XY-23-1"},
    {"level", "rules.triggers[0].level: 1-3 -> 4-6", "XY-23-1"},
    {"last_name_goes_round", "rules.measures[7].basis: single -> cumulative", "XY-40-4"},
    {"region", "rules.region.value: 4115 -> 4116", "XY-2"},
    {"code", "gate.emergency_med_types.value[0]: 13 -> 14", "ours:gate.emergency_med_types"},
    {"row_dropped", "rules.triggers[0]: dropped", "XY-23-1"},
    {"condition_dropped", "rules.triggers[1].any_of[0][1]: dropped", "XY-23-2"},
    {"article_dropped", "articles[8]: dropped", "XY-40-4"},
    {"ground",
     "gate.articles_of_grounds.suspended: 信医保〔2025〕1号 第十四条第（二）项 -> 信医保〔2025〕1号 "
     "第十四条第（三）项",
     "XY-14-2"},
    {"role_effect", "gate.roles.value[0].effect: refuse -> warn", "ours:gate.roles"},
    {"ours", "rules.overlap.value: latest_end -> one_after_the_other", "ours:rules.overlap"},
    {"undecided_by_its_key", "rules.repair[0].bands[0].points: 1 -> 2", "ours:rules.repair[exam]"},
    {"version", "version: 1 -> 2", "ours:version"},
};

}  // namespace

TEST_EACH(Mutations, change_a_value_and_name_its_article, kRows) {
    static const auto found = mutations_of("henan-xinyang");
    CPPUNIT_ASSERT_MESSAGE(row.mutation, found.contains(row.mutation));
    CPPUNIT_ASSERT_EQUAL(std::string(row.tag), found.at(row.mutation));
}

TEST(Mutations, leave_the_file_as_it_was_after_each) {
    std::size_t sound = 0;
    std::size_t refused = 0;
    std::string last;
    for_each_mutation(text_of("jining"), [&](const Mutation& each) {
        CPPUNIT_ASSERT(each.text != last && !each.tag.empty());
        last = each.text;
        ++(zige::hub::read_profile_file(each.text).ok() ? sound : refused);
    });
    CPPUNIT_ASSERT(sound > 0 && refused > 0);
    CPPUNIT_ASSERT(last.find("\"trainings_a_year\": {\"value\": 2,") != std::string::npos);
    CPPUNIT_ASSERT(last.find("\"id\": \"notice_ends\"") != std::string::npos);
    CPPUNIT_ASSERT(last.find("\"id\": \"appeal\"") == std::string::npos);  // the last row, dropped
    CPPUNIT_ASSERT(last.find("\"effective_from\": {\"value\": \"2024-03-29\",") != std::string::npos);
}

TEST(Mutations, never_touch_what_only_explains) {
    for_each_mutation(text_of("guangdong"), [](const Mutation& each) {
        for (const char* key : {".article", ".ours", ".undecided", ".inherits", ".text", "title", "document"})
            CPPUNIT_ASSERT(!each.path.ends_with(key));
    });
}

#include "hub/core/profile/profile_file.h"

#include <algorithm>
#include <set>

#include "tests/support/testing.h"
#include "tests/unit/profile/profile_text.h"

using namespace zige;
using namespace zige::hub;
using zige::testing::line_of;
using zige::testing::replaced;

namespace {

struct BadRow {
    const char* name;
    const char* from;
    const char* to;
    ErrorId error;
    const char* field;
    const char* at;  ///< the mistake stands in the line that holds this
};
const BadRow kBad[] = {
    {"unknown_field", "\"cost_to_patient\": {", "\"costs\": {", ErrorId::profile_unknown_field, "gate.costs",
     "\"costs\""},
    {"missing_field", "\"id\": \"henan-xinyang\",", "", ErrorId::profile_missing_field, "id", "{"},
    {"number_as_text", "\"value\": 10,", "\"value\": \"10\",", ErrorId::profile_bad_value,
     "gate.departure_working_days.value", "\"10\""},
    {"zero_days", "\"value\": 10,", "\"value\": 0,", ErrorId::profile_bad_value, "gate.departure_working_days.value",
     "\"value\": 0,"},
    {"no_source", "\"article\": \"第十八条：", "\"value2\": \"", ErrorId::profile_unknown_field,
     "gate.departure_working_days.value2", "\"value2\""},
    {"two_sources", "\"ours\": \"门诊费用早于", "\"article\": \"x\", \"ours\": \"门诊费用早于",
     ErrorId::profile_bad_value, "gate.patient_delay_hours", "\"patient_delay_hours\""},
    {"unknown_role", "\"responsible_nurse\"", "\"cook\"", ErrorId::profile_bad_value, "gate.roles.value[5].roles[1]",
     "\"cook\""},
    {"role_twice", "\"roles\": [\"executing\"]", "\"roles\": [\"ordering\"]", ErrorId::profile_bad_value,
     "gate.roles.value[1].roles[0]", "[\"outpatient_fees\", \"inpatient_fees\"], \"roles\": [\"ordering\"]"},
    {"ground_cites_unknown_article", "\"agreement\": \"信医保〔2025〕1号 第三十九条\"", "\"agreement\": \"第一条\"",
     ErrorId::profile_bad_value, "gate.articles_of_grounds.agreement", "\"第一条\""},
    {"stale_before_aged", "\"stale_hours\": 1080", "\"stale_hours\": 359", ErrorId::profile_bad_value,
     "gate.freshness.value[0].stale_hours", "\"stale_hours\": 359"},
    {"rows_do_not_ascend", "\"max_people\": 100,", "\"max_people\": 10,", ErrorId::profile_bad_value,
     "gate.freshness.value[1].max_people", "\"fresh_hours\": 24"},
    {"no_row_for_the_largest", "\"max_people\": null", "\"max_people\": 200", ErrorId::profile_bad_value,
     "gate.freshness.value[2].max_people", "\"max_people\": 200"},
    {"kind_twice", "\"kind\": \"clinic\"", "\"kind\": \"hospital\"", ErrorId::profile_bad_value,
     "gate.scope.value[4].kind",
     "\"kind\": \"hospital\", \"categories\": [\"physician\", \"pharmacist\", \"nurse\", \"technician\", "
     "\"settlement_auditor\"]},\n        {\"kind\": \"pharmacy\""},
};

}  // namespace

TEST(ProfileFile, of_henan_is_the_profile_that_tests_start_from) {
    const auto file = read_profile_file(zige::testing::profile_text("henan-xinyang"));
    CPPUNIT_ASSERT_MESSAGE(file.ok() ? "" : file.error().describe(), file.ok());
    CPPUNIT_ASSERT(henan_xinyang() == file->profile);
}

TEST(ProfileFile, lists_what_is_ours_as_undecided_with_its_reason) {
    const auto file = read_profile_file(zige::testing::profile_text("henan-xinyang"));
    std::set<std::string> names;
    for (const UndecidedValue& value : file->undecided) {
        names.insert(value.name);
        CPPUNIT_ASSERT(!value.note.empty() && !value.confirmed);
    }
    const std::set<std::string> expected = {"missing_commitment_denies",
                                            "cost_to_patient",
                                            "unwritable_journal_holds",
                                            "patient_delay_hours",
                                            "roles",
                                            "freshness",
                                            "chronic_med_type_prefixes",
                                            "emergency_med_types",
                                            "rules.longer_of_cumulative_and_single",
                                            "rules.overlap",
                                            "rules.repair[0]",
                                            "rules.appeal_stays_effect",
                                            "rules.appraisal_stops_clock"};
    CPPUNIT_ASSERT_EQUAL(expected, names);
}

TEST_EACH(ProfileFile, names_field_and_line_of_a_mistake, kBad) {
    const std::string text = replaced(zige::testing::profile_text("henan-xinyang"), row.from, row.to);
    const auto file = read_profile_file(text);
    CPPUNIT_ASSERT(!file.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, file.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), file.error().field);
    const std::string line = "line " + std::to_string(line_of(text, row.at));
    CPPUNIT_ASSERT_EQUAL(line, file.error().detail.substr(0, file.error().detail.find(':')));
}

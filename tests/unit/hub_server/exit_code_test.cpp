#include "hub/server/exit_code.h"

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

namespace {

struct Row {
    const char* name;
    ErrorId error;
    int code;
};
const Row kRows[] = {
    {"wrong_usage", ErrorId::usage_unknown_option, 2},
    {"wrong_input", ErrorId::roster_unknown_layout, 2},
    {"refused_by_the_state_of_the_hub", ErrorId::institution_value_undecided, 1},
    {"damaged_log", ErrorId::ledger_bad_chain, 1},
    {"not_found", ErrorId::person_not_found, 3},
    {"in_use", ErrorId::hub_busy, 4},
    {"disk", ErrorId::file_io, 5},
    {"defect", ErrorId::api_internal, 5},
    {"trust", ErrorId::wire_bad_signature, 6},
    {"no_line", ErrorId::net_unreachable, 7},
    {"not_publishing", ErrorId::hub_behind_witness, 7},
    {"not_initialised", ErrorId::hub_not_initialised, 8},
};

}  // namespace

TEST_EACH(HubExitCode, is_as_documented, kRows) {
    CPPUNIT_ASSERT_EQUAL(row.code, static_cast<int>(exit_of(row.error)));
}

TEST(HubExitCode, no_error_ends_a_program_as_if_all_were_well) {
    for (const ErrorId error : all<ErrorId>()) CPPUNIT_ASSERT(exit_of(error) != Exit::ok);
}

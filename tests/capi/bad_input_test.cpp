#include <cstring>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr std::int32_t kBad = ZIGE_E_API_BAD_FIELD;
constexpr std::int32_t kMissing = ZIGE_E_API_MISSING_FIELD;
const std::string kLong(5000, 'x');

struct Row {
    const char* name;
    std::function<void(Asked&)> change;
    std::int32_t code;
    const char* field;
};

const Row kRows[] = {
    {"no_size_of_the_claim", [](Asked& a) { a.claim.size = 0; }, kBad, "claim.size"},
    {"a_size_that_is_garbage", [](Asked& a) { a.claim.size = 0xdeadbeef; }, kBad, "claim.size"},
    {"no_size_of_the_answer", [](Asked& a) { a.answer.size = 0; }, kBad, "out.size"},
    {"no_room_for_decisions", [](Asked& a) { a.answer.decisions = nullptr; }, kMissing, "out.decisions"},
    {"room_for_too_few", [](Asked& a) { a.answer.decision_count = 0; }, kBad, "out.decision_count"},
    {"decisions_of_another_size", [](Asked& a) { a.answer.decision_size = 8; }, kBad, "out.decision_size"},
    {"decisions_that_are_not_aligned", [](Asked& a) { a.answer.decision_size = sizeof(zige_decision) + 1; }, kBad,
     "out.decisions"},
    {"no_lines", [](Asked& a) { a.claim.lines = nullptr; }, kMissing, "claim.lines"},
    {"zero_lines", [](Asked& a) { a.claim.line_count = 0; }, kBad, "claim.line_count"},
    {"too_many_lines", [](Asked& a) { a.claim.line_count = ZIGE_MAX_LINES + 1; }, kBad, "claim.line_count"},
    {"lines_of_another_size", [](Asked& a) { a.claim.line_size = 16; }, kBad, "claim.line_size"},
    {"no_transaction", [](Asked& a) { a.claim.transaction = 0; }, kBad, "claim.transaction"},
    {"a_transaction_that_is_none", [](Asked& a) { a.claim.transaction = -7; }, kBad, "claim.transaction"},
    {"a_claim_id_without_end", [](Asked& a) { a.claim.claim_id = kLong.c_str(); }, kBad, "claim.claim_id"},
    {"a_key_without_end", [](Asked& a) { a.claim.idempotency_key = kLong.c_str(); }, kBad, "claim.idempotency_key"},
    {"bytes_that_are_no_text", [](Asked& a) { a.claim.claim_id = "\xff\xfe"; }, ZIGE_E_FILE_BAD_ENCODING,
     "claim.claim_id"},
    {"no_time", [](Asked& a) { a.line().fee_time = nullptr; }, kMissing, "lines[0].fee_time"},
    {"a_day_that_is_none", [](Asked& a) { a.line().fee_time = "2026-02-29 08:00:00"; }, ZIGE_E_TIME_BAD_TIME,
     "lines[0].fee_time"},
    {"a_prescription_at_no_time", [](Asked& a) { a.line().prescribed_time = "soon"; }, ZIGE_E_TIME_BAD_TIME,
     "lines[0].prescribed_time"},
    {"an_amount_beyond_all_measure", [](Asked& a) { a.line().amount_fen = INT64_MIN; }, kBad, "lines[0].amount_fen"},
    {"an_item_class_that_is_none", [](Asked& a) { a.line().item_class = 77; }, kBad, "lines[0].item_class"},
    {"uninsured_that_is_neither", [](Asked& a) { a.line().uninsured = 2; }, kBad, "lines[0].uninsured"},
    {"an_emergency_that_is_none", [](Asked& a) { a.line().emergency_kind = 9; }, kBad, "lines[0].emergency_kind"},
    {"an_emergency_without_reason", [](Asked& a) { a.line().emergency_kind = ZIGE_EMERGENCY_RESCUE; }, kMissing,
     "lines[0].emergency_reason"},
    {"an_emergency_that_nobody_declares",
     [](Asked& a) {
         a.line().emergency_kind = ZIGE_EMERGENCY_RESCUE;
         a.line().emergency_reason = "心跳骤停";
     },
     kMissing, "lines[0].emergency_declared_by"},
    {"a_fee_that_nobody_ordered",
     [](Asked& a) {
         a.line().people[0] = {kGoodCode, ZIGE_ROLE_EXECUTING};
     },
     kMissing, "lines[0].people"},
    {"nobody_at_all", [](Asked& a) { a.line().people[0].code = nullptr; }, kMissing, "lines[0].people"},
    {"a_role_that_is_none",
     [](Asked& a) {
         a.line().people[2] = {kGoodCode, 99};
     },
     kBad, "lines[0].people[2].role"},
    {"a_code_that_is_too_long", [](Asked& a) { a.line().people[0].code = kLong.c_str(); }, kBad,
     "lines[0].people[0].code"},
    {"an_order_without_its_time", [](Asked& a) { a.line().order_number = "YZ-7"; }, kMissing, "lines[0].order_time"},
    {"an_order_without_a_number", [](Asked& a) { a.line().order_time = "2026-11-20 08:00:00"; }, kMissing,
     "lines[0].order_number"},
    {"a_release_by_nobody", [](Asked& a) { a.line().release_reason = "断网"; }, kMissing, "lines[0].released_by"},
    {"a_release_without_a_reason", [](Asked& a) { a.line().released_by = "李院长"; }, kMissing,
     "lines[0].release_reason"},
    {"a_visit_that_is_too_long", [](Asked& a) { a.line().visit = kLong.c_str(); }, kBad, "lines[0].visit"},
    {"one_line_twice",
     [](Asked& a) {
         a.lines.push_back(a.lines[0]);
         a.lines[0].line_id = "2";
         a.settle();
     },
     kBad, "lines.line_id"},
    {"the_last_line_is_bad",
     [](Asked& a) {
         a.lines.push_back(a.lines[0]);
         a.lines[1].fee_time = "";
         a.settle();
     },
     kMissing, "lines[1].fee_time"},
};

}  // namespace

TEST_EACH(CapiBadInput, is_refused_whole_with_a_name, kRows) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::socket}) {
        ServedFolder served(folder, way);
        for (const auto call : {zige_check, zige_clear}) {
            Asked asked(folder);
            row.change(asked);
            zige_error error;
            CPPUNIT_ASSERT_EQUAL(row.code, call(&asked.answer, served.agent, &asked.claim, &error));
            CPPUNIT_ASSERT_EQUAL(row.code, error.code);
            CPPUNIT_ASSERT_EQUAL(std::string(row.field), std::string(error.field));
            CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_INVALID}, error.kind);
            CPPUNIT_ASSERT(std::strlen(error.reason) > 0);
            CPPUNIT_ASSERT_EQUAL(0, asked.decision().may_settle);
            CPPUNIT_ASSERT_EQUAL(row.code, call(&asked.answer, served.agent, &asked.claim, nullptr));
        }
        zige_agent_info info;
        ZIGE_INIT(info);
        zige_error error;
        fine(zige_agent_status(&info, served.agent, &error), error);
        CPPUNIT_ASSERT_MESSAGE("something was journaled", info.journal_entries <= (way == Way::owner ? 2U : 4U));
    }
}

namespace {

/// A newer host: a struct that is longer than ours.
struct NewerClaim {
    zige_claim claim;
    std::uint64_t later = 0;
};
struct NewerAnswer {
    zige_answer answer;
    std::uint64_t later = 1;
};
struct NewerLine {
    zige_line line;
    std::uint64_t later = 0;
};
struct NewerDecision {
    zige_decision decision;
    std::uint64_t later = 1;
};

}  // namespace

TEST(CapiBadInput, takes_the_structs_of_a_newer_header_unless_they_say_what_it_does_not_know) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    Asked asked(folder);
    NewerClaim claim{asked.claim};
    NewerAnswer answer{asked.answer};
    std::vector<NewerLine> lines(2, {asked.line()});
    std::vector<NewerDecision> decisions(2);
    claim.claim.size = sizeof claim;
    claim.claim.lines = &lines[0].line;
    claim.claim.line_size = sizeof(NewerLine);
    claim.claim.line_count = 2;
    answer.answer.size = sizeof answer;
    answer.answer.decisions = &decisions[0].decision;
    answer.answer.decision_size = sizeof(NewerDecision);
    answer.answer.decision_count = 2;
    zige_error error;
    fine(zige_check(&answer.answer, served.agent, &claim.claim, &error), error);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, answer.later);
    CPPUNIT_ASSERT_EQUAL(1, decisions[1].decision.may_settle);
    lines[1].later = 1;
    CPPUNIT_ASSERT_EQUAL(kBad, zige_check(&answer.answer, served.agent, &claim.claim, &error));
    CPPUNIT_ASSERT_EQUAL(0, decisions[0].decision.may_settle);
    lines[1].later = 0;
    claim.later = 1;
    CPPUNIT_ASSERT_EQUAL(kBad, zige_check(&answer.answer, served.agent, &claim.claim, &error));
    CPPUNIT_ASSERT_EQUAL(std::string("claim"), std::string(error.field));
}

TEST(CapiBadInput, null_is_refused_by_every_function) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_agent* const agent = served.agent;
    zige_agent* const none = nullptr;
    Asked asked(folder);
    zige_filing filing;
    ZIGE_INIT(filing);
    zige_sync_report report;
    ZIGE_INIT(report);
    zige_agent_info info;
    ZIGE_INIT(info);
    std::vector<char> room(ZIGE_MIN_ROOM);
    zige_open_options open;
    ZIGE_INIT(open);
    zige_connect_options connect;
    ZIGE_INIT(connect);
    Handle other;
    const std::int32_t given[] = {
        zige_agent_open(nullptr, &open, nullptr),
        zige_agent_open(other.out(), nullptr, nullptr),
        zige_agent_open(other.out(), &open, nullptr),
        zige_agent_connect(nullptr, &connect, nullptr),
        zige_agent_connect(other.out(), nullptr, nullptr),
        zige_agent_connect(other.out(), &connect, nullptr),
        zige_check(nullptr, agent, &asked.claim, nullptr),
        zige_check(&asked.answer, none, &asked.claim, nullptr),
        zige_check(&asked.answer, agent, nullptr, nullptr),
        zige_clear(nullptr, agent, &asked.claim, nullptr),
        zige_clear(&asked.answer, none, &asked.claim, nullptr),
        zige_clear(&asked.answer, agent, nullptr, nullptr),
        zige_file(nullptr, agent, "{}", 2, nullptr),
        zige_file(&filing, none, "{}", 2, nullptr),
        zige_file(&filing, agent, nullptr, 2, nullptr),
        zige_sync(nullptr, agent, 0, nullptr),
        zige_sync(&report, none, 0, nullptr),
        zige_tick(none, nullptr),
        zige_agent_status(nullptr, agent, nullptr),
        zige_agent_status(&info, none, nullptr),
        zige_request(nullptr, room.size(), nullptr, agent, "GET", "/v1/status", nullptr, 0, nullptr),
        zige_request(room.data(), room.size(), nullptr, none, "GET", "/v1/status", nullptr, 0, nullptr),
        zige_request(room.data(), room.size(), nullptr, agent, nullptr, "/v1/status", nullptr, 0, nullptr),
        zige_request(room.data(), room.size(), nullptr, agent, "GET", nullptr, nullptr, 0, nullptr),
        zige_request(room.data(), room.size(), nullptr, agent, "POST", "/v1/check", nullptr, 9, nullptr),
        zige_text(nullptr, 10, ZIGE_TEXT_OUTCOME, 1, 0, nullptr),
    };
    for (const std::int32_t each : given)
        CPPUNIT_ASSERT_EQUAL_MESSAGE("call " + std::to_string(&each - given), kMissing, each);
    zige_agent_close(nullptr);
    zige_agent* closed = nullptr;
    zige_agent_close(&closed);
}

TEST(CapiBadInput, a_pointer_to_one_error_is_filled_and_emptied_again) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_error error;
    std::memset(&error, 0x5a, sizeof error);
    CPPUNIT_ASSERT_EQUAL(kMissing, zige_tick(nullptr, &error));
    CPPUNIT_ASSERT_EQUAL(std::string("agent"), std::string(error.field));
    fine(zige_tick(served.agent, &error), error);
    CPPUNIT_ASSERT_EQUAL(0, error.code);
    CPPUNIT_ASSERT_EQUAL(std::string(), std::string(error.field) + error.reason + error.next + error.detail);
}

#include "hub/core/notices.h"

#include <algorithm>

#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const std::string kZhang = "D411500000001";

struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        import(kHospital, {row(kZhang, "张伟", "110105194912310021")});
    }
};

TEST(Notice, says_what_stands_against_a_person_small_enough_for_a_code) {
    Scene f;
    f.suspend(kZhang, "2026-03-03", "信医保处〔2026〕9号");
    const Notices::Notice notice = must(f.hub().notices().issue(kOperator, kHospital, kZhang));
    CPPUNIT_ASSERT_EQUAL(std::string("ZIGE1:"), notice.text.substr(0, 6));
    std::string digits = notice.text.substr(6);
    std::transform(digits.begin(), digits.end(), digits.begin(), [](unsigned char c) { return std::tolower(c); });
    const Bytes envelope = from_hex(digits).value();
    CPPUNIT_ASSERT(envelope.size() <= kMaxStatementEnvelope);
    const wire::Statement said = must(wire::decode_statement(open(f, MessageType::statement, envelope)));
    CPPUNIT_ASSERT(said == notice.statement);
    CPPUNIT_ASSERT_EQUAL(1U, said.no.value);
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕9号"), said.interval.document);
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value, said.basis.value);  // the state that shows it
}

TEST(Notice, is_not_made_of_nothing) {
    Scene f;
    f.add(kTownship, InstitutionKind::township_hospital);
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_not_found, f.hub().notices().issue(kOperator, kHospital, kZhang).error().id);
    f.suspend(kZhang, "2026-03-03", "信医保处〔2026〕9号");
    CPPUNIT_ASSERT_EQUAL(ErrorId::person_not_found, f.hub().notices().issue(kOperator, kTownship, kZhang).error().id);
}

TEST(PhoneCode, is_another_one_each_time_and_at_most_15_days) {
    Scene f;
    TestAgent agent(f, kHospital);
    const auto first = must(f.hub().notices().prolong(kOperator, agent.id, 15));
    const auto second = must(f.hub().notices().prolong(kOperator, agent.id, 15));
    CPPUNIT_ASSERT_EQUAL(1U, first.serial);
    CPPUNIT_ASSERT_EQUAL(2U, second.serial);
    CPPUNIT_ASSERT(first.code != second.code);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_too_long, f.hub().notices().prolong(kOperator, agent.id, 16).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_no_such_agent, f.hub().notices().prolong(kOperator, AgentId{99}, 5).error().id);
}

struct Taken {
    const char* name;
    wire::PhoneCodeEntry code;
    bool named;
};
const Taken kTaken[] = {
    {"that_was_given", {1, 5}, false},
    {"for_fewer_days_than_were_given", {1, 4}, false},
    {"for_more_days_than_were_given", {1, 6}, true},
    {"that_nobody_gave", {2, 5}, true},
};
TEST_EACH(PhoneCode, is_compared_with_what_the_agent_took, kTaken) {
    Scene f;
    TestAgent agent(f, kHospital);
    must(f.hub().notices().prolong(kOperator, agent.id, 5));
    TestAgent other(f, kHospital);
    for (int i = 0; i < 2; ++i) must(f.hub().notices().prolong(kOperator, other.id, 15));  // of no use to the first
    agent.append(row.code);
    agent.sync();
    const auto incidents = must(f.hub().incidents().list(false));
    CPPUNIT_ASSERT_EQUAL(row.named, !incidents.empty());
    if (!row.named) return;
    CPPUNIT_ASSERT_EQUAL(IncidentKind::stolen_key, incidents[0].kind);
    CPPUNIT_ASSERT_EQUAL(agent.id.value, incidents[0].agent.value);
    CPPUNIT_ASSERT_EQUAL(std::to_string(row.code.days), std::string(incidents[0].evidence.text("days_taken")));
}

}  // namespace
}  // namespace zige::hub::testing

#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

TEST(Agent, answers_nothing_before_it_is_enrolled) {
    AgentFixture f;
    f.start();
    CPPUNIT_ASSERT(!f.agent->enrolled());
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_not_enrolled, f.agent->gate().error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_not_enrolled, f.agent->syncer().error().id);
}

TEST(Agent, has_no_copy_before_its_first_sync) {
    AgentFixture f;
    f.start();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_no_copy, f.gate().check(f.line("D411502000001")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_no_copy, f.clear("D411502000001").error().id);
}

TEST(Agent, enrols_syncs_and_judges) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("0017"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000004"));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.check("9999"));
}

TEST(Agent, starts_from_disk_alone_with_the_hub_down) {
    AgentFixture f;
    f.ready();
    const auto answer = f.clear("D411502000001").value();
    const auto before = f.agent->status();
    f.transports.down = true;
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
    const auto after = f.agent->status();
    CPPUNIT_ASSERT_EQUAL(before.seq.value, after.seq.value);
    CPPUNIT_ASSERT_EQUAL(to_hex(before.state_hash), to_hex(after.state_hash));
    CPPUNIT_ASSERT_EQUAL(before.journal.size, after.journal.size);
    CPPUNIT_ASSERT_EQUAL(before.as_of, after.as_of);
    CPPUNIT_ASSERT_EQUAL(answer.lines[0].number + 1, f.clear("D411502000001")->lines[0].number);
}

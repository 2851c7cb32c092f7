#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

TEST(CopyPutBack, alone_is_named_until_the_next_chapter) {
    AgentFixture f;
    f.ready();
    const auto image = f.disk->image("/data/replica.db");
    f.advance(std::chrono::minutes{2});
    f.sync();
    const Instant known = f.agent->status().time.trusted;
    CPPUNIT_ASSERT(f.clear("D411502000001").ok());
    f.restart();
    CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
    f.stop();
    f.disk->restore("/data/replica.db", image);
    f.start();
    const auto status = f.agent->status();
    CPPUNIT_ASSERT(status.copy_put_back && !status.journal.anchor_ahead);
    CPPUNIT_ASSERT_EQUAL_MESSAGE("the time does not go back with it", known, status.time.trusted);
    CPPUNIT_ASSERT_MESSAGE("decisions go on", f.clear("D411502000003").ok());
    f.restart();
    CPPUNIT_ASSERT_MESSAGE("it is named again", f.agent->status().copy_put_back);
    CPPUNIT_ASSERT(f.sync().copy_put_back);
    CPPUNIT_ASSERT_MESSAGE("the hub is told", f.hub.last_request.health.anchor_ahead);
    CPPUNIT_ASSERT(!f.hub.forked);
    f.hub.say = [](wire::Held& held) {
        if (held.chapter == Chapter{1}) held.open_chapter = Chapter{2};
    };
    f.sync();
    CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
    f.restart();
    CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
    CPPUNIT_ASSERT(!f.sync().copy_put_back && !f.hub.last_request.health.anchor_ahead);
}

/// Without the minute's tick and without an end in order, as when the plug is pulled.
TEST(CopyPutBack, is_no_power_cut_after_any_of_many_syncs) {
    AgentFixture f;
    f.ready();
    for (int step = 1; step < 60; ++step) {
        f.advance(std::chrono::seconds{7 * step % 200});
        f.sync(step % 3 == 0);
        CPPUNIT_ASSERT(f.clear("D411502000001").ok());
        f.restart();
        CPPUNIT_ASSERT_MESSAGE(std::to_string(step), !f.agent->status().copy_put_back);
    }
}

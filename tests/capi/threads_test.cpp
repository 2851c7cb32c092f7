#include <atomic>
#include <thread>

#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr int kThreads = 8;
constexpr int kCalls = 40;

/// One till: asks about both people again and again. Whoever is suspended all the time is never let through.
void ask(EnrolledFolder& folder, zige_agent* agent, bool clear, std::atomic<int>& wrong) {
    for (int i = 0; i < kCalls; ++i) {
        Asked asked(folder, {kGoodCode, kSuspendedCode});
        zige_error error;
        const auto call = clear ? zige_clear : zige_check;
        const zige_status status = call(&asked.answer, agent, &asked.claim, &error);
        if (status != ZIGE_OK || asked.decision(1).outcome != ZIGE_OUTCOME_DENY) ++wrong;
    }
}

}  // namespace

TEST(CapiThreads, eight_tills_ask_while_one_thread_syncs_and_keeps_time) {
    EnrolledFolder folder;
    for (const Way way : {Way::owner, Way::socket}) {
        ServedFolder served(folder, way, ZIGE_GBK);
        std::atomic<int> wrong{0};
        std::atomic<bool> done{false};
        std::thread keeper([&] {
            zige_sync_report report;
            ZIGE_INIT(report);
            for (std::uint32_t no = 6; !done; no = no == 6 ? 5 : 6) {
                folder.suspend(no);
                if (zige_sync(&report, served.agent, 1, nullptr) != ZIGE_OK) ++wrong;
                if (zige_tick(served.agent, nullptr) != ZIGE_OK) ++wrong;
            }
        });
        std::vector<std::thread> tills;
        for (int i = 0; i < kThreads; ++i) tills.emplace_back([&, i] { ask(folder, served.agent, i % 4 == 0, wrong); });
        for (std::thread& till : tills) till.join();
        done = true;
        keeper.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
}

TEST(CapiThreads, closing_ends_a_sync_that_waits_for_the_hub) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    std::atomic<bool> waiting{false};
    std::atomic<bool> closing{false};
    served.host.instead = [&](zige_fetch& exchange) {
        if (served.host.fetched > 1) return 1;
        waiting = true;
        while (!closing) std::this_thread::yield();
        exchange.http_status = 503;  // an answer; what would be asked next is not asked any more
        return 0;
    };
    zige_status status = ZIGE_OK;
    zige_agent* const agent = served.agent;
    std::thread syncing([&] {
        zige_sync_report report;
        ZIGE_INIT(report);
        zige_error error;
        status = zige_sync(&report, agent, 1, &error);
    });
    while (!waiting) std::this_thread::yield();
    std::thread closer([&] { zige_agent_close(served.agent.out()); });
    closing = true;
    closer.join();
    syncing.join();
    CPPUNIT_ASSERT(status != ZIGE_OK);
    CPPUNIT_ASSERT_EQUAL(1, served.host.fetched.load());
}

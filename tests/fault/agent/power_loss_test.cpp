#include <atomic>
#include <mutex>
#include <thread>

#include "tests/fault/agent/scenario.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// The power goes, the PC comes back with what the disk kept.
void lose_power(AgentFixture& f) {
    f.disk->cut_power_now();
    f.stop();
    f.disk->reboot();
    f.clock.reboot(std::chrono::minutes{3});
    f.hub.now += std::chrono::minutes{3};
    f.start();
    CPPUNIT_ASSERT_MESSAGE("the copy was damaged and thrown away", !f.agent->status().copy_error.has_value());
}

const Scenario& clearing() { return scenarios()[2]; }

std::uint64_t operations_of(const Scenario& scenario) {
    AgentFixture f;
    prepare(f, scenario);
    const auto before = f.disk->counts().operations();
    Witness witness;
    scenario.run(f, witness);
    return f.disk->counts().operations() - before;
}

}  // namespace

TEST_EACH(PowerLoss, leaves_the_old_state_or_the_new_one_and_every_answered_decision, scenarios()) {
    const std::uint64_t operations = operations_of(row);
    CPPUNIT_ASSERT(operations > 10);
    for (std::uint64_t cut = 1; cut <= operations; cut += step_of_sweep(3)) {
        AgentFixture f(Suite::ed25519_sha256, cut);
        prepare(f, row);
        f.disk->cut_power_at_operation(f.disk->counts().operations() + cut);
        Witness witness;
        row.run(f, witness);
        const std::string where = std::string(row.name) + " cut at operation " + std::to_string(cut);
        CPPUNIT_ASSERT_MESSAGE(where + ": the power was not cut", !f.disk->has_power());
        lose_power(f);
        judge(f, witness, where);
    }
}

TEST(PowerLoss, under_a_load_of_several_callers_no_answered_decision_is_lost) {
    constexpr int kCallers = 4;
    for (std::uint64_t cut = 3; cut < 80; cut += step_of_sweep(4)) {
        AgentFixture f(Suite::ed25519_sha256, cut);
        prepare(f, clearing());
        f.disk->cut_power_at_operation(f.disk->counts().operations() + cut);
        Witness witness;
        std::mutex mutex;
        std::vector<std::thread> callers;
        for (int c = 0; c < kCallers; ++c)
            callers.emplace_back([&, c] {
                for (int i = 0; i < 200; ++i) {
                    const std::string key = std::to_string(c) + "/" + std::to_string(i);
                    const auto answer = f.clear("D411502000003", key);
                    const std::lock_guard lock(mutex);
                    if (!answer || !answer->lines[0].recorded) return;
                    witness.decided.push_back(
                        {"D411502000003", key, answer->chapter, answer->lines[0].number, Outcome::deny});
                }
            });
        for (auto& caller : callers) caller.join();
        CPPUNIT_ASSERT(!f.disk->has_power());
        lose_power(f);
        judge(f, witness, "cut at operation " + std::to_string(cut));
    }
}

/// The tests above can fail: a disk that lies about syncing loses answered decisions.
TEST(PowerLoss, is_noticed_when_the_disk_lies_about_syncs) {
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        AgentFixture f(Suite::ed25519_sha256, seed);
        prepare(f, clearing());
        f.disk->ignore_syncs(true);
        Witness witness;
        clearing().run(f, witness);
        CPPUNIT_ASSERT_EQUAL(std::size_t{24}, witness.decided.size());
        f.disk->ignore_syncs(false);
        lose_power(f);
        for (const auto& decided : witness.decided) lost += f.journal().entry({1}, decided.number).ok() ? 0 : 1;
    }
    CPPUNIT_ASSERT(lost > 0);
}

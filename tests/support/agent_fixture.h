#pragma once

#include <cppunit/TestAssert.h>

#include <memory>

#include "agent/core/agent.h"
#include "agent/store/stores.h"
#include "tests/support/fake_hub.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_vfs.h"

namespace zige::testing {

inline Instant at(const char* text) { return parse_time(text, "test").value(); }
inline Day on(const char* text) { return parse_day(text, "test").value(); }

/// A small hub with six people and one agent's disk, clock and keys; the agent itself is started by start().
struct AgentFixture {
    explicit AgentFixture(Suite suite = Suite::ed25519_sha256, std::uint64_t seed = 1)
        : disk(std::make_shared<PowerDisk>(seed)),
          vfs(disk),
          files(disk),
          random(seed),
          hub(at("2026-09-01 08:00:00"), suite),
          transports(hub),
          keys(suite) {
        hub.add_person(1, "D411502000001", "王伟");
        hub.add_person(2, "D411502000002", "李静");
        hub.add_person(3, "D411502000003", "张强").standing = {
            {Standing::suspended, on("2026-08-01"), std::nullopt, on("2027-02-01"), 1, "信医保处〔2026〕12号"}};
        hub.add_person(4, "D411502000004", "刘洋").last_day = on("2026-07-31");
        hub.add_person(5, "N411502000005", "陈敏").category = Category::nurse;
        hub.add_person(6, "D411502000006", "赵磊");
        hub.aliases[7] = {RecordNo{7}, RecordNo{1}, "0017"};
        hub.publish();
    }

    void start() {
        replica_store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        journal_store = agent::open_journal_store("/data/journal.db", vfs.name()).value();
        agent = agent::Agent::open(ports(), options()).value();
    }
    agent::Agent::Ports ports() {
        return {clock, random, files, *replica_store, *journal_store, transports, keys, hub.crypto()};
    }
    agent::Agent::Options options() const { return {{"/data"}, "/anchor/journal", "zige-agent test"}; }
    void stop() {
        agent.reset();
        journal_store.reset();
        replica_store.reset();
    }
    void restart() {
        stop();
        start();
    }
    agent::Slip slip() const { return {"hub.example:7443", hub.token, hub.fingerprint()}; }
    void enrol() {
        const auto done = agent->enrol(slip());
        CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    }
    /// Enrolled and in sync.
    void ready() {
        start();
        enrol();
        sync();
    }
    agent::SyncReport sync(bool carry = true) {
        auto report = agent->syncer().value()->sync_once(carry);
        CPPUNIT_ASSERT_MESSAGE(report ? "" : report.error().describe(), report.ok());
        return *std::move(report);
    }
    ErrorId sync_error() {
        auto report = agent->syncer().value()->sync_once(true);
        CPPUNIT_ASSERT_MESSAGE("the sync came through", !report.ok());
        return report.error().id;
    }
    /// Both clocks and the hub's time.
    void advance(std::chrono::seconds by) {
        clock.advance(by);
        hub.now += by;
    }

    agent::Gate& gate() { return *agent->gate().value(); }
    agent::Desk& desk() { return *agent->desk().value(); }
    agent::Journal& journal() { return *agent->journal().value(); }

    static FeeLine line(std::string_view code, const char* fee_time = "2026-09-01 07:50:00") {
        FeeLine line;
        line.fee_time = at(fee_time);
        line.amount = {1250};
        line.people.push_back({Role::ordering, code});
        return line;
    }
    Outcome check(std::string_view code, const char* fee_time = "2026-09-01 07:50:00") {
        const auto preview = gate().check(line(code, fee_time));
        CPPUNIT_ASSERT_MESSAGE(preview ? "" : preview.error().describe(), preview.ok());
        return preview->decision.served;
    }
    Result<agent::ClaimAnswer> clear(std::string_view code, std::string_view key = {},
                                     const char* fee_time = "2026-09-01 07:50:00") {
        const agent::ClaimLine lines[] = {{"1", line(code, fee_time)}};
        return gate().clear({"C-1", key, lines});
    }

    std::shared_ptr<PowerDisk> disk;
    MemoryVfs vfs;
    MemoryFiles files;
    FakeClock clock{at("2026-09-01 08:00:00")};
    SeededRandom random;
    FakeHub hub;
    FakeHubTransports transports;
    FakeKeys keys;
    std::unique_ptr<agent::ReplicaStore> replica_store;
    std::unique_ptr<agent::JournalStore> journal_store;
    std::unique_ptr<agent::Agent> agent;
};

}  // namespace zige::testing

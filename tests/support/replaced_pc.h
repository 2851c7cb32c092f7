#pragma once

#include "agent/core/succession.h"
#include "tests/support/agent_fixture.h"

namespace zige::testing {

/// The PC that takes the place of a fixture's agent, with its own disk and keys, at the same hub.
struct NewPc {
    explicit NewPc(AgentFixture& f, std::uint64_t seed = 2)
        : old(f), disk(std::make_shared<PowerDisk>(seed)), vfs(disk), files(disk) {}
    void stop() {
        agent.reset();
        journal_store.reset();
        replica_store.reset();
    }
    void start() {
        stop();
        replica_store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        journal_store = agent::open_journal_store("/data/journal.db", vfs.name()).value();
        agent = agent::Agent::open({old.clock, old.random, files, *replica_store, *journal_store, old.transports, keys,
                                    old.hub.crypto()},
                                   {{"/data"}, "/anchor/journal", "zige-agent test"})
                    .value();
    }
    Result<void> enrol() {
        const auto predecessor = old.agent->hand_over();
        if (!predecessor) return predecessor.error();
        return agent->enrol(old.slip(), &*predecessor);
    }
    agent::Journal& journal() { return *agent->journal().value(); }
    void sync() {
        const auto report = agent->syncer().value()->sync_once(true);
        CPPUNIT_ASSERT_MESSAGE(report ? "" : report.error().describe(), report.ok());
    }
    const std::vector<Bytes>& old_entries_at_hub() { return old.hub.left.at(1).first; }

    AgentFixture& old;
    std::shared_ptr<PowerDisk> disk;
    MemoryVfs vfs;
    MemoryFiles files;
    FakeKeys keys{Suite::ed25519_sha256, std::byte{0x78}};
    std::unique_ptr<agent::ReplicaStore> replica_store;
    std::unique_ptr<agent::JournalStore> journal_store;
    std::unique_ptr<agent::Agent> agent;
};

/// An agent in sync that then decided twice and filed a departure without a line; its place is given to agent 4.
struct Replaced : AgentFixture {
    explicit Replaced(std::uint64_t seed = 1) : AgentFixture(Suite::ed25519_sha256, seed), pc(*this, seed + 1) {
        ready();
        transports.down = true;
        CPPUNIT_ASSERT(clear("D411502000003", "first").ok());
        CPPUNIT_ASSERT(clear("D411502000001", "second").ok());
        CPPUNIT_ASSERT(desk().depart({"#2", on("2026-08-31"), "解除合同", "李会计"}).ok());
        transports.down = false;
        hub.succeed(AgentId{4});
        pc.start();
    }
    NewPc pc;
};

}  // namespace zige::testing

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/agent.h"
#include "hub/core/hub.h"
#include "shared/ports/key_maker.h"
#include "tests/simulation/network.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_vfs.h"
#include "tests/support/temp_dir.h"

namespace zige::simulation {

/// The real cryptography, shared by all machines of a world.
struct World {
    explicit World(Suite chosen);
    Suite suite;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Sealer> sealer;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Compressor> compressor;
    std::unique_ptr<KeyMaker> keys;
};

/// The hub's core on a real database, behind the paths that agents know.
class HubMachine {
public:
    HubMachine(const World& world, std::uint64_t seed, Instant now);

    void start();  ///< after kill() too: everything from disk
    void kill();
    bool running() const { return hub_ != nullptr; }
    hub::Hub& hub() { return *hub_; }
    testing::FakeClock& clock() { return clock_; }
    HttpAnswer serve(const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key);

private:
    Result<Bytes> answer(const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key);
    hub::Environment environment();
    hub::HubOptions options() const;

    const World& world_;
    testing::TempDir folder_;
    testing::FakeClock clock_;
    testing::SeededRandom random_;
    std::unique_ptr<Files> files_;
    std::unique_ptr<hub::Store> store_;
    std::unique_ptr<hub::Hub> hub_;
};

/// One PC with an agent: its disk forgets what was not synced when the power goes.
class AgentMachine {
public:
    AgentMachine(const World& world, Network& network, std::string name, std::uint64_t seed, Instant now);
    ~AgentMachine();

    /// Opens everything from disk.
    Result<void> start();
    /// In order, or in the middle of whatever comes next: see disk().cut_power_at_operation().
    void stop();
    /// Power cut now (if it is not already out), and a new boot after `off`; start() is still to be called.
    void lose_power(std::chrono::seconds off);
    bool running() const { return agent_ != nullptr; }

    agent::Agent& agent() { return *agent_; }
    testing::FakeClock& clock() { return clock_; }
    testing::PowerDisk& disk() { return *disk_; }
    const std::string& name() const { return name_; }

private:
    const World& world_;
    std::string name_;
    std::shared_ptr<testing::PowerDisk> disk_;
    testing::MemoryVfs vfs_;
    testing::MemoryFiles files_;
    testing::FakeClock clock_;
    testing::SeededRandom random_;
    NetworkTransports transports_;
    std::unique_ptr<agent::KeyVault> vault_;
    std::unique_ptr<agent::ReplicaStore> replica_store_;
    std::unique_ptr<agent::JournalStore> journal_store_;
    std::unique_ptr<agent::Agent> agent_;
};

}  // namespace zige::simulation

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

namespace zige::simulation {

/// What all machines of a world compute with. `cheap`: signatures cost one hash (cheap_crypto.h).
struct World {
    World(Suite chosen, bool cheap_signatures);
    /// The TLS key of a certificate; empty for none.
    Result<Bytes> key_of(ByteView certificate) const;

    Suite suite;
    bool cheap;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Sealer> sealer;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Compressor> compressor;
    std::unique_ptr<KeyMaker> keys;

private:
    mutable std::map<Bytes, Bytes> keys_of_;  // that were read before
};

/// What stands on a disk below one folder.
using Image = std::map<std::string, Bytes>;

/// The hub's core, its database and its files on a disk that forgets what was not synced, behind the paths that agents
/// know. Database, keys, witness and root key lie in folders of their own.
class HubMachine {
public:
    HubMachine(const World& world, std::uint64_t seed, Instant now);
    ~HubMachine() { kill(); }

    Result<void> start();  ///< after kill() too: everything from disk
    void kill();
    void lose_power(std::chrono::seconds off);
    bool running() const { return hub_ != nullptr; }
    /// Serves and may be changed: it runs, its database is not behind, its clock is believed.
    bool well() const { return running() && !hub_->stopped() && !hub_->clock().refused; }

    hub::Hub& hub() { return *hub_; }
    testing::FakeClock& clock() { return clock_; }
    testing::PowerDisk& disk() { return *disk_; }
    /// Nothing: the power went while it worked.
    std::optional<HttpAnswer> serve(const std::string& method, const std::string& path, ByteView body,
                                    const Bytes& peer_key);

    /// As a backup takes it; put back while the hub does not run.
    Image database() const { return disk_->image("/hub/db/"); }
    Image witness() const { return disk_->image("/witness/"); }
    void put_back_database(const Image& image) { disk_->restore("/hub/db/", image); }
    void put_back_witness(const Image& image) { disk_->restore("/witness/", image); }

    std::unique_ptr<Signer> root_key();
    /// The online key that signs now, and its private part: what a thief copies.
    std::pair<wire::OnlineKey, std::unique_ptr<Signer>> online_key();

private:
    Result<Bytes> answer(const std::string& method, const std::string& path, ByteView body, const Bytes& peer_key);
    Result<Bytes> word_for(const std::string& path, ByteView body, const Bytes& peer_key);
    hub::Environment environment();
    static hub::HubOptions options();

    const World& world_;
    std::shared_ptr<testing::PowerDisk> disk_;
    testing::MemoryVfs vfs_;
    testing::MemoryFiles files_;
    testing::FakeClock clock_;
    testing::SeededRandom random_;
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
    /// What whoever has this PC signs with.
    Result<std::unique_ptr<Signer>> signing_key() { return vault_->signer(); }

    /// The data folder, and the whole disk with the anchor beside it.
    Image folder() const { return disk_->image("/agent/"); }
    /// Entries of the journal as the anchor outside the folder counts them; 0: there is none.
    std::uint64_t anchored();
    void put_back_folder(const Image& image) { disk_->restore("/agent/", image); }
    Image whole_disk() const { return disk_->image("/"); }
    void become(const Image& whole_disk) { disk_->restore("/", whole_disk); }

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

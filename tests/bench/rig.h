#pragma once

#include <filesystem>
#include <memory>

#include "agent/core/agent.h"
#include "shared/ports/clock.h"
#include "shared/ports/files.h"
#include "tests/bench/bureau.h"
#include "tests/support/fake_hub.h"

namespace zige::bench {

/// The real core of an agent over the real stores in one folder, as the daemon puts it together; only the network is
/// absent.
class Rig {
public:
    /// An agent that has enrolled and holds no copy yet. `bureau` outlives it.
    Rig(const std::filesystem::path& folder, const Bureau& bureau);

    agent::Gate& gate() { return *gate_; }
    agent::Replica& replica() { return *replica_; }
    agent::Journal& journal() { return *journal_; }
    const agent::Crypto& crypto() const { return crypto_; }
    const agent::DataFolder& folder() const { return folder_; }
    Files& files() { return *files_; }

private:
    agent::DataFolder folder_;
    std::unique_ptr<Sealer> sealer_;
    agent::Crypto crypto_;
    testing::FakeKeys keys_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Files> files_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<Signer> signer_;
    std::unique_ptr<agent::ReplicaStore> replica_store_;
    std::unique_ptr<agent::JournalStore> journal_store_;
    std::unique_ptr<agent::TimeGuard> time_;
    std::unique_ptr<agent::Replica> replica_;
    std::unique_ptr<agent::Journal> journal_;
    std::unique_ptr<agent::Desk> desk_;
    std::unique_ptr<agent::VisitBook> visits_;
    std::unique_ptr<agent::Gate> gate_;
};

}  // namespace zige::bench

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "agent/core/agent.h"
#include "agent/core/data_folder.h"
#include "agent/daemon/api_keys.h"
#include "agent/daemon/hub_connector.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/pin_book.h"

namespace zige::daemon {

/// Where an agent lives: the core's data folder, what the daemon keeps in it, and the anchor.
struct Folder : agent::DataFolder {
    std::filesystem::path anchor;  ///< a file outside the folder

    std::filesystem::path socket() const { return root / "agent.sock"; }
    std::filesystem::path api_keys() const { return root / "api-keys.json"; }
    std::filesystem::path clerks() const { return root / "clerks.json"; }
    std::filesystem::path people_pins() const { return root / "people-pins.json"; }
};

/// Of the hub that a trust document is of. What decoding says.
Result<Suite> suite_of_trust(ByteView signed_trust);
/// Where the anchor stands unless somebody says otherwise: beside the folder.
std::filesystem::path anchor_beside(const std::filesystem::path& folder);

/// Makes the ways to the hub where they are not our own HTTPS. The keys outlive what it makes.
using MakeHub = std::function<std::unique_ptr<agent::TransportFactory>(FileKeyVault&)>;

enum class Access { write, look };  ///< `look`: nothing on disk is changed, for a disk that is read-only

/// The agent of one data folder over the real adapters, owned by this process until it is destroyed.
class OwnedAgent {
public:
    /// `suite`: of the hub, before enrolment; afterwards that of the enrolment. The folder exists and is private.
    /// agent_busy: another process owns it. What Agent::open says.
    /// `make_hub` may be empty.
    static Result<std::unique_ptr<OwnedAgent>> open(const Folder& folder, Suite suite, Access access = Access::write,
                                                    const MakeHub& make_hub = {});
    ~OwnedAgent();

    agent::Agent& agent() { return *agent_; }
    LocalService& service() { return *service_; }
    ApiKeys& keys() { return *keys_; }
    Files& files() { return *files_; }
    Random& random() { return *random_; }
    const Clock& clock() const { return *clock_; }
    const Hasher& hasher() const { return *hasher_; }
    /// From any thread, when the program ends: a sync that waits for the hub ends at once.
    void leave_hub() { connector_->stop(); }

private:
    OwnedAgent() = default;
    Result<void> open_parts(const Folder& folder, Suite suite, Access access);
    Result<void> open_stores(const Folder& folder, Access access);

    // In the order in which they are built on each other.
    std::unique_ptr<Files> files_;
    std::unique_ptr<Files::Lock> lock_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<Hasher> hasher_;
    std::unique_ptr<Verifier> verifier_;
    std::unique_ptr<Compressor> compressor_;
    std::unique_ptr<Sealer> sealer_;
    std::unique_ptr<FileKeyVault> vault_;
    std::unique_ptr<HubConnector> connector_;
    std::unique_ptr<agent::TransportFactory> other_hub_;  // in its place, if there is one
    std::unique_ptr<agent::ReplicaStore> replica_store_;
    std::unique_ptr<agent::JournalStore> journal_store_;
    std::unique_ptr<agent::Agent> agent_;
    std::unique_ptr<ApiKeys> keys_;
    std::unique_ptr<PinBook> clerks_;
    std::unique_ptr<PinBook> people_pins_;
    std::unique_ptr<LocalService> service_;
};

}  // namespace zige::daemon

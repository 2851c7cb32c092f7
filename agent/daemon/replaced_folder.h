#pragma once

#include <memory>
#include <string>

#include "agent/daemon/owned_agent.h"

namespace zige::daemon {

/// The data folder of a PC that is replaced, owned by this process as long as its journal is carried over.
class ReplacedFolder {
public:
    /// Signs what is not signed yet, and gives the new folder the keys of the local API, if it has none of its own.
    /// usage_bad_argument: it is the new folder itself; agent_not_enrolled: no agent lives there; agent_busy: its
    /// program still runs. What Agent::open says.
    static Result<std::unique_ptr<ReplacedFolder>> open(const std::filesystem::path& path, const Folder& folder);

    const agent::Predecessor& predecessor() const { return *predecessor_; }
    Result<void> close() { return agent_->agent().close(); }

private:
    Result<void> carry_api_keys(const Folder& old, const Folder& folder);

    std::unique_ptr<OwnedAgent> agent_;
    std::unique_ptr<agent::Predecessor> predecessor_;
};

/// "It takes the place of agent 3: ..." for the clerk; nothing if it takes nobody's.
std::string took_over(const agent::Status& status, bool with_folder, bool zh);

}  // namespace zige::daemon

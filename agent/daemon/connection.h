#pragma once

#include <memory>

#include "agent/daemon/owned_agent.h"

namespace zige::daemon {

/// The service of a data folder for one command: the daemon's, if one runs, else our own under the folder's lock.
class Connection {
public:
    /// agent_not_enrolled: nothing is opened or made. agent_busy: another command works, or a daemon just starts.
    static Result<Connection> open(const Folder& folder);

    AgentService& service() { return remote_ ? *remote_ : owned_->service(); }
    bool to_daemon() const { return remote_ != nullptr; }
    /// The disk is mounted read-only: what is there can be looked at, and nothing is written.
    bool only_looks() const { return only_looks_; }
    /// Writes what our own agent holds in memory.
    Result<void> close();

private:
    std::unique_ptr<AgentService> remote_;
    std::unique_ptr<OwnedAgent> owned_;
    bool only_looks_ = false;
};

/// Whether the folder holds an enrolment. file_permission, file_io.
Result<bool> is_enrolled(const Folder& folder);

}  // namespace zige::daemon

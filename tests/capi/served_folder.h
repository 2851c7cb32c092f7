#pragma once

#include "agent/daemon/daemon.h"
#include "agent/daemon/fsi_desk.h"
#include "tests/capi/handle.h"

namespace zige::testing {

/// How a host reaches the agent.
enum class Way { owner, socket, http };

/// A handle on the agent of a folder; of a client with the running daemon that it asks.
struct ServedFolder {
    explicit ServedFolder(EnrolledFolder& folder, Way way = Way::owner, std::uint32_t flags = 0);
    ~ServedFolder();

    HostLine host;
    std::unique_ptr<daemon::OwnedAgent> owned;
    std::unique_ptr<daemon::FsiDesk> fsi;
    std::unique_ptr<daemon::Daemon> daemon;
    Handle agent;
};

/// As long as it lives this process can make no file longer.
class FullDisk {
public:
    FullDisk();
    ~FullDisk();
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    unsigned long before_;
};

}  // namespace zige::testing

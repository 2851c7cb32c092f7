#pragma once

#include <memory>
#include <string>

#include "hub/server/hub_folder.h"
#include "hub/server/log.h"
#include "hub/server/rate_limit.h"

namespace zige::hub {

struct ServerOptions {
    std::string listen = "0.0.0.0:7443";  ///< port 0: one that is free
    std::string slip_address;             ///< what agents dial; empty: `listen`, where it names an address
    std::string socket;                   ///< path of the operators' Unix socket
    int max_connections = 256;            ///< of agents; each is a thread
    RateLimit::Limits rate;
};

/// The running service: agents over HTTPS, operators over a Unix socket. Keeps `owned` and `log`.
class Server {
public:
    /// Listens on return. net_cannot_listen, hub_keys_damaged.
    static Result<std::unique_ptr<Server>> start(OwnedHub& owned, Log& log, const ServerOptions& options);
    virtual ~Server() = default;
    virtual std::uint16_t port() const = 0;
    /// Lets running requests end. Returns when no thread is left.
    virtual void stop() = 0;
};

}  // namespace zige::hub

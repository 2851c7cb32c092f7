#pragma once

#include <stop_token>

#include "agent/core/ports/transport_factory.h"
#include "agent/daemon/key_vault.h"
#include "shared/poco/tls.h"

namespace zige::daemon {

/// Ways to the hub over HTTPS; certificates are judged by the agent's running time.
class HubConnector : public agent::TransportFactory {
public:
    explicit HubConnector(FileKeyVault& keys) : keys_(keys) {}

    /// Before the first connect(): where the running time comes from.
    void set_time(TimeSource now) { now_ = std::move(now); }
    Result<std::unique_ptr<Transport>> connect(const Peer& peer) override;
    /// From any thread, when the program ends: ends what is under way, and nothing comes through any more.
    void stop() { stop_.request_stop(); }

private:
    FileKeyVault& keys_;
    TimeSource now_;
    std::stop_source stop_;
};

struct HubAddress {
    std::string host;
    std::uint16_t port = 0;
};
/// "https://host:port" or "host:port" (an IPv6 address in brackets). enrol_bad_slip, field "hub".
Result<HubAddress> parse_hub_url(std::string_view url);

}  // namespace zige::daemon

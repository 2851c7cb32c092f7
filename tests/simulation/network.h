#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "agent/core/ports/transport_factory.h"
#include "shared/ports/transport.h"

namespace zige::simulation {

/// What the hub answers to a request of the agent whose TLS key is `peer_key` (empty: no certificate); nothing: it is
/// not there, or went away meanwhile.
using Server = std::function<std::optional<HttpAnswer>(const std::string& method, const std::string& path,
                                                       ByteView body, const Bytes& peer_key)>;
/// Somebody on the line who may change an answer before the agent hears it.
using Meddler = std::function<void(const std::string& agent, const std::string& path, HttpAnswer& answer)>;

/// `agent` hears what `meant_for` heard once.
using Listener =
    std::function<void(const std::string& meant_for, const std::string& agent, const HttpAnswer& answer)>;

/// Chances in percent, each drawn per request.
struct Faults {
    unsigned lose_request = 0;  ///< the hub never sees it
    unsigned lose_answer = 0;   ///< the hub did it, the agent does not know
    unsigned late = 0;          ///< the agent hears nothing; the hub sees it later, after newer ones
    unsigned duplicate = 0;     ///< the hub sees it twice
    unsigned damage = 0;        ///< one bit of the answer is another
    unsigned replay = 0;        ///< an answer from before comes instead of this one
    unsigned mix = 0;           ///< an answer that another agent heard comes instead of this one
};

/// The line between agents and hub. One thread.
class Network {
public:
    explicit Network(std::uint64_t seed) : random_(seed) {}

    void connect(Server server) { server_ = std::move(server); }
    void let_meddle(Meddler meddler) { meddler_ = std::move(meddler); }
    void listen_to_mixed(Listener listener) { mixed_ = std::move(listener); }
    void set_faults(const Faults& faults) { faults_ = faults; }
    /// Cut from everything until healed.
    void partition(const std::string& agent, bool cut) { cut_[agent] = cut; }

    /// net_unreachable or net_interrupted where the line decides so.
    Result<HttpAnswer> request(const std::string& agent, const Bytes& peer_key, const std::string& method,
                               const std::string& path, ByteView body, std::size_t limit);

    struct Counts {
        std::uint64_t requests = 0;
        std::uint64_t lost = 0;
        std::uint64_t late = 0;
        std::uint64_t duplicated = 0;
        std::uint64_t damaged = 0;
        std::uint64_t replayed = 0;
        std::uint64_t mixed = 0;
    };
    const Counts& counts() const { return counts_; }

private:
    bool draw(unsigned percent) { return percent != 0 && random_() % 100 < percent; }
    HttpAnswer tamper(const std::string& agent, const std::string& what, HttpAnswer answer);
    void keep(std::vector<HttpAnswer>& heard, HttpAnswer answer);
    void deliver_late();

    struct Request {
        std::string method;
        std::string path;
        Bytes body;
        Bytes peer_key;
    };
    std::mt19937_64 random_;
    Server server_;
    Meddler meddler_;
    Listener mixed_;
    Faults faults_;
    std::map<std::string, bool> cut_;
    std::map<std::string, std::map<std::string, std::vector<HttpAnswer>>> heard_;  // by kind of request, by agent
    std::vector<Request> late_;
    Counts counts_;
};

/// The factory of one agent: its transports are requests on the network.
class NetworkTransports : public agent::TransportFactory {
public:
    using KeyOf = std::function<Result<Bytes>(ByteView certificate)>;
    NetworkTransports(Network& network, std::string agent, KeyOf key_of)
        : network_(network), agent_(std::move(agent)), key_of_(std::move(key_of)) {}
    Result<std::unique_ptr<Transport>> connect(const Peer& peer) override;

private:
    Network& network_;
    std::string agent_;
    KeyOf key_of_;
};

}  // namespace zige::simulation

#pragma once

#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/TCPServerConnection.h>

#include <utility>

#include "shared/poco/connections.h"
#include "shared/poco/deadlines.h"
#include "shared/poco/http_server.h"

/// Inside this folder only.
namespace zige::poco {

/// What all connections of a server share; outlives them.
struct ServerState {
    ServerState(HttpServerOptions how, HttpHandler what)
        : options(std::move(how)),
          handler(std::move(what)),
          connections(static_cast<std::size_t>(options.max_connections)) {}

    HttpServerOptions options;
    HttpHandler handler;
    Poco::Net::HTTPServerParams::Ptr params;
    Connections connections;
    Deadlines deadlines;
};

/// One connection on a thread of the pool: requests one after another until it is idle for too long.
class HttpConnection : public Poco::Net::TCPServerConnection {
public:
    HttpConnection(const Poco::Net::StreamSocket& socket, ServerState& state);
    void run() override;

private:
    class Exchange;

    class Session;

    void serve();
    bool wait_for_request(Session& session);
    HttpReply refusal(int status, const Error& error, std::string_view path) const;
    void read_peer_certificate();

    ServerState& state_;
    Connections::Open open_;
    std::optional<Bytes> peer_certificate_;
    Result<void> peer_judgement_;
    bool peer_known_ = false;
};

}  // namespace zige::poco

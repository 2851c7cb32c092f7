#include "shared/poco/http_server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "shared/poco/http_connection.h"
#include "shared/poco/tls_context.h"

namespace zige {

namespace {

using Poco::Net::Context;
using Poco::Net::SecureServerSocket;
using Poco::Net::ServerSocket;
using Poco::Net::SocketAddress;
using Poco::Net::StreamSocket;

constexpr int kBacklog = 128;
constexpr int kMinQueued = 64;  // a burst finds the threads still starting
constexpr std::size_t kTicketKeyBytes = 80;
constexpr long kTicketSeconds = 12 * 3600;

bool is_path(const std::string& address) { return address.find('/') != std::string::npos; }

int mode_of(ClientCertificate wanted) {
    switch (wanted) {
        case ClientCertificate::none: return SSL_VERIFY_NONE;
        case ClientCertificate::optional: return SSL_VERIFY_PEER;
        case ClientCertificate::required: return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    }
    throw Bug("unknown ClientCertificate");
}

/// A ticket serves until it expires. OpenSSL would send a new one with each resumption: over half of all the bytes of
/// an agent that polls through the day.
SSL_TICKET_RETURN use_without_renewal(SSL*, SSL_SESSION*, const unsigned char*, std::size_t, SSL_TICKET_STATUS status,
                                      void*) {
    const bool good = status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW;
    return good ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_IGNORE_RENEW;
}
int keep_ticket_as_it_is(SSL*, void*) { return 1; }

Result<Context::Ptr> server_context(const TlsServerOptions& options) {
    ZIGE_TRY(context, poco::make_tls_context(Context::TLS_SERVER_USE));
    ZIGE_CHECK(poco::use_identity(*context, options.identity));
    if (options.client_certificate != ClientCertificate::none) {
        ZIGE_CHECK(poco::trust_authority(*context, options.client_ca_der));
        for (const Bytes& older : options.older_client_cas_der) ZIGE_CHECK(poco::trust_authority(*context, older));
    }
    SSL_CTX* ssl = context->sslContext();
    SSL_CTX_set_verify(ssl, mode_of(options.client_certificate), nullptr);
    context->enableSessionCache(true, "zige");  // resumption is refused without an id
    SSL_CTX_set_num_tickets(ssl, 1);            // one is enough
    SSL_CTX_set_timeout(ssl, kTicketSeconds);
    SSL_CTX_set_session_ticket_cb(ssl, keep_ticket_as_it_is, use_without_renewal, nullptr);
    if (options.ticket_key.empty()) return context;
    expect(options.ticket_key.size() == kTicketKeyBytes, "a ticket key has 80 bytes");
    Bytes key = options.ticket_key;
    expect(SSL_CTX_set_tlsext_ticket_keys(ssl, key.data(), static_cast<long>(key.size())) == 1, "ticket key");
    return context;
}

class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
public:
    explicit ConnectionFactory(poco::ServerState& state) : state_(state) {}
    Poco::Net::TCPServerConnection* createConnection(const StreamSocket& socket) override {
        return new poco::HttpConnection(socket, state_);
    }

private:
    poco::ServerState& state_;
};

/// Tells `connections` of each one that comes, before it waits for a thread.
class ArrivalFilter : public Poco::Net::TCPServerConnectionFilter {
public:
    ArrivalFilter(poco::Connections& connections, const Poco::Net::TCPServer& server)
        : connections_(connections), server_(server) {}
    bool accept(const StreamSocket&) override {
        connections_.accepted(static_cast<std::size_t>(server_.refusedConnections()));
        return true;
    }

private:
    poco::Connections& connections_;
    const Poco::Net::TCPServer& server_;
};

Poco::Net::HTTPServerParams::Ptr make_params(const HttpServerOptions& options) {
    const auto span = [](std::chrono::milliseconds time) { return Poco::Timespan(time.count() * 1'000); };
    Poco::Net::HTTPServerParams::Ptr params(new Poco::Net::HTTPServerParams);
    params->setMaxThreads(options.max_connections);
    params->setMaxQueued(std::max(2 * options.max_connections, kMinQueued));
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(span(options.idle_timeout));
    params->setMaxKeepAliveRequests(0);  // no limit
    params->setTimeout(span(options.idle_timeout));
    return params;
}

class PocoHttpServer final : public HttpServer {
public:
    PocoHttpServer(HttpServerOptions options, HttpHandler handler, const ServerSocket& socket)
        : socket_path_(is_path(options.address) ? options.address : ""),
          port_(socket_path_.empty() ? socket.address().port() : std::uint16_t{0}),
          state_(std::move(options), std::move(handler)),
          pool_("http", 2, state_.options.max_connections + 1) {
        state_.params = make_params(state_.options);
        server_ = std::make_unique<Poco::Net::TCPServer>(new ConnectionFactory(state_), pool_, socket, state_.params);
        server_->setConnectionFilter(new ArrivalFilter(state_.connections, *server_));
        server_->start();
    }
    ~PocoHttpServer() override { stop(); }

    std::uint16_t port() const override { return port_; }

    void stop() override {
        if (!server_) return;
        server_->stop();
        state_.connections.stop();
        pool_.joinAll();
        server_.reset();
        std::error_code ignored;  // somebody removed it before us
        if (!socket_path_.empty()) std::filesystem::remove(socket_path_, ignored);
    }

private:
    std::string socket_path_;
    std::uint16_t port_;
    poco::ServerState state_;
    Poco::ThreadPool pool_;
    std::unique_ptr<Poco::Net::TCPServer> server_;
};

bool somebody_answers(const SocketAddress& address) {
    try {
        StreamSocket probe;
        probe.connect(address, Poco::Timespan(1, 0));
        return true;
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// Owner-only before the first connection is possible: nobody can connect between bind() and listen().
ServerSocket listen_on_path(const std::string& path) {
    const SocketAddress address(SocketAddress::UNIX_LOCAL, path);
    if (somebody_answers(address)) throw Poco::Net::NetException("another process answers on it");
    std::filesystem::remove(path);
    ServerSocket socket;
    socket.bind(address, false);
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
    socket.listen(kBacklog);
    return socket;
}

ServerSocket listen_on(const std::string& address, const Context::Ptr& context) {
    if (is_path(address)) return listen_on_path(address);
    ServerSocket socket = context.isNull() ? ServerSocket() : SecureServerSocket(context);
    // Poco's shorter calls allow the port to be shared: then two servers would take turns in silence.
    constexpr bool kReuseAddress = true;
    constexpr bool kReusePort = false;
    socket.bind(SocketAddress(address), kReuseAddress, kReusePort);
    socket.listen(kBacklog);
    return socket;
}

}  // namespace

Result<std::unique_ptr<HttpServer>> make_http_server(HttpServerOptions options, HttpHandler handler) {
    const std::string address = options.address;
    try {
        Context::Ptr context;
        if (options.tls) {
            ZIGE_TRY(made, server_context(*options.tls));
            context = made;
        }
        const ServerSocket socket = listen_on(address, context);
        return std::unique_ptr<HttpServer>(
            std::make_unique<PocoHttpServer>(std::move(options), std::move(handler), socket));
    } catch (const Poco::Exception& error) {
        return fail(ErrorId::net_cannot_listen, address, error.displayText());
    } catch (const std::filesystem::filesystem_error& error) {
        return fail(ErrorId::net_cannot_listen, address, error.what());
    }
}

}  // namespace zige

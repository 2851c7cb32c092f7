#include "hub/server/server.h"

#include "hub/server/agent_api.h"
#include "hub/server/connection.h"
#include "hub/server/operator_api.h"
#include "shared/poco/http_server.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::minutes kLongestOperation{15};
constexpr std::size_t kMaxCopyBody = 8U << 20;  // of 400,000 people about 6 MB

/// What the hub listens on is what agents dial, unless it is "any address".
std::string dialled(const ServerOptions& options, std::uint16_t port) {
    if (!options.slip_address.empty()) return options.slip_address;
    const std::string host = options.listen.substr(0, options.listen.rfind(':'));
    return host == "0.0.0.0" || host == "[::]" || host.empty() ? std::string() : host + ":" + std::to_string(port);
}

class RunningServer final : public Server {
public:
    RunningServer(OwnedHub& owned, Log& log, const ServerOptions& options)
        : owned_(owned), log_(log), agents_(owned.hub(), owned.clock(), log, options.rate) {}
    ~RunningServer() override { stop(); }

    Result<void> listen(const ServerOptions& options) {
        auto https =
            make_http_server(https_options(options), [this](const HttpRequest& r) { return agents_.answer(r); });
        if (!https.ok() && (https.error().id == ErrorId::crypto_bad_key || https.error().id == ErrorId::tls_bad_certificate))
            return fail(ErrorId::hub_keys_damaged, "tls-server", https.error().describe());
        if (!https.ok()) return https.error();
        https_ = *std::move(https);
        service_ = make_owned_service(owned_, dialled(options, port()), {});
        ZIGE_TRY(socket, make_http_server(socket_options(options), [this](const HttpRequest& r) {
                     return answer_operation(*service_, log_, r);
                 }));
        socket_ = std::move(socket);
        return {};
    }

    std::uint16_t port() const override { return https_->port(); }

    void stop() override {
        for (auto* server : {&https_, &socket_})
            if (*server) (*server)->stop();
    }

private:
    /// Client certificates are asked for, and checked by the hub's own time; paths that need one say so themselves.
    HttpServerOptions https_options(const ServerOptions& options) {
        const Trust::TlsServer& tls = owned_.hub().trust().tls_server();
        HttpServerOptions http;
        http.address = options.listen;
        http.tls = TlsServerOptions{{tls.private_key_pem, tls.certificate},
                                    ClientCertificate::optional,
                                    tls.authority,
                                    [this] { return owned_.hub().clock().running; },
                                    {},
                                    tls.older_authorities};
        http.max_body_bytes = kMaxCopyBody;  // a copy that is handed in (REC-2)
        http.max_connections = options.max_connections;
        http.on_error = [this](const std::string& line) { log_.warning("connection", {{"why", line}}); };
        return http;
    }

    HttpServerOptions socket_options(const ServerOptions& options) {
        HttpServerOptions http;
        http.address = options.socket;
        http.max_body_bytes = kMaxCallBytes;
        http.max_connections = 16;
        http.request_deadline = kLongestOperation;
        http.on_error = [this](const std::string& line) { log_.warning("operator", {{"why", line}}); };
        return http;
    }

    OwnedHub& owned_;
    Log& log_;
    AgentApi agents_;
    std::unique_ptr<HubService> service_;
    std::unique_ptr<HttpServer> https_;
    std::unique_ptr<HttpServer> socket_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(OwnedHub& owned, Log& log, const ServerOptions& options) {
    auto server = std::make_unique<RunningServer>(owned, log, options);
    ZIGE_CHECK(server->listen(options));
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace zige::hub

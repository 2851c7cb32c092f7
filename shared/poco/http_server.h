#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/poco/tls.h"

namespace zige {

struct HttpRequest {
    std::string method;
    std::string path;   ///< decoded, without the query
    std::string query;  ///< as it came, without '?'
    std::vector<std::pair<std::string, std::string>> headers;
    Bytes body;
    std::optional<Bytes> peer_certificate;  ///< DER; there only if it was checked
    std::string peer_address;               ///< for logs

    /// The first header of this name (case ignored), empty if none.
    std::string_view header(std::string_view name) const;
    /// The decoded value of a query parameter; a blank in it is %20 or '+'.
    std::optional<std::string> parameter(std::string_view name) const;
};

struct HttpReply {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    Bytes body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// In place of `body`: the next piece of it each time, an empty one ends it. Called on the connection's thread, after
    /// what it gave before was sent.
    std::function<Bytes()> next = {};
};

/// Called on several threads at once. What it throws is reported and answered with status 500.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

enum class ClientCertificate { none, optional, required };

struct TlsServerOptions {
    TlsIdentity identity;
    ClientCertificate client_certificate = ClientCertificate::required;
    Bytes client_ca_der;  ///< who signs client certificates
    /// The hub's own time; who shows a certificate outside its validity gets status 403 before the handler is called.
    TimeSource now;
    /// 80 random bytes shared by all hub processes, so that a session resumes at any of them; empty: made at start.
    Bytes ticket_key;
    std::vector<Bytes> older_client_cas_der{};  ///< whose certificates are taken too
};

struct HttpServerOptions {
    std::string address;                  ///< "127.0.0.1:0", "0.0.0.0:7443", or the path of a Unix socket (made 0600)
    std::optional<TlsServerOptions> tls;  ///< none: plain, for loopback and Unix sockets
    std::size_t max_body_bytes = 1U << 20;
    /// What a request may have instead, told by all of it but its body; empty: max_body_bytes. Any thread.
    std::function<std::size_t(const HttpRequest& head)> body_limit;
    /// Each is a thread; more wait, twice as many (at least 64), and connections that are only kept open make room for
    /// them.
    int max_connections = 64;
    std::chrono::milliseconds idle_timeout{10'000};
    /// From the first byte of a request (or of a handshake) to its last, and again for the answer to be taken.
    std::chrono::milliseconds request_deadline{15'000};
    /// The reply to what never reaches the handler (too large, too slow, malformed) and to what it throws; empty: JSON
    /// with the error's name and an English line. `path` as far as it was read. Any thread.
    std::function<HttpReply(int status, const Error& error, std::string_view path)> refusal;
    /// Gets one English line for each failure that nobody else sees. Any thread.
    std::function<void(const std::string&)> on_error;
};

class HttpServer {
public:
    /// Stops as stop() does.
    virtual ~HttpServer() = default;
    virtual std::uint16_t port() const = 0;  ///< that was bound; 0 for a Unix socket
    /// Takes no more connections, lets running requests end, closes the idle ones. Returns when no thread is left.
    virtual void stop() = 0;
};

/// Listens on return. ErrorId::net_cannot_listen; crypto_bad_key, tls_bad_certificate: of the TLS options.
/// A Unix socket that a dead process left is replaced, one that answers is not.
Result<std::unique_ptr<HttpServer>> make_http_server(HttpServerOptions options, HttpHandler handler);

/// Once in each main: what leaves a Poco thread unhandled goes to `on_error` instead of nowhere.
void install_thread_error_handler(std::function<void(const std::string&)> on_error);

}  // namespace zige

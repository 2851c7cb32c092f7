#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "shared/poco/tls.h"
#include "shared/ports/transport.h"

namespace zige {

struct PocoTransportOptions {
    std::string host;  ///< name or address that is dialled
    std::uint16_t port = 0;
    std::string peer_name = "zige-hub";  ///< what the hub's certificate must say, whatever was dialled
    /// The hub's TLS authority. Empty only for enrolment: then any peer is talked to, and the caller proves the
    /// answer by the fingerprint on the slip.
    Bytes ca_der;
    std::optional<TlsIdentity> identity;  ///< our client certificate; none before enrolment
    /// Our running time: never ahead of the true time, perhaps behind it. So a hub certificate that is past its end is
    /// refused, and one whose beginning lies ahead is not: a PC that was off for months must be able to learn the time.
    TimeSource now;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds timeout{20'000};  ///< of a whole request with its answer
    std::stop_token stop;  ///< when asked, what is under way ends with net_interrupted, and so does what comes later
};

/// HTTPS with TLS 1.3, mutual where `identity` is given; a kept connection while requests follow each other, session
/// resumption after. ErrorId::crypto_bad_key, tls_bad_certificate: of `identity` or `ca_der`.
Result<std::unique_ptr<Transport>> make_poco_transport(PocoTransportOptions options);

/// Plain HTTP to a program on this machine: `address` is the path of a Unix socket or "127.0.0.1:8080".
struct LocalHttpOptions {
    std::string address;
    std::vector<std::pair<std::string, std::string>> headers;  ///< sent with each request, a caller's key for example
    std::chrono::milliseconds timeout{20'000};
};
std::unique_ptr<Transport> make_local_http_client(LocalHttpOptions options);

/// The same for the command line: net_unreachable when no daemon listens on the socket.
std::unique_ptr<Transport> make_unix_http_client(const std::string& socket_path);

}  // namespace zige

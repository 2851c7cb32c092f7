#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/poco/tls.h"

namespace zige {

/// A request that goes on to somebody else as it came.
struct PlatformRequest {
    std::string_view infno;
    ByteView body;
    /// Those that concern one connection only (Connection, Host, Content-Length ...) are left out here.
    std::vector<std::pair<std::string, std::string>> headers;
};
struct PlatformAnswer {
    int status = 0;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;  ///< the others, but for those of one connection
    Bytes body;                                                ///< as it came
};
struct Delivery {
    bool sent = false;  ///< bytes may have reached the platform
    Result<PlatformAnswer> answer;
};

/// The insurance platform, or the front machine before it. Any thread, many requests at once.
class Platform {
public:
    virtual ~Platform() = default;
    /// Sends at most once, on a connection of its own. net_unreachable, tls_untrusted_peer, tls_handshake_failed:
    /// nothing was sent; net_timeout, net_interrupted, net_bad_answer, net_too_large: `sent` says whether.
    virtual Delivery send(const PlatformRequest& request) = 0;
};

struct PlatformOptions {
    std::string url;  ///< http or https; "{infno}" in it is the transaction, a slash at the end is followed by it
    std::string trusted_pem;  ///< certificates that alone are trusted, of an authority or the peer's own; empty: the
                              ///< system's authorities
    TimeSource now;           ///< by which certificates are judged
    std::chrono::milliseconds connect_timeout{5'000};  ///< with the handshake
    std::chrono::milliseconds timeout{30'000};         ///< from the first byte sent to the last one that came
    std::size_t max_answer_bytes = 8U << 20;
};

/// usage_bad_argument, field "--platform-url": no such address; tls_bad_certificate, field "--platform-ca": no PEM.
Result<std::unique_ptr<Platform>> make_platform(PlatformOptions options);

}  // namespace zige

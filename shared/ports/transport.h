#pragma once

#include <chrono>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

struct HttpAnswer {
    int status = 0;
    Bytes body;
};

/// HTTP requests to the hub over mutual TLS. One request at a time per object.
class Transport {
public:
    virtual ~Transport() = default;
    /// `limit`: of the answer's body in bytes. net_unreachable, net_interrupted, net_timeout, net_bad_answer: try again;
    /// tls_handshake_failed: the same; tls_untrusted_peer, tls_certificate_out_of_date: the TLS peer is not our hub;
    /// net_too_large. Statuses are not errors.
    virtual Result<HttpAnswer> get(const std::string& path, std::size_t limit) = 0;
    virtual Result<HttpAnswer> post(const std::string& path, ByteView body, std::size_t limit) = 0;
    /// Bytes on the wire of this object so far (TLS included where known), for the clerk and the tests.
    struct Traffic {
        std::uint64_t sent = 0;
        std::uint64_t received = 0;
    };
    virtual Traffic traffic() const = 0;
};

}  // namespace zige

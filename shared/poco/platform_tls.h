#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <openssl/x509.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "shared/poco/deadlines.h"
#include "shared/poco/tls.h"

/// Inside this folder only.
namespace zige::poco {

/// TLS to a server of somebody else: 1.2 or 1.3; its certificate is proven by the system's authorities, or by
/// certificates that were handed in, and judged by our time. Any thread.
class PlatformTls {
public:
    /// tls_bad_certificate, field "--platform-ca".
    static Result<std::unique_ptr<PlatformTls>> make(std::string host, const std::string& trusted_pem, TimeSource now,
                                                     std::chrono::milliseconds handshake_timeout);

    /// The certificate must be for the host, unless it is itself one of those that were handed in. Poco's exceptions;
    /// tls_untrusted_peer, tls_handshake_failed, net_unreachable.
    Result<Poco::Net::SecureStreamSocket> connect(const Poco::Net::SocketAddress& where, const Poco::Timespan& timeout,
                                                  Deadlines& deadlines);

    PlatformTls(std::string host, TimeSource now, std::chrono::milliseconds handshake_timeout)
        : host_(std::move(host)), now_(std::move(now)), handshake_timeout_(handshake_timeout) {}

private:
    Result<void> trust(const std::string& pem);
    Result<void> judge(const Poco::Net::SecureStreamSocket& socket) const;

    std::string host_;
    TimeSource now_;
    std::chrono::milliseconds handshake_timeout_;
    Poco::Net::Context::Ptr context_;
    std::vector<Bytes> pinned_;  // DER
};

}  // namespace zige::poco

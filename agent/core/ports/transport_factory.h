#pragma once

#include <memory>
#include <string>

#include "shared/base/bytes.h"
#include "shared/ports/transport.h"

namespace zige::agent {

/// Opens the way to the hub. TLS validity is judged by the agent's running time, never by the PC's clock: the adapter
/// gets that time where it is made.
class TransportFactory {
public:
    virtual ~TransportFactory() = default;

    struct Peer {
        std::string hub_url;  ///< "https://host:port"
        Bytes tls_ca;       ///< DER; empty: any peer is talked to, what it says is proven by a fingerprint (enrolment)
        Bytes certificate;  ///< our client certificate, DER; empty: none. Its key is in the KeyVault
    };
    /// enrol_bad_slip (url), or what the adapter says of keys and certificates. No connection is made yet.
    virtual Result<std::unique_ptr<Transport>> connect(const Peer& peer) = 0;
};

}  // namespace zige::agent

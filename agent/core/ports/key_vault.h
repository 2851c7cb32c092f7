#pragma once

#include <memory>

#include "shared/base/bytes.h"
#include "shared/base/time.h"
#include "shared/ports/crypto.h"
#include "shared/ports/sealing.h"

namespace zige::agent {

/// The agent's three private keys, owner-only files that never leave the data folder.
class KeyVault {
public:
    virtual ~KeyVault() = default;

    /// What a hub is shown at enrolment.
    struct PublicParts {
        Bytes tls_csr;      ///< DER PKCS#10, P-256
        Bytes signing_key;  ///< of the suite
        Bytes sealing_key;  ///< of the suite
        bool operator==(const PublicParts&) const = default;
    };
    /// Makes the keys (and the request) that are missing and keeps those that are there: durable before it returns, so
    /// that an enrolment whose answer was lost is repeated by the same keys, with the same request.
    virtual Result<PublicParts> prepare() = 0;
    struct Validity {
        Instant from{};
        Instant until{};
        bool operator==(const Validity&) const = default;
    };
    /// Of a TLS certificate for our key. tls_bad_certificate: it is none, or for another key.
    virtual Result<Validity> validity_of(ByteView certificate) = 0;
    /// The signing key. file_not_found before prepare().
    virtual Result<std::unique_ptr<Signer>> signer() = 0;
    /// The sealing key: opens what is sealed to this agent, and is what phone codes come from. file_not_found before
    /// prepare().
    virtual Result<std::unique_ptr<Unsealer>> unsealer() = 0;
};

}  // namespace zige::agent

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/ports/cipher.h"
#include "shared/ports/crypto.h"
#include "shared/ports/sealing.h"

namespace zige {

/// Makes and reads the private keys and certificates of a hub. Private keys are PKCS#8 PEM, certificates and requests
/// DER; TLS is ECDSA P-256 with both suites. Reads no clock. Any thread.
class KeyMaker {
public:
    virtual ~KeyMaker() = default;
    virtual Suite suite() const = 0;

    virtual Result<std::string> make_signing_key() const = 0;
    /// Errc::invalid: no key, or of another suite.
    virtual Result<std::unique_ptr<Signer>> open_signing_key(std::string_view pem) const = 0;

    struct Pair {
        std::string private_pem;
        Bytes public_part;  ///< sealing: raw key; TLS: certificate, DER
    };
    virtual Result<Pair> make_sealing_key() const = 0;
    /// Errc::invalid: no key, or of another suite.
    virtual Result<std::unique_ptr<Unsealer>> open_sealing_key(std::string_view pem) const = 0;
    virtual Result<Pair> make_tls_authority(std::string_view name, Instant from, Instant until) const = 0;
    virtual Result<Pair> make_server_certificate(const Pair& authority, Instant from, Instant until) const = 0;
    /// Only the key of `request` is taken over; its own signature must be good (Errc::invalid).
    virtual Result<Bytes> issue_client_certificate(const Pair& authority, ByteView request, std::string_view name,
                                                   Instant from, Instant until) const = 0;
    /// SubjectPublicKeyInfo of a certificate request.
    virtual Result<Bytes> request_key(ByteView request) const = 0;
    /// `key`: 32 bytes.
    virtual Result<std::unique_ptr<Cipher>> open_cipher(ByteView key) const = 0;
};

}  // namespace zige

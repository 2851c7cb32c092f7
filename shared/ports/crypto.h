#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// Of signing and sealing keys: Ed25519 and X25519, or the compressed point of SM2 (02 or 03, then x).
constexpr std::size_t public_key_bytes(Suite suite) { return suite == Suite::sm2_sm3 ? 33 : 32; }
inline constexpr std::size_t kMinPublicKeyBytes = 32;
inline constexpr std::size_t kMaxPublicKeyBytes = 33;

/// A suite's hash: SHA-256 (ed25519-sha256) or SM3 (sm2-sm3). Any thread.
class Hasher {
public:
    virtual ~Hasher() = default;
    /// Of the parts as if they were one string.
    virtual Hash256 hash(std::initializer_list<ByteView> parts) const = 0;
    /// HMAC with the suite's hash.
    virtual Hash256 mac(ByteView key, ByteView message) const = 0;
};

/// Checks signatures of the suite. Any thread.
class Verifier {
public:
    virtual ~Verifier() = default;
    virtual Suite suite() const = 0;
    /// `signature`: 64 bytes (SM2: raw r||s).
    /// False for a bad signature; a malformed key is a bad signature too.
    virtual bool verify(ByteView public_key, ByteView message, ByteView signature) const = 0;
};

/// Holds one private key. Any thread.
class Signer {
public:
    virtual ~Signer() = default;
    virtual Suite suite() const = 0;
    virtual const Bytes& public_key() const = 0;
    virtual Result<Bytes> sign(ByteView message) const = 0;  ///< 64 bytes; ErrorId::crypto_failed
};

}  // namespace zige

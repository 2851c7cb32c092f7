#pragma once

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

inline constexpr std::size_t kSealNonceBytes = 12;
inline constexpr std::size_t kSealTagBytes = 16;

/// What sealing leaves behind; shared/wire/sealed.h puts it into COSE_Encrypt.
struct SealedParts {
    Bytes key;         ///< ephemeral X25519 key (32), or the content key encrypted with SM2 (129: C1 || C3 || C2)
    Bytes nonce;       ///< 12
    Bytes ciphertext;  ///< as long as the plain text, and a tag of 16
};
struct SealedView {
    ByteView key, nonce, ciphertext;
};

/// What is bound and never sent.
struct SealContext {
    ByteView info;  ///< into the content key (X25519 only: an SM2 content key is random)
    ByteView aad;   ///< into the ciphertext
};

/// Seals with AES-256-GCM under a new content key that only the reader's private key gives. Any thread.
class Sealer {
public:
    virtual ~Sealer() = default;
    virtual Suite suite() const = 0;
    /// crypto_bad_key: `reader` is no public sealing key of the suite; crypto_failed.
    virtual Result<SealedParts> seal(ByteView reader, ByteView plain, const SealContext& context) const = 0;
};

/// Holds one private sealing key. Any thread.
class Unsealer {
public:
    virtual ~Unsealer() = default;
    virtual Suite suite() const = 0;
    virtual const Bytes& public_key() const = 0;
    /// seal_failed: sealed to another key or in another context, or damaged.
    virtual Result<Bytes> open(const SealedView& sealed, const SealContext& context) const = 0;
    /// HKDF (no salt, the suite's hash) of the secret that this key and the peer's have in common: both sides derive
    /// the same. X25519; on SM2's curve the x coordinate. crypto_bad_key: no key of the suite, or one of low order.
    virtual Result<Bytes> derive(ByteView peer, ByteView info, std::size_t length) const = 0;
};

}  // namespace zige

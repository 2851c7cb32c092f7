#pragma once

#include <memory>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// Keeps bytes secret and whole under one key (AES-256-GCM). Any thread.
class Cipher {
public:
    virtual ~Cipher() = default;
    /// nonce (12) || ciphertext || tag (16). `context` is bound, not stored: open() needs the same.
    virtual Result<Bytes> seal(ByteView plain, ByteView context) const = 0;
    /// seal_failed: another key or context, or damaged.
    virtual Result<Bytes> open(ByteView sealed, ByteView context) const = 0;
};

}  // namespace zige

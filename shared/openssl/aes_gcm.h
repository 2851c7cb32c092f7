#pragma once

#include <memory>

#include "shared/base/result.h"
#include "shared/ports/cipher.h"

/// Inside this folder only.
namespace zige::openssl {

/// AES-256-GCM: `key` 32 bytes, `nonce` 12; what is sealed ends with a tag of 16 bytes. `context` is bound, not kept.
/// ErrorId::crypto_failed.
Result<Bytes> gcm_seal(ByteView key, ByteView nonce, ByteView plain, ByteView context);
/// ErrorId::seal_failed: another key, nonce or context, or damaged.
Result<Bytes> gcm_open(ByteView key, ByteView nonce, ByteView sealed, ByteView context);

/// `key`: 32 bytes. ErrorId::crypto_bad_key.
Result<std::unique_ptr<Cipher>> make_aes_256_gcm(ByteView key);

}  // namespace zige::openssl

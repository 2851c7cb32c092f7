#pragma once

#include <memory>

#include "shared/base/result.h"
#include "shared/ports/cipher.h"

/// Inside this folder only.
namespace zige::openssl {

/// `key`: 32 bytes. ErrorId::crypto_bad_key.
Result<std::unique_ptr<Cipher>> make_aes_256_gcm(ByteView key);

}  // namespace zige::openssl

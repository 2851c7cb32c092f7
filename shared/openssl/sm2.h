#pragma once

#include "shared/openssl/handles.h"

/// Inside this folder only: what EVP does not give of SM2 as messages carry it.
namespace zige::openssl {

/// Null when the bytes are no point of the curve (33 bytes, compressed); leaves OpenSSL's queue empty.
Key sm2_public_key(ByteView point);

/// 04 || x || y || hash (32) || as many bytes as `plain`: C1 C3 C2 of GB/T 32918.4. ErrorId::crypto_failed.
Result<Bytes> sm2_encrypt(EVP_PKEY& reader, ByteView plain);
/// ErrorId::seal_failed: another key, or damaged.
Result<Bytes> sm2_decrypt(EVP_PKEY& own, ByteView cipher);

/// The x coordinate of [own]peer, 32 bytes. EVP refuses ECDH with a key of type SM2, and an EC key on this curve.
/// ErrorId::crypto_bad_key: `peer` is no point of the curve.
Result<Bytes> sm2_shared_secret(const EVP_PKEY& own, ByteView peer);

}  // namespace zige::openssl

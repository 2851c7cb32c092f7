#pragma once

#include "shared/openssl/handles.h"

/// Inside this folder only.
namespace zige::openssl {

const char* signing_type(Suite suite);  ///< OpenSSL's name of the suite's signing keys

/// A private sealing key. ErrorId::crypto_bad_key: none, or of another suite.
Result<Key> sealing_key_from_pem(Suite suite, std::string_view pem);

/// As messages carry it: 32 bytes (Ed25519, X25519), or the 33 of a compressed point (SM2). ErrorId::crypto_failed.
Result<Bytes> public_key_of(const EVP_PKEY& key);

}  // namespace zige::openssl

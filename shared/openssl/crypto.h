#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/ports/crypto.h"
#include "shared/ports/random.h"

namespace zige {

std::unique_ptr<Hasher> make_hasher(Suite suite);
std::unique_ptr<Verifier> make_verifier(Suite suite);

/// The operating system's generator through OpenSSL; throws Bug when it fails, for nobody can go on without it.
std::unique_ptr<Random> make_random();

/// `pem`: PKCS#8. ErrorId::crypto_bad_key: no key, or of another suite.
Result<std::unique_ptr<Signer>> make_signer_from_pem(Suite suite, std::string_view pem);

/// A new signing key as PKCS#8 PEM. Whoever keeps it writes it owner-only. ErrorId::crypto_failed.
Result<std::string> generate_signing_key(Suite suite);

/// What filings are sealed to: X25519, or with sm2-sm3 an SM2 key.
struct SealingKey {
    std::string private_pem;  ///< PKCS#8
    Bytes public_key;
};
Result<SealingKey> generate_sealing_key(Suite suite);
/// The sealing key with its public half, from its PEM. ErrorId::crypto_bad_key.
Result<SealingKey> read_sealing_key(Suite suite, std::string_view pem);

/// HKDF (RFC 5869) with the suite's hash; `length` at most 255 * 32.
Result<Bytes> hkdf(Suite suite, ByteView key, ByteView salt, ByteView info, std::size_t length);

/// Takes the same time wherever two strings of one length differ.
bool equal_in_constant_time(ByteView left, ByteView right);

}  // namespace zige

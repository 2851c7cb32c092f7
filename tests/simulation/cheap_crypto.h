#pragma once

#include <memory>

#include "agent/core/ports/key_vault.h"
#include "shared/openssl/x509.h"
#include "shared/ports/crypto.h"
#include "shared/ports/files.h"
#include "shared/ports/key_maker.h"

namespace zige::simulation {

/// Signatures, keys and certificates that cost one hash instead of a curve, for three of four seeds: a signature is
/// good exactly if key and message are the ones that were signed. Hashes, sealing and the cipher stay real. Nothing in
/// a story can sign without the object that stands for the private key, though anybody who knew the public key could.
/// Suite ed25519-sha256; the same world makes the same keys.
std::unique_ptr<Verifier> make_cheap_verifier(const Hasher& hasher);
/// For the real signatures: a verdict depends on nothing but what is verified, so it is remembered.
std::unique_ptr<Verifier> make_remembering_verifier(std::unique_ptr<Verifier> real, const Hasher& hasher);
/// `real` seals and enciphers.
std::unique_ptr<KeyMaker> make_cheap_key_maker(std::unique_ptr<KeyMaker> real, const Hasher& hasher);
/// Three key files in `folder`, written in the order of the real vault.
std::unique_ptr<agent::KeyVault> make_cheap_vault(const std::string& folder, Files& files, const KeyMaker& keys);
/// What the key maker issues. tls_bad_certificate.
Result<CertificateFacts> read_cheap_certificate(ByteView certificate);

}  // namespace zige::simulation

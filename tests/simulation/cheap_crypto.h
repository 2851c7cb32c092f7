#pragma once

#include <memory>

#include "agent/core/ports/key_vault.h"
#include "shared/ports/crypto.h"
#include "shared/ports/key_maker.h"

namespace zige::simulation {

/// Signatures that cost one hash instead of a curve, for seven of eight seeds: good exactly if key and message are the
/// ones that were signed. Keys, certificates, hashes and sealing stay real. Nothing in a story can make one without the
/// object that stands for the private key, though anybody who knew the public key could.
std::unique_ptr<Verifier> make_cheap_verifier(const Hasher& hasher);
std::unique_ptr<KeyMaker> make_cheap_key_maker(std::unique_ptr<KeyMaker> real, const Hasher& hasher);
std::unique_ptr<agent::KeyVault> make_cheap_vault(std::unique_ptr<agent::KeyVault> real, const Hasher& hasher);

}  // namespace zige::simulation

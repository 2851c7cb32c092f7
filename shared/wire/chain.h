#pragma once

#include <span>

#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// Hash of a state's bytes: its name in deltas and journal entries.
Hash256 state_hash(const State&, const Hasher&);

/// RFC 6962 Merkle root; leaf = H(0x00 || bytes), node = H(0x01 || left || right); root of none = H("").
Hash256 merkle_leaf(ByteView bytes, const Hasher&);
Hash256 merkle_root(std::span<const Hash256> leaves, const Hasher&);
/// Audit path of leaf `index`, and its check (receipts).
std::vector<Hash256> merkle_path(std::span<const Hash256> leaves, std::size_t index, const Hasher&);
bool merkle_verify(const Hash256& leaf, std::size_t index, std::size_t size, std::span<const Hash256> path,
                   const Hash256& root, const Hasher&);

/// Journal chain (JRN rules): start = H("zige-journal" || agent || chapter); next = H(0x02 || previous || entry bytes).
Hash256 chain_start(AgentId, Chapter, const Hasher&);
Hash256 chain_next(const Hash256& previous, ByteView entry, const Hasher&);

/// What a batch signature signs.
Bytes batch_message(AgentId, Chapter, std::uint64_t first, std::uint64_t last, const Hash256& root);

/// Trust documents (TRUST rules): signatures of `next` by its own threshold and by that of `current`.
/// trust_too_few_signatures, trust_bad_version (it is not current + 1), wire_wrong_hub, wire_unknown_algorithm, and
/// what decode_trust_document refuses. `current` null: first document, checked by fingerprint.
Result<TrustDocument> check_trust(const TrustDocument* current, const SignedTrust& next, const Verifier&);
/// What a root key signs: never the document alone, so that no other kind of message can be passed off as one.
Bytes trust_message(ByteView document);
/// crypto_failed.
Result<RootSignature> sign_trust(ByteView document, const Signer& root);
/// The last 4 bytes of a root key, to look the key up by.
Bytes root_key_id(ByteView public_key);
bool has_signed(const SignedTrust& trust, const Bytes& root, const Verifier&);
/// First 20 Crockford base32 characters (100 bits) of H(document): what a printed slip carries.
std::string trust_fingerprint(ByteView document, const Hasher&);

/// Digest of a whole ineligible set (entries sorted by key, from, status).
Hash256 ineligible_digest(std::span<const IneligibleEntry> sorted, ByteView salt, const Hasher&);
std::array<std::byte, 8> ineligible_key(ByteView salt, std::string_view code, const Hasher&);

}  // namespace zige::wire

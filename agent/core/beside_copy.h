#pragma once

#include <optional>
#include <vector>

#include "shared/wire/agent_messages.h"

namespace zige::agent {

/// What is kept beside the copy, as bytes of our own disk.

inline constexpr std::size_t kMaxStatements = 64;  ///< waiting at one time

/// The state's hash stands in front: a proof of another state is none.
Bytes encode_proof(const wire::StateProof& proof, const Hash256& state);
bool proves(ByteView stored, const Hash256& state);
std::optional<wire::StateProof> decode_proof(ByteView stored);

Bytes encode_statements(const std::vector<wire::Statement>& statements);
/// Empty bytes: none. replica_corrupt.
Result<std::vector<wire::Statement>> decode_statements(ByteView stored);

Bytes encode_instant(Instant when);
std::optional<Instant> decode_instant(ByteView stored);

}  // namespace zige::agent

#pragma once

#include <memory>

#include "agent/core/ports/replica_store.h"
#include "shared/domain/copy.h"
#include "shared/ports/crypto.h"

namespace zige::agent {

/// The region ineligible set as it came: short keyed hashes of codes. Null for an empty set. Keeps a reference to
/// `hasher`.
std::shared_ptr<const IneligibleSet> make_ineligible_set(const ReplicaStore::Ineligible& content, const Hasher& hasher);

/// `now` with `update` applied: whole, or the changes since its `from`. Pure.
/// wire_replayed: not newer; wire_gap: not from `now`; wire_bad_value: removes what is not there; wire_too_many;
/// wire_bad_hash: the digest over the result differs.
Result<ReplicaStore::Ineligible> next_ineligible(const ReplicaStore::Ineligible& now,
                                                 const wire::IneligibleUpdate& update, const Hasher& hasher);

}  // namespace zige::agent

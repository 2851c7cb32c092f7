#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "agent/core/ports/replica_store.h"
#include "shared/domain/copy.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::agent {

/// Merkle leaf of one record.
struct Leaf {
    RecordNo no;
    Hash256 hash{};
};

/// A copy with the leaves under its root, ascending numbers.
struct Rooted {
    std::shared_ptr<const Copy> copy;
    std::vector<Leaf> leaves;
};

/// The copy that a store holds. wire_bad_root, wire_bad_hash (config), wire_wrong_institution, copy_bad_record, and
/// what decoding says.
Result<Rooted> rooted_copy(const wire::State& state, const ReplicaStore::Content& content,
                           std::shared_ptr<const IneligibleSet> ineligible, const Hasher& hasher);

/// What a delta makes of the copy: the copy after it and what changes on disk. Pure.
struct Step {
    Rooted next;
    bool whole = false;  ///< a snapshot: nothing of the old copy stays
    std::vector<ReplicaStore::Record> changed;
    std::optional<Bytes> config;
};
/// `now` may be null. wire_gap: the delta does not start from `now`; wire_bad_root, wire_bad_hash, wire_bad_value,
/// wire_wrong_institution, copy_bad_record: nothing of it may be used.
Result<Step> step(const wire::Delta& delta, const Rooted* now, std::shared_ptr<const IneligibleSet> ineligible,
                  const Hasher& hasher);

/// The same copy with another ineligible set.
Result<std::shared_ptr<const Copy>> with_ineligible(const Copy& copy, std::shared_ptr<const IneligibleSet> ineligible);

}  // namespace zige::agent

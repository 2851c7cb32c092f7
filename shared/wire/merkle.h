#pragma once

#include "shared/wire/chain.h"

namespace zige::wire {

/// The root of chain.h's merkle_root, leaf by leaf: keeps at most 64 hashes. `hasher` outlives it.
class MerkleRoot {
public:
    explicit MerkleRoot(const Hasher& hasher) : hasher_(hasher) {}
    void add(const Hash256& leaf);
    Hash256 root() const;
    std::uint64_t size() const { return count_; }

private:
    const Hasher& hasher_;
    std::vector<Hash256> full_;  // roots of full subtrees, large to small
    std::uint64_t count_ = 0;
};

}  // namespace zige::wire

#pragma once

#include <optional>

#include "shared/wire/chain.h"

namespace zige::wire {

/// The root that an audit path leads to, from leaf `index` of a tree of `size`; nothing where the path is not as long as
/// that tree has it.
std::optional<Hash256> merkle_climb(const Hash256& leaf, std::size_t index, std::size_t size,
                                    std::span<const Hash256> path, const Hasher&);

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

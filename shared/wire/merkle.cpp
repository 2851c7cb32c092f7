#include "shared/wire/merkle.h"

#include <algorithm>
#include <bit>

namespace zige::wire {
namespace {

constexpr std::array kLeafMark{std::byte{0x00}};
constexpr std::array kNodeMark{std::byte{0x01}};

Hash256 node(const Hash256& left, const Hash256& right, const Hasher& hasher) {
    return hasher.hash({kNodeMark, left, right});
}

}  // namespace

Hash256 merkle_leaf(ByteView bytes, const Hasher& hasher) { return hasher.hash({kLeafMark, bytes}); }

void MerkleRoot::add(const Hash256& leaf) {
    Hash256 hash = leaf;
    for (std::uint64_t n = count_; (n & 1U) != 0; n >>= 1U) {
        hash = node(full_.back(), hash, hasher_);
        full_.pop_back();
    }
    full_.push_back(hash);
    ++count_;
}

Hash256 MerkleRoot::root() const {
    if (full_.empty()) return hasher_.hash({});
    Hash256 hash = full_.back();
    for (std::size_t i = full_.size() - 1; i > 0; --i) hash = node(full_[i - 1], hash, hasher_);
    return hash;
}

Hash256 merkle_root(std::span<const Hash256> leaves, const Hasher& hasher) {
    MerkleRoot tree(hasher);
    for (const Hash256& leaf : leaves) tree.add(leaf);
    return tree.root();
}

std::vector<Hash256> merkle_path(std::span<const Hash256> leaves, std::size_t index, const Hasher& hasher) {
    expect(index < leaves.size(), "the leaf of a path is one of the tree");
    std::vector<Hash256> path;
    while (leaves.size() > 1) {
        const std::size_t left = std::bit_floor(leaves.size() - 1);
        const bool in_left = index < left;
        path.push_back(merkle_root(in_left ? leaves.subspan(left) : leaves.first(left), hasher));
        leaves = in_left ? leaves.first(left) : leaves.subspan(left);
        if (!in_left) index -= left;
    }
    std::ranges::reverse(path);
    return path;
}

/// RFC 9162 2.1.3.2.
std::optional<Hash256> merkle_climb(const Hash256& leaf, std::size_t index, std::size_t size,
                                    std::span<const Hash256> path, const Hasher& hasher) {
    if (index >= size) return std::nullopt;
    std::size_t last = size - 1;
    Hash256 hash = leaf;
    for (const Hash256& sibling : path) {
        if (last == 0) return std::nullopt;
        if ((index & 1U) != 0 || index == last) {
            hash = node(sibling, hash, hasher);
            while ((index & 1U) == 0 && index != 0) {
                index >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = node(hash, sibling, hasher);
        }
        index >>= 1U;
        last >>= 1U;
    }
    return last == 0 ? std::optional(hash) : std::nullopt;
}

bool merkle_verify(const Hash256& leaf, std::size_t index, std::size_t size, std::span<const Hash256> path,
                   const Hash256& root, const Hasher& hasher) {
    return merkle_climb(leaf, index, size, path, hasher) == root;
}

}  // namespace zige::wire

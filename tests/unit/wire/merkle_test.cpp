#include "shared/wire/merkle.h"

#include <numeric>

#include "shared/openssl/crypto.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

const std::unique_ptr<Hasher>& sha256() {
    static const auto hasher = make_hasher(Suite::ed25519_sha256);
    return hasher;
}

/// The leaves and roots that the implementations of Certificate Transparency share as test values.
constexpr std::string_view kInputs[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
struct Known {
    const char* name;
    std::size_t leaves;
    const char* root;
};
const Known kRoots[] = {
    {"of_0", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"of_1", 1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"of_2", 2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"of_3", 3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"of_4", 4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"of_5", 5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"of_6", 6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"of_7", 7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"of_8", 8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
};

std::vector<Hash256> leaves_of(std::size_t count) {
    std::vector<Hash256> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        const Bytes input = i < std::size(kInputs) ? *from_hex(kInputs[i]) : to_bytes(std::to_string(i));
        leaves.push_back(merkle_leaf(input, *sha256()));
    }
    return leaves;
}

TEST_EACH(Merkle, gives_the_known_root, kRoots) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.root), to_hex(merkle_root(leaves_of(row.leaves), *sha256())));
}

TEST(Merkle, proves_every_leaf_of_trees_up_to_33) {
    for (std::size_t size = 1; size <= 33; ++size) {
        const auto leaves = leaves_of(size);
        const Hash256 root = merkle_root(leaves, *sha256());
        for (std::size_t i = 0; i < size; ++i) {
            const auto path = merkle_path(leaves, i, *sha256());
            CPPUNIT_ASSERT(merkle_verify(leaves[i], i, size, path, root, *sha256()));
        }
    }
}

TEST(Merkle, refuses_a_proof_of_another_place_leaf_size_or_root) {
    const auto leaves = leaves_of(11);
    const Hash256 root = merkle_root(leaves, *sha256());
    auto path = merkle_path(leaves, 6, *sha256());
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 5, 11, path, root, *sha256()));
    CPPUNIT_ASSERT(!merkle_verify(leaves[5], 6, 11, path, root, *sha256()));
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 11, 11, path, root, *sha256()));
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 6, 11, path, leaves[0], *sha256()));
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 6, 3, path, root, *sha256()));
    path.push_back(root);
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 6, 11, path, root, *sha256()));
    path.resize(2);
    CPPUNIT_ASSERT(!merkle_verify(leaves[6], 6, 11, path, root, *sha256()));
}

}  // namespace
}  // namespace zige::wire

#include "shared/wire/chain.h"

#include "shared/openssl/crypto.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/wire/random_messages.h"

namespace zige::wire {
namespace {

const std::unique_ptr<Hasher>& sha256() {
    static const auto hasher = make_hasher(Suite::ed25519_sha256);
    return hasher;
}

TEST(Chain, starts_with_agent_and_chapter) {
    const Bytes start = *from_hex(
        "7a6967652d6a6f75726e616c"
        "00000007"
        "00000002");
    CPPUNIT_ASSERT_EQUAL(to_hex(sha256()->hash({start})), to_hex(chain_start({7}, {2}, *sha256())));
    CPPUNIT_ASSERT(chain_start({7}, {2}, *sha256()) != chain_start({2}, {7}, *sha256()));
}

TEST(Chain, goes_on_with_the_bytes_of_each_entry) {
    const Hash256 start = chain_start({7}, {2}, *sha256());
    Bytes message = {std::byte{2}};
    message.insert(message.end(), start.begin(), start.end());
    message.push_back(std::byte{0x55});
    const Bytes entry{std::byte{0x55}};
    CPPUNIT_ASSERT_EQUAL(to_hex(sha256()->hash({message})), to_hex(chain_next(start, entry, *sha256())));
}

TEST(Chain, names_everything_in_what_a_batch_signature_signs) {
    Hash256 root{};
    root.fill(std::byte{0xaa});
    const std::string expected =
        "7a6967652d6261746368"
        "00000007"
        "00000002"
        "0000000000000065"
        "0000000000000066";
    CPPUNIT_ASSERT_EQUAL(expected + to_hex(root), to_hex(batch_message({7}, {2}, 101, 102, root)));
}

TEST(Chain, names_a_state_by_the_hash_of_its_bytes) {
    testing::Draw draw(3);
    const State state = testing::draw_state(draw);
    CPPUNIT_ASSERT_EQUAL(to_hex(sha256()->hash({encode(state)})), to_hex(state_hash(state, *sha256())));
}

TEST(Ineligible, hides_codes_behind_the_salt) {
    const Bytes salt(16, std::byte{1});
    const Bytes other(16, std::byte{2});
    const auto key = ineligible_key(salt, "D410423000017", *sha256());
    CPPUNIT_ASSERT_EQUAL(to_hex(sha256()->mac(salt, as_bytes("D410423000017"))).substr(0, 16), to_hex(key));
    CPPUNIT_ASSERT(key != ineligible_key(other, "D410423000017", *sha256()));
    CPPUNIT_ASSERT(key != ineligible_key(salt, "D410423000018", *sha256()));
}

TEST(Ineligible, has_a_digest_over_salt_and_every_entry) {
    testing::Draw draw(5);
    IneligibleUpdate update;
    while (update.added.size() < 3) update = testing::draw_ineligible_update(draw);
    const Hash256 digest = ineligible_digest(update.added, update.salt, *sha256());
    auto fewer = update.added;
    fewer.pop_back();
    CPPUNIT_ASSERT(digest != ineligible_digest(fewer, update.salt, *sha256()));
    update.added[1].from += std::chrono::days{1};
    CPPUNIT_ASSERT(digest != ineligible_digest(update.added, update.salt, *sha256()));
}

}  // namespace
}  // namespace zige::wire

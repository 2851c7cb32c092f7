#include "agent/daemon/api_keys.h"

#include "shared/openssl/crypto.h"
#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;

namespace {

struct KeysFixture {
    zige::testing::MemoryFiles files;
    zige::testing::SeededRandom random{7};
    std::unique_ptr<Hasher> hasher = make_hasher(Suite::ed25519_sha256);
    const Instant now = *parse_time("2026-11-20 08:00:00", "");

    std::unique_ptr<ApiKeys> open() {
        auto keys = ApiKeys::open("/data/api-keys.json", files, *hasher, random);
        CPPUNIT_ASSERT(keys.ok());
        return std::move(keys).value();
    }
};

}  // namespace

TEST(ApiKeys, know_their_holder_after_a_restart) {
    KeysFixture f;
    const auto key = f.open()->create("收费处1号机", CallerRole::his, f.now);
    CPPUNIT_ASSERT(key.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("zk-his-"), key->substr(0, 7));
    const auto keys = f.open();
    const auto caller = keys->find(*key);
    CPPUNIT_ASSERT(caller.ok());
    CPPUNIT_ASSERT(caller->role == CallerRole::his);
    CPPUNIT_ASSERT_EQUAL(std::string("收费处1号机"), caller->name);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_unauthorized, keys->find(key->substr(0, key->size() - 1)).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_unauthorized, keys->find("").error().id);
}

TEST(ApiKeys, stand_on_disk_as_a_hash_only) {
    KeysFixture f;
    const auto key = f.open()->create("till", CallerRole::clerk, f.now);
    const auto bytes = f.files.read("/data/api-keys.json", 1U << 20);
    CPPUNIT_ASSERT(bytes.ok());
    CPPUNIT_ASSERT(as_text(*bytes).find(key->substr(9)) == std::string_view::npos);
    CPPUNIT_ASSERT(as_text(*bytes).find("till") != std::string_view::npos);
}

TEST(ApiKeys, are_worth_nothing_once_revoked) {
    KeysFixture f;
    const auto keys = f.open();
    const auto key = keys->create("till", CallerRole::his, f.now);
    CPPUNIT_ASSERT(keys->revoke("till").ok());
    CPPUNIT_ASSERT(!keys->find(*key).ok());
    CPPUNIT_ASSERT(!f.open()->find(*key).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_key_not_found, keys->revoke("till").error().id);
}

TEST(ApiKeys, have_one_name_each) {
    KeysFixture f;
    const auto keys = f.open();
    CPPUNIT_ASSERT(keys->create("till", CallerRole::his, f.now).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_key_name_taken, keys->create("till", CallerRole::viewer, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, keys->create("", CallerRole::his, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, keys->create("root", CallerRole::owner, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, keys->list()->size());
}

TEST(ApiKeys, of_a_damaged_file_are_named_and_not_dropped) {
    KeysFixture f;
    const auto key = f.open()->create("till", CallerRole::his, f.now);
    CPPUNIT_ASSERT(f.files.write("/data/api-keys.json", as_bytes("[{\"name\":\"till\"}]")).ok());
    const auto keys = f.open();
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_keys_damaged, keys->readable().error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_keys_damaged, keys->find(*key).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_keys_damaged, keys->list().error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_keys_damaged, keys->create("new", CallerRole::his, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_keys_damaged, keys->revoke("till").error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("[{\"name\":\"till\"}]"),
                         std::string(as_text(f.files.read("/data/api-keys.json", 100).value())));
}

#include "shared/openssl/key_maker.h"

#include "shared/openssl/crypto.h"
#include "shared/openssl/x509.h"
#include "tests/support/testing.h"

using namespace zige;

namespace {

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

const Instant kFrom = *parse_time("2026-01-01 00:00:00", "from");
const Instant kUntil = *parse_time("2027-01-01 00:00:00", "until");

std::unique_ptr<Cipher> cipher(char key) {
    auto made = make_key_maker(Suite::ed25519_sha256)->open_cipher(Bytes(32, std::byte(key)));
    CPPUNIT_ASSERT(made.ok());
    return std::move(*made);
}

}  // namespace

TEST_EACH(KeyMaker, signs_with_the_key_that_it_made, kSuites) {
    const auto keys = make_key_maker(row.suite);
    const auto pem = keys->make_signing_key();
    const auto signer = keys->open_signing_key(*pem);
    CPPUNIT_ASSERT(signer.ok());
    const auto signature = (*signer)->sign(as_bytes("text"));
    CPPUNIT_ASSERT(make_verifier(row.suite)->verify((*signer)->public_key(), as_bytes("text"), *signature));
    CPPUNIT_ASSERT(!make_verifier(row.suite)->verify((*signer)->public_key(), as_bytes("texT"), *signature));
}

TEST(KeyMaker, issues_certificates_that_its_authority_vouches_for) {
    const auto keys = make_key_maker(Suite::ed25519_sha256);
    const auto authority = keys->make_tls_authority("hub", kFrom, kUntil);
    const auto server = keys->make_server_certificate(*authority, kFrom, kUntil);
    CPPUNIT_ASSERT(check_certificate(server->public_part, authority->public_part, kFrom).ok());
    const auto request = create_request("somebody");
    const auto client = keys->issue_client_certificate(*authority, request->request_der, "agent-3", kFrom, kUntil);
    CPPUNIT_ASSERT(check_certificate(*client, authority->public_part, kFrom).ok());
    const auto facts = read_certificate(*client);
    CPPUNIT_ASSERT_EQUAL(std::string("agent-3"), facts->common_name);
    CPPUNIT_ASSERT(*keys->request_key(request->request_der) == facts->public_key);
}

TEST(KeyMaker, its_cipher_gives_back_what_was_sealed) {
    for (const std::string text : {"", "110105194912310038"}) {
        const auto sealed = cipher('k')->seal(as_bytes(text), as_bytes("person 7"));
        CPPUNIT_ASSERT_EQUAL(text.size() + 28, sealed->size());
        CPPUNIT_ASSERT(to_bytes(text) == *cipher('k')->open(*sealed, as_bytes("person 7")));
    }
}

TEST(KeyMaker, its_cipher_never_seals_twice_to_the_same_bytes) {
    CPPUNIT_ASSERT(*cipher('k')->seal(as_bytes("text"), {}) != *cipher('k')->seal(as_bytes("text"), {}));
}

TEST(KeyMaker, its_cipher_refuses_every_flipped_bit_another_context_and_another_key) {
    const auto sealed = cipher('k')->seal(as_bytes("text"), as_bytes("person 7"));
    for (std::size_t bit = 0; bit < sealed->size() * 8; ++bit) {
        Bytes damaged = *sealed;
        damaged[bit / 8] ^= std::byte(1U << bit % 8);
        CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, cipher('k')->open(damaged, as_bytes("person 7")).error().id);
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, cipher('k')->open(*sealed, as_bytes("person 8")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, cipher('l')->open(*sealed, as_bytes("person 7")).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, cipher('k')->open(ByteView(*sealed).first(27), {}).error().id);
}

TEST(KeyMaker, wants_a_cipher_key_of_32_bytes) {
    const auto keys = make_key_maker(Suite::ed25519_sha256);
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, keys->open_cipher(Bytes(31)).error().id);
}

#include "shared/openssl/sealing.h"

#include "shared/openssl/crypto.h"
#include "shared/openssl/sm2.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

std::unique_ptr<Unsealer> x25519_key(std::string_view key) {
    return make_unsealer(Suite::ed25519_sha256, testing::pem_of_private(testing::kX25519Head, hex(key))).value();
}

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

TEST(KeyAgreement, gives_the_published_secret) {  // RFC 7748 6.1; what HKDF makes of it
    const auto alice = x25519_key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const auto bob = x25519_key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    CPPUNIT_ASSERT_EQUAL(std::string("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
                         to_hex(alice->public_key()));
    CPPUNIT_ASSERT_EQUAL(std::string("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
                         to_hex(bob->public_key()));
    const Bytes secret = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    const Bytes key = hkdf(Suite::ed25519_sha256, secret, {}, as_bytes("info"), 32).value();
    CPPUNIT_ASSERT_EQUAL(to_hex(key), to_hex(alice->derive(bob->public_key(), as_bytes("info"), 32).value()));
    CPPUNIT_ASSERT_EQUAL(to_hex(key), to_hex(bob->derive(alice->public_key(), as_bytes("info"), 32).value()));
}
TEST(KeyAgreement, on_the_curve_of_sm2_is_the_x_coordinate) {
    // One side holds the private number 1, whose public key is the generator of GB/T 32918.5: the common point is the
    // other side's public key.
    const auto one =
        make_unsealer(Suite::sm2_sm3, testing::pem_of_private(testing::kSm2Head, hex(std::string(62, '0') + "01")));
    const auto other = testing::fixed_unsealer(std::byte{0x41}, Suite::sm2_sm3);
    CPPUNIT_ASSERT_EQUAL(std::string("32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"),
                         to_hex(ByteView((*one)->public_key()).subspan(1, 32)));
    const Bytes key = hkdf(Suite::sm2_sm3, ByteView(other->public_key()).subspan(1, 32), {}, as_bytes("i"), 32).value();
    CPPUNIT_ASSERT_EQUAL(to_hex(key), to_hex((*one)->derive(other->public_key(), as_bytes("i"), 32).value()));
}
TEST_EACH(KeyAgreement, is_the_same_on_both_sides_and_for_nobody_else, kSuites) {
    const auto a = testing::fixed_unsealer(std::byte{0x41}, row.suite);
    const auto b = testing::fixed_unsealer(std::byte{0x42}, row.suite);
    const auto c = testing::fixed_unsealer(std::byte{0x43}, row.suite);
    const Bytes common = a->derive(b->public_key(), as_bytes("info"), 32).value();
    CPPUNIT_ASSERT_EQUAL(to_hex(common), to_hex(b->derive(a->public_key(), as_bytes("info"), 32).value()));
    CPPUNIT_ASSERT(common != c->derive(a->public_key(), as_bytes("info"), 32).value());
    CPPUNIT_ASSERT(common != a->derive(b->public_key(), as_bytes("other"), 32).value());
}
TEST_EACH(KeyAgreement, refuses_what_is_no_key, kSuites) {
    const auto own = testing::fixed_unsealer(std::byte{0x41}, row.suite);
    Bytes off_the_curve = own->public_key();
    off_the_curve.push_back(std::byte{1});
    const Bytes order_8 = hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    for (const Bytes& peer : {Bytes{}, Bytes(32), Bytes(65), Bytes(65, std::byte{4}), off_the_curve, order_8})
        CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, own->derive(peer, {}, 32).error().id);
}

TEST(Sm2, decrypts_the_published_cipher_text) {  // GB/T 32918.5 annex C
    const std::string pem = testing::pem_of_private(
        testing::kSm2Head, hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"));
    const auto key = openssl::key_from_pem(pem, "test").value();
    const Bytes cipher =
        hex("0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
            "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
            "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
            "21886ca989ca9c7d58087307ca93092d651efa");
    CPPUNIT_ASSERT_EQUAL(std::string("encryption standard"),
                         std::string(as_text(openssl::sm2_decrypt(*key, cipher).value())));
    for (std::size_t at = 0; at < cipher.size(); ++at) {
        Bytes flipped = cipher;
        flipped[at] ^= std::byte{1};
        CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, openssl::sm2_decrypt(*key, flipped).error().id);
    }
    for (std::size_t size = 0; size < cipher.size(); ++size)
        CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, openssl::sm2_decrypt(*key, ByteView(cipher).first(size)).error().id);
}

TEST_EACH(Sealer, seals_for_one_reader_in_one_context, kSuites) {
    const auto sealer = make_sealer(row.suite);
    const auto reader = testing::fixed_unsealer(std::byte{0x41}, row.suite);
    const auto other = testing::fixed_unsealer(std::byte{0x42}, row.suite);
    const Bytes plain = to_bytes("证件号码");
    for (int round = 0; round < 50; ++round) {  // SM2's numbers are of all lengths
        const auto parts = sealer->seal(reader->public_key(), plain, {as_bytes("i"), as_bytes("a")}).value();
        const SealedView view{parts.key, parts.nonce, parts.ciphertext};
        CPPUNIT_ASSERT_EQUAL(row.suite == Suite::sm2_sm3 ? std::size_t{129} : std::size_t{32}, parts.key.size());
        CPPUNIT_ASSERT_EQUAL(kSealNonceBytes, parts.nonce.size());
        CPPUNIT_ASSERT_EQUAL(plain.size() + kSealTagBytes, parts.ciphertext.size());
        CPPUNIT_ASSERT(reader->open(view, {as_bytes("i"), as_bytes("a")}).value() == plain);
        CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, reader->open(view, {as_bytes("i"), as_bytes("b")}).error().id);
        CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, other->open(view, {as_bytes("i"), as_bytes("a")}).error().id);
    }
}
TEST(Sealer, binds_the_derivation_of_x25519) {
    const auto reader = testing::fixed_unsealer(std::byte{0x41});
    const auto parts = make_sealer(Suite::ed25519_sha256)->seal(reader->public_key(), {}, {as_bytes("i"), {}}).value();
    const auto opened = reader->open({parts.key, parts.nonce, parts.ciphertext}, {as_bytes("j"), {}});
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, opened.error().id);
}
TEST_EACH(Unsealer, refuses_a_pem_that_is_no_sealing_key_of_the_suite, kSuites) {
    const Suite other = row.suite == Suite::sm2_sm3 ? Suite::ed25519_sha256 : Suite::sm2_sm3;
    const auto pem = generate_sealing_key(other).value().private_pem;
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, make_unsealer(row.suite, pem).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, make_unsealer(row.suite, "no PEM").error().id);
}

}  // namespace
}  // namespace zige

#include "shared/openssl/crypto.h"

#include "tests/support/testing.h"

using namespace zige;

namespace {

const Suite kSuites[] = {Suite::ed25519_sha256, Suite::sm2_sm3};

Bytes hex(std::string_view text) { return from_hex(text).value(); }

std::string pem_of(std::string_view base64) {
    return "-----BEGIN PRIVATE KEY-----\n" + std::string(base64) + "\n-----END PRIVATE KEY-----\n";
}

}  // namespace

struct HashRow {
    const char* name;
    Suite suite;
    const char* message;
    const char* digest;
};
const HashRow kHashes[] = {
    // GB/T 32905 A.1
    {"sm3_abc", Suite::sm2_sm3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
    // GB/T 32905 A.2
    {"sm3_64_bytes", Suite::sm2_sm3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
     "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
    // FIPS 180-2 B.1
    {"sha256_abc", Suite::ed25519_sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"sha256_nothing", Suite::ed25519_sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
};
TEST_EACH(Hasher, gives_the_published_digest, kHashes) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.digest), to_hex(make_hasher(row.suite)->hash({as_bytes(row.message)})));
}
TEST_EACH(Hasher, takes_parts_as_one_string, kHashes) {
    const std::string_view message = row.message;
    const auto half = message.size() / 2;
    const auto parts =
        make_hasher(row.suite)->hash({as_bytes(message.substr(0, half)), {}, as_bytes(message.substr(half))});
    CPPUNIT_ASSERT_EQUAL(std::string(row.digest), to_hex(parts));
}

struct MacRow {
    const char* name;
    std::string key, message;
    const char* mac;
};
const MacRow kMacs[] = {
    // RFC 4231, cases 1, 2, 6 (a key longer than a block)
    {"case_1", std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"case_2", "Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {"case_6", std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {"no_key", "", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
};
TEST_EACH(Hasher, gives_the_published_mac, kMacs) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    CPPUNIT_ASSERT_EQUAL(std::string(row.mac), to_hex(hasher->mac(as_bytes(row.key), as_bytes(row.message))));
}

struct HkdfRow {
    const char* name;
    Bytes key, salt, info;
    std::size_t length;
    const char* derived;
};
Bytes counted(int from, int to) {
    Bytes bytes;
    for (int each = from; each <= to; ++each) bytes.push_back(static_cast<std::byte>(each));
    return bytes;
}
const HkdfRow kHkdf[] = {
    // RFC 5869 A.1 to A.3
    {"case_1", Bytes(22, std::byte{0x0b}), counted(0, 12), counted(0xf0, 0xf9), 42,
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
    {"case_2_longer", counted(0, 0x4f), counted(0x60, 0xaf), counted(0xb0, 0xff), 82,
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
     "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
    {"case_3_without_salt_and_info",
     Bytes(22, std::byte{0x0b}),
     {},
     {},
     42,
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
};
TEST_EACH(Hkdf, gives_the_published_key, kHkdf) {
    const auto key = hkdf(Suite::ed25519_sha256, row.key, row.salt, row.info, row.length);
    CPPUNIT_ASSERT_EQUAL(std::string(row.derived), to_hex(key.value()));
}
TEST(Hkdf, gives_the_content_key_of_the_cose_working_group) {  // its Examples, x25519-hkdf-256-direct
    const Bytes secret = hex("b5da948f36b6847add95bbe6dc0ad254222f3a7040e9fad6acb335928917db7f");
    const Bytes context = hex("840183f6f6f683f6f6f682188044a1013818");
    CPPUNIT_ASSERT_EQUAL(std::string("ff38572d1ebe0abeac5eee1f48f9ca64"),
                         to_hex(hkdf(Suite::ed25519_sha256, secret, {}, context, 16).value()));
}
TEST(Hkdf, refuses_more_than_it_can_give) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_failed,
                         hkdf(Suite::ed25519_sha256, hex("00"), {}, {}, 255 * 32 + 1).error().id);
}

struct Ed25519Row {
    const char* name;
    const char* key;  ///< the seed as PKCS#8
    const char* public_key;
    const char* message;
    const char* signature;
};
const Ed25519Row kEd25519[] = {
    // RFC 8032 7.1
    {"test_1", "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"test_2", "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
};
TEST_EACH(Ed25519, signs_as_published, kEd25519) {
    const auto signer = make_signer_from_pem(Suite::ed25519_sha256, pem_of(row.key)).value();
    CPPUNIT_ASSERT_EQUAL(std::string(row.public_key), to_hex(signer->public_key()));
    CPPUNIT_ASSERT_EQUAL(std::string(row.signature), to_hex(signer->sign(hex(row.message)).value()));
    const auto verifier = make_verifier(Suite::ed25519_sha256);
    CPPUNIT_ASSERT(verifier->verify(hex(row.public_key), hex(row.message), hex(row.signature)));
}

struct SuiteRow {
    const char* name;
    Suite suite;
    std::size_t signing_key_bytes, sealing_key_bytes;
};
const SuiteRow kSuiteRows[] = {{"ed25519_sha256", Suite::ed25519_sha256, 32, 32}, {"sm2_sm3", Suite::sm2_sm3, 33, 33}};

TEST_EACH(Signer, is_believed_by_the_verifier_and_nobody_else_is, kSuiteRows) {
    const std::string pem = generate_signing_key(row.suite).value();
    const auto signer = make_signer_from_pem(row.suite, pem).value();
    const auto other = make_signer_from_pem(row.suite, generate_signing_key(row.suite).value()).value();
    const auto verifier = make_verifier(row.suite);
    const Bytes message = to_bytes("停止结算");
    const Bytes signature = signer->sign(message).value();
    CPPUNIT_ASSERT_EQUAL(row.signing_key_bytes, signer->public_key().size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{64}, signature.size());
    CPPUNIT_ASSERT(verifier->verify(signer->public_key(), message, signature));
    CPPUNIT_ASSERT(!verifier->verify(other->public_key(), message, signature));
    CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), to_bytes("停止结笪"), signature));
    for (std::size_t at = 0; at < signature.size(); ++at) {
        Bytes flipped = signature;
        flipped[at] ^= std::byte{1};
        CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), message, flipped));
    }
}
TEST_EACH(Verifier, takes_a_malformed_key_or_signature_for_a_bad_one, kSuiteRows) {
    const auto signer = make_signer_from_pem(row.suite, generate_signing_key(row.suite).value()).value();
    const auto verifier = make_verifier(row.suite);
    const Bytes message = to_bytes("m");
    const Bytes signature = signer->sign(message).value();
    Bytes off_the_curve = signer->public_key();
    off_the_curve.back() ^= std::byte{1};
    CPPUNIT_ASSERT(!verifier->verify({}, message, signature));
    CPPUNIT_ASSERT(!verifier->verify(ByteView(signer->public_key()).subspan(1), message, signature));
    CPPUNIT_ASSERT(!verifier->verify(off_the_curve, message, signature));
    CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), message, {}));
    CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), message, ByteView(signature).first(63)));
    CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), message, Bytes(64)));
    CPPUNIT_ASSERT(!verifier->verify(signer->public_key(), message, Bytes(64, std::byte{0xff})));
}
TEST(Verifier,
     takes_an_sm2_signature_that_another_program_made) {  // openssl 3.0 pkeyutl -sign -rawin -digest sm3, default id
    const auto verifier = make_verifier(Suite::sm2_sm3);
    const Bytes key = hex("0291db55819431d81c4222f465fd1ae346f23a2955861a05eb94cfaf3ec80ff4b4");
    CPPUNIT_ASSERT(verifier->verify(key, to_bytes("abc"),
                                    hex("1ea327af330f84fa9ba957c1f429e4df0734c57680a80cd10b0f29094740f3c8"
                                        "70cf1389fbce13dd19262b9d649c1e8ba5f446721aeb775e88e94f8709760afb")));
}
TEST_EACH(Signer, refuses_what_is_no_key_of_the_suite, kSuiteRows) {
    const Suite other = row.suite == kSuites[0] ? kSuites[1] : kSuites[0];
    const auto wrong = make_signer_from_pem(row.suite, generate_signing_key(other).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, wrong.error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, make_signer_from_pem(row.suite, "no PEM").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, make_signer_from_pem(row.suite, std::string(20'000, '-')).error().id);
}

TEST_EACH(SealingKey, comes_back_from_its_pem, kSuiteRows) {
    const SealingKey made = generate_sealing_key(row.suite).value();
    CPPUNIT_ASSERT_EQUAL(row.sealing_key_bytes, made.public_key.size());
    CPPUNIT_ASSERT_EQUAL(to_hex(made.public_key),
                         to_hex(read_sealing_key(row.suite, made.private_pem).value().public_key));
}
TEST(SealingKey, is_no_signing_key) {
    const std::string signing = generate_signing_key(Suite::ed25519_sha256).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, read_sealing_key(Suite::ed25519_sha256, signing).error().id);
}

TEST(ConstantTime, compares_length_and_content) {
    CPPUNIT_ASSERT(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
    CPPUNIT_ASSERT(equal_in_constant_time({}, {}));
    CPPUNIT_ASSERT(!equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
    CPPUNIT_ASSERT(!equal_in_constant_time(as_bytes("abc"), as_bytes("ab")));
}

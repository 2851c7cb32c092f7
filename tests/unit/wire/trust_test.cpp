#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

using zige::testing::fixed_signer;

constexpr Instant kIssued{std::chrono::seconds{1'780'000'000}};

/// Root keys are named by the byte that makes them.
TrustDocument document(std::uint32_t version, std::vector<int> roots, std::uint8_t threshold) {
    TrustDocument d;
    d.version = version;
    d.hub_id = "411500";
    d.issued = kIssued;
    d.threshold = threshold;
    for (const int root : roots) d.root_keys.push_back(fixed_signer(std::byte(root))->public_key());
    d.online_keys = {{7, Bytes(32, std::byte{9}), kIssued, kIssued + std::chrono::days{90}}};
    d.sealing_key = Bytes(32, std::byte{8});
    d.tls_ca = Bytes(450, std::byte{0x30});
    return d;
}

SignedTrust signed_by(const TrustDocument& document, std::vector<int> roots) {
    SignedTrust trust{encode(document), {}};
    for (const int root : roots)
        trust.signatures.push_back(sign_trust(trust.document, *fixed_signer(std::byte(root))).value());
    return trust;
}

const std::unique_ptr<Verifier>& verifier() {
    static const auto made = make_verifier(Suite::ed25519_sha256);
    return made;
}

ErrorId refusal(const TrustDocument* current, const SignedTrust& next) {
    const auto result = check_trust(current, next, *verifier());
    CPPUNIT_ASSERT_MESSAGE("was accepted", !result.ok());
    return result.error().id;
}

TEST(Trust, is_handed_on_by_both_thresholds) {
    const TrustDocument old = document(1, {1, 2, 3}, 2);
    const TrustDocument next = document(2, {3, 4}, 2);
    CPPUNIT_ASSERT(check_trust(&old, signed_by(next, {2, 3, 4}), *verifier()).value() == next);
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(&old, signed_by(next, {3, 4})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(&old, signed_by(next, {1, 2, 3})));
}

TEST(Trust, counts_a_key_once) {
    const TrustDocument first = document(1, {1, 2}, 2);
    CPPUNIT_ASSERT(check_trust(nullptr, signed_by(first, {1, 2}), *verifier()).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(nullptr, signed_by(first, {1, 1})));
}

TEST(Trust, finds_the_key_of_a_signature_by_its_last_four_bytes) {
    SignedTrust trust = signed_by(document(1, {1, 2}, 2), {1, 2});
    CPPUNIT_ASSERT_EQUAL(root_key_id(fixed_signer(std::byte{1})->public_key()), trust.signatures[0].key_id);
    std::swap(trust.signatures[0].key_id, trust.signatures[1].key_id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(nullptr, trust));
}

TEST(Trust, tells_keys_with_one_id_apart_by_the_signature) {
    TrustDocument first = document(1, {1}, 1);
    Bytes twin = first.root_keys[0];  // comes first, has the same last four bytes, signs nothing
    twin[0] ^= std::byte{1};
    first.root_keys.insert(first.root_keys.begin(), twin);
    CPPUNIT_ASSERT(check_trust(nullptr, signed_by(first, {1}), *verifier()).ok());
    first.threshold = 2;
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(nullptr, signed_by(first, {1})));
}

TEST(Trust, takes_no_signature_over_other_bytes) {
    SignedTrust trust = signed_by(document(1, {1}, 1), {1});
    trust.document[trust.document.size() - 2] ^= std::byte{1};  // the end of the certificate
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(nullptr, trust));
}

TEST(Trust, takes_no_signature_over_the_bare_document) {
    SignedTrust trust = signed_by(document(1, {1}, 1), {1});
    trust.signatures[0].signature = fixed_signer(std::byte{1})->sign(trust.document).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, refusal(nullptr, trust));
}

TEST(Trust, goes_up_one_by_one) {
    const TrustDocument old = document(4, {1}, 1);
    for (const std::uint32_t version : {3U, 4U, 6U})
        CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_version, refusal(&old, signed_by(document(version, {1}, 1), {1})));
}

TEST(Trust, stays_with_one_hub) {
    const TrustDocument old = document(1, {1}, 1);
    TrustDocument next = document(2, {1}, 1);
    next.hub_id = "411600";
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_wrong_hub, refusal(&old, signed_by(next, {1})));
}

/// A document whose online keys have these ids, each with the key of its number.
TrustDocument with_keys(std::uint32_t version, std::vector<int> ids) {
    TrustDocument d = document(version, {1}, 1);
    const OnlineKey key = d.online_keys[0];
    d.online_keys.clear();
    for (const int id : ids)
        d.online_keys.push_back(
            {static_cast<std::uint8_t>(id), Bytes(32, std::byte(id)), key.not_before, key.not_after});
    return d;
}

struct KeyStep {
    const char* name;
    std::vector<int> next;
    bool good;
};
const KeyStep kKeySteps[] = {
    {"the_same", {3, 5}, true},           {"a_higher_one_more", {3, 5, 6}, true},
    {"the_older_one_dropped", {5}, true}, {"all_replaced", {6}, true},
    {"a_lower_one", {4, 5}, false},       {"the_highest_dropped_without_a_newer", {3}, false},
};
/// So no id of the past comes back, and what a document revoked stays revoked (TRUST-10).
TEST_EACH(Trust, hands_on_online_keys, kKeySteps) {
    const TrustDocument old = with_keys(1, {3, 5});
    const auto result = check_trust(&old, signed_by(with_keys(2, row.next), {1}), *verifier());
    CPPUNIT_ASSERT_EQUAL(row.good, result.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_reused, result.error().id);
}

TEST(Trust, gives_an_id_to_one_key_only) {
    const TrustDocument old = with_keys(1, {3, 5});
    TrustDocument next = with_keys(2, {3, 5});
    next.online_keys[1].public_key = Bytes(32, std::byte{77});
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_reused, refusal(&old, signed_by(next, {1})));
}

TEST(Trust, is_reset_only_to_a_time_at_which_one_of_its_keys_is_valid) {
    TrustDocument d = document(2, {1}, 1);
    const auto end = d.online_keys[0].not_after;
    for (const Instant time : {kIssued, end - std::chrono::seconds{1}}) {
        d.reset = TrustReset{time, {4}};
        CPPUNIT_ASSERT(decode_trust_document(encode(d)).value() == d);
    }
    for (const Instant time : {kIssued - std::chrono::seconds{1}, end}) {
        d.reset = TrustReset{time, {4}};
        CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_reset, decode_trust_document(encode(d)).error().id);
    }
}

TEST(Trust, refuses_documents_that_make_no_sense) {
    const auto refused = [](const TrustDocument& d) { return decode_trust_document(encode(d)).error().id; };
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_threshold, refused(document(1, {1, 2}, 3)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refused(document(1, {1, 2}, 0)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_duplicate_key, refused(document(1, {1, 1}, 1)));
    TrustDocument long_lived = document(1, {1}, 1);
    long_lived.online_keys[0].not_after += std::chrono::seconds{1};
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_key_validity_too_long, refused(long_lived));
    TrustDocument two_of_one_id = document(1, {1}, 1);
    two_of_one_id.online_keys.push_back(two_of_one_id.online_keys[0]);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_duplicate_key, refused(two_of_one_id));
    TrustDocument other_suite = document(1, {1}, 1);
    other_suite.suite = Suite::sm2_sm3;
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, refused(other_suite));  // Ed25519 keys are too short for it
}

TEST(Trust, takes_at_most_a_kilobyte_with_one_root_key_and_a_certificate_of_450_bytes) {
    const Bytes step = encode(signed_by(document(2, {1}, 1), {1}));
    CPPUNIT_ASSERT_MESSAGE(std::to_string(step.size()), step.size() <= 1024);
}

TEST(Trust, has_a_fingerprint_of_100_bits_in_crockford_base32) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    // SHA-256 of nothing starts e3b0c442 98fc1c14 9afbf4c8 99: 11100 01110 11000 01100 01000 10000 ...
    CPPUNIT_ASSERT_EQUAL(std::string("WERC8GMRZGE196QVYK49"), trust_fingerprint({}, *hasher));
}

TEST(OnlineKey, is_found_by_its_id_of_one_byte) {
    const TrustDocument trust = document(1, {1}, 1);
    CPPUNIT_ASSERT(find_online_key(trust, Bytes{std::byte{7}}).value() == trust.online_keys[0]);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_key, find_online_key(trust, Bytes{std::byte{8}}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_key, find_online_key(trust, Bytes(4, std::byte{7})).error().id);
}

TEST(OnlineKey, is_valid_from_its_first_second_up_to_its_last) {
    const OnlineKey key = document(1, {1}, 1).online_keys[0];
    const std::chrono::seconds second{1};
    CPPUNIT_ASSERT(check_key_time(key, key.not_before).ok());
    CPPUNIT_ASSERT(check_key_time(key, key.not_after - second).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, check_key_time(key, key.not_before - second).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, check_key_time(key, key.not_after).error().id);
}

}  // namespace
}  // namespace zige::wire

#include "shared/wire/envelope.h"

#include "shared/openssl/crypto.h"
#include "shared/wire/cbor.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

using zige::testing::fixed_signer;

struct Suited {
    const char* name;
    Suite suite;
};
const Suited kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

constexpr std::array kKid{std::byte{3}};
const EnvelopeContext kContext{"411500", MessageType::head};

struct Fixture {
    explicit Fixture(Suite suite = Suite::ed25519_sha256)
        : signer(fixed_signer(std::byte{0x11}, suite)), verifier(make_verifier(suite)) {}
    Bytes seal(ByteView payload, const EnvelopeContext& context = kContext) const {
        return seal_envelope(context, payload, kKid, *signer, *compressor).value();
    }
    Result<Bytes> open(ByteView envelope, const EnvelopeContext& context = kContext, std::size_t limit = 4096) const {
        return open_envelope(context, envelope, signer->public_key(), *verifier, *compressor, limit);
    }
    ErrorId refusal(ByteView envelope, const EnvelopeContext& context = kContext) const {
        const auto result = open(envelope, context);
        CPPUNIT_ASSERT_MESSAGE("was accepted", !result.ok());
        CPPUNIT_ASSERT_MESSAGE(result.error().describe() + " names no field", !result.error().field.empty());
        return result.error().id;
    }
    /// An envelope with any header and payload, properly signed.
    Bytes signed_with(ByteView header, ByteView packed, std::size_t unprotected = 0) const {
        Writer aad;
        aad.array(2).uint(static_cast<std::uint64_t>(kContext.type)).text(kContext.hub_id);
        Writer message;
        message.array(4).text("Signature1").bytes(header).bytes(aad.view()).bytes(packed);
        Writer out;
        out.array(4).bytes(header).map(unprotected);
        for (std::size_t i = 0; i < unprotected; ++i) out.uint(i + 10).uint(0);
        out.bytes(packed).bytes(signer->sign(message.view()).value());
        return out.take();
    }
    std::unique_ptr<Signer> signer;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Compressor> compressor = make_compressor(dictionaries());
};

const Bytes kPayload = to_bytes("资格状态：暂停。信医保处〔2026〕");

TEST_EACH(Envelope, gives_back_what_was_sealed, kSuites) {
    const Fixture f(row.suite);
    const Bytes envelope = f.seal(kPayload);
    CPPUNIT_ASSERT_EQUAL(to_hex(kPayload), to_hex(f.open(envelope).value()));
    CPPUNIT_ASSERT_EQUAL(to_hex(kKid), to_hex(envelope_kid(envelope).value()));
}

TEST_EACH(Envelope, refuses_every_flipped_bit, kSuites) {
    const Fixture f(row.suite);
    const Bytes envelope = f.seal(kPayload);
    for (std::size_t bit = 0; bit < envelope.size() * 8; ++bit) {
        Bytes damaged = envelope;
        damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        CPPUNIT_ASSERT_MESSAGE("bit " + std::to_string(bit), !f.open(damaged).ok());
    }
}

TEST(Envelope, refuses_every_truncation_and_a_byte_too_many) {
    const Fixture f;
    Bytes envelope = f.seal(kPayload);
    for (std::size_t size = 0; size < envelope.size(); ++size)
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_truncated, f.refusal(ByteView(envelope).first(size)));
    envelope.push_back(std::byte{0});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_trailing_bytes, f.refusal(envelope));
}

TEST(Envelope, names_a_message_of_another_type) {
    const Fixture f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_wrong_message_type, f.refusal(f.seal(kPayload, {"411500", MessageType::delta})));
}

TEST(Envelope, refuses_a_message_of_another_hub) {
    const Fixture f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_signature, f.refusal(f.seal(kPayload, {"411600", MessageType::head})));
}

TEST(Envelope, refuses_another_key) {
    const Fixture f;
    const auto other = fixed_signer(std::byte{0x12});
    const Bytes forged = seal_envelope(kContext, kPayload, kKid, *other, *f.compressor).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_signature, f.refusal(forged));
}

TEST(Envelope, refuses_the_other_suite) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_algorithm, Fixture().refusal(Fixture(Suite::sm2_sm3).seal(kPayload)));
}

TEST(Envelope, checks_the_signature_before_it_inflates) {
    const Fixture f;
    Fixture forger;
    forger.signer = fixed_signer(std::byte{0x12});
    const Bytes header = *from_hex("a301270441033a0001000001");
    const Bytes garbage(40, std::byte{0xff});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_signature, f.refusal(forger.signed_with(header, garbage)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_compression, f.refusal(f.signed_with(header, garbage)));
}

TEST(Envelope, refuses_a_payload_that_inflates_beyond_its_limit) {
    const Fixture f;
    const Bytes bomb = f.seal(Bytes(4097));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, f.refusal(bomb));
    CPPUNIT_ASSERT(f.open(f.seal(Bytes(4096))).ok());
}

TEST(Envelope, refuses_more_bytes_than_any_envelope_has) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, Fixture().refusal(Bytes(kMaxEnvelopeBytes + 1)));
}

struct Header {
    const char* name;
    const char* bytes;
    ErrorId error;
};
const Header kHeaders[] = {
    {"of_a_future_version", "a401270441033a00010000013a0001000102", ErrorId::wire_unknown_version},
    {"that_names_version_1", "a401270441033a00010000013a0001000101", ErrorId::wire_bad_value},
    {"with_an_unknown_dictionary", "a301270441033a000100000a", ErrorId::wire_unknown_dictionary},
    {"with_an_unknown_algorithm", "a301260441033a0001000001", ErrorId::wire_unknown_algorithm},
    {"without_key", "a201273a0001000001", ErrorId::wire_missing_field},
    {"with_a_label_twice", "a3012701273a0001000001", ErrorId::wire_duplicate_key},
    {"out_of_order", "a304410301273a0001000001", ErrorId::wire_bad_order},
    {"with_a_label_of_its_own", "a301270441030500", ErrorId::wire_unknown_field},
    {"with_an_over_long_label", "a31801270441033a0001000001", ErrorId::wire_not_canonical},
    {"with_a_key_of_no_bytes", "a3012704403a0001000001", ErrorId::wire_bad_value},
    {"that_is_an_array", "8301270400", ErrorId::wire_bad_type},
    {"with_bytes_behind", "a301270441033a000100000100", ErrorId::wire_trailing_bytes},
    {"of_five_labels", "a501270441033a00010000013a00010001023a0001000202", ErrorId::wire_too_many},
};
TEST_EACH(Envelope, refuses_a_header, kHeaders) {
    const Fixture f;
    const Bytes packed = f.compressor->deflate(kPayload, 1);
    CPPUNIT_ASSERT_EQUAL(row.error, f.refusal(f.signed_with(from_hex(row.bytes).value(), packed)));
}

TEST(Envelope, refuses_anything_unprotected) {
    const Fixture f;
    const Bytes header = *from_hex("a301270441033a0001000001");
    const Bytes packed = f.compressor->deflate(kPayload, 1);
    CPPUNIT_ASSERT(f.open(f.signed_with(header, packed)).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_field, f.refusal(f.signed_with(header, packed, 1)));
}

}  // namespace
}  // namespace zige::wire

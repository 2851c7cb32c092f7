#include "shared/wire/sealed.h"

#include "shared/wire/cbor.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

using zige::testing::fixed_unsealer;

struct Suited {
    const char* name;
    Suite suite;
};
const Suited kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

const EnvelopeContext kContext{"411500", MessageType::filing};
const Bytes kPlain = to_bytes("居民身份证 41150219800101001X");

struct Fixture {
    explicit Fixture(Suite suite = Suite::ed25519_sha256)
        : sealer(make_sealer(suite)), reader(fixed_unsealer(std::byte{0x41}, suite)) {}
    Bytes seal(ByteView plain = kPlain, const EnvelopeContext& context = kContext) const {
        return seal_to(context, plain, reader->public_key(), *sealer).value();
    }
    Result<Bytes> open(ByteView sealed, const EnvelopeContext& context = kContext, std::size_t limit = 4096) const {
        return open_sealed(context, sealed, *reader, limit);
    }
    ErrorId refusal(ByteView sealed, const EnvelopeContext& context = kContext) const {
        const auto result = open(sealed, context);
        CPPUNIT_ASSERT_MESSAGE("was opened", !result.ok());
        CPPUNIT_ASSERT_MESSAGE(result.error().describe() + " names no field", !result.error().field.empty());
        return result.error().id;
    }
    std::unique_ptr<Sealer> sealer;
    std::unique_ptr<Unsealer> reader;
};

TEST_EACH(Sealed, gives_back_what_was_sealed, kSuites) {
    const Fixture f(row.suite);
    for (const Bytes& plain : {kPlain, Bytes{}, Bytes(4096, std::byte{7})})
        CPPUNIT_ASSERT_EQUAL(to_hex(plain), to_hex(f.open(f.seal(plain)).value()));
}
TEST_EACH(Sealed, never_shows_what_is_inside_and_never_is_the_same_twice, kSuites) {
    const Fixture f(row.suite);
    const Bytes sealed = f.seal();
    CPPUNIT_ASSERT(to_hex(sealed).find(to_hex(kPlain)) == std::string::npos);
    CPPUNIT_ASSERT(sealed != f.seal());
}
TEST_EACH(Sealed, names_another_reader, kSuites) {
    const Fixture f(row.suite);
    const auto other = fixed_unsealer(std::byte{0x42}, row.suite);
    const Bytes sealed = f.seal();
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_wrong_reader, open_sealed(kContext, sealed, *other, 4096).error().id);
    CPPUNIT_ASSERT_EQUAL(to_hex(reader_id(f.reader->public_key())), to_hex(sealed_reader(sealed).value()));
    // A forged name of the reader does not make it readable.
    Bytes renamed = seal_to(kContext, kPlain, other->public_key(), *f.sealer).value();
    const std::string from = to_hex(reader_id(other->public_key()));
    std::string hex = to_hex(renamed);
    hex.replace(hex.find(from), from.size(), to_hex(reader_id(f.reader->public_key())));
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, f.refusal(from_hex(hex).value()));
}
TEST_EACH(Sealed, is_bound_to_type_and_hub, kSuites) {
    const Fixture f(row.suite);
    const Bytes sealed = f.seal();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_wrong_message_type, f.refusal(sealed, {"411500", MessageType::enrol_answer}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_failed, f.refusal(sealed, {"411600", MessageType::filing}));
}
TEST_EACH(Sealed, is_refused_with_any_bit_flipped, kSuites) {
    const Fixture f(row.suite);
    const Bytes sealed = f.seal();
    for (std::size_t at = 0; at < sealed.size(); ++at)
        for (const unsigned bit : {1U, 0x40U}) {
            Bytes flipped = sealed;
            flipped[at] ^= std::byte(bit);
            f.refusal(flipped);
        }
}
TEST_EACH(Sealed, is_refused_cut_anywhere, kSuites) {
    const Fixture f(row.suite);
    const Bytes sealed = f.seal();
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_truncated, f.refusal(ByteView(sealed).first(size)));
}
TEST_EACH(Sealed, is_refused_with_more_behind_it, kSuites) {
    const Fixture f(row.suite);
    Bytes sealed = f.seal();
    sealed.push_back(std::byte{0});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_trailing_bytes, f.refusal(sealed));
}
TEST_EACH(Sealed, of_the_other_suite_is_refused, kSuites) {
    const Fixture f(row.suite);
    const Fixture other(row.suite == Suite::sm2_sm3 ? Suite::ed25519_sha256 : Suite::sm2_sm3);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_algorithm, f.refusal(other.seal()));
}
TEST_EACH(Sealed, over_the_limit_is_refused_before_it_is_opened, kSuites) {
    const Fixture f(row.suite);
    const Bytes sealed = f.seal(Bytes(100, std::byte{7}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{100}, f.open(sealed, kContext, 100).value().size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, f.open(sealed, kContext, 99).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, f.refusal(Bytes(kMaxEnvelopeBytes + 1)));
    const auto too_much = seal_to(kContext, Bytes(kMaxEnvelopeBytes), f.reader->public_key(), *f.sealer);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, too_much.error().id);
}
TEST_EACH(Sealed, is_not_made_for_what_is_no_key, kSuites) {
    const Fixture f(row.suite);
    for (const Bytes& key : {Bytes{}, Bytes(32), Bytes(65), Bytes(33, std::byte{9})})
        CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, seal_to(kContext, kPlain, key, *f.sealer).error().id);
}

/// Seals nothing and keeps what was to be bound.
class Witness final : public Sealer {
public:
    Suite suite() const override { return Suite::ed25519_sha256; }
    Result<SealedParts> seal(ByteView, ByteView, const SealContext& context) const override {
        info = to_bytes(context.info);
        aad = to_bytes(context.aad);
        return SealedParts{Bytes(32, std::byte{1}), Bytes(12, std::byte{2}), Bytes(16, std::byte{3})};
    }
    mutable Bytes info, aad;
};
/// The structures of RFC 9053 5.2 and RFC 9052 5.3, byte for byte.
TEST(Sealed, binds_what_cose_says) {
    const Witness sealer;
    const Bytes sealed = seal_to(kContext, kPlain, from_hex("7474747474747474").value(), sealer).value();
    const std::string header = "a201381804487474747474747474";
    CPPUNIT_ASSERT_EQUAL("840383f6f6f683f6f6f6821901004e" + header, to_hex(sealer.info));
    CPPUNIT_ASSERT_EQUAL(std::string("8367456e637279707443a1010349820b66343131353030"), to_hex(sealer.aad));
    CPPUNIT_ASSERT_EQUAL("8443a10103a1054c" + to_hex(Bytes(12, std::byte{2})) + "50" + to_hex(Bytes(16, std::byte{3})) +
                             "81834e" + header + "a120a301012004215820" + to_hex(Bytes(32, std::byte{1})) + "40",
                         to_hex(sealed));
}

/// The layout with one part made wrong, in hexadecimal.
struct Parts {
    std::string array = "84";
    std::string header = "43a10103";
    std::string unprotected = "a1054c000102030405060708090a0b";
    std::string ciphertext = "50000102030405060708090a0b0c0d0e0f";
    std::string readers = "8183";
    std::string reader_header = "4ea2013818044874747474747474c0";
    std::string key = "a120a3010120042158200101010101010101010101010101010101010101010101010101010101010101";
    std::string reader_ciphertext = "40";
    Bytes bytes() const {
        return from_hex(array + header + unprotected + ciphertext + readers + reader_header + key + reader_ciphertext)
            .value();
    }
};
struct PartRow {
    const char* name;
    ErrorId error;
    std::string Parts::*part;
    const char* hex;
};
const PartRow kParts[] = {
    {"three_items", ErrorId::wire_missing_field, &Parts::array, "83"},
    {"five_items", ErrorId::wire_unknown_field, &Parts::array, "85"},
    {"aes_128", ErrorId::wire_unknown_algorithm, &Parts::header, "43a10101"},
    {"no_algorithm", ErrorId::wire_missing_field, &Parts::header, "41a0"},
    {"another_label", ErrorId::wire_unknown_field, &Parts::header, "43a10203"},
    {"later_version", ErrorId::wire_unknown_version, &Parts::header, "49a201033a0001000102"},
    {"no_nonce", ErrorId::wire_missing_field, &Parts::unprotected, "a0"},
    {"short_nonce", ErrorId::wire_bad_value, &Parts::unprotected, "a1054b000102030405060708090a"},
    {"partial_nonce", ErrorId::wire_unknown_field, &Parts::unprotected, "a1064c000102030405060708090a0b"},
    {"no_tag", ErrorId::wire_bad_value, &Parts::ciphertext, "4f000102030405060708090a0b0c0d0e"},
    {"nobody", ErrorId::wire_missing_field, &Parts::readers, "8083"},
    {"two_readers", ErrorId::wire_unknown_field, &Parts::readers, "8283"},
    {"readers_of_the_reader", ErrorId::wire_unknown_field, &Parts::readers, "8184"},
    {"static_key", ErrorId::wire_unknown_algorithm, &Parts::reader_header, "4ea201381a044874747474747474c0"},
    {"no_key_id", ErrorId::wire_missing_field, &Parts::reader_header, "44a1013818"},
    {"long_key_id", ErrorId::wire_bad_value, &Parts::reader_header, "4fa2013818044974747474747474c000"},
    {"no_ephemeral_key", ErrorId::wire_missing_field, &Parts::key, "a0"},
    {"other_curve", ErrorId::wire_bad_value, &Parts::key,
     "a120a3010120052158200101010101010101010101010101010101010101010101010101010101010101"},
    {"with_a_private_half", ErrorId::wire_too_many, &Parts::key,
     "a120a4010120042158200101010101010101010101010101010101010101010101010101010101010101"},
    {"with_a_ciphertext", ErrorId::wire_bad_value, &Parts::reader_ciphertext, "4100"},
};
TEST_EACH(SealedLayout, is_the_one_of_the_spec, kParts) {
    Parts parts;
    CPPUNIT_ASSERT_EQUAL(std::string("74747474747474c0"), to_hex(sealed_reader(parts.bytes()).value()));
    parts.*row.part = row.hex;
    const auto read = sealed_reader(parts.bytes());
    CPPUNIT_ASSERT_MESSAGE("was read", !read.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(read.error().describe(), row.error, read.error().id);
    CPPUNIT_ASSERT(!read.error().field.empty());
}

}  // namespace
}  // namespace zige::wire

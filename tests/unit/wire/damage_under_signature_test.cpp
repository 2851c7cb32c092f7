// Damage that a signature does not reveal, because whoever signed made it: each step behind the signature must hold
// alone.
#include "shared/openssl/crypto.h"
#include "shared/wire/accept.h"
#include "shared/wire/cbor.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/codec_record.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

namespace zige::wire {
namespace {

const EnvelopeContext kContext{"411500", MessageType::head};
constexpr std::array kKid{std::byte{3}};

/// Deflates, then damages what came out.
class Damaging final : public Compressor {
public:
    explicit Damaging(void (*damage)(Bytes&)) : damage_(damage), inner_(make_compressor(dictionaries())) {}
    Bytes deflate(ByteView plain, std::uint8_t dictionary) const override {
        Bytes packed = inner_->deflate(plain, dictionary);
        damage_(packed);
        return packed;
    }
    Result<Bytes> inflate(ByteView packed, std::uint8_t dictionary, std::size_t limit) const override {
        return inner_->inflate(packed, dictionary, limit);
    }

private:
    void (*damage_)(Bytes&);
    std::unique_ptr<Compressor> inner_;
};

struct PayloadRow {
    const char* name;
    void (*damage)(Bytes&);
};
const PayloadRow kPayloads[] = {
    {"a_byte_follows", [](Bytes& packed) { packed.push_back(std::byte{0}); }},
    {"another_stream_follows", [](Bytes& packed) { packed.insert(packed.end(), packed.begin(), packed.end() - 1); }},
    {"the_end_is_missing", [](Bytes& packed) { packed.pop_back(); }},
    {"all_but_the_start_is_missing", [](Bytes& packed) { packed.resize(1); }},
    {"a_block_of_no_known_kind", [](Bytes& packed) { packed[0] |= std::byte{0x06}; }},
};

/// Rows of a delta as RowReader takes them: each an alias whose number is `step` beyond the one before.
Bytes alias_rows(std::initializer_list<std::uint64_t> steps) {
    Writer out;
    for (const std::uint64_t step : steps) out.array(3).uint(step).uint(1).text("0017");
    return out.take();
}

}  // namespace

TEST_EACH(DamageUnderSignature, of_the_compressed_payload_is_named, kPayloads) {
    const auto signer = zige::testing::fixed_signer(std::byte{0x11});
    const auto verifier = make_verifier(Suite::ed25519_sha256);
    const Damaging compressor(row.damage);
    const Bytes envelope =
        seal_envelope(kContext, as_bytes("some payload of a head, long enough"), kKid, *signer, compressor).value();
    const auto opened = open_envelope(kContext, envelope, signer->public_key(), *verifier, compressor, 4096);
    CPPUNIT_ASSERT_MESSAGE("was accepted", !opened.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_compression, opened.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("envelope.payload"), opened.error().field);
}

TEST(DamageUnderSignature, of_a_chunk_and_a_blob_is_named_where_the_size_is_right) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    Bytes blob(kChunkBytes + 100, std::byte{0x5a});
    const auto chunk = [&](std::size_t index) {
        return index == 0 ? ByteView(blob).first(kChunkBytes) : ByteView(blob).subspan(kChunkBytes);
    };
    const Manifest manifest{
        {}, {}, blob.size(), hasher->hash({blob}), {hasher->hash({chunk(0)}), hasher->hash({chunk(1)})}};
    for (const std::size_t index : {0U, 1U}) {
        CPPUNIT_ASSERT(check_chunk(manifest, index, chunk(index), *hasher).ok());
        blob[index * kChunkBytes + 7] ^= std::byte{1};
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_chunk, check_chunk(manifest, index, chunk(index), *hasher).error().id);
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_hash, check_blob(manifest, blob, *hasher).error().id);
        blob[index * kChunkBytes + 7] ^= std::byte{1};
    }
    CPPUNIT_ASSERT(check_blob(manifest, blob, *hasher).ok());
}

TEST(DamageUnderSignature, trust_of_another_suite_is_named) {
    const auto root = zige::testing::fixed_signer(std::byte{0x12}, Suite::sm2_sm3);
    TrustDocument document;
    document.version = 1;
    document.hub_id = "411500";
    document.suite = Suite::sm2_sm3;
    document.root_keys = {root->public_key()};
    document.online_keys = {{7, root->public_key(), Instant{}, Instant{} + std::chrono::days{90}}};
    document.sealing_key = root->public_key();
    document.tls_ca = Bytes(450, std::byte{0x30});
    SignedTrust trust{encode(document), {}};
    trust.signatures = {sign_trust(trust.document, *root).value()};
    CPPUNIT_ASSERT(check_trust(nullptr, trust, *make_verifier(Suite::sm2_sm3)).ok());
    const auto refused = check_trust(nullptr, trust, *make_verifier(Suite::ed25519_sha256));
    CPPUNIT_ASSERT_MESSAGE("was accepted", !refused.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_algorithm, refused.error().id);
}

TEST(Reader, takes_no_list_that_announces_more_than_the_bytes_that_follow) {
    const Bytes bytes = from_hex("9a00010000f6f6").value();  // 65,536 items, two bytes
    Reader in(bytes);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, in.array("field", 1U << 20U));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_truncated, in.error().id);
}

TEST(Reader, refuses_a_number_below_its_limit) {
    const Bytes bytes = from_hex("04").value();
    Reader in(bytes);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, in.uint("field", 9, 5));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, in.error().id);
}

TEST(Reader, refuses_bytes_of_another_length) {
    for (const char* text : {"4101", "43010203"}) {
        const Bytes bytes = from_hex(text).value();
        Reader in(bytes);
        CPPUNIT_ASSERT(in.bytes("field", 2, 2).empty());
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, in.error().id);
    }
}

TEST(Delta, refuses_a_number_that_wraps_around) {
    const Bytes bytes = alias_rows({0xffff'ffffU, 5});
    Reader in(bytes);
    RowReader rows;
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{0xffff'ffffU}, record_no(rows.next(in)).value);
    rows.next(in);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, in.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("record.no"), in.error().field);
}

}  // namespace zige::wire

#include "shared/openssl/crypto.h"
#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/bad.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

constexpr const char* kHeader = "a301270441013a0001000001";  // EdDSA, key 1, dictionary 1

const Compressor& compressor() {
    static const auto made = make_compressor(dictionaries());
    return *made;
}

Vector head_vector(std::string name, std::string why, ErrorId error, Bytes bytes) {
    Vector v;
    v.name = "bad/" + name;
    v.why = std::move(why);
    v.message = "head";
    v.bytes = std::move(bytes);
    v.envelope = true;
    v.public_key = fixed_signer(kOnlineKey)->public_key();
    v.error = error;
    return v;
}

Bytes sealed(MessageType type = MessageType::head, std::string_view hub = kHub, std::byte key = kOnlineKey,
             Suite suite = Suite::ed25519_sha256) {
    return seal_envelope({hub, type}, encode(head()), Bytes{std::byte{kOnlineKeyId}}, *fixed_signer(key, suite),
                         compressor())
        .value();
}

/// Properly signed, whatever it holds.
Bytes signed_raw(ByteView header, ByteView packed, bool unprotected = false) {
    Writer aad;
    aad.array(2).uint(static_cast<std::uint64_t>(MessageType::head)).text(kHub);
    Writer message;
    message.array(4).text("Signature1").bytes(header).bytes(aad.view()).bytes(packed);
    Writer out;
    out.array(4).bytes(header);
    if (unprotected) out.map(1).uint(4).bytes(Bytes{std::byte{9}});
    else out.map(0);
    out.bytes(packed).bytes(fixed_signer(kOnlineKey)->sign(message.view()).value());
    return out.take();
}

Bytes packed_head() { return compressor().deflate(encode(head()), 1); }
Bytes packed_with_matches() { return compressor().deflate(encode(config()), 1); }  // of words in the dictionary
Bytes with_header(const char* hex) { return signed_raw(*from_hex(hex), packed_head()); }
Bytes with_payload(ByteView packed) { return signed_raw(*from_hex(kHeader), packed); }

Bytes flipped(Bytes bytes, std::size_t at) {
    bytes[at] ^= std::byte{0x10};
    return bytes;
}

Bytes cut(Bytes bytes, std::size_t by) {
    bytes.resize(bytes.size() - by);
    return bytes;
}

Bytes longer(Bytes bytes) {
    bytes.push_back(std::byte{0});
    return bytes;
}

void add_damage(std::vector<Vector>& all) {
    const Bytes good = sealed();
    all.push_back(head_vector("head-truncated", "the last byte is missing", ErrorId::wire_truncated, cut(good, 1)));
    all.push_back(head_vector("head-trailing", "a byte too many", ErrorId::wire_trailing_bytes, longer(good)));
    all.push_back(
        head_vector("head-flipped-payload", "one bit of the payload", ErrorId::wire_bad_signature, flipped(good, 40)));
    all.push_back(head_vector("head-flipped-signature", "one bit of the signature", ErrorId::wire_bad_signature,
                              flipped(good, good.size() - 1)));
    all.push_back(
        head_vector("head-flipped-key", "one bit of the key id", ErrorId::wire_bad_signature, flipped(good, 7)));
    all.push_back(head_vector("head-empty", "no bytes at all", ErrorId::wire_truncated, {}));
}

void add_forgery(std::vector<Vector>& all) {
    all.push_back(head_vector("head-wrongly-signed", "by a key that is not the hub's", ErrorId::wire_bad_signature,
                              sealed(MessageType::head, kHub, kForgersKey)));
    all.push_back(head_vector("head-wrong-type", "sealed as a delta", ErrorId::wire_wrong_message_type,
                              sealed(MessageType::delta)));
    all.push_back(head_vector("head-wrong-hub", "signed for hub 411600", ErrorId::wire_bad_signature,
                              sealed(MessageType::head, "411600")));
    all.push_back(head_vector("head-wrong-suite", "SM2 where Ed25519 is expected", ErrorId::wire_unknown_algorithm,
                              sealed(MessageType::head, kHub, kOnlineKey, Suite::sm2_sm3)));
    all.push_back(head_vector("head-unprotected", "a key id that nothing signs", ErrorId::wire_unknown_field,
                              signed_raw(*from_hex(kHeader), packed_head(), true)));
}

void add_headers(std::vector<Vector>& all) {
    all.push_back(head_vector("head-future-version", "version 2", ErrorId::wire_unknown_version,
                              with_header("a401270441013a00010000013a0001000102")));
    all.push_back(head_vector("head-unknown-dictionary", "dictionary 200", ErrorId::wire_unknown_dictionary,
                              with_header("a301270441013a0001000018c8")));
    all.push_back(head_vector("head-wrong-dictionary", "packed with dictionary 1, named as packed without",
                              ErrorId::wire_bad_compression,
                              signed_raw(*from_hex("a301270441013a0001000000"), packed_with_matches())));
    all.push_back(head_vector("head-unknown-algorithm", "ES256", ErrorId::wire_unknown_algorithm,
                              with_header("a301260441013a0001000001")));
    all.push_back(head_vector("head-label-twice", "the algorithm stands twice", ErrorId::wire_duplicate_key,
                              with_header("a3012701273a0001000001")));
    all.push_back(head_vector("head-labels-unsorted", "the key id before the algorithm", ErrorId::wire_bad_order,
                              with_header("a304410101273a0001000001")));
    all.push_back(
        head_vector("head-label-missing", "no key id", ErrorId::wire_missing_field, with_header("a201273a0001000001")));
    all.push_back(
        head_vector("head-label-unknown", "label 5", ErrorId::wire_unknown_field, with_header("a301270441010500")));
}

void add_payloads(std::vector<Vector>& all) {
    const Bytes bomb = compressor().deflate(Bytes(100'000), 1);
    all.push_back(head_vector("head-bomb", "inflates to 100,000 bytes", ErrorId::wire_too_large, with_payload(bomb)));
    all.push_back(head_vector("head-deflate-cut", "the compressed data ends early", ErrorId::wire_bad_compression,
                              with_payload(cut(packed_head(), 3))));
    all.push_back(head_vector("head-deflate-trailing", "bytes follow the compressed data",
                              ErrorId::wire_bad_compression, with_payload(longer(packed_head()))));
    all.push_back(head_vector("head-deflate-garbage", "no deflate at all", ErrorId::wire_bad_compression,
                              with_payload(Bytes(32, std::byte{0xff}))));
    all.push_back(head_vector("head-not-a-head", "a state, properly signed as a head", ErrorId::wire_unknown_field,
                              with_payload(compressor().deflate(encode(state()), 1))));
    all.push_back(head_vector("head-payload-trailing", "a byte follows the head", ErrorId::wire_trailing_bytes,
                              with_payload(compressor().deflate(longer(encode(head())), 1))));
}

}  // namespace

void add_bad_envelopes(std::vector<Vector>& all) {
    add_damage(all);
    add_forgery(all);
    add_headers(all);
    add_payloads(all);
}

}  // namespace zige::vectors

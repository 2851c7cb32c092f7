#include "shared/wire/envelope.h"

#include <algorithm>

#include "shared/wire/cbor.h"
#include "shared/wire/dictionary.h"

namespace zige::wire {
namespace {

// Labels and algorithms of RFC 9052 and RFC 9053; private use lies below -65536.
constexpr std::int64_t kLabelAlgorithm = 1;
constexpr std::int64_t kLabelKeyId = 4;
constexpr std::int64_t kLabelDictionary = -65537;
constexpr std::int64_t kLabelVersion = -65538;  // absent in version 1
constexpr std::int64_t kAlgorithmEdDsa = -8;
constexpr std::int64_t kAlgorithmSm2 = -65537;  // SM2 with SM3, raw r || s
constexpr std::size_t kMaxKeyId = 8;
constexpr std::size_t kMaxProtected = 64;

struct Envelope {
    std::int64_t algorithm = 0;
    ByteView kid;
    std::uint8_t dictionary = 0;
    ByteView protected_header;
    ByteView payload;
    ByteView signature;
};

std::int64_t algorithm_of(Suite suite) { return suite == Suite::sm2_sm3 ? kAlgorithmSm2 : kAlgorithmEdDsa; }

bool is_label(std::int64_t label) {
    return label == kLabelAlgorithm || label == kLabelKeyId || label == kLabelDictionary || label == kLabelVersion;
}

/// ENV-3: the labels stand in the order of their bytes, each once, and there are no others.
void read_label(Reader& in, std::int64_t wanted, std::int64_t previous) {
    const std::int64_t label = in.integer("envelope.protected", INT32_MIN, INT32_MAX);
    if (!in.ok() || label == wanted) return;
    if (label == previous) in.fail(ErrorId::wire_duplicate_key, "envelope.protected", "a label stands twice");
    else if (is_label(label)) in.fail(ErrorId::wire_bad_order, "envelope.protected", "labels out of order");
    else in.fail(ErrorId::wire_unknown_field, "envelope.protected", "label " + std::to_string(label));
}

Result<void> read_protected(Envelope& envelope) {
    Reader in(envelope.protected_header);
    const std::size_t labels = in.map("envelope.protected", 4);
    if (in.ok() && labels < 3) in.fail(ErrorId::wire_missing_field, "envelope.protected", "a label is missing");
    read_label(in, kLabelAlgorithm, 0);
    envelope.algorithm = in.integer("envelope.algorithm", INT32_MIN, INT32_MAX);
    read_label(in, kLabelKeyId, kLabelAlgorithm);
    envelope.kid = in.bytes("envelope.kid", kMaxKeyId, 1);
    read_label(in, kLabelDictionary, kLabelKeyId);
    envelope.dictionary = static_cast<std::uint8_t>(in.uint("envelope.dictionary", UINT8_MAX));
    if (labels == 4) {
        read_label(in, kLabelVersion, kLabelDictionary);
        in.uint("envelope.version", UINT32_MAX, 2);
        in.fail(ErrorId::wire_unknown_version, "envelope.version", "this program knows version 1");  // VER-1
    }
    return in.finish("envelope.protected");
}

/// ENV-1, ENV-2: size, four items, nothing unprotected.
Result<Envelope> parse(ByteView bytes) {
    if (bytes.size() > kMaxEnvelopeBytes) return fail(ErrorId::wire_too_large, "envelope");
    Reader in(bytes);
    in.array("envelope", 4, 4);
    Envelope envelope;
    envelope.protected_header = in.bytes("envelope.protected", kMaxProtected, 1);
    in.map("envelope.unprotected", 0);
    envelope.payload = in.bytes("envelope.payload", kMaxEnvelopeBytes, 1);
    envelope.signature = in.bytes("envelope.signature", kSignatureBytes, kSignatureBytes);
    ZIGE_CHECK(in.finish("envelope"));
    ZIGE_CHECK(read_protected(envelope));
    return envelope;
}

Bytes protected_header(Suite suite, ByteView kid, std::uint8_t dictionary) {
    Writer out;
    out.map(3).integer(kLabelAlgorithm).integer(algorithm_of(suite));
    out.integer(kLabelKeyId).bytes(kid).integer(kLabelDictionary).uint(dictionary);
    return out.take();
}

/// ENV-5: Sig_structure of RFC 9052 4.4 with external_aad = [message type, hub id].
Bytes to_be_signed(const EnvelopeContext& context, ByteView header, ByteView payload) {
    Writer aad;
    aad.array(2).uint(static_cast<std::uint64_t>(context.type)).text(context.hub_id);
    Writer out;
    out.array(4).text("Signature1").bytes(header).bytes(aad.view()).bytes(payload);
    return out.take();
}

bool verifies(const EnvelopeContext& context, const Envelope& envelope, ByteView public_key, const Verifier& verifier) {
    const Bytes message = to_be_signed(context, envelope.protected_header, envelope.payload);
    return verifier.verify(public_key, message, envelope.signature);
}

/// Why a signature fails: ENV-6 names a message that is genuine, but of another type.
Error bad_signature(const EnvelopeContext& context, const Envelope& envelope, ByteView public_key,
                    const Verifier& verifier) {
    for (const MessageType other : all<MessageType>())
        if (other != context.type && verifies({context.hub_id, other}, envelope, public_key, verifier))
            return fail(ErrorId::wire_wrong_message_type, "envelope", std::string("it is a ") + to_string(other));
    return fail(ErrorId::wire_bad_signature, "envelope.signature", "key " + to_hex(envelope.kid));
}

}  // namespace

Result<Bytes> seal_envelope(const EnvelopeContext& context, ByteView payload, ByteView kid, const Signer& signer,
                            const Compressor& compressor) {
    expect(!kid.empty() && kid.size() <= kMaxKeyId, "a key id has 1 to 8 bytes");
    const Bytes header = protected_header(signer.suite(), kid, kNewestDictionary);
    const Bytes packed = compressor.deflate(payload, kNewestDictionary);
    ZIGE_TRY(signature, signer.sign(to_be_signed(context, header, packed)));
    Writer out;
    out.array(4).bytes(header).map(0).bytes(packed).bytes(signature);
    return out.take();
}

Result<Bytes> envelope_kid(ByteView envelope) {
    ZIGE_TRY(parsed, parse(envelope));
    return to_bytes(parsed.kid);
}

Result<Bytes> open_envelope(const EnvelopeContext& context, ByteView envelope, ByteView public_key,
                            const Verifier& verifier, const Compressor& compressor, std::size_t payload_limit) {
    ZIGE_TRY(parsed, parse(envelope));
    if (parsed.algorithm != algorithm_of(verifier.suite()))  // ENV-4
        return fail(ErrorId::wire_unknown_algorithm, "envelope.algorithm", std::to_string(parsed.algorithm));
    if (!verifies(context, parsed, public_key, verifier))  // ENV-5: before anything is inflated
        return bad_signature(context, parsed, public_key, verifier);
    auto payload =
        compressor.inflate(parsed.payload, parsed.dictionary, std::min(payload_limit, kMaxPayloadBytes));  // ENV-7
    if (!payload.ok()) return fail(payload.error().id, "envelope.payload", payload.error().detail);
    return payload;
}

}  // namespace zige::wire

#include "shared/wire/sealed.h"

#include <algorithm>

#include "shared/wire/cbor.h"

namespace zige::wire {
namespace {

// Labels and algorithms of RFC 9052 and RFC 9053; private use lies below -65536.
constexpr std::int64_t kLabelAlgorithm = 1;
constexpr std::int64_t kLabelKeyId = 4;
constexpr std::int64_t kLabelNonce = 5;
constexpr std::int64_t kLabelEphemeralKey = -1;
constexpr std::int64_t kLabelVersion = -65538;  // absent in version 1
constexpr std::int64_t kAlgorithmA256Gcm = 3;
constexpr std::int64_t kAlgorithmEcdhEs = -25;  // ECDH-ES + HKDF-256, direct
constexpr std::int64_t kAlgorithmSm2 = -65538;  // the content key encrypted with SM2, C1 || C3 || C2
constexpr std::int64_t kKeyType = 1, kKeyOkp = 1;
constexpr std::int64_t kKeyCurve = -1, kKeyX25519 = 4;
constexpr std::int64_t kKeyX = -2;
constexpr std::size_t kContentKeyBits = 256;
constexpr std::size_t kReaderIdBytes = 8;
constexpr std::size_t kX25519Bytes = 32;
constexpr std::size_t kSm2KeyBytes = 129;
constexpr std::size_t kMaxProtected = 64;
constexpr std::size_t kMaxOverhead = 1024;  ///< of the layout around the ciphertext

std::int64_t algorithm_of(Suite suite) { return suite == Suite::sm2_sm3 ? kAlgorithmSm2 : kAlgorithmEcdhEs; }

struct Sealed {
    ByteView header;  ///< the message's protected header
    ByteView nonce;
    ByteView ciphertext;
    ByteView reader_header;
    std::int64_t algorithm = 0;  ///< of the recipient
    ByteView reader;
    ByteView key;
};

void expect_label(Reader& in, std::string_view field, std::int64_t wanted) {
    const std::int64_t label = in.integer(field, INT32_MIN, INT32_MAX);
    if (in.ok() && label != wanted) in.fail(ErrorId::wire_unknown_field, field, "label " + std::to_string(label));
}

void expect_count(Reader& in, std::string_view field, std::size_t labels, std::size_t wanted) {
    if (in.ok() && labels < wanted) in.fail(ErrorId::wire_missing_field, field, "a label is missing");
}

/// SEAL-3, SEAL-4: the content's algorithm, and no label that this version does not have.
Result<void> read_header(ByteView header) {
    Reader in(header);
    const std::size_t labels = in.map("sealed.protected", 2);
    expect_count(in, "sealed.protected", labels, 1);
    expect_label(in, "sealed.protected", kLabelAlgorithm);
    const std::int64_t algorithm = in.integer("sealed.algorithm", INT32_MIN, INT32_MAX);
    if (labels == 2) {
        expect_label(in, "sealed.protected", kLabelVersion);
        in.uint("sealed.version", UINT32_MAX, 2);
        in.fail(ErrorId::wire_unknown_version, "sealed.version", "this program knows version 1");  // VER-1
    }
    ZIGE_CHECK(in.finish("sealed.protected"));
    if (algorithm != kAlgorithmA256Gcm)
        return fail(ErrorId::wire_unknown_algorithm, "sealed.algorithm", std::to_string(algorithm));
    return {};
}

Result<void> read_reader_header(Sealed& sealed) {
    Reader in(sealed.reader_header);
    const std::size_t labels = in.map("sealed.reader.protected", 2);
    expect_count(in, "sealed.reader.protected", labels, 2);
    expect_label(in, "sealed.reader.protected", kLabelAlgorithm);
    sealed.algorithm = in.integer("sealed.reader.algorithm", INT32_MIN, INT32_MAX);
    expect_label(in, "sealed.reader.protected", kLabelKeyId);
    sealed.reader = in.bytes("sealed.reader.kid", kReaderIdBytes, kReaderIdBytes);
    ZIGE_CHECK(in.finish("sealed.reader.protected"));
    if (sealed.algorithm != kAlgorithmEcdhEs && sealed.algorithm != kAlgorithmSm2)
        return fail(ErrorId::wire_unknown_algorithm, "sealed.reader.algorithm", std::to_string(sealed.algorithm));
    return {};
}

/// {-1: {1: 1, -1: 4, -2: x}}: a COSE_Key (RFC 9052 7, RFC 9053 7.2).
ByteView read_ephemeral_key(Reader& in) {
    constexpr std::string_view kField = "sealed.reader.ephemeral_key";
    expect_count(in, kField, in.map(kField, 1), 1);
    expect_label(in, kField, kLabelEphemeralKey);
    expect_count(in, kField, in.map(kField, 3), 3);
    expect_label(in, kField, kKeyType);
    in.uint(kField, kKeyOkp, kKeyOkp);
    expect_label(in, kField, kKeyCurve);
    in.uint(kField, kKeyX25519, kKeyX25519);
    expect_label(in, kField, kKeyX);
    return in.bytes(kField, kX25519Bytes, kX25519Bytes);
}

/// [protected, unprotected, ciphertext], after the headers in front of it were read.
void read_reader(Reader& in, Sealed& sealed) {
    in.array("sealed.readers", 1, 1);
    in.array("sealed.reader", 3, 3);
    sealed.reader_header = in.bytes("sealed.reader.protected", kMaxProtected, 1);
    if (!in.ok()) return;
    if (const auto read = read_reader_header(sealed); !read.ok())
        return in.fail(read.error().id, read.error().field, read.error().detail);
    if (sealed.algorithm == kAlgorithmEcdhEs) {
        sealed.key = read_ephemeral_key(in);
        in.bytes("sealed.reader.ciphertext", 0);
    } else {
        in.map("sealed.reader.unprotected", 0);
        sealed.key = in.bytes("sealed.reader.ciphertext", kSm2KeyBytes, kSm2KeyBytes);
    }
}

/// SEAL-1..SEAL-4.
Result<Sealed> parse(ByteView bytes) {
    if (bytes.size() > kMaxEnvelopeBytes) return fail(ErrorId::wire_too_large, "sealed");
    Reader in(bytes);
    in.array("sealed", 4, 4);
    Sealed sealed;
    sealed.header = in.bytes("sealed.protected", kMaxProtected, 1);
    expect_count(in, "sealed.unprotected", in.map("sealed.unprotected", 1), 1);
    expect_label(in, "sealed.unprotected", kLabelNonce);
    sealed.nonce = in.bytes("sealed.nonce", kSealNonceBytes, kSealNonceBytes);
    sealed.ciphertext = in.bytes("sealed.ciphertext", kMaxEnvelopeBytes, kSealTagBytes);
    if (!in.ok()) return in.error();
    ZIGE_CHECK(read_header(sealed.header));
    read_reader(in, sealed);
    ZIGE_CHECK(in.finish("sealed"));
    return sealed;
}

Bytes header() {
    Writer out;
    out.map(1).integer(kLabelAlgorithm).integer(kAlgorithmA256Gcm);
    return out.take();
}

Bytes reader_header(Suite suite, ByteView reader) {
    Writer out;
    out.map(2).integer(kLabelAlgorithm).integer(algorithm_of(suite));
    out.integer(kLabelKeyId).bytes(reader_id(reader));
    return out.take();
}

/// COSE_KDF_Context of RFC 9053 5.2: for A256GCM, parties unnamed, bound to the recipient's protected header.
Bytes kdf_context(ByteView protected_header) {
    Writer out;
    out.array(4).integer(kAlgorithmA256Gcm);
    for (int party = 0; party < 2; ++party) out.array(3).null().null().null();
    out.array(2).uint(kContentKeyBits).bytes(protected_header);
    return out.take();
}

/// SEAL-7: Enc_structure of RFC 9052 5.3 with external_aad = [message type, hub id].
Bytes to_be_bound(const EnvelopeContext& context, ByteView protected_header) {
    Writer aad;
    aad.array(2).uint(static_cast<std::uint64_t>(context.type)).text(context.hub_id);
    Writer out;
    out.array(3).text("Encrypt").bytes(protected_header).bytes(aad.view());
    return out.take();
}

Bytes write(Suite suite, ByteView header, ByteView reader_header, const SealedParts& parts) {
    Writer out;
    out.array(4).bytes(header).map(1).integer(kLabelNonce).bytes(parts.nonce).bytes(parts.ciphertext);
    out.array(1).array(3).bytes(reader_header);
    if (suite == Suite::sm2_sm3) {
        out.map(0).bytes(parts.key);
    } else {
        out.map(1).integer(kLabelEphemeralKey).map(3).integer(kKeyType).integer(kKeyOkp);
        out.integer(kKeyCurve).integer(kKeyX25519).integer(kKeyX).bytes(parts.key).bytes({});
    }
    return out.take();
}

Result<Bytes> open_as(const EnvelopeContext& context, const Sealed& sealed, const Unsealer& reader) {
    const Bytes info = kdf_context(sealed.reader_header);
    const Bytes aad = to_be_bound(context, sealed.header);
    return reader.open({sealed.key, sealed.nonce, sealed.ciphertext}, {info, aad});
}

/// Why it does not open: SEAL-8 names a message that is genuine, but of another type.
Error not_opened(const EnvelopeContext& context, const Sealed& sealed, const Unsealer& reader, const Error& why) {
    for (const MessageType other : all<MessageType>())
        if (other != context.type && open_as({context.hub_id, other}, sealed, reader).ok())
            return fail(ErrorId::wire_wrong_message_type, "sealed", std::string("it is a ") + to_string(other));
    return fail(ErrorId::seal_failed, "sealed.ciphertext", why.detail);
}

}  // namespace

Bytes reader_id(ByteView public_key) { return to_bytes(public_key.last(std::min(public_key.size(), kReaderIdBytes))); }

Result<Bytes> seal_to(const EnvelopeContext& context, ByteView plain, ByteView reader, const Sealer& sealer) {
    if (plain.size() > kMaxEnvelopeBytes - kMaxOverhead) return fail(ErrorId::wire_too_large, "sealed");
    const Bytes protected_header = header();
    const Bytes readers_header = reader_header(sealer.suite(), reader);
    const Bytes info = kdf_context(readers_header);
    const Bytes aad = to_be_bound(context, protected_header);
    ZIGE_TRY(parts, sealer.seal(reader, plain, {info, aad}));
    return write(sealer.suite(), protected_header, readers_header, parts);
}

Result<Bytes> sealed_reader(ByteView sealed) {
    ZIGE_TRY(parsed, parse(sealed));
    return to_bytes(parsed.reader);
}

Result<Bytes> open_sealed(const EnvelopeContext& context, ByteView sealed, const Unsealer& reader,
                          std::size_t plain_limit) {
    ZIGE_TRY(parsed, parse(sealed));
    if (parsed.algorithm != algorithm_of(reader.suite()))  // SEAL-4
        return fail(ErrorId::wire_unknown_algorithm, "sealed.reader.algorithm", std::to_string(parsed.algorithm));
    if (!std::ranges::equal(parsed.reader, reader_id(reader.public_key())))  // SEAL-5
        return fail(ErrorId::seal_wrong_reader, "sealed.reader.kid", to_hex(parsed.reader));
    if (parsed.ciphertext.size() - kSealTagBytes > plain_limit)  // SEAL-6: before anything is opened
        return fail(ErrorId::wire_too_large, "sealed.ciphertext");
    auto plain = open_as(context, parsed, reader);
    if (!plain.ok()) return not_opened(context, parsed, reader, plain.error());
    return plain;
}

}  // namespace zige::wire

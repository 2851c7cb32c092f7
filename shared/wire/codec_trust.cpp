#include <algorithm>
#include <set>

#include "shared/ports/crypto.h"
#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

constexpr std::chrono::days kMaxKeyLife{90};

OnlineKey read_online_key(Reader& in, Suite suite) {
    in.array("trust.online_keys", 4, 4);
    OnlineKey key;
    key.id = static_cast<std::uint8_t>(in.uint("trust.online_keys.id", UINT8_MAX));
    key.public_key = read_bytes(in, "trust.online_keys.public_key", public_key_bytes(suite), public_key_bytes(suite));
    key.not_before = read_instant(in, "trust.online_keys.not_before");
    key.not_after = read_instant_after(in, "trust.online_keys.not_after", key.not_before);
    if (in.ok() && (key.not_after <= key.not_before || key.not_after - key.not_before > kMaxKeyLife))  // TRUST-5
        in.fail(ErrorId::trust_key_validity_too_long, "trust.online_keys.not_after",
                "valid for more than 90 days or not at all");
    return key;
}

void read_root_keys(Reader& in, TrustDocument& document) {
    document.root_keys.resize(in.array("trust.root_keys", kMaxRootKeys, 1));
    const std::size_t size = public_key_bytes(document.suite);
    for (Bytes& key : document.root_keys) key = read_bytes(in, "trust.root_keys", size, size);
    const std::set<Bytes> distinct(document.root_keys.begin(), document.root_keys.end());
    if (in.ok() && distinct.size() != document.root_keys.size())  // TRUST-4
        in.fail(ErrorId::wire_duplicate_key, "trust.root_keys", "a key stands twice");
    if (in.ok() && document.threshold > document.root_keys.size())
        in.fail(ErrorId::trust_bad_threshold, "trust.threshold", "more than there are root keys");
}

void read_online_keys(Reader& in, TrustDocument& document) {
    document.online_keys.resize(in.array("trust.online_keys", kMaxOnlineKeys, 1));
    std::set<std::uint8_t> ids;
    for (OnlineKey& key : document.online_keys) {
        key = read_online_key(in, document.suite);
        if (in.ok() && !ids.insert(key.id).second)
            in.fail(ErrorId::wire_duplicate_key, "trust.online_keys.id", "an id stands twice");
    }
}

TrustReset read_reset(Reader& in, const TrustDocument& document) {
    in.array("trust.reset", 2, 2);
    TrustReset reset;
    reset.time = read_instant(in, "trust.reset.time");
    reset.epoch.value = static_cast<std::uint32_t>(in.uint("trust.reset.epoch", UINT32_MAX));
    const bool signable = std::ranges::any_of(document.online_keys, [&](const OnlineKey& key) {
        return key.not_before <= reset.time && reset.time < key.not_after;
    });
    if (in.ok() && !signable)  // TRUST-9
        in.fail(ErrorId::trust_bad_reset, "trust.reset.time", "no online key of the document is valid then");
    return reset;
}

TrustDocument read_document(Reader& in) {
    in.array("trust", 10, 10);
    TrustDocument document;
    document.version = static_cast<std::uint32_t>(in.uint("trust.version", UINT32_MAX, 1));
    document.hub_id = read_text(in, "trust.hub_id", kMaxHubId, 1);
    document.suite = read_code<Suite>(in, "trust.suite");
    document.issued = read_instant(in, "trust.issued");
    document.threshold = static_cast<std::uint8_t>(in.uint("trust.threshold", kMaxRootKeys, 1));
    read_root_keys(in, document);
    read_online_keys(in, document);
    const std::size_t key_size = public_key_bytes(document.suite);
    document.sealing_key = read_bytes(in, "trust.sealing_key", key_size, key_size);
    document.tls_ca = read_bytes(in, "trust.tls_ca", kMaxCertificateBytes, 1);
    if (!in.null()) document.reset = read_reset(in, document);
    return document;
}

SignedTrust read_signed(Reader& in) {
    in.array("signed_trust", 3, 3);
    read_format(in);
    SignedTrust trust;
    trust.document = read_bytes(in, "signed_trust.document", kMaxTrustBytes, 1);
    trust.signatures.resize(in.array("signed_trust.signatures", 2 * kMaxRootKeys, 1));
    for (RootSignature& signature : trust.signatures) {
        in.array("signed_trust.signatures", 2, 2);
        signature.key_id = read_bytes(in, "signed_trust.signatures.key_id", kRootKeyIdBytes, kRootKeyIdBytes);
        signature.signature = read_bytes(in, "signed_trust.signatures.signature", kSignatureBytes, kSignatureBytes);
    }
    return trust;
}

}  // namespace

Bytes encode(const TrustDocument& document) {
    Writer out;
    out.array(10).uint(document.version).text(document.hub_id);
    write_code(out, document.suite);
    write(out, document.issued);
    out.uint(document.threshold).array(document.root_keys.size());
    for (const Bytes& key : document.root_keys) out.bytes(key);
    out.array(document.online_keys.size());
    for (const OnlineKey& key : document.online_keys) {
        out.array(4).uint(key.id).bytes(key.public_key);
        write(out, key.not_before);
        write_after(out, key.not_after, key.not_before);
    }
    out.bytes(document.sealing_key).bytes(document.tls_ca);
    if (document.reset) {
        out.array(2);
        write(out, document.reset->time);
        out.uint(document.reset->epoch.value);
    } else {
        out.null();
    }
    return out.take();
}

Bytes encode(const SignedTrust& trust) {
    Writer out;
    out.array(3);
    write_format(out);
    out.bytes(trust.document).array(trust.signatures.size());
    for (const RootSignature& each : trust.signatures) out.array(2).bytes(each.key_id).bytes(each.signature);
    return out.take();
}

Result<TrustDocument> decode_trust_document(ByteView bytes) {
    return decode_whole(bytes, kMaxTrustBytes, "trust", read_document);
}
Result<SignedTrust> decode_signed_trust(ByteView bytes) {
    return decode_whole(bytes, kMaxTrustBytes, "signed_trust", read_signed);
}

}  // namespace zige::wire

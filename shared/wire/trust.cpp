#include <algorithm>
#include <set>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::wire {
namespace {

constexpr std::size_t kFingerprintChars = 20;

/// Keys whose ids happen to be equal are told apart by the signature.
bool is_by(const RootSignature& signature, const Bytes& key, const Bytes& message, const Verifier& verifier) {
    const bool is_named = signature.key_id == root_key_id(key);
    return is_named && verifier.verify(key, message, signature.signature);
}

/// Distinct root keys of `document` that signed `next`.
std::size_t good_signatures(const TrustDocument& document, const SignedTrust& next, const Verifier& verifier) {
    const Bytes message = trust_message(next.document);
    std::set<Bytes> signers;
    for (const RootSignature& each : next.signatures) {
        const auto root = std::ranges::find_if(document.root_keys,
                                               [&](const Bytes& key) { return is_by(each, key, message, verifier); });
        if (root != document.root_keys.end()) signers.insert(*root);  // once, and for one key
    }
    return signers.size();
}

Result<void> check_signatures(const TrustDocument& by, const SignedTrust& next, const Verifier& verifier) {
    const std::size_t good = good_signatures(by, next, verifier);
    if (good >= by.threshold) return {};
    return fail(ErrorId::trust_too_few_signatures, "signed_trust.signatures",
                std::to_string(good) + " of " + std::to_string(by.threshold) + " by the root keys of version " +
                    std::to_string(by.version));
}

std::uint8_t highest_id(const TrustDocument& document) {
    return std::ranges::max_element(document.online_keys, {}, &OnlineKey::id)->id;
}

/// TRUST-10: what is dropped stays dropped, for new ids lie above all that were ever used.
Result<void> check_key_ids(const TrustDocument& current, const TrustDocument& next) {
    const std::uint8_t highest = highest_id(current);
    const auto reused = [](std::uint8_t id) {
        return fail(ErrorId::trust_key_reused, "trust.online_keys.id", std::to_string(id));
    };
    for (const OnlineKey& key : next.online_keys) {
        const auto same = std::ranges::find(current.online_keys, key.id, &OnlineKey::id);
        const bool known = same != current.online_keys.end() && same->public_key == key.public_key;
        if (!known && key.id <= highest) return reused(key.id);
    }
    if (highest_id(next) < highest) return reused(highest_id(next));
    return {};
}

Result<void> check_succession(const TrustDocument& current, const TrustDocument& next) {
    if (next.hub_id != current.hub_id) return fail(ErrorId::wire_wrong_hub, "trust.hub_id", next.hub_id);
    if (next.version != current.version + 1)  // TRUST-3
        return fail(ErrorId::trust_bad_version, "trust.version",
                    std::to_string(next.version) + " after " + std::to_string(current.version));
    return check_key_ids(current, next);
}

}  // namespace

Bytes trust_message(ByteView document) {
    Bytes message = to_bytes("zige-trust");
    message.insert(message.end(), document.begin(), document.end());
    return message;
}

Bytes root_key_id(ByteView public_key) {
    return to_bytes(public_key.last(std::min(kRootKeyIdBytes, public_key.size())));
}

Result<RootSignature> sign_trust(ByteView document, const Signer& root) {
    ZIGE_TRY(signature, root.sign(trust_message(document)));
    return RootSignature{root_key_id(root.public_key()), std::move(signature)};
}

bool has_signed(const SignedTrust& trust, const Bytes& root, const Verifier& verifier) {
    const Bytes message = trust_message(trust.document);
    return std::ranges::any_of(trust.signatures,
                               [&](const RootSignature& each) { return is_by(each, root, message, verifier); });
}

Result<TrustDocument> check_trust(const TrustDocument* current, const SignedTrust& next, const Verifier& verifier) {
    ZIGE_TRY(document, decode_trust_document(next.document));
    if (document.suite != verifier.suite())
        return fail(ErrorId::wire_unknown_algorithm, "trust.suite", to_string(document.suite));
    if (current != nullptr) {
        ZIGE_CHECK(check_succession(*current, document));
        ZIGE_CHECK(check_signatures(*current, next, verifier));  // TRUST-1
    }
    ZIGE_CHECK(check_signatures(document, next, verifier));  // TRUST-2
    return document;
}

std::string trust_fingerprint(ByteView document, const Hasher& hasher) {
    constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const Hash256 hash = hasher.hash({document});
    std::string text;
    for (std::size_t bit = 0; text.size() < kFingerprintChars; bit += 5) {
        const unsigned pair =
            std::to_integer<unsigned>(hash[bit / 8]) << 8U | std::to_integer<unsigned>(hash[bit / 8 + 1]);
        text += kCrockford[(pair >> (11 - bit % 8)) & 31U];
    }
    return text;
}

Result<OnlineKey> find_online_key(const TrustDocument& trust, ByteView kid) {
    for (const OnlineKey& key : trust.online_keys)
        if (kid.size() == 1 && std::to_integer<std::uint8_t>(kid[0]) == key.id) return key;
    return fail(ErrorId::wire_unknown_key, "envelope.kid",
                to_hex(kid) + " is not in trust document " + std::to_string(trust.version));
}

Result<void> check_key_time(const OnlineKey& key, Instant when) {
    const std::string name = "key " + std::to_string(key.id);
    if (when < key.not_before)  // TRUST-6
        return fail(ErrorId::wire_key_out_of_date, "hub_time", name + " is not valid before " + format(key.not_before));
    if (when >= key.not_after)
        return fail(ErrorId::wire_key_out_of_date, "hub_time", name + " expired " + format(key.not_after));
    return {};
}

}  // namespace zige::wire

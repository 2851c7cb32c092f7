#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

constexpr std::byte kNextOnlineKey{0x22};
constexpr Instant kLater = kPublished + std::chrono::days{20};

Bytes sealed(MessageType type, const Bytes& payload) {
    static const auto compressor = make_compressor(dictionaries());
    const auto signer = fixed_signer(kOnlineKey);
    return seal_envelope({kHub, type}, payload, Bytes{std::byte{kOnlineKeyId}}, *signer, *compressor).value();
}

Bytes root_trust() { return encode(signed_trust(trust(1), {kRootKey})); }

}  // namespace

JournalEntry next_chapter_entry() {
    const ChapterBefore before{{7}, {1}, 4, filled(0x64)};
    return {1, {kPublished, kLater, kLater}, ChapterEntry{{7}, {2}, "zige-agent 0.1.0", before}};
}

Held asking(const Hasher& hasher) {
    Held h = held(hasher);
    h.results.clear();
    h.state_hash = {};
    h.frozen = true;
    h.open_chapter = Chapter{2};
    h.prove = true;
    h.hand_in = true;
    h.earlier = {{{5}, {3}, 871, filled(0x53)}};
    return h;
}

TrustDocument reset_trust() {
    TrustDocument d = trust(2);
    d.issued = kLater;
    d.online_keys = {{2, fixed_signer(kNextOnlineKey)->public_key(), kLater, kLater + std::chrono::days{60}}};
    d.reset = TrustReset{kLater + std::chrono::hours{1}, {1}};
    return d;
}

CopyHandIn copy_hand_in() {
    CopyHandIn copy;
    copy.agent = {7};
    copy.institution = {"H41150200017"};
    copy.state = encode(state());
    copy.proof = {MessageType::head, sealed(MessageType::head, encode(head()))};
    copy.config = encode(config());
    for (const Record& record : records()) copy.records.push_back(encode(record));
    return copy;
}

Revocation revocation() { return {{7}, RevocationReason::replaced, kLater, {12}}; }

RenewRequest renew_request() {
    return {{7}, {"H41150200017"}, Bytes(20, std::byte{0x30}), {kPublished, kLater, kLater}};
}
RenewAnswer renew_answer() { return {{7}, Bytes(20, std::byte{0x30}), kLater}; }

Statement statement() {
    return {{"H41150200017"}, {1}, patch().patches[0].standing[0], {1043}, kPublished + std::chrono::hours{2}};
}

EnrolFile enrol_file() { return {"https://zige.example:8443", "R7Q2-8KXD-1M4T", {root_trust()}}; }

EnrolReply enrol_reply() {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    return {sealed(MessageType::enrol_answer, encode(enrol_answer())),
            {root_trust()},
            sealed(MessageType::delta, encode(snapshot())),
            sealed(MessageType::ineligible, encode(ineligible(*hasher))),
            sealed(MessageType::held, encode(held(*hasher)))};
}

}  // namespace zige::vectors

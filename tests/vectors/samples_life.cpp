#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

constexpr std::byte kNextOnlineKey{0x22};
constexpr Instant kLater = kPublished + std::chrono::days{20};

Bytes root_trust() { return encode(signed_trust(trust(1), {kRootKey})); }

}  // namespace

JournalEntry next_chapter_entry() {
    const auto hasher = make_hasher(kFirstSuite);
    ChapterBefore before{{7}, {1}, 4, chain_start({7}, {1}, *hasher)};
    for (const JournalEntry& each : {chapter_entry(), decision_entry(), contact_entry(), filing_entry()})
        before.hash = chain_next(before.hash, encode(each), *hasher);
    return {1, {kPublished, kLater, kLater}, ChapterEntry{{7}, {2}, "zige-agent 0.1.0", before}};
}

Held asking() {
    Held h = held();
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

CopyHandIn copy_hand_in(Suite suite) {
    CopyHandIn copy;
    copy.agent = {7};
    copy.institution = {"H41150200017"};
    copy.state = encode(state(suite));
    copy.proof = {MessageType::head, in_envelope(MessageType::head, encode(head(suite)), suite)};
    copy.config = encode(config());
    for (const Record& record : records()) copy.records.push_back(encode(record));
    return copy;
}

Revocation revocation() { return {{7}, RevocationReason::replaced, kLater, {12}}; }

RenewRequest renew_request() { return {{7}, {"H41150200017"}, tls_request(), {kPublished, kLater, kLater}}; }
RenewAnswer renew_answer() { return {{7}, tls_certificate(), kLater}; }

Statement statement() {
    return {{"H41150200017"}, {1}, patch().patches[0].standing[0], {1043}, kPublished + std::chrono::hours{2}};
}

EnrolFile enrol_file() { return {"https://zige.example:8443", "R7Q2-8KXD-1M4T", {root_trust()}}; }

EnrolReply enrol_reply() {
    return {in_envelope(MessageType::enrol_answer, encode(enrol_answer())),
            {root_trust()},
            in_envelope(MessageType::delta, encode(snapshot())),
            in_envelope(MessageType::ineligible, encode(ineligible())),
            in_envelope(MessageType::held, encode(held()))};
}

}  // namespace zige::vectors

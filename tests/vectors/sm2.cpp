#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/merkle.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/fields.h"
#include "tests/vectors/samples.h"
#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

constexpr Suite kSuite = Suite::sm2_sm3;

struct Message {
    const char* name;
    const char* message;
    MessageType type;
    Bytes payload;
    bool varies = false;  ///< the payload too, by a signature of SM2 in it
};

/// Each kind of message that an envelope carries, with the hashes of SM3 in it.
std::vector<Message> messages() {
    return {{"head", "head", MessageType::head, encode(head(kSuite))},
            {"delta-patch", "delta", MessageType::delta, encode(patch(kSuite))},
            {"delta-earlier", "delta", MessageType::delta, encode(earlier_snapshot(kSuite))},
            {"delta-snapshot", "delta", MessageType::delta, encode(snapshot(kSuite))},
            {"manifest", "manifest", MessageType::manifest, encode(manifest())},
            {"sync-request", "sync_request", MessageType::sync_request, encode(sync_request(kSuite)), true},
            {"held", "held", MessageType::held, encode(held(kSuite))},
            {"ineligible", "ineligible", MessageType::ineligible, encode(ineligible(kSuite))},
            {"enrol-answer", "enrol_answer", MessageType::enrol_answer, encode(enrol_answer())},
            {"renew-request", "renew_request", MessageType::renew_request, encode(renew_request())},
            {"renew-answer", "renew_answer", MessageType::renew_answer, encode(renew_answer())},
            {"revocation", "revocation", MessageType::revocation, encode(revocation())},
            {"copy-hand-in", "copy_hand_in", MessageType::hand_in, encode(copy_hand_in(kSuite)), true},
            {"statement", "statement", MessageType::statement, encode(statement())}};
}

Fields row_of(const Message& each) {
    Fields row{{"name", std::string(each.name) + "-sm2"},
               {"message", each.message},
               {"public_key", to_hex(sender_key(each.type, kSuite))},
               {"bytes", to_hex(in_envelope(each.type, each.payload, kSuite))},
               {"payload", to_hex(each.payload)}};
    if (each.varies) row["varies"] = "payload";
    return row;
}

Bytes public_key(std::byte seed) { return fixed_signer(seed, kSuite)->public_key(); }

Hash256 root_of(const std::vector<Bytes>& leaves, const Hasher& hasher) {
    std::vector<Hash256> hashes;
    for (const Bytes& each : leaves) hashes.push_back(merkle_leaf(each, hasher));
    return merkle_root(hashes, hasher);
}

Bytes message_of(const Segment& segment, const Hasher& hasher) {
    return batch_message(segment.agent, segment.chapter, 1, 2, root_of(segment.entries, hasher));
}

Fields bare(const char* name, const char* message, const Bytes& bytes, const Bytes& key, const std::string& found) {
    return {{"name", std::string(name) + "-sm2"},
            {"message", message},
            {"public_key", to_hex(key)},
            {"bytes", to_hex(bytes)},
            {"found", found}};
}

std::string opened(const SyncAnswer& answer, const Verifier& verifier) {
    const auto compressor = make_compressor(dictionaries());
    const Bytes key = public_key(kOnlineKey);
    const auto head =
        open_envelope({kHub, MessageType::head}, answer.institution, key, verifier, *compressor, kMaxHeadBytes);
    const auto held = open_envelope({kHub, MessageType::held}, answer.held, key, verifier, *compressor, kMaxHeldBytes);
    return head.ok() && held.ok() ? "ok" : to_string(ErrorId::wire_bad_signature);
}

/// What a receiver makes of a message that no envelope carries.
std::string judged(const Fields& row, const Hasher& hasher, const Verifier& verifier) {
    const Bytes bytes = bytes_of(row, "bytes");
    const std::string& message = row.at("message");
    if (message == "state") return to_hex(state_hash(decode_state(bytes).value(), hasher));
    if (message == "signed_trust") {
        const SignedTrust signed_one = decode_signed_trust(bytes).value();
        const auto document = check_trust(nullptr, signed_one, verifier);
        return document.ok() ? trust_fingerprint(signed_one.document, hasher) : to_string(document.error().id);
    }
    if (message == "enrol_request") return to_hex(decode_enrol_request(bytes).value().signing_key);
    if (message == "sync_answer") return opened(decode_sync_answer(bytes).value(), verifier);
    const Segment segment = decode_segment(bytes).value();
    const bool good =
        verifier.verify(bytes_of(row, "public_key"), message_of(segment, hasher), segment.batches.at(0).signature);
    return good ? to_hex(root_of(segment.entries, hasher)) : to_string(ErrorId::wire_bad_signature);
}

}  // namespace

std::vector<Fields> make_sm2() {
    const auto hasher = make_hasher(kSuite);
    std::vector<Fields> rows;
    for (const Message& each : messages()) {
        rows.push_back(row_of(each));
        if (std::string(each.name) != "delta-snapshot") continue;
        const Bytes manifest = encode(manifest_of(bytes_of(rows.back(), "bytes"), kSuite));
        rows.push_back(row_of({"manifest-snapshot", "manifest", MessageType::manifest, manifest, true}));
    }
    const SignedTrust trust_document = signed_trust(trust(1, kSuite), {kRootKey});
    rows.push_back(bare("signed-trust", "signed_trust", encode(trust_document), public_key(kRootKey),
                        trust_fingerprint(trust_document.document, *hasher)));
    const Segment journal = segment(kSuite);
    rows.push_back(
        bare("segment", "segment", encode(journal), public_key(kAgentKey), to_hex(root_of(journal.entries, *hasher))));
    rows.push_back(bare("state", "state", encode(state(kSuite)), {}, to_hex(state_hash(state(kSuite), *hasher))));
    rows.push_back(
        bare("enrol-request", "enrol_request", encode(enrol_request(kSuite)), {}, to_hex(public_key(kAgentKey))));
    rows.push_back(bare("sync-answer", "sync_answer", encode(sync_answer(kSuite)), public_key(kOnlineKey), "ok"));
    return rows;
}

std::string found_in_sm2(const Fields& row) {
    if (!row.contains("payload")) return judged(row, *make_hasher(kSuite), *make_verifier(kSuite));
    Vector vector;
    vector.message = row.at("message");
    vector.bytes = bytes_of(row, "bytes");
    vector.envelope = true;
    vector.suite = kSuite;
    vector.public_key = bytes_of(row, "public_key");
    const auto payload = receive(vector);
    return payload.ok() ? to_hex(*payload) : to_string(payload.error().id);
}

}  // namespace zige::vectors

#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
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
constexpr std::byte kSealingKey{0x41};

struct Message {
    const char* name;
    const char* message;
    MessageType type;
    Bytes payload;
};

/// Each kind of message that an envelope carries, with the hashes of SM3 in it.
std::vector<Message> messages(const Hasher& hasher) {
    return {{"head", "head", MessageType::head, encode(head())},
            {"delta-patch", "delta", MessageType::delta, encode(patch())},
            {"delta-snapshot", "delta", MessageType::delta, encode(snapshot())},
            {"manifest", "manifest", MessageType::manifest, encode(manifest())},
            {"sync-request", "sync_request", MessageType::sync_request, encode(sync_request(hasher))},
            {"held", "held", MessageType::held, encode(held(hasher))},
            {"ineligible", "ineligible", MessageType::ineligible, encode(ineligible(hasher))},
            {"renew-request", "renew_request", MessageType::renew_request, encode(renew_request())},
            {"renew-answer", "renew_answer", MessageType::renew_answer, encode(renew_answer())},
            {"revocation", "revocation", MessageType::revocation, encode(revocation())},
            {"copy-hand-in", "copy_hand_in", MessageType::hand_in, encode(copy_hand_in())},
            {"statement", "statement", MessageType::statement, encode(statement())}};
}

bool is_by_an_agent(MessageType type) {
    return type == MessageType::sync_request || type == MessageType::renew_request || type == MessageType::hand_in;
}

Fields in_envelope(const Message& each) {
    const bool by_agent = is_by_an_agent(each.type);
    const auto signer = fixed_signer(by_agent ? kAgentKey : kOnlineKey, kSuite);
    const Bytes kid = by_agent ? Bytes{{}, {}, {}, std::byte{7}} : Bytes{std::byte{kOnlineKeyId}};
    const auto compressor = make_compressor(dictionaries());
    const Bytes envelope = seal_envelope({kHub, each.type}, each.payload, kid, *signer, *compressor).value();
    return {{"name", std::string(each.name) + "-sm2"},
            {"message", each.message},
            {"public_key", to_hex(signer->public_key())},
            {"bytes", to_hex(envelope)},
            {"payload", to_hex(each.payload)}};
}

Bytes public_key(std::byte seed) { return fixed_signer(seed, kSuite)->public_key(); }

SignedTrust first_trust() {
    TrustDocument document = trust(1);
    document.suite = kSuite;
    document.root_keys = {public_key(kRootKey)};
    document.online_keys[0].public_key = public_key(kOnlineKey);
    document.sealing_key = zige::testing::fixed_unsealer(kSealingKey, kSuite)->public_key();
    SignedTrust result{encode(document), {}};
    const Bytes signature = fixed_signer(kRootKey, kSuite)->sign(trust_message(result.document)).value();
    result.signatures = {{public_key(kRootKey), signature}};
    return result;
}

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
    const Segment segment = decode_segment(bytes).value();
    const bool good =
        verifier.verify(bytes_of(row, "public_key"), message_of(segment, hasher), segment.batches.at(0).signature);
    return good ? to_hex(root_of(segment.entries, hasher)) : to_string(ErrorId::wire_bad_signature);
}

}  // namespace

std::vector<Fields> make_sm2() {
    const auto hasher = make_hasher(kSuite);
    std::vector<Fields> rows;
    for (const Message& each : messages(*hasher)) rows.push_back(in_envelope(each));
    const SignedTrust trust_document = first_trust();
    rows.push_back(bare("signed-trust", "signed_trust", encode(trust_document), public_key(kRootKey),
                        trust_fingerprint(trust_document.document, *hasher)));
    Segment journal = segment(*hasher);
    journal.batches[0].signature = fixed_signer(kAgentKey, kSuite)->sign(message_of(journal, *hasher)).value();
    rows.push_back(
        bare("segment", "segment", encode(journal), public_key(kAgentKey), to_hex(root_of(journal.entries, *hasher))));
    rows.push_back(bare("state", "state", encode(state()), {}, to_hex(state_hash(state(), *hasher))));
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

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/zlib/compressor.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/bad.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

/// A genuine message to a receiver that holds state() of its own institution.
Vector step(std::string name, std::string message, MessageType type, std::string why, ErrorId error,
            const Bytes& payload) {
    const auto compressor = make_compressor(dictionaries());
    const auto signer = fixed_signer(kOnlineKey);
    Vector v;
    v.name = "bad/" + name;
    v.why = std::move(why);
    v.message = std::move(message);
    v.bytes = seal_envelope({kHub, type}, payload, Bytes{std::byte{kOnlineKeyId}}, *signer, *compressor).value();
    v.envelope = true;
    v.public_key = signer->public_key();
    v.institution = "H41150200017";
    v.have = encode(state());
    v.error = error;
    return v;
}

template <class Change>
Vector head_step(std::string name, std::string why, ErrorId error, Change change) {
    Head changed = head();
    change(changed.state);
    return step(std::move(name), "head", MessageType::head, std::move(why), error, encode(changed));
}

void add_states(std::vector<Vector>& all) {
    all.push_back(head_step("head-wrong-institution", "the state of another institution",
                            ErrorId::wire_wrong_institution, [](State& s) { s.institution = {"P41150200099"}; }));
    all.push_back(
        head_step("head-replayed", "an older state again", ErrorId::wire_replayed, [](State& s) { s = previous(); }));
    all.push_back(head_step("head-fork", "another state under the number that we hold", ErrorId::wire_fork,
                            [](State& s) { s.root = filled(0xee); }));
    all.push_back(head_step("head-epoch-jump", "two epochs ahead", ErrorId::wire_epoch_jump, [](State& s) {
        s.epoch.value += 2;
        s.seq.value += 1;
    }));
    all.push_back(
        head_step("head-older-trust", "newer, but under an older trust document", ErrorId::wire_replayed, [](State& s) {
            s.seq.value += 1;
            s.trust_version = 0;
        }));
}

void add_key_times(std::vector<Vector>& all) {
    Vector expired = head_step("head-key-expired", "signed after the key's last second", ErrorId::wire_key_out_of_date,
                               [](State&) {});
    expired.key_from = (kPublished - std::chrono::days{90}).time_since_epoch().count();
    all.push_back(expired);
    Vector early = head_step("head-key-not-yet-valid", "signed before the key's first second",
                             ErrorId::wire_key_out_of_date, [](State&) {});
    early.key_from = (kPublished + std::chrono::seconds{1}).time_since_epoch().count();
    all.push_back(early);
}

void add_deltas(std::vector<Vector>& all) {
    Delta gap = patch();
    gap.state.seq.value += 9;
    gap.from = filled(0x99);
    all.push_back(step("delta-gap", "delta", MessageType::delta, "starts from a state that we do not hold",
                       ErrorId::wire_gap, encode(gap)));
    Delta old = patch();
    old.state = previous();
    all.push_back(step("delta-replayed", "delta", MessageType::delta, "an older delta again", ErrorId::wire_replayed,
                       encode(old)));
}

Vector trust_step(std::string name, std::string why, ErrorId error, const TrustDocument& next,
                  const std::vector<std::byte>& signers) {
    Vector v;
    v.name = "bad/" + name;
    v.why = std::move(why);
    v.message = "signed_trust";
    v.bytes = encode(signed_trust(next, signers));
    v.current = encode(trust(1));
    v.error = error;
    return v;
}

void add_trust(std::vector<Vector>& all) {
    all.push_back(trust_step("trust-new-key-alone", "not signed by the root keys that we hold",
                             ErrorId::trust_too_few_signatures, trust(2), {kSecondRootKey}));
    all.push_back(trust_step("trust-old-key-alone", "not signed by its own root keys",
                             ErrorId::trust_too_few_signatures, trust(2), {kRootKey}));
    Vector misnamed = trust_step("trust-key-id-of-another", "each signature under the id of the other key",
                                 ErrorId::trust_too_few_signatures, trust(2), {});
    SignedTrust crossed = signed_trust(trust(2), {kRootKey, kSecondRootKey});
    std::swap(crossed.signatures[0].key_id, crossed.signatures[1].key_id);
    misnamed.bytes = encode(crossed);
    all.push_back(misnamed);
    all.push_back(trust_step("trust-skips-a-version", "version 3 after 1", ErrorId::trust_bad_version, trust(3),
                             {kRootKey, kSecondRootKey}));
    all.push_back(trust_step("trust-replayed", "version 1 after 1", ErrorId::trust_bad_version, trust(1), {kRootKey}));
    TrustDocument elsewhere = trust(2);
    elsewhere.hub_id = "411600";
    all.push_back(
        trust_step("trust-wrong-hub", "of hub 411600", ErrorId::wire_wrong_hub, elsewhere, {kRootKey, kSecondRootKey}));
    TrustDocument reused = reset_trust();
    reused.online_keys[0].id = kOnlineKeyId;
    all.push_back(trust_step("trust-key-id-reused", "another key under id 1", ErrorId::trust_key_reused, reused,
                             {kRootKey, kSecondRootKey}));
    reused.online_keys[0].id = kOnlineKeyId - 1;
    all.push_back(trust_step("trust-key-id-falls", "a new key under an id below the highest", ErrorId::trust_key_reused,
                             reused, {kRootKey, kSecondRootKey}));
}

}  // namespace

void add_bad_steps(std::vector<Vector>& all) {
    add_states(all);
    add_key_times(all);
    add_deltas(all);
    add_trust(all);
}

}  // namespace zige::vectors

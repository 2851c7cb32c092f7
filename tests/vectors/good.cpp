#include "shared/openssl/crypto.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/vectors/diagnostic.h"
#include "tests/vectors/samples.h"
#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;

Vector bare(std::string name, std::string message, std::string why, Bytes bytes) {
    Vector v;
    v.name = "good/" + name;
    v.message = std::move(message);
    v.why = std::move(why);
    v.payload = diagnostic(bytes);
    v.bytes = std::move(bytes);
    return v;
}

/// In an envelope by the hub's online key, or by the agent's key.
Vector sealed(std::string name, std::string message, MessageType type, std::string why, const Bytes& payload,
              Suite suite = Suite::ed25519_sha256) {
    Vector v = bare(std::move(name), std::move(message), std::move(why), payload);
    v.bytes = in_envelope(type, payload, suite);
    v.envelope = true;
    v.suite = suite;
    v.public_key = sender_key(type, suite);
    return v;
}

void add_states(std::vector<Vector>& all) {
    all.push_back(bare("state", "state", "what is hashed as the name of a state", encode(state())));
    Vector newer = sealed("head", "head", MessageType::head, "a newer state", encode(head()));
    newer.institution = "H41150200017";
    newer.have = encode(previous());
    newer.key_from = kIssued.time_since_epoch().count();
    all.push_back(newer);
    all.push_back(sealed("head-sm2", "head", MessageType::head, "the same in suite sm2-sm3",
                         encode(head(Suite::sm2_sm3)), Suite::sm2_sm3));
    Vector delta = sealed("delta-patch", "delta", MessageType::delta, "one suspension", encode(patch()));
    delta.institution = "H41150200017";
    delta.have = encode(previous());
    all.push_back(delta);
    Vector first = sealed("delta-snapshot", "delta", MessageType::delta, "a first sync", encode(snapshot()));
    first.institution = "H41150200017";
    all.push_back(first);
    all.push_back(sealed("delta-earlier", "delta", MessageType::delta,
                         "a first sync to the state before, whence the patch starts", encode(earlier_snapshot())));
    all.push_back(sealed("manifest", "manifest", MessageType::manifest, "a blob of three chunks", encode(manifest())));
    all.push_back(sealed("manifest-snapshot", "manifest", MessageType::manifest, "its blob is good/delta-snapshot",
                         encode(manifest_of(first.bytes))));
    all.push_back(bare("config", "config", "a short profile and one year of a calendar", encode(config())));
    const char* const names[] = {"record-institution", "record-doctor", "record-alias", "record-departed",
                                 "record-on-leave"};
    for (std::size_t i = 0; i < std::size(names); ++i)
        all.push_back(bare(names[i], "record", "the bytes under a Merkle leaf", encode(records()[i])));
}

void add_journal(std::vector<Vector>& all) {
    all.push_back(bare("entry-chapter", "journal_entry", "the first entry of a chapter", encode(chapter_entry())));
    all.push_back(
        bare("entry-next-chapter", "journal_entry", "goes on where chapter 1 ended", encode(next_chapter_entry())));
    all.push_back(bare("entry-decision", "journal_entry", "a refused line", encode(decision_entry())));
    all.push_back(bare("entry-contact", "journal_entry", "before an upload", encode(contact_entry())));
    all.push_back(bare("entry-filing", "journal_entry", "a filing made here", encode(filing_entry())));
    all.push_back(bare("entry-phone-code", "journal_entry", "a prolongation that was read out and taken", encode(phone_code_entry())));
    all.push_back(bare("entry-forward", "journal_entry", "a settlement that went to the platform and got no answer",
                       encode(forward_entry())));
    all.push_back(bare("entry-released", "journal_entry", "passed because the head answers for it, under a new order",
                       encode(released_entry())));
    all.push_back(bare("entry-evidence", "journal_entry", "what proves an emergency", encode(evidence_entry())));
    all.push_back(bare("entry-reversal", "journal_entry", "two cleared lines were taken back", encode(reversal_entry())));
    all.push_back(bare("segment", "segment", "two entries and the signature of their batch", encode(segment())));
    all.push_back(bare("filing-departure", "filing", "last service day 2026-11-20", encode(departure())));
    all.push_back(bare("filing-undo", "filing", "the departure is taken back", encode(undo())));
    all.push_back(bare("filing-window", "filing", "the maintenance window was updated", encode(window())));
    for (const FilingSample& each : more_filings())
        all.push_back(bare(std::string("filing-") + each.name, "filing", each.why, encode(each.filing)));
}

void add_sync(std::vector<Vector>& all) {
    all.push_back(sealed("sync-request", "sync_request", MessageType::sync_request, "a carrying sync by agent 7",
                         encode(sync_request())));
    all.push_back(sealed("held", "held", MessageType::held, "what the hub holds of agent 7", encode(held())));
    all.push_back(
        sealed("ineligible", "ineligible", MessageType::ineligible, "a whole set of two", encode(ineligible())));
    SyncAnswer answer = sync_answer();
    all.push_back(bare("sync-answer", "sync_answer", "a head and what the hub holds", encode(answer)));
    answer.institution.clear();
    all.push_back(bare("sync-answer-recovering", "sync_answer", "by a hub that publishes nothing yet", encode(answer)));
    all.push_back(sealed("held-asking", "held", MessageType::held, "wants chapter 2, a proof and the whole copy",
                         encode(asking())));
    SyncRequest proving = sync_request();
    proving.proof = copy_hand_in().proof;
    all.push_back(sealed("sync-request-proving", "sync_request", MessageType::sync_request,
                         "with the head that names its state", encode(proving)));
    proving.state_hash = kGenesis;
    proving.proof = StateProof{MessageType::delta, in_envelope(MessageType::delta, encode(patch()), kFirstSuite)};
    all.push_back(sealed("sync-request-whole", "sync_request", MessageType::sync_request,
                         "wants a snapshot, and proves what it holds by the delta that brought it", encode(proving)));
}

void add_trust(std::vector<Vector>& all) {
    all.push_back(bare("trust-document", "trust_document", "the first one", encode(trust(1))));
    const SignedTrust first = signed_trust(trust(1), {kRootKey});
    const SignedTrust second = signed_trust(trust(2), {kRootKey, kSecondRootKey});
    all.push_back(bare("signed-trust", "signed_trust", "the first one, by its own root key", encode(first)));
    Vector next =
        bare("signed-trust-next", "signed_trust", "the second one, by the old and the new root key", encode(second));
    next.current = encode(trust(1));
    all.push_back(next);
    Vector reset = bare("signed-trust-reset", "signed_trust", "root sets time and epoch back, with another online key",
                        encode(signed_trust(reset_trust(), {kRootKey, kSecondRootKey})));
    reset.current = encode(trust(1));
    all.push_back(reset);
    const std::vector<Bytes> chain{encode(first), encode(second)};
    all.push_back(bare("trust-chain", "trust_chain", "both", encode_trust_chain(chain)));
    all.push_back(bare("enrol-request", "enrol_request", "with a token from a slip", encode(enrol_request())));
    all.push_back(sealed("enrol-answer", "enrol_answer", MessageType::enrol_answer, "agent 7, chapter 1",
                         encode(enrol_answer())));
}

void add_life(std::vector<Vector>& all) {
    all.push_back(sealed("renew-request", "renew_request", MessageType::renew_request, "for another TLS certificate",
                         encode(renew_request())));
    all.push_back(sealed("renew-answer", "renew_answer", MessageType::renew_answer, "the certificate of agent 7",
                         encode(renew_answer())));
    all.push_back(sealed("revocation", "revocation", MessageType::revocation, "agent 12 took the place of agent 7",
                         encode(revocation())));
    all.push_back(
        sealed("copy-hand-in", "copy_hand_in", MessageType::hand_in, "all that agent 7 holds", encode(copy_hand_in())));
    all.push_back(
        sealed("statement", "statement", MessageType::statement, "a suspension on paper", encode(statement())));
    all.push_back(sealed("statement-sm2", "statement", MessageType::statement, "the same in suite sm2-sm3",
                         encode(statement()), Suite::sm2_sm3));
    all.push_back(bare("enrol-file", "enrol_file", "for an institution without a line", encode(enrol_file())));
    all.push_back(bare("enrol-reply", "enrol_reply", "before it is sealed to the agent", encode(enrol_reply())));
}

}  // namespace

std::vector<Vector> make_good() {
    std::vector<Vector> all;
    add_states(all);
    add_journal(all);
    add_sync(all);
    add_trust(all);
    add_life(all);
    return all;
}

}  // namespace zige::vectors

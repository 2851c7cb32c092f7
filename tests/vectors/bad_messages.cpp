#include "shared/openssl/crypto.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/fixed_keys.h"
#include "tests/vectors/bad.h"
#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;

template <class Value>
Vector bare(std::string name, std::string message, std::string why, ErrorId error, const Value& value) {
    Vector v;
    v.name = "bad/" + name;
    v.why = std::move(why);
    v.message = std::move(message);
    v.bytes = encode(value);
    v.error = error;
    return v;
}

/// JRN-12: a 22nd item that says nothing is a second encoding of a decision that has 21.
Vector empty_more() {
    Vector v = bare("entry-decision-more-of-nothing", "journal_entry", "a 22nd item that says nothing",
                    ErrorId::wire_bad_value, decision_entry());
    const std::string plain = to_hex(v.bytes);
    const std::size_t body = plain.find("9502");  // an array of 21, of kind 2
    expect(body != std::string::npos, "the body of a decision");
    v.bytes = from_hex(plain.substr(0, body) + "9602" + plain.substr(body + 4) + "82f6f6").value();
    return v;
}

void add_deltas(std::vector<Vector>& all) {
    Delta delta = snapshot();
    std::swap(delta.records[1], delta.records[2]);
    all.push_back(bare("delta-unsorted", "delta", "record 1 after record 2", ErrorId::wire_bad_value, delta));
    delta = snapshot();
    delta.records.push_back(delta.records.back());
    all.push_back(bare("delta-record-twice", "delta", "record 4 twice", ErrorId::wire_bad_value, delta));
    delta = snapshot();
    delta.patches = patch().patches;
    all.push_back(bare("delta-patched-record", "delta", "a patch of a record that stands there whole",
                       ErrorId::wire_duplicate_key, delta));
    delta = patch();
    delta.patches[0].standing.push_back(delta.patches[0].standing[0]);
    delta.patches[0].standing[1].from -= std::chrono::days{1};
    all.push_back(bare("delta-unsorted-timeline", "delta", "intervals out of order", ErrorId::wire_bad_order, delta));
    delta = snapshot();
    auto& leaves = std::get<Registration>(delta.records.back()).leaves;
    leaves.push_back(leaves[0]);
    all.push_back(bare("delta-leave-twice", "delta", "two leaves from one day", ErrorId::wire_bad_order, delta));
    delta = patch();
    delta.patches[0].standing.assign(kMaxIntervals + 1, delta.patches[0].standing[0]);
    all.push_back(bare("delta-timeline-too-long", "delta", "65 intervals", ErrorId::wire_too_many, delta));
}

Filing filing(FilingBody body) { return {uuid(0xd9), departure().times, "王芳", std::move(body)}; }

void add_filings(std::vector<Vector>& all) {
    const Day today = std::get<DepartureFiling>(departure().body).last_day;
    const Day yesterday = today - std::chrono::days{1};
    const auto add = [&](const char* name, const char* why, ErrorId error, FilingBody body) {
        all.push_back(bare(std::string("filing-") + name, "filing", why, error, filing(std::move(body))));
    };
    RegistrationFiling nobody = registration();
    nobody.code = nobody.licence = "";
    add("registration-without-code", "neither code nor licence", ErrorId::wire_missing_field, nobody);
    RegistrationFiling long_identity = registration();
    long_identity.identity = Bytes(kMaxSealedIdentity + 1, std::byte{0xd8});
    add("identity-too-large", "513 bytes sealed", ErrorId::wire_bad_value, long_identity);
    add("change-of-nothing", "no detail is another one", ErrorId::wire_missing_field,
        ChangeFiling{{3}, {}, {}, {}, {}, {}});
    add("leave-ends-first", "until the day before it begins", ErrorId::wire_bad_value,
        LeaveFiling{{3}, LeaveKind::study, today, yesterday});
    add("rehire-ends-first", "until the day before it begins", ErrorId::wire_bad_value,
        RehireFiling{{3}, today, yesterday});
    add("session-ends-first", "signed off before signing on", ErrorId::wire_bad_value,
        DutySessionFiling{{3}, kPublished, kPublished - std::chrono::seconds{1}});
    add("alias-without-code", "an empty code", ErrorId::wire_bad_value, AliasFiling{{3}, "", false});
    add("appeal-too-long", "901 bytes of text", ErrorId::wire_bad_value,
        AppealFiling{{3}, "", std::string(kMaxCaseText + 1, 'a'), {}});
}

void add_limits(std::vector<Vector>& all) {
    Manifest blob = manifest();
    blob.chunks.pop_back();
    all.push_back(
        bare("manifest-chunk-missing", "manifest", "two hashes for three chunks", ErrorId::wire_bad_value, blob));
    blob = manifest();
    blob.size = kMaxEnvelopeBytes + 1;
    all.push_back(bare("manifest-too-large", "manifest", "a blob over 32 MB", ErrorId::wire_bad_value, blob));
    Segment large = segment();
    large.entries.assign(5, Bytes(4000));
    all.push_back(bare("segment-too-large", "segment", "20,000 bytes of entries", ErrorId::wire_too_many, large));
    JournalEntry entry = contact_entry();
    entry.index = 0;
    all.push_back(bare("entry-number-0", "journal_entry", "entries count from 1", ErrorId::wire_bad_value, entry));
    entry = forward_entry();
    std::get<ForwardEntry>(entry.body).attempt = 0;
    all.push_back(bare("entry-forward-0", "journal_entry", "attempts count from 1", ErrorId::wire_bad_value, entry));
    all.push_back(empty_more());
    entry = evidence_entry();
    std::get<EvidenceEntry>(entry.body).ended -= std::chrono::hours{2};
    all.push_back(bare("entry-evidence-ends-before", "journal_entry", "a rescue that ends before it begins",
                       ErrorId::wire_bad_value, entry));
    entry = evidence_entry();
    std::get<EvidenceEntry>(entry.body).by.clear();
    all.push_back(
        bare("entry-evidence-by-nobody", "journal_entry", "somebody records it", ErrorId::wire_bad_value, entry));
    entry = reversal_entry();
    std::get<ReversalEntry>(entry.body).decisions.clear();
    all.push_back(bare("entry-reversal-of-nothing", "journal_entry", "at least one decision", ErrorId::wire_missing_field,
                       entry));
    entry = reversal_entry();
    auto& twice = std::get<ReversalEntry>(entry.body).decisions;
    twice[1] = twice[0];
    all.push_back(
        bare("entry-reversal-twice", "journal_entry", "a decision is named once", ErrorId::wire_bad_order, entry));
    entry = filing_entry();
    entry.body = FilingEntry{Bytes(kMaxJournalEntryBytes)};
    all.push_back(bare("entry-too-large", "journal_entry", "over 4,096 bytes", ErrorId::wire_too_large, entry));
}

void add_trust(std::vector<Vector>& all) {
    TrustDocument d = trust(1);
    d.threshold = 2;
    all.push_back(bare("trust-threshold", "trust_document", "two of one", ErrorId::trust_bad_threshold, d));
    d = trust(1);
    d.root_keys.push_back(d.root_keys[0]);
    all.push_back(
        bare("trust-key-twice", "trust_document", "one root key counted as two", ErrorId::wire_duplicate_key, d));
    d = trust(1);
    d.online_keys[0].not_after += std::chrono::seconds{1};
    all.push_back(bare("trust-key-too-long", "trust_document", "valid for 90 days and a second",
                       ErrorId::trust_key_validity_too_long, d));
    d = reset_trust();
    d.reset->time = d.online_keys[0].not_after;
    all.push_back(bare("trust-reset-without-a-key", "trust_document", "back to a time when none of its keys is valid",
                       ErrorId::trust_bad_reset, d));
}

void add_life(std::vector<Vector>& all) {
    Held skips = asking();
    skips.open_chapter = Chapter{3};
    all.push_back(
        bare("held-skips-a-chapter", "held", "chapter 3 after chapter 1", ErrorId::chapter_unexpected, skips));
    Held many = asking();
    many.earlier.assign(kMaxEarlierChapters + 1, many.earlier[0]);
    all.push_back(bare("held-too-many-chapters", "held", "17 other chapters", ErrorId::wire_too_many, many));
    SyncRequest request = sync_request();
    request.proof = StateProof{MessageType::manifest, Bytes(3, std::byte{1})};
    all.push_back(bare("sync-request-proof-by-a-manifest", "sync_request", "a proof is a head, a held or a delta",
                       ErrorId::wire_wrong_message_type, request));
    SyncAnswer answer{{}, MessageType::delta, {}, Bytes(4, std::byte{2}), {}};
    all.push_back(
        bare("sync-answer-empty-delta", "sync_answer", "only a head may be missing", ErrorId::wire_bad_value, answer));
    Statement large = statement();
    large.interval.document = std::string(kMaxText, 'x');
    all.push_back(bare("statement-too-large", "statement", "over 300 bytes", ErrorId::wire_too_large, large));
    Statement nobody = statement();
    nobody.no = {0};
    all.push_back(
        bare("statement-of-nobody", "statement", "record 0 is the institution", ErrorId::wire_bad_value, nobody));
    Revocation unknown = revocation();
    unknown.reason = static_cast<RevocationReason>(99);
    all.push_back(bare("revocation-unknown-reason", "revocation", "reason 99", ErrorId::wire_bad_value, unknown));
    EnrolFile bare_file = enrol_file();
    bare_file.trust.clear();
    all.push_back(bare("enrol-file-without-trust", "enrol_file", "nothing that the fingerprint could prove",
                       ErrorId::wire_missing_field, bare_file));
}

void add_sync(std::vector<Vector>& all) {
    SyncAnswer answer{{}, MessageType::held, Bytes(3, std::byte{1}), Bytes(4, std::byte{2}), {}};
    all.push_back(bare("sync-answer-wrong-type", "sync_answer", "neither head, delta nor manifest",
                       ErrorId::wire_wrong_message_type, answer));
    Vector future =
        bare("sync-answer-future-version", "sync_answer", "format 2", ErrorId::wire_unknown_version, answer);
    future.bytes[1] = std::byte{2};
    all.push_back(future);
    IneligibleUpdate set = ineligible();
    std::swap(set.added[0], set.added[1]);
    all.push_back(bare("ineligible-unsorted", "ineligible", "entries out of order", ErrorId::wire_bad_order, set));
    SyncRequest request = sync_request();
    request.filings.assign(kMaxFilingsPerSync + 1, request.filings[0]);
    all.push_back(bare("sync-request-too-many-filings", "sync_request", "65 filings", ErrorId::wire_too_many, request));
}

}  // namespace

void add_bad_messages(std::vector<Vector>& all) {
    add_deltas(all);
    add_filings(all);
    add_limits(all);
    add_trust(all);
    add_sync(all);
    add_life(all);
}

std::vector<Vector> make_bad() {
    std::vector<Vector> all;
    add_bad_envelopes(all);
    add_bad_steps(all);
    add_bad_items(all);
    add_bad_messages(all);
    return all;
}

}  // namespace zige::vectors

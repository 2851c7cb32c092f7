#include "agent/core/sync.h"

#include <algorithm>
#include <utility>

#include "agent/core/hub_answer.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::agent {
namespace {

constexpr std::chrono::seconds kFirstRetry{5};
constexpr std::chrono::seconds kLastRetry{15 * 60};

std::string head_path(const wire::State& state, const Hash256& hash) {
    return "/v1/head?e=" + std::to_string(state.epoch.value) + "&s=" + std::to_string(state.seq.value) +
           "&h=" + to_hex(hash);
}

/// A call may take several connections; the clerk is told the bytes of all.
void add(Transport::Traffic& sum, const Transport& connection) {
    const auto traffic = connection.traffic();
    sum.sent += traffic.sent;
    sum.received += traffic.received;
}

/// The first error of several steps, each of which is taken whatever became of the others.
void keep_first(Result<void>& first, Result<void> next) {
    if (first) first = std::move(next);
}

}  // namespace

struct Syncer::Run {
    SyncReport report;
    std::unique_ptr<Transport> hub;
    std::optional<wire::Held> held;  // of the last carrying sync
    bool more = false;               // another carrying sync would bring something
    bool proved = false;             // the proof went out
};

Syncer::Syncer(const Parts& parts, const Enrolment& enrolment)
    : parts_(parts), enrolment_(enrolment), download_(parts.files, parts.crypto, parts.folder) {}

Result<SyncReport> Syncer::sync_once(bool carry_wanted) {
    Run run;
    Result<void> end = parts_.replica.settle_doubt();
    if (const auto view = parts_.replica.view()) run.report.seq_before = view->state.seq;
    if (end && !carry_wanted && !parts_.membership.may_ask())
        end = fail(ErrorId::agent_revoked, "hub", to_string(parts_.membership.revoked()->reason));
    else if (end) end = attempt(run, carry_wanted);
    fill(run.report);
    note_end(end, run.report);
    if (!end) return std::move(end).error();
    return std::move(run.report);
}

/// What we know of the hub's keys or our certificate may be too old for it: put that right, and try once more.
Result<void> Syncer::attempt(Run& run, bool carry_wanted) {
    auto end = renew_if(parts_.membership.expired());
    if (end) end = contact(run, carry_wanted);
    if (end) return renew_if(parts_.membership.renewal_due());  // by the keys that the hub has now
    const ErrorId why = end.error().id;
    // Another TLS authority, or more rotations were missed than an answer holds.
    if (why == ErrorId::tls_untrusted_peer || why == ErrorId::wire_unknown_key) {
        const auto newer = catch_up_trust(run);
        if (!newer || !*newer) return end;
        end = renew_if(parts_.membership.expired());
        return end ? contact(run, carry_wanted) : end;
    }
    // A PC whose clock stood still takes its certificate for a good one; the hub's signed answer has the time.
    if (why != ErrorId::tls_certificate_out_of_date && why != ErrorId::hub_unknown_agent) return end;
    if (!parts_.membership.may_try_renewal() || !parts_.membership.renew()) return end;
    return contact(run, carry_wanted);
}

/// A failure matters only when the certificate is of no use any more.
Result<void> Syncer::renew_if(bool due) {
    if (!due) return {};
    auto renewed = parts_.membership.renew();
    if (renewed) return {};
    const ErrorId why = renewed.error().id;
    if (why == ErrorId::agent_revoked || parts_.membership.expired()) return renewed;
    return {};
}

Result<Bytes> Syncer::body_or_word(Result<HttpAnswer> answer) {
    constexpr int kGone = 410;
    if (answer && answer->status == kGone) return parts_.membership.take_word(answer->body);
    return body_of(std::move(answer));
}

Result<void> Syncer::contact(Run& run, bool carry_wanted) {
    ZIGE_TRY(hub, parts_.transports.connect(
                      {enrolment_.hub_url, parts_.replica.trust()->tls_ca, parts_.membership.certificate()}));
    run.hub = std::move(hub);
    auto end = rounds(run, carry_wanted);
    keep_first(end, settle(run));
    add(run.report.traffic, *run.hub);
    return end;
}

/// The hub may have another TLS authority since we last heard it. Any peer is talked to: a document is taken only from
/// the root keys (TRUST-1). True: there was a newer one.
Result<bool> Syncer::catch_up_trust(Run& run) {
    const std::uint32_t before = parts_.replica.trust()->version;
    ZIGE_TRY(hub, parts_.transports.connect({enrolment_.hub_url, {}, {}}));
    const auto end = fetch_trust(*hub);
    add(run.report.traffic, *hub);
    if (!end) return end.error();
    return parts_.replica.trust()->version > before;
}

/// An answer holds at most so many documents: asks until nothing newer comes.
Result<void> Syncer::fetch_trust(Transport& hub) {
    for (std::uint32_t have = 0; have < parts_.replica.trust()->version;) {
        have = parts_.replica.trust()->version;
        ZIGE_TRY(body, body_of(hub.get("/v1/trust?from=" + std::to_string(have), kMaxTrustChainBytes)));
        ZIGE_TRY(chain, wire::decode_trust_chain(body));
        ZIGE_CHECK(parts_.replica.apply_trust(chain));
    }
    return {};
}

Result<bool> Syncer::must_carry() {
    if (!carried_since_start_ || snapshot_wanted_ || !parts_.replica.view()) return true;
    if (parts_.time.running() - status().last_carry >= kCarryAtLeastEvery) return true;
    const auto journal = parts_.journal.status();
    if (!journal.frozen && (journal.unheld > 0 || parts_.desk.waiting() > 0)) return true;
    ZIGE_TRY(staged, download_.staged());
    return staged != Hash256{};
}

Result<void> Syncer::rounds(Run& run, bool wanted) {
    if (!wanted) {
        ZIGE_TRY(must, must_carry());
        wanted = must;
    }
    if (!wanted) {
        ZIGE_TRY(news, poll(run));
        wanted = news;
    }
    for (int round = 0; wanted && round < kMaxRounds; ++round) {
        ZIGE_CHECK(carry(run));
        wanted = run.more;
    }
    run.report.more = wanted;
    return {};
}

/// True: there is something to fetch.
Result<bool> Syncer::poll(Run& run) {
    const auto view = parts_.replica.view();
    ++run.report.rounds;
    ZIGE_TRY(envelope, body_or_word(run.hub->get(head_path(view->state, view->copy->state_hash()), kMaxHeadBytes)));
    const auto seen = parts_.replica.apply_head(envelope);
    note_fork(seen);
    if (!seen && seen.error().id == ErrorId::wire_fork) return true;  // tells the hub, with what proves ours
    if (!seen && seen.error().id == ErrorId::wire_unknown_key)
        return true;  // keys were rotated: a carrying sync catches up
    if (!seen) return seen.error();
    return seen->newer_state || seen->newer_ineligible;
}

Result<void> Syncer::carry(Run& run) {
    run.more = false;
    const auto handed_before = parts_.journal.status().handed;
    ZIGE_TRY(bytes, request(run));
    ++run.report.rounds;
    auto answered = body_or_word(run.hub->post("/v1/sync", bytes, kMaxSyncAnswerBytes));
    // A chapter that the hub itself opened and lost: next time it gets its own word.
    if (!answered && answered.error().id == ErrorId::wire_bad_chain) lost_proof_ = kept_word();
    if (!answered) return std::move(answered).error();
    const Bytes& body = *answered;
    run.report.carried = true;
    ZIGE_TRY(answer, wire::decode_sync_answer(body));
    const auto taken = take_answer(run, answer);
    // A hub that does not know our state sends one that we refuse: first it gets the proof that it asked for.
    const bool proves_next = run.held && run.held->prove && !run.proved && parts_.replica.proof();
    if (!taken && !proves_next) return taken;
    const auto journal = parts_.journal.status();
    if (journal.unheld > 0 && journal.handed > handed_before) run.more = true;
    if (parts_.desk.unsent() > 0 && !journal.frozen) run.more = true;
    carried_since_start_ = true;
    const std::lock_guard lock(mutex_);
    status_.last_carry = parts_.time.running();
    return {};
}

Result<Bytes> Syncer::request(Run& run) {
    const auto view = parts_.replica.view();
    ZIGE_CHECK(parts_.journal.record_contact(parts_.random));  // on disk before the upload
    ZIGE_CHECK(parts_.journal.sign_pending());
    const auto journal = parts_.journal.status();
    wire::SyncRequest request;
    request.agent = journal.agent;
    request.chapter = journal.chapter;
    request.institution = enrolment_.answer.institution;
    if (view) {
        request.epoch = view->state.epoch;
        request.seq = view->state.seq;
        if (!snapshot_wanted_) request.state_hash = view->copy->state_hash();
    }
    ZIGE_TRY(staged, download_.staged());
    request.staged = staged;
    request.ineligible_version = whole_region_wanted_ ? 0 : parts_.replica.ineligible_version();
    request.trust_version = parts_.replica.trust()->version;
    request.journal_size = journal.size;
    request.journal_hash = journal.hash;
    request.times = parts_.time.times();
    const auto clock = parts_.time.status();
    request.health = {parts_.software,
                      clock.suspect,
                      clock.unknown,
                      static_cast<std::uint32_t>(journal.unheld),
                      static_cast<std::uint32_t>(parts_.desk.waiting()),
                      journal.anchor_ahead || parts_.time.copy_put_back(journal.chapter),
                      journal.disk_rolls_back || parts_.fleeting_disk,
                      parts_.membership.certificate_until()};
    ZIGE_TRY(segments, parts_.journal.next_segments(kMaxSegmentsPerSync));
    request.segments = std::move(segments);
    for (const auto& segment : request.segments) run.report.entries_sent += segment.entries.size();
    if (proof_wanted_ || snapshot_wanted_) {  // SYNC-10; a snapshot would take from us what only we may hold (P5)
        request.proof = parts_.replica.proof();
        run.proved = run.proved || request.proof.has_value();
    }
    if (!request.proof && !snapshot_wanted_) request.proof = lost_proof_;
    ZIGE_TRY(filings, parts_.desk.take_outgoing(kFilingsPerRequest));
    request.filings = std::move(filings);
    return wire::seal_envelope({parts_.replica.trust()->hub_id, MessageType::sync_request}, wire::encode(request),
                               kid_of(journal.agent), parts_.signer, parts_.crypto.compressor);
}

/// Trust first, for it may carry the key that signed the rest. A part that is refused does not hold up the others.
Result<void> Syncer::take_answer(Run& run, const wire::SyncAnswer& answer) {
    Result<void> first = parts_.replica.apply_trust(answer.trust);
    keep_first(first, take_held(run, answer.held));
    keep_first(first, take_institution(run, answer));
    if (answer.ineligible) keep_first(first, take_ineligible(run, *answer.ineligible));
    if (run.held)
        keep_first(first, parts_.replica.note_current(run.held->state_hash, run.held->hub_time,
                                                      {MessageType::held, answer.held}));
    // SYNC-10: a large copy that nothing small names yet; asked again at once, while whoever sent it still knows it.
    run.more = run.more || (run.report.copy_changed && !parts_.replica.proof());
    keep_first(first, parts_.desk.refresh());
    if (run.held && run.held->hand_in) keep_first(first, hand_in(run));
    return first;
}

/// REC-2, once in a call: what we hold is all that is left of what the hub lost.
Result<void> Syncer::hand_in(Run& run) {
    if (run.report.copy_handed_in) return {};
    const AgentId agent = parts_.journal.status().agent;
    const auto held_here = parts_.replica.hand_in(agent);
    if (!held_here && held_here.error().id == ErrorId::agent_no_copy) return want_snapshot(run);
    if (!held_here) return held_here.error();
    const wire::CopyHandIn& copy = *held_here;
    ZIGE_TRY(envelope, wire::seal_envelope({parts_.replica.trust()->hub_id, MessageType::hand_in}, wire::encode(copy),
                                           kid_of(agent), parts_.signer, parts_.crypto.compressor));
    const auto taken = body_of(run.hub->post("/v1/copy", envelope, kMaxHeadBytes));
    if (!taken && taken.error().id == ErrorId::wire_unknown_key) return want_snapshot(run);  // of a revoked key
    if (!taken) return taken.error();
    run.report.copy_handed_in = true;
    run.more = true;  // now it publishes
    return {};
}

/// Nothing proves what we hold: the hub gets nothing from us, and what we hold still counts here (REC-2, REC-5).
Result<void> Syncer::want_snapshot(Run& run) {
    run.more = !std::exchange(snapshot_wanted_, true);
    return {};
}

Result<void> Syncer::take_held(Run& run, ByteView envelope) {
    ZIGE_TRY(opened, parts_.replica.open_signed(MessageType::held, envelope, kMaxHeldBytes));
    ZIGE_TRY(held, wire::decode_held(opened.payload));
    ZIGE_CHECK(parts_.time.accept(held.hub_time, opened.key));
    ZIGE_CHECK(parts_.membership.heard(held.hub_time));
    auto noted = parts_.journal.note_held(held, parts_.desk.changed_by(held.results));
    if (!noted && noted.error().id != ErrorId::journal_forked) return noted;
    if (noted) ZIGE_CHECK(keep_word(run, envelope));
    run.report.results.insert(run.report.results.end(), held.results.begin(), held.results.end());
    run.report.next_contact = held.next_contact;
    proof_wanted_ = held.prove;
    if (held.prove && !run.proved && !parts_.replica.proof()) ZIGE_CHECK(want_snapshot(run));  // SYNC-10
    else run.more = run.more || (held.prove && !run.proved);
    if (held.open_chapter) {
        noted = parts_.journal.open_chapter(*held.open_chapter, parts_.software);
        run.more = run.more || noted.ok();
    }
    run.held = std::move(held);
    return noted;
}

/// P5: the newest word about how much of our journal the hub holds; an older one stands as long as the hub holds less
/// than it says.
Result<void> Syncer::keep_word(Run& run, ByteView envelope) {
    const std::uint64_t lost = parts_.journal.status().hub_lost;
    run.report.hub_lost = std::max(run.report.hub_lost, lost);
    if (lost == 0) {
        lost_proof_.reset();
        return parts_.files.write(parts_.folder.held(), envelope);
    }
    if (lost_proof_) return {};
    lost_proof_ = kept_word();
    run.more = true;  // the proof, and the entries again
    return {};
}

std::optional<wire::StateProof> Syncer::kept_word() const {
    auto envelope = parts_.files.read(parts_.folder.held(), kMaxHeldBytes);
    if (!envelope) return std::nullopt;
    return wire::StateProof{MessageType::held, *std::move(envelope)};
}

Result<void> Syncer::take_institution(Run& run, const wire::SyncAnswer& answer) {
    if (answer.institution_type == MessageType::manifest) return take_blob(run, answer.institution);
    ZIGE_CHECK(download_.drop());               // whatever was under way is not what the hub gives now
    if (answer.institution.empty()) return {};  // REC-1: the hub recovers; the copy stays
    if (answer.institution_type == MessageType::head) return take_head(run, answer.institution);
    return take_delta(run, answer.institution);
}

Result<void> Syncer::take_head(Run& run, ByteView envelope) {
    const auto seen = parts_.replica.apply_head(envelope);
    note_fork(seen);
    if (!seen) return seen.error();
    run.more = run.more || seen->newer_state;  // published while we were asking
    return {};
}

Result<void> Syncer::take_delta(Run& run, ByteView envelope) {
    auto applied = parts_.replica.apply_delta(envelope);
    note_fork(applied);
    if (!applied) {
        const ErrorId id = applied.error().id;
        snapshot_wanted_ = id == ErrorId::wire_gap || id == ErrorId::wire_bad_root || id == ErrorId::copy_bad_record;
        return std::move(applied).error();
    }
    snapshot_wanted_ = false;
    run.report.copy_changed = true;
    run.report.records += applied->records;
    run.report.patches += applied->patches;
    // A blob may be older than what the hub has by now.
    run.more = run.more || (run.held && run.held->state_hash != parts_.replica.view()->copy->state_hash());
    return {};
}

Result<void> Syncer::take_blob(Run& run, ByteView manifest_envelope) {
    ZIGE_TRY(manifest, parts_.replica.check_manifest(manifest_envelope));
    ZIGE_CHECK(download_.begin(manifest));
    ZIGE_TRY(progress, download_.fetch(*run.hub, kMaxChunksPerSync));
    run.report.download = progress;
    if (progress.have < progress.chunks) {
        run.more = true;
        return {};
    }
    ZIGE_TRY(blob, download_.take());
    auto taken = take_delta(run, blob);
    if (taken || taken.error().code() != Errc::io) ZIGE_CHECK(download_.drop());
    return taken;
}

Result<void> Syncer::take_ineligible(Run& run, ByteView envelope) {
    auto taken = parts_.replica.apply_ineligible(envelope);
    const bool foreign =
        !taken && (taken.error().id == ErrorId::wire_bad_hash || taken.error().id == ErrorId::wire_gap);
    if (foreign && !std::exchange(whole_region_wanted_, true)) {  // step 8: of another past; ask for the whole
        run.more = true;
        return {};
    }
    if (!taken) return std::move(taken).error();
    whole_region_wanted_ = false;
    const Applied& applied = *taken;
    run.report.copy_changed = run.report.copy_changed || applied.copy_changed;
    return {};
}

/// What is worth keeping after any contact: the time that was learnt, and how far the journal had come.
Result<void> Syncer::settle(Run& run) {
    ZIGE_CHECK(parts_.time.tick(true));
    if (!run.report.carried) return {};
    ZIGE_CHECK(parts_.journal.write_anchor(parts_.random));
    parts_.time.anchored();
    return {};
}

void Syncer::fill(SyncReport& report) const {
    if (const auto view = parts_.replica.view()) report.seq_after = view->state.seq;
    report.trust_version = parts_.replica.trust()->version;
    report.ineligible_version = parts_.replica.ineligible_version();
    const Journal::Status journal = parts_.journal.status();
    report.frozen = journal.frozen;
    report.anchor_ahead = journal.anchor_ahead;
    report.copy_put_back = parts_.time.copy_put_back(journal.chapter);
}

void Syncer::note_end(const Result<void>& end, const SyncReport& report) {
    const std::lock_guard lock(mutex_);
    if (end) {
        status_.last_contact = parts_.time.running();
        status_.last_error.reset();
        status_.failures = 0;
    } else {
        status_.last_error = end.error();
        ++status_.failures;
    }
    if (report.next_contact != Instant{}) status_.next_contact = report.next_contact;
}

Syncer::Status Syncer::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

std::chrono::seconds Syncer::retry_after() {
    const int doublings = std::clamp(status().failures - 1, 0, 16);
    const auto wait = std::min(kLastRetry, kFirstRetry * (1 << doublings));
    std::array<std::byte, 2> random{};
    parts_.random.fill(random);
    const auto part = std::to_integer<unsigned>(random[0]) << 8U | std::to_integer<unsigned>(random[1]);
    return wait + wait * part / 65536 / 2;
}

}  // namespace zige::agent

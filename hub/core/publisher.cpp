#include "hub/core/publisher.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/incidents.h"
#include "hub/core/records.h"
#include "hub/core/region.h"

namespace zige::hub {

Result<void> Change::log(LogEvent event) {
    event.at = now_;
    event.actor = actor_;
    auto tip = log_.append(tx_, std::move(event));
    if (!tip.ok()) return tip.error();
    return {};
}

Publisher::Publisher(const Environment& env, const Trust& trust, WitnessFile& witness, ClockGuard& clock)
    : env_(env),
      trust_(trust),
      witness_(witness),
      clock_(clock),
      log_(env.hasher),
      records_(std::make_unique<Records>(env_, log_, trust_)) {}
Publisher::~Publisher() = default;

Result<Witness> Publisher::as_stored(Tx& tx) const {
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    ZIGE_TRY(publish, get_number(tx, HubValue::publish));
    ZIGE_TRY(tip, log_.tip(tx));
    ZIGE_TRY(entries, get_number(tx, HubValue::entries));
    return Witness{Epoch{static_cast<std::uint32_t>(epoch)}, publish, tip, entries};
}

namespace {

/// The path of a file says little to an operator; that it is the witness says all.
Result<void> named_witness(Result<void> written, const char* outcome) {
    if (written.ok()) return written;
    const Error& error = written.error();
    return fail(error.id, "witness", error.field + ": " + error.detail + "; " + outcome);
}

Error behind(const Witness& stored, const Witness& seen) {
    return fail(ErrorId::hub_behind_witness, "database",
                "publish " + std::to_string(stored.publish_number) + ", log " + std::to_string(stored.log.number) +
                    ", journal entries " + std::to_string(stored.entries) + "; witness: publish " +
                    std::to_string(seen.publish_number) + ", log " + std::to_string(seen.log.number) +
                    ", journal entries " + std::to_string(seen.entries));
}

/// The way out: what agents hold says how far it was (REC-6).
constexpr const char* kNoWitness =
    "没有此文件。先查清见证磁盘是否挂上；确已丢失则执行 zige-hub recover there is none: see that its disk is "
    "mounted; if it is lost, run zige-hub recover";

}  // namespace

Result<void> Publisher::start() {
    const std::scoped_lock lock(mutex_);
    auto compared = compare_with_witness();
    if (compared.ok()) started_ = true;
    else stop(compared.error());
    return compared;
}

Result<void> Publisher::compare_with_witness() {
    ZIGE_TRY(seen, witness_.read());
    if (!seen) return fail(ErrorId::witness_unreadable, "witness", kNoWitness);
    Witness stored;
    std::optional<Hash256> at_seen_tip;
    std::optional<Bytes> recovered_from;
    auto read = env_.store.read([&](Tx& tx) -> Result<void> {
        ZIGE_TRY(now, as_stored(tx));
        ZIGE_TRY(hash, log_.hash_at(tx, seen->log.number));
        ZIGE_TRY(recovered, get_bytes(tx, HubValue::recovery_witness));
        stored = now;
        at_seen_tip = hash;
        recovered_from = recovered;
        return {};
    });
    if (!read.ok()) return read;
    // The power went after a recovery was committed and before its witness was written: it is the witness that it
    // found.
    const bool known_loss = recovered_from && *recovered_from == to_bytes(ByteView(seen->log.hash));
    const bool same_log = known_loss || seen->log.number == 0 || (at_seen_tip && *at_seen_tip == seen->log.hash);
    const bool lost_entries = !known_loss && stored.entries < seen->entries;
    if (stored.epoch < seen->epoch || stored.publish_number < seen->publish_number || !same_log || lost_entries)
        return behind(stored, *seen);  // P5: an old backup says so
    // A crash between commit and witness leaves the witness behind: nothing of that was served yet.
    if (stored != *seen) ZIGE_CHECK(witness_.write(stored));
    written_ = stored;
    visible_ = stored.publish_number;
    return {};
}

Result<std::uint64_t> Publisher::visible() const {
    if (!started_) return why_stopped();
    return visible_.load();
}

Result<void> Publisher::make_states(Change& change, Published& published) {
    for (const std::string& institution : change.touched()) {
        ZIGE_TRY(changed, records_->publish(change, institution));
        if (changed) published.institutions.push_back(institution);
    }
    bool region_changed = false;
    if (change.region()) {
        ZIGE_TRY(remade, Region(env_.hasher).remake(change, log_));
        region_changed = remade;
    }
    if (!published.institutions.empty()) published.seq = change.seq();
    if (!published.institutions.empty() || region_changed)
        ZIGE_CHECK(set_number(change.tx(), HubValue::publish, change.seq().value));
    ZIGE_TRY(version, get_number(change.tx(), HubValue::ineligible_version));
    published.ineligible_version = static_cast<std::uint32_t>(version);
    return {};
}

Result<Instant> Publisher::ready_to_change() {
    if (!started_) return why_stopped();
    if (unwritten_) ZIGE_CHECK(show(Witness(*unwritten_)));
    const auto now = clock_.now();
    if (!now.ok()) {
        ZIGE_CHECK(log_refusal());
        return now.error();
    }
    refusal_logged_ = false;
    return *now;
}

Result<Published> Publisher::change_at(Instant now, const std::string& actor, const Work& work,
                                       const Prepare& prepare) {
    Waiting alone{actor, work};
    commit(now, {&alone}, prepare);
    return outcome_of(alone);
}

void Publisher::commit(Instant now, const Batch& batch, const Prepare& prepare) {
    const auto done = in_one_transaction(now, batch, prepare);
    if (done.ok()) return;
    for (Waiting* each : batch)
        if (!each->judged()) each->outcome = done.error();
}

Result<void> Publisher::in_one_transaction(Instant now, const Batch& batch, const Prepare& prepare) {
    const auto note = clock_.due(std::chrono::seconds{1});
    Shared shared{now, trust_version_};
    Witness witness;
    std::unique_lock<std::shared_mutex> commit(commit_, std::defer_lock);
    auto committed = env_.store.write([&](Tx& tx) -> Result<void> {
        if (prepare) ZIGE_CHECK(prepare(tx));
        if (note) {
            Change noting(tx, log_, batch.front()->actor, now, 0);
            ZIGE_CHECK(write_note(noting, *note));
        }
        ZIGE_CHECK(run_all(tx, batch, shared));
        ZIGE_TRY(stored, as_stored(tx));
        witness = stored;
        if (witness.publish_number == visible_) return {};  // no state changes: readers go on
        ZIGE_CHECK(named_witness(witness_.write(written_), "nothing was changed"));
        const std::scoped_lock turn(turn_);
        commit.lock();
        return {};
    });
    if (!committed.ok()) return committed;
    trust_version_ = shared.trust_version;
    if (shared.stop) stop(*shared.stop);
    if (note) clock_.noted(*note);
    if (witness.publish_number == visible_) {
        if (note) note_witness(witness);
        return {};
    }
    return named_witness(show(witness),
                         "变更已记录，见证文件可写后即发布 the change IS recorded, and is published as soon as "
                         "the witness can be written");
}

Result<void> Publisher::check_witness() {
    const std::scoped_lock lock(mutex_);
    if (!started_) return stopped_;
    if (unwritten_) return show(Witness(*unwritten_));
    return witness_.write(written_);
}

Result<void> Publisher::show(const Witness& witness) {
    unwritten_ = witness;
    ZIGE_CHECK(witness_.write(witness));  // before anybody is served the new states
    written_ = witness;
    visible_ = witness.publish_number;
    unwritten_.reset();
    return {};
}

namespace {

LogEvent about_clock(HubEvent kind, const ClockGuard::Jump& jump) {
    LogEvent event;
    event.event = kind;
    event.body.add("expected", format(jump.expected)).add("wall", format(jump.wall));
    return event;
}

}  // namespace

Result<void> Publisher::write_note(Change& change, const ClockGuard::Note& note) const {
    if (note.jump) {
        LogEvent event = about_clock(HubEvent::clock_jumped, *note.jump);
        event.body.add("rebooted", note.jump->rebooted ? "yes" : "no");
        ZIGE_CHECK(change.log(std::move(event)));
    }
    return set_bytes(change.tx(), HubValue::clock, note.value);
}

/// Once for each time that the clock goes wrong, at the last time that was given out.
Result<void> Publisher::log_refusal() {
    const ClockGuard::Status status = clock_.status();
    if (refusal_logged_ || !status.jump) return {};
    auto logged = env_.store.write([&](Tx& tx) -> Result<void> {
        Change change(tx, log_, "hub", status.running, 0);
        ZIGE_CHECK(change.log(about_clock(HubEvent::clock_refused, *status.jump)));
        Fields evidence;
        evidence.add("expected", format(status.jump->expected))
            .add("wall", format(status.jump->wall))
            .add("rebooted", status.jump->rebooted ? "yes" : "no");
        auto opened = open_incident(change, {IncidentKind::clock_jump_refused, {}, {}, {}}, evidence);
        return opened.ok() ? Result<void>() : opened.error();
    });
    refusal_logged_ = logged.ok();
    return logged;
}

void Publisher::keep_time() {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || !started_) return;
    const auto note = clock_.due(kKeepClockEvery);
    if (!note || note->jump) return;  // a jump goes into the log with the next change
    const auto kept =
        env_.store.write([&](Tx& tx) -> Result<void> { return set_bytes(tx, HubValue::clock, note->value); });
    if (!kept.ok()) return;  // it is still due
    clock_.noted(*note);
    refresh_witness();
}

/// What no state shows, a log line or a journal, is in the witness within a minute: with each change it would cost every
/// sync a file of its own. A failure is met again by the next change.
void Publisher::refresh_witness() {
    Witness stored;
    const auto read = env_.store.read([&](Tx& tx) -> Result<void> {
        ZIGE_TRY(now, as_stored(tx));
        stored = now;
        return {};
    });
    if (read.ok() && stored.publish_number == visible_) note_witness(stored);
}

void Publisher::note_witness(const Witness& stored) {
    if (stored != written_ && !unwritten_ && witness_.write(stored).ok()) written_ = stored;
}

Result<void> Publisher::confirm_clock(const std::string& actor, const std::string& reason) {
    const std::scoped_lock lock(mutex_);
    if (unwritten_) ZIGE_CHECK(show(Witness(*unwritten_)));
    const ClockGuard::Status status = clock_.status();
    const auto before = clock_.confirm();
    auto done = confirm_at(status.wall, actor, [&](Change& change) -> Result<void> {
        const ClockGuard::Jump jump = status.jump.value_or(ClockGuard::Jump{status.running, status.wall, false});
        LogEvent event = about_clock(HubEvent::clock_confirmed, jump);
        event.body.add("reason", reason);
        ZIGE_CHECK(change.log(std::move(event)));
        return close_incidents(change, IncidentKind::clock_jump_refused, reason);
    });
    if (done.ok()) refusal_logged_ = false;
    else clock_.undo(before);
    return done;
}

/// A hub that is stopped publishes nothing, but its recovery needs the time.
Result<void> Publisher::confirm_at(Instant now, const std::string& actor, const Work& work) {
    if (started_) {
        auto done = change_at(now, actor, work);
        return done.ok() ? Result<void>() : done.error();
    }
    const auto note = clock_.due(kKeepClockEvery);
    auto done = env_.store.write([&](Tx& tx) -> Result<void> {
        Change change(tx, log_, actor, now, 0);
        if (note) ZIGE_CHECK(write_note(change, *note));
        return work(change);
    });
    if (done.ok() && note) clock_.noted(*note);
    return done;
}

void Publisher::stop(const Error& why) {
    const std::scoped_lock lock(stopped_mutex_);
    stopped_ = why;
    started_ = false;
}

Error Publisher::why_stopped() const {
    const std::scoped_lock lock(stopped_mutex_);
    return stopped_;
}

std::optional<Error> Publisher::stopped() const {
    const std::scoped_lock lock(stopped_mutex_);
    return started_ ? std::nullopt : std::optional<Error>(stopped_);
}

/// Epoch and publish number above everything that was ever seen; more than one step only by root (STATE-4).
Result<void> Publisher::prepare_restart(Tx& tx, const Restart& seen, const std::optional<Witness>& witness) const {
    ZIGE_TRY(stored, as_stored(tx));
    std::uint32_t epoch = std::max(stored.epoch, seen.epoch).value;
    std::uint64_t publish = std::max(stored.publish_number, seen.publish_number);
    if (witness) {
        epoch = std::max(epoch, witness->epoch.value);
        publish = std::max(publish, witness->publish_number);
        ZIGE_CHECK(set_bytes(tx, HubValue::recovery_witness, witness->log.hash));
    }
    ZIGE_CHECK(set_number(tx, HubValue::epoch, seen.by_root ? seen.by_root->value : epoch + 1));
    return set_number(tx, HubValue::publish, publish);
}

Result<Published> Publisher::restart(const std::string& actor, const Restart& seen, const Work& work) {
    const std::scoped_lock lock(mutex_);
    if (started_) return fail(ErrorId::hub_not_recovering, "hub", "it publishes");
    ZIGE_TRY(now, clock_.now());
    const auto read = witness_.read();  // gone or damaged: the database and the agents say how far it was
    const std::optional<Witness> witness = read.ok() ? *read : std::nullopt;
    auto done = change_at(now, actor, work, [&](Tx& tx) { return prepare_restart(tx, seen, witness); });
    if (!done.ok()) return done;
    const std::scoped_lock stopping(stopped_mutex_);
    started_ = true;
    return done;
}

Result<void> Publisher::rise_above(Seq seq) {
    const std::scoped_lock lock(mutex_);
    if (!started_) return why_stopped();
    if (unwritten_) ZIGE_CHECK(show(Witness(*unwritten_)));
    if (seq.value <= visible_) return {};
    auto raised =
        env_.store.write([&](Tx& tx) -> Result<void> { return set_number(tx, HubValue::publish, seq.value); });
    if (!raised.ok()) return raised;
    visible_ = seq.value;
    return {};
}

}  // namespace zige::hub

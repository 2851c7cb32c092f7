#include "agent/core/agent.h"

#include <chrono>
#include <sstream>

#include "agent/core/anchor.h"
#include "shared/domain/freshness.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"

namespace zige::agent {

struct Agent::Core {
    Enrolment enrolment;
    std::unique_ptr<Signer> signer;
    std::unique_ptr<Replica> replica;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<VisitBook> visits;
    std::unique_ptr<Gate> gate;
    std::unique_ptr<Followup> followup;
    std::unique_ptr<Membership> membership;
    std::unique_ptr<Syncer> syncer;
};

Agent::Agent(const Ports& ports, const Options& options) : ports_(ports), options_(options) {}
Agent::~Agent() = default;

Result<std::unique_ptr<Agent>> Agent::open(const Ports& ports, const Options& options) {
    auto agent = std::make_unique<Agent>(ports, options);
    const auto anchor = read_anchor(ports.files, options.anchor);
    ZIGE_TRY(time, TimeGuard::open(ports.clock, ports.replica_store, anchor ? anchor->running : Instant{}));
    agent->time_ = std::move(time);
    auto enrolment = load_enrolment(ports.files, options.folder.enrolment());
    if (enrolment) ZIGE_CHECK(agent->start(*enrolment));
    else if (enrolment.error().id != ErrorId::agent_not_enrolled) return std::move(enrolment).error();
    return agent;
}

Result<Predecessor> Agent::hand_over() {
    ZIGE_TRY(core, this->core());
    ZIGE_CHECK(core->journal->sign_pending());
    const auto word = core->membership->revoked();
    return Predecessor{core->enrolment.answer.agent,
                       word ? word->replaced_by : AgentId{},
                       core->signer->public_key(),
                       ports_.journal_store,
                       ports_.files,
                       options_.folder.revocation()};
}

Result<void> Agent::enrol(const Slip& slip, const Predecessor* before) {
    const std::lock_guard lock(enrolling_);
    if (enrolled()) return fail(ErrorId::enrol_already);
    Enroller enroller(ports_.transports, ports_.keys, ports_.crypto);
    ZIGE_TRY(done, enroller.enrol(slip));
    ZIGE_CHECK(enrolled_by(done.enrolment, done.signed_by, before));
    return ports_.files.remove(options_.folder.pending_enrolment());  // whoever asked by file before has his answer
}

Result<void> Agent::enrolled_by(const Enrolment& enrolment, const wire::OnlineKey& signed_by,
                                const Predecessor* before) {
    ZIGE_CHECK(time_->accept(enrolment.answer.hub_time, signed_by));
    // First the journal: until the enrolment is on disk the call is repeated, with the same keys and token.
    if (before != nullptr) ZIGE_CHECK(take_over(*before, ports_.journal_store, enrolment.answer));
    ZIGE_CHECK(save_enrolment(ports_.files, options_.folder.enrolment(), enrolment));
    ZIGE_CHECK(time_->tick(true));
    return start(enrolment);
}

Result<Bytes> Agent::request_enrolment(const Slip& slip, std::span<const Bytes> trust) {
    const std::lock_guard lock(enrolling_);
    if (enrolled()) return fail(ErrorId::enrol_already);
    return FileEnroller(ports_.files, ports_.keys, ports_.crypto, options_.folder).request(slip, trust);
}

Result<void> Agent::enrol(ByteView answer, const Predecessor* before) {
    const std::lock_guard lock(enrolling_);
    FileEnroller enroller(ports_.files, ports_.keys, ports_.crypto, options_.folder);
    ZIGE_TRY(waits, enroller.pending());
    if (enrolled() && !waits) return fail(ErrorId::enrol_already);
    ZIGE_TRY(opened, enroller.open(answer));
    if (!enrolled()) ZIGE_CHECK(enrolled_by(opened.enrolment, opened.signed_by, before));
    ZIGE_TRY(core, this->core());
    if (core->enrolment.answer.agent != opened.enrolment.answer.agent) return fail(ErrorId::enrol_already);
    ZIGE_CHECK(take_first_copy(*core, opened.reply));
    return enroller.forget();
}

/// As a sync would take it (SPEC.md, the agent's steps 1 to 8), but that each part must be good.
Result<void> Agent::take_first_copy(Core& core, const wire::EnrolReply& reply) {
    Replica& replica = *core.replica;
    ZIGE_CHECK(replica.apply_trust(reply.trust));
    const auto taken = [](const Result<Applied>& done) -> Result<void> {
        if (done || done.error().id == ErrorId::wire_replayed) return {};  // power went after it was taken
        return done.error();
    };
    ZIGE_CHECK(taken(replica.apply_delta(reply.institution)));
    if (reply.ineligible) ZIGE_CHECK(taken(replica.apply_ineligible(*reply.ineligible)));
    ZIGE_TRY(opened, replica.open_signed(MessageType::held, reply.held, kMaxHeldBytes));
    ZIGE_TRY(held, wire::decode_held(opened.payload));
    if (held.agent != core.enrolment.answer.agent)
        return fail(ErrorId::enrol_other_request, "reply.held", "agent " + std::to_string(held.agent.value));
    ZIGE_CHECK(time_->accept(held.hub_time, opened.key));
    return replica.note_current(held.state_hash, held.hub_time, {MessageType::held, reply.held});
}

Result<void> Agent::start(const Enrolment& enrolment) {
    auto core = std::make_unique<Core>();
    core->enrolment = enrolment;
    ZIGE_TRY(signer, ports_.keys.signer());
    core->signer = std::move(signer);
    ZIGE_TRY(replica, open_replica(enrolment));
    core->replica = std::move(replica);
    if (const auto view = core->replica->view()) time_->remember(view->as_of);
    ZIGE_TRY(journal,
             Journal::open({ports_.journal_store, ports_.crypto, *time_, ports_.files, *core->signer, options_.anchor},
                           enrolment.answer.agent, enrolment.answer.chapter, options_.software));
    core->journal = std::move(journal);
    const Journal::Status end = core->journal->status();
    if (const auto last = core->journal->entry(end.chapter, end.size); last.ok())
        time_->compare(last->times.trusted, end.chapter);
    ZIGE_TRY(desk, Desk::open({*core->journal, *core->replica, *time_, ports_.random, ports_.crypto, ports_.keys,
                               enrolment.answer.agent}));
    core->desk = std::move(desk);
    ZIGE_TRY(visits,
             VisitBook::open(ports_.journal_store, ports_.crypto.hasher,
                             VisitBook::secret(ports_.files, options_.folder.visit_secret(), ports_.random),
                             time_->running()));
    core->visits = std::move(visits);
    core->gate = std::make_unique<Gate>(*core->replica, *time_, *core->desk, *core->journal, *core->visits, ports_.crypto);
    core->followup = std::make_unique<Followup>(*core->journal, *time_);
    core->membership =
        std::make_unique<Membership>(Membership::Parts{*core->replica, *time_, ports_.transports, ports_.keys,
                                                       ports_.files, *core->signer, ports_.crypto, options_.folder},
                                     enrolment);
    core->syncer = std::make_unique<Syncer>(
        Syncer::Parts{*core->replica, *core->journal, *core->desk, *time_, *core->membership, ports_.transports,
                      ports_.files, ports_.random, *core->signer, ports_.crypto, options_.software, options_.folder,
                      options_.fleeting_disk},
        enrolment);
    owned_ = std::move(core);
    core_.store(owned_.get());
    return {};
}

/// A damaged copy is no loss: the hub has it. What it said is kept for the status.
Result<std::unique_ptr<Replica>> Agent::open_replica(const Enrolment& enrolment) {
    const auto open = [&] {
        return Replica::open(ports_.replica_store, ports_.crypto, *time_, enrolment.answer.institution,
                             enrolment.trust);
    };
    auto replica = open();
    if (replica || replica.error().code() != Errc::corrupt) return replica;
    copy_error_ = replica.error();
    ZIGE_CHECK(ports_.replica_store.reset());
    ZIGE_CHECK(time_->tick(true));
    return open();
}

Result<Agent::Core*> Agent::core() const {
    Core* const core = core_.load();
    if (core == nullptr) return fail(ErrorId::agent_not_enrolled);
    return core;
}

Result<Gate*> Agent::gate() {
    ZIGE_TRY(core, this->core());
    return core->gate.get();
}
Result<Desk*> Agent::desk() {
    ZIGE_TRY(core, this->core());
    return core->desk.get();
}
Result<Followup*> Agent::followup() {
    ZIGE_TRY(core, this->core());
    return core->followup.get();
}
Result<VisitBook*> Agent::visits() {
    ZIGE_TRY(core, this->core());
    return core->visits.get();
}
Result<Syncer*> Agent::syncer() {
    ZIGE_TRY(core, this->core());
    return core->syncer.get();
}
Result<Journal*> Agent::journal() {
    ZIGE_TRY(core, this->core());
    return core->journal.get();
}

Result<wire::Statement> Agent::add_statement(ByteView envelope) {
    ZIGE_TRY(core, this->core());
    return core->replica->add_statement(envelope);
}

namespace {

constexpr std::size_t kMaxPhoneFile = 128;
constexpr int kAttemptsInAnHour = 5;

}  // namespace

std::string Agent::to_text(const PhoneCodes& codes) {
    return std::to_string(codes.serial) + " " + std::to_string(codes.attempts) + " " + std::to_string(codes.hour);
}

Result<Instant> Agent::prolong(std::string_view code) {
    ZIGE_TRY(core, this->core());
    ZIGE_TRY(loaded, phone_codes());
    PhoneCodes codes = loaded;
    const auto hour = std::chrono::floor<std::chrono::hours>(time_->running().time_since_epoch()).count();
    if (codes.hour != hour) codes = {codes.serial, 0, hour};
    if (codes.attempts >= kAttemptsInAnHour)  // PHONE-3
        return fail(ErrorId::api_overloaded, "code", std::to_string(kAttemptsInAnHour) + " wrong codes in an hour");
    const auto key = phone_key(*core);
    if (!key) return key.error();
    const auto granted = wire::read_prolongation(*key, code, codes.serial, ports_.crypto.hasher);
    if (!granted) {
        if (granted.error().id != ErrorId::phone_code_misheard) ++codes.attempts;
        ZIGE_CHECK(ports_.files.write(options_.folder.phone_codes(), as_bytes(to_text(codes))));
        return granted.error();
    }
    codes.serial = granted->serial;
    // Used up before it counts (PHONE-4), and in the journal (PHONE-8).
    ZIGE_CHECK(ports_.files.write(options_.folder.phone_codes(), as_bytes(to_text(codes))));
    ZIGE_CHECK(core->journal->record_phone_code({granted->serial, static_cast<std::uint32_t>(granted->days)}));
    Instant until = time_->running() + std::chrono::days{granted->days};
    if (const auto view = core->replica->view(); view && view->prolonged_until)
        until = std::max(until, *view->prolonged_until);  // a second code takes nothing back
    ZIGE_CHECK(core->replica->prolong(until));
    return until;
}

Result<Agent::PhoneCodes> Agent::phone_codes() {
    auto stored = ports_.files.read(options_.folder.phone_codes(), kMaxPhoneFile);
    if (!stored && stored.error().id == ErrorId::file_not_found) return PhoneCodes{};
    if (!stored) return std::move(stored).error();
    PhoneCodes codes;
    std::istringstream in{std::string(as_text(*stored))};
    in >> codes.serial >> codes.attempts >> codes.hour;
    return codes;
}

/// Of this agent and the hub, under the trust document that is held (PHONE-2).
Result<Hash256> Agent::phone_key(Core& core) {
    const auto trust = core.replica->trust();
    ZIGE_TRY(own, ports_.keys.unsealer());
    return wire::phone_key({trust->hub_id, core.enrolment.answer.agent, trust->version}, *own, trust->sealing_key);
}

std::shared_ptr<const View> Agent::view() const {
    const Core* const core = core_.load();
    return core == nullptr ? nullptr : core->replica->view();
}

Status Agent::status() const {
    Status status;
    status.time = time_->status();
    status.copy_error = copy_error_;
    const Core* const core = core_.load();
    if (core == nullptr) return status;
    status.enrolled = true;
    status.hub_url = core->enrolment.hub_url;
    status.institution = core->enrolment.answer.institution;
    status.agent = core->enrolment.answer.agent;
    status.replaces = core->enrolment.answer.replaces;
    status.trust_version = core->replica->trust()->version;
    status.ineligible_version = core->replica->ineligible_version();
    status.journal = core->journal->status();
    status.copy_put_back = time_->copy_put_back(status.journal.chapter);
    status.disk_rolls_back = options_.fleeting_disk || status.journal.disk_rolls_back;
    status.filings_waiting = core->desk->waiting();
    status.duties_due = core->desk->duties_due();
    status.answers_late = core->desk->answers_late();
    status.filings_refused = core->desk->refused();
    status.sync = core->syncer->status();
    status.certificate_until = core->membership->certificate_until();
    status.revoked = core->membership->revoked();
    if (const auto view = core->replica->view()) describe(status, *view);
    return status;
}

void Agent::describe(Status& status, const View& view) const {
    const InstitutionRecord& institution = view.copy->institution();
    status.has_copy = true;
    status.institution_name = institution.name;
    status.epoch = view.state.epoch;
    status.seq = view.state.seq;
    status.state_hash = view.copy->state_hash();
    status.mode = institution.mode;
    status.mode_until = institution.mode_until;
    status.people = view.copy->people();
    status.copies_before = view.copies_before;
    status.statements = view.statements;
    status.prolonged_until = view.prolonged_until;
    status.as_of = view.as_of;
    Moment now = time_->moment(view.as_of);
    now.prolonged_until = view.prolonged_until;
    const CopyAge age = age_of_copy(now.wall, now, view.copy->limits(), view.copy->calendar());
    status.freshness = age.grade;
    status.age = age.age;
}

Result<void> Agent::tick() {
    const Instant now = time_->running();
    const bool minute = now - anchored_at_ >= kPersistEvery;
    ZIGE_CHECK(settle(minute));
    return {};
}

Result<void> Agent::close() { return settle(true); }

Result<void> Agent::settle(bool minute) {
    ZIGE_CHECK(time_->tick(minute));
    const Core* const core = core_.load();
    if (core == nullptr) return {};
    ZIGE_CHECK(core->journal->sign_pending());
    if (!minute) return {};
    anchored_at_ = time_->running();
    ZIGE_CHECK(core->journal->write_anchor(ports_.random));
    time_->anchored();
    if (day_of(anchored_at_) == forgotten_on_) return {};
    ZIGE_CHECK(core->visits->forget_old(anchored_at_));
    forgotten_on_ = day_of(anchored_at_);
    return {};
}

}  // namespace zige::agent

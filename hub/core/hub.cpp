#include "hub/core/hub.h"

#include "hub/core/hub_values.h"
#include "hub/core/profile_shelf.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

constexpr std::size_t kSaltBytes = 32;

Result<void> first_values(const Environment& env, Tx& tx) {
    ZIGE_CHECK(set_number(tx, HubValue::epoch, 1));
    Bytes salt(kSaltBytes);
    env.random.fill(salt);
    return set_bytes(tx, HubValue::ineligible_salt, salt);
}

Result<void> log_start(Change& change, const InitOptions& options) {
    LogEvent initialised;
    initialised.event = HubEvent::hub_initialised;
    initialised.body.add("hub", options.hub_id).add("suite", to_string(options.suite));
    ZIGE_CHECK(change.log(std::move(initialised)));
    LogEvent trust;
    trust.event = HubEvent::trust_published;
    trust.body.add("version", std::int64_t{1});
    return change.log(std::move(trust));
}

}  // namespace

Hub::Hub(const Environment& env, const HubOptions& options)
    : env_(env), witness_(std::make_unique<WitnessFile>(env_.files, env_.hasher, options.witness)) {}
Hub::~Hub() = default;

Result<void> Hub::init(const Environment& env, const HubOptions& options, const InitOptions& init,
                       const Profile& profile, const Calendar& calendar, const std::vector<UndecidedValue>& undecided,
                       std::string_view profile_text) {
    WitnessFile witness(env.files, env.hasher, options.witness);
    ZIGE_TRY(seen, witness.read());
    if (seen) return fail(ErrorId::hub_already_initialised, "witness", options.witness.string());
    const HubLog log(env.hasher);
    LogTip tip;
    auto stored = env.store.write([&](Tx& tx) -> Result<void> {
        ZIGE_CHECK(Trust::init(env, tx, options.keys, init));
        ZIGE_CHECK(first_values(env, tx));
        Change change(tx, log, init.actor, env.clock.wall(), 0);
        ZIGE_CHECK(log_start(change, init));
        ZIGE_CHECK(Policy::adopt_in(change, env.hasher, profile, calendar, undecided, profile_text));
        ZIGE_TRY(last, log.tip(tx));
        tip = last;
        return {};
    });
    if (!stored.ok()) return stored.error();
    return witness.write({Epoch{1}, 0, tip});
}

Result<std::unique_ptr<Hub>> Hub::open(const Environment& env, const HubOptions& options) {
    std::unique_ptr<Hub> hub(new Hub(env, options));
    ZIGE_CHECK(hub->start_clock());
    ZIGE_TRY(trust, Trust::open(env, options.keys, *hub->clock_));
    hub->trust_ = std::move(trust);
    hub->publisher_ = std::make_unique<Publisher>(env, *hub->trust_, *hub->witness_, *hub->clock_);
    ZIGE_CHECK(hub->start_publisher());
    hub->rotation_ = std::make_unique<Rotation>(env, options.keys, *hub->trust_, *hub->publisher_);
    hub->policy_ = std::make_unique<Policy>(env, *hub->publisher_);
    hub->registry_ = std::make_unique<Registry>(env, *hub->trust_, *hub->publisher_);
    hub->sanctions_ = std::make_unique<Sanctions>(env, *hub->publisher_);
    hub->shelf_ = options.shelf ? options.shelf : std::make_shared<ProfileShelf>();
    hub->scoring_ = std::make_unique<Scoring>(env, *hub->publisher_, *hub->shelf_);
    hub->linked_sanctions_ = std::make_unique<LinkedSanctions>(env, *hub->publisher_, *hub->shelf_);
    hub->ledger_ = std::make_unique<Ledger>(env, *hub->shelf_);
    hub->case_acts_ = std::make_unique<ScoringActs>(env, *hub->scoring_, *hub->shelf_);
    hub->cases_ = std::make_unique<Cases>(env, *hub->publisher_, *hub->shelf_, *hub->case_acts_);
    hub->filed_cases_ = std::make_unique<CaseFilings>(env, *hub->cases_, *hub->shelf_);
    hub->enrolment_ = std::make_unique<Enrolment>(env, *hub->trust_, *hub->publisher_, options.enrolment);
    hub->agents_ = std::make_unique<AgentLife>(env, *hub->trust_, *hub->publisher_);
    hub->feed_ = std::make_unique<Feed>(env, *hub->trust_, *hub->publisher_, options.feed);
    hub->file_enrolment_ =
        std::make_unique<FileEnrolment>(env, *hub->trust_, *hub->publisher_, *hub->enrolment_, *hub->feed_);
    hub->notices_ = std::make_unique<Notices>(env, *hub->trust_, *hub->publisher_);
    hub->paper_facts_ = std::make_unique<PaperFacts>(env, *hub->registry_, *hub->policy_, *hub->shelf_);
    hub->papers_ = std::make_unique<PaperDesk>(env, *hub->publisher_, *hub->paper_facts_, *hub->notices_);
    hub->recovery_ = std::make_unique<Recovery>(env, *hub->trust_, *hub->publisher_);
    hub->ingest_ =
        std::make_unique<Ingest>(env, *hub->trust_, *hub->publisher_, *hub->feed_, *hub->recovery_, *hub->filed_cases_,
                                 options.ingest);
    hub->report_ = std::make_unique<Report>(env, *hub->trust_);
    hub->filings_ = std::make_unique<Filings>(env, *hub->publisher_);
    hub->incidents_ = std::make_unique<Incidents>(env, *hub->publisher_);
    hub->due_list_ = std::make_unique<DueList>(env, *hub->publisher_, *hub->shelf_, *hub->report_, *hub->filings_);
    return hub;
}

Result<void> Hub::start_clock() {
    clock_ = std::make_unique<ClockGuard>(env_.clock);
    ZIGE_TRY(kept, read_from(env_.store, [](Tx& tx) { return get_bytes(tx, HubValue::clock); }));
    return clock_->restore(kept);
}

/// What an agent proved once stays true over a restart: the hub does not publish until it is recovered.
Result<void> Hub::start_publisher() {
    if (!publisher_->start().ok()) return {};  // stopped() says why
    ZIGE_TRY(shown, read_from(env_.store, [](Tx& tx) { return any_open(tx, IncidentKind::hub_restored_unknown); }));
    if (shown) publisher_->stop(fail(ErrorId::hub_behind_agent, "incident", std::to_string(shown->number)));
    return {};
}

std::optional<Incident> Hub::stopped_incident() const {
    const auto why = stopped();
    if (!why || why->id == ErrorId::hub_behind_agent) return std::nullopt;  // that one stands in the database
    Incident incident;
    incident.kind = IncidentKind::hub_behind;
    incident.opened = env_.clock.wall();
    incident.evidence.add("error", to_string(why->id)).add("detail", why->detail);
    return incident;
}

Result<LogTip> Hub::verify_log() const {
    return read_from(env_.store, [&](Tx& tx) { return HubLog(env_.hasher).verify(tx); });
}

Result<std::vector<LogEvent>> Hub::log(std::uint64_t after, std::uint32_t limit) const {
    return read_from(env_.store, [&](Tx& tx) { return HubLog(env_.hasher).read(tx, after, limit); });
}

}  // namespace zige::hub

#include "hub/core/recovery.h"
#include "hub/core/trust_draft.h"
#include "shared/wire/codec.h"
#include "tests/simulation/expect.h"
#include "tests/simulation/story.h"

namespace zige::simulation {

using namespace std::chrono_literals;

void Story::prepare_theme() {
    doing_ = std::string("preparing ") + to_string(theme_);
    if (theme_ == Theme::folder_back) sites_[victim_].folder = sites_[victim_].machine->folder();
    back_up_hub();
}

void Story::theme_strikes() {
    doing_ = to_string(theme_);
    switch (theme_) {
        case Theme::calm:
            if (more(3) == 0) take_out_of_service(sites_[victim_]);
            else if (more(2) == 0) replace(sites_[victim_]);
            break;
        case Theme::clone: clone(sites_[victim_]); break;
        case Theme::folder_back: put_folder_back(sites_[victim_]); break;
        case Theme::hub_back_known: put_hub_back(false); break;
        case Theme::hub_back_unknown: put_hub_back(true); break;
        case Theme::thief: steal_key(true); break;
        case Theme::liar: steal_key(false); break;
        case Theme::rotations:
            network_.partition(sites_[victim_].machine->name(), true);
            for (int i = 0; i < 5; ++i) rotate({});
            if (draw(2) == 0) advance(60 * 24h);  // it is away for months
            break;
    }
}

/// What people do about it: once in the story, or when the faults stop.
void Story::theme_ends() {
    doing_ = std::string("the end of ") + to_string(theme_);
    if (!hub_newest_.empty() || chronicle_.went_back()) hub_is_mended();
    recover_hub();
    if (thief_ && key_stolen_ && revoking_ == 0) reset_by_root(thief_->key_id());
    resolve_incidents();
    note_published();
}

// A document that a rotation adds is on paper and on sticks too: a backup older than the newest one is not put back.
void Story::back_up_hub() {
    if (theme_ != Theme::hub_back_known && theme_ != Theme::hub_back_unknown) return;
    if (sites_.empty()) return;  // nothing is founded yet
    if (!hub_.well() || !hub_newest_.empty() || chronicle_.went_back()) return;
    hub_backup_ = hub_.database();
    hub_witness_backup_ = hub_.witness();
    backup_publish_ = required(hub_.hub().report().status()).publish_number;
}

/// Another PC starts from the whole disk of the first, and both go on.
void Story::clone(Site& site) {
    Site& twin = sites_.emplace_back();
    twin.code = site.code;
    twin.people = site.people;
    twin.machine = std::make_unique<AgentMachine>(world_, network_, "twin", draw(1U << 30), now_);
    twin.machine->become(site.machine->whole_disk());
    twin.truth = site.truth;
    require(twin.machine->start());
    site.truth.cloned();
    twin.truth.cloned();
    for (Site* each : {&site, &twin}) {
        clear(*each);
        sync(*each);
    }
}

void Story::put_folder_back(Site& site) {
    if (site.folder.empty()) return;
    if (hub_.running()) site.truth.check_held(site.machine->agent(), required(hub_.hub().report().status()), false);
    Truth::FolderBack back{site.machine->agent().status().journal.size, 0};
    site.machine->stop();
    site.machine->put_back_folder(site.folder);
    if (draw(2) == 0) site.machine->disk().restore("/elsewhere/", {});
    else back.anchored = site.machine->anchored();
    require(site.machine->start());
    site.truth.folder_put_back(site.machine->agent(), back);
}

/// P5: a hub whose database is older than its witness says so and stops. With the witness put back too nothing tells
/// it.
void Story::put_hub_back(bool unnoticed) {
    if (hub_backup_.empty()) return;
    if (more(2) == 0) tell_everybody();
    if (!unnoticed && more(3) == 0) back_up_hub();  // one publish alone may be lost
    // Whatever was published after the backup makes the difference.
    if (hub_.well() && draw(4) != 0) set_sanction();
    note_published();
    const bool knows_more =
        hub_.running() && hub_.well() && required(hub_.hub().report().status()).publish_number > backup_publish_;
    note_witnesses();
    hub_.kill();
    hub_newest_ = hub_.database();
    hub_.put_back_database(hub_backup_);
    if (unnoticed) hub_.put_back_witness(hub_witness_backup_);
    if (unnoticed) chronicle_.hub_went_back();
    if (unnoticed) chronicle_.hub_is_unaware();
    hub_.clock().set_wall(now_);
    require(hub_.start());
    confirm_hub_clock();  // the backup may be of another boot: then the guard believes a week
    CPPUNIT_ASSERT_MESSAGE("P5: a hub restored from an old backup says so",
                           unnoticed || !knows_more || hub_.hub().stopped().has_value());
    if (hub_.hub().stopped()) return;
    // It goes on. The witness is written with what is published, not with each journal: agents hand those in again.
    hub_newest_.clear();
    note_lost_states();
    for (Site& site : sites_) site.truth.hub_went_back();
    if (more(2) == 0) go_on_unaware();
}

/// What is decided after the backup reaches every PC. One of them or all heard the state, and not the word that names
/// it; or all got a delta besides that was for another copy, and want a snapshot since.
void Story::tell_everybody() {
    if (!hub_.well()) return;
    network_.set_faults({});
    set_sanction();
    std::set<std::string> deaf;
    if (more(2) == 0)
        for (std::uint64_t i = 0, who = more(3); i < sites_.size(); ++i)
            if (who == 0 || who == i) deaf.insert(sites_[i].machine->name());
    network_.let_meddle([&](const std::string& agent, const std::string& path, HttpAnswer& answer) {
        if (!deaf.contains(agent) || path != "/v1/sync" || answer.status != 200) return;
        auto genuine = wire::decode_sync_answer(answer.body);
        if (!genuine.ok() || genuine->held.empty()) return;
        genuine->held.back() ^= std::byte{1};
        answer.body = wire::encode(*genuine);
    });
    for (Site& site : sites_) {
        network_.partition(site.machine->name(), false);
        (void)(*site.machine->agent().syncer())->sync_once(true);
    }
    if (deaf.empty() && more(2) == 0) mislead_everybody();
    network_.let_meddle({});
}

void Story::mislead_everybody() {
    network_.let_meddle([&](const std::string& agent, const std::string& path, HttpAnswer& answer) {
        const auto view = site_of(agent).machine->agent().view();
        if (!view || path != "/v1/sync" || answer.status != 200) return;
        auto genuine = wire::decode_sync_answer(answer.body);
        if (!genuine.ok()) return;
        wire::Delta other;
        other.state = view->state;
        ++other.state.seq.value;
        other.from = Hash256{};
        other.from->fill(std::byte{7});
        other.hub_time = now_;
        auto envelope = hub_.hub().trust().sign(MessageType::delta, wire::encode(other), now_);
        if (!envelope.ok()) return;
        genuine->institution_type = MessageType::delta;
        genuine->institution = *std::move(envelope);
        answer.body = wire::encode(*genuine);
    });
    for (Site& site : sites_) (void)(*site.machine->agent().syncer())->sync_once(true);
}

/// It publishes more than it lost before an agent comes.
void Story::go_on_unaware() {
    if (!hub_.well()) return;
    const auto lost = lost_states_;
    for (const auto& [machine, state] : lost) {
        Site& site = site_of(machine);
        for (int i = 0; i < 20; ++i) {
            const auto newest = hub_.hub().feed().current(site.code);
            if (!newest.ok() || newest->state.seq > state.seq) break;
            set_sanction();
            note_published();
        }
    }
}

/// Who holds a state that its database does not know any more: the delta that brought it is the hub's word (SYNC-10).
void Story::note_lost_states() {
    for (Site& site : sites_) {
        const auto view = site.machine->agent().view();
        const auto newest = hub_.hub().feed().current(site.code);
        if (view && newest.ok() && view->state.seq > newest->state.seq)
            lost_states_[site.machine->name()] = view->state;
    }
}

/// What a copy shows is handed back by its agent (REC-4), whatever the hub lost.
void Story::note_witnesses() {
    for (Site& site : sites_) {
        const auto view = site.machine->agent().view();
        if (!view) continue;
        for (const Registration& person : view->copy->registrations())
            for (const StandingInterval& interval : person.standing)
                if (const auto at = sanctions_.find(interval.document);
                    at != sanctions_.end() && !site.truth.is_on_paper(interval.document))
                    at->second.witnessed = true;
    }
}

/// From paper; what is there already is refused.
void Story::enter_again(bool witnessed_too) {
    for (auto& [document, sanction] : sanctions_) {
        if (sanction.witnessed && !witnessed_too) continue;
        (void)hub_.hub().sanctions().start("simulation", sanction.order);
        if (sanction.end)
            (void)hub_.hub().sanctions().end("simulation", sanction.order.person, document, *sanction.end, "恢复");
    }
}

/// An agent proved to the hub that it once signed what it does not hold: the operator lets it publish again (REC-6).
void Story::recover_hub() {
    if (!hub_.running() || !hub_.hub().stopped()) return;
    confirm_hub_clock();
    (void)required(hub_.hub().recovery().start("simulation"));
    handed_back_ = true;
    confirm_hub_clock();
    if (chronicle_.went_back()) enter_again(false);
    note_published();
}

/// The operator's step. A hub that says that it is behind gets its newest disk back; one that was put back unnoticed is
/// found by agents that refuse what it says: its sanctions are entered again from paper, and root opens the next epoch.
/// Not after a recovery: what agents handed back stands by that alone (P5).
void Story::hub_is_mended() {
    confirm_hub_clock();
    if (!hub_newest_.empty() && hub_.hub().stopped() && draw(2) == 0) {  // the newest disk is lost
        hub_newest_.clear();
        chronicle_.hub_went_back();
        for (Site& site : sites_) site.truth.hub_went_back();
        return recover_hub();
    }
    if (!hub_newest_.empty()) {
        hub_.kill();
        hub_.put_back_database(hub_newest_);
        hub_newest_.clear();
        require(hub_.start());
        CPPUNIT_ASSERT_MESSAGE("the newest database fits its witness", !hub_.hub().stopped());
        confirm_hub_clock();
        return;
    }
    recover_hub();
    if (!hub_.well() || revoking_ != 0 || handed_back_) return;
    enter_again(true);
    reset_by_root({});
}

/// `really`: he copied the private part too.
void Story::steal_key(bool really) {
    if (!hub_.well()) return;
    auto [key, signer] = hub_.online_key();
    if (!really) signer = required(world_.keys->open_signing_key(required(world_.keys->make_signing_key())));
    key_stolen_ = really;
    stolen_at_ = now_;
    thief_ = std::make_unique<Thief>(draw(1U << 30), Thief::Parts{*world_.verifier, *world_.compressor,
                                                                  hub_.hub().trust().hub_id(), key, std::move(signer)});
    network_.let_meddle(
        [this](const std::string& agent, const std::string& path, HttpAnswer& answer) { meddle(agent, path, answer); });
}

/// He tries as long as the story lasts, after his key was revoked too.
void Story::meddle(const std::string& agent, const std::string& path, HttpAnswer& answer) {
    Site& site = site_of(agent);
    const auto view = site.machine->agent().view();
    if (!view) return;
    if (!key_stolen_ && path == "/v1/sync" && draw(3) == 0) return forge_trust(answer);
    site.truth.glimpse(site.machine->agent(), outside());
    wire::Config easier{view->copy->profile(), view->copy->calendar()};
    for (FreshnessLimits& limits : easier.profile.freshness) limits.stale = 24h * 3650;
    const Thief::Victim victim{view->state, view->copy->state_hash(), view->ineligible_version, wire::encode(easier)};
    if (!thief_->meddle(victim, path, answer)) return;
    ++summary_.forgeries;
    const bool revoked = revoking_ != 0 && site.machine->agent().status().trust_version >= revoking_;
    if (key_stolen_ && !revoked && thief_->possible()) chronicle_.forged(thief_->forged());
}

/// Root is two of three holders from the second trust document on.
void Story::share_root() {
    hub::NextTrust wish;
    wish.online_key = false;
    wish.threshold = 2;
    roots_.push_back(hub_.root_key());
    while (roots_.size() < 3)
        roots_.push_back(required(world_.keys->open_signing_key(required(world_.keys->make_signing_key()))));
    for (const auto& each : roots_) wish.root_keys.push_back(each->public_key());
    rotate(wish);
}

/// With one of the root keys, twice or as the only one, a thief makes himself the hub.
void Story::forge_trust(HttpAnswer& answer) {
    auto genuine = wire::decode_sync_answer(answer.body);
    if (answer.status != 200 || !genuine.ok() || !hub_.well()) return;
    const std::vector<Bytes> chain = hub_.hub().trust().chain();
    hub::TrustDraft draft;
    draft.previous = required(wire::decode_signed_trust(chain.back()));
    wire::TrustDocument next = required(wire::decode_trust_document(draft.previous.document));
    ++next.version;
    next.issued = std::max(next.issued, now_);
    if (more(2) == 0) {  // roots of his own
        next.root_keys = {roots_[2]->public_key()};
        next.threshold = 1;
    }
    draft.next.document = wire::encode(next);
    require(hub::sign_draft(draft, *roots_[2], *world_.verifier));
    genuine->trust = {wire::encode(draft.next)};
    answer.body = wire::encode(*genuine);
    ++summary_.forgeries;
}

void Story::rotate(const hub::NextTrust& wish) {
    if (!hub_.well()) return;
    hub::Rotation& rotation = hub_.hub().rotation();
    hub::TrustDraft draft = required(rotation.draft(wish));
    for (std::size_t i = 0; i < 2; ++i) require(hub::sign_draft(draft, *roots_[i], *world_.verifier));
    (void)required(rotation.publish("simulation", draft));
    trust_published_ = std::max(trust_published_, hub_.hub().trust().version());
    note_published();
    back_up_hub();
}

/// Root's word against a time and an epoch that were signed too high (TRUST-9).
void Story::reset_by_root(std::optional<std::uint8_t> stolen) {
    confirm_hub_clock();
    if (!hub_.well()) return;
    const auto status = required(hub_.hub().report().status());
    Epoch epoch{status.epoch.value + 1};
    if (thief_) epoch = std::max(epoch, Epoch{thief_->highest_epoch().value + 1});
    for (Site& site : sites_)
        if (const auto view = site.machine->agent().view()) epoch = std::max(epoch, Epoch{view->state.epoch.value + 1});
    hub::NextTrust wish;
    for (const auto& each : hub_.hub().trust().online_keys(now_))
        if (each.key.id == stolen) wish.revoke = stolen;
    wish.reset = wire::TrustReset{hub_.hub().clock().running, epoch};
    revoking_ = hub_.hub().trust().version() + 1;
    rotate(wish);
}

/// No hub waits until its key ends: the status of `zige-hub` reminds 30 days before.
void Story::keep_key_alive() {
    if (!hub_.well()) return;
    const auto status = required(hub_.hub().report().status());
    if (status.online_key_until - now_ < hub::kWarnBeforeKeyEnds + 31 * 24h) rotate({});
}

Story::Site& Story::site_of(const std::string& machine) {
    for (Site& site : sites_)
        if (site.machine->name() == machine) return site;
    throw Bug("no such machine");
}

}  // namespace zige::simulation

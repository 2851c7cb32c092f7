#include <algorithm>

#include "tests/simulation/expect.h"
#include "tests/simulation/story.h"

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr int kRoundsToConverge = 12;

}  // namespace

/// A hub that was put back may publish the very state that it lost once more, when the filing behind it comes late: it
/// has that again, and whoever holds it has nothing to tell (REC-6).
void Story::note_published() {
    if (!hub_.running() || !hub_.disk().has_power()) return;
    for (const char* code : {"H41150000001", "H41150000002"}) {
        const auto current = hub_.hub().feed().current(code);
        if (!current.ok()) continue;
        if (chronicle_.published(current->state)) ++summary_.publishes;
        std::erase_if(lost_states_, [&](const auto& each) { return each.second == current->state; });
    }
}

Truth::World Story::outside() const {
    Truth::World world{chronicle_, now_, revoking_, key_stolen_, {}, trust_published_};
    if (thief_) world.key_ends = thief_->key_ends() + (now_ - stolen_at_);
    return world;
}

void Story::bring_back(Site& site) {
    if (site.machine->running()) return;
    require(site.machine->start());
    site.truth.check_journal(site.machine->agent());
}

void Story::check_all() {
    for (Site& site : sites_) bring_back(site);
    for (Site& site : sites_) {
        site.truth.check_copy(site.machine->agent(), outside());
        check_overlay(site);
        const auto view = site.machine->agent().view();
        if (view && chronicle_.knows(view->state)) chronicle_.saw(*view->copy);
    }
    if (!hub_.well()) return;
    const hub::HubStatus status = required(hub_.hub().report().status());
    for (Site& site : sites_) site.truth.check_held(site.machine->agent(), status, false);
    check_recovered();
    check_not_overtaken();
}

/// P8: each sanction of the ledger stands in the copy of each institution where the person is registered, and no other.
void Story::check_sanctions(Site& site) {
    const Copy& copy = *site.machine->agent().view()->copy;
    for (const Registration& person : copy.registrations()) {
        bool any = false;
        for (const auto& [document, sanction] : sanctions_) {
            if (sanction.order.person != person.code) continue;
            any = true;
            const bool stands = std::ranges::any_of(person.standing, [&](const StandingInterval& interval) {
                return interval.from <= sanction.order.from && (!interval.end || sanction.order.from < *interval.end);
            });
            CPPUNIT_ASSERT_MESSAGE("P8: " + document + " does not stand in the copy of " + site.code, stands);
        }
        CPPUNIT_ASSERT_MESSAGE("P8: a standing that nobody ordered", any || person.standing.empty());
    }
}

/// Nothing is left to say on either side.
bool Story::converged() {
    if (!hub_.well()) return false;
    const hub::HubStatus status = required(hub_.hub().report().status());
    return std::ranges::all_of(sites_, [&](Site& site) {
        if (!site.truth.in_service()) return true;
        agent::Agent& agent = site.machine->agent();
        const auto current = hub_.hub().feed().current(site.code);
        const auto journal = agent.status().journal;
        const bool held = !site.truth.whole() || std::ranges::any_of(status.agents, [&](const auto& each) {
            return each.agent == journal.agent && each.entries_held == journal.size;
        });
        return held && agent.view() && current.ok() && agent.view()->state == current->state &&
               ((*agent.desk())->waiting() == 0 || !site.truth.whole());
    });
}

void Story::calm_and_converge() {
    doing_ = "the calm at the end";
    network_.set_faults({});
    confirm_hub_clock();
    for (Site& site : sites_) {
        network_.partition(site.machine->name(), false);
        site.machine->clock().set_wall(now_);
    }
    // Its clock may have been an hour ahead, which the backup forgot: agents hear it again once that time is over.
    if (chronicle_.went_back()) advance(1h);
    keep_key_alive();
    if (revoking_ == 0 || !key_stolen_) network_.let_meddle({});
    for (int round = 0; round < kRoundsToConverge && !(round > 1 && converged()); ++round) {
        for (Site& site : sites_) (void)(*site.machine->agent().syncer())->sync_once(true);
        recover_hub();
    }
    if (hub_.well()) settle_two_words();
    network_.let_meddle({});
    // Whom the thief kept until now takes the state of root's epoch first, and the region's set at the next contact.
    for (int round = key_stolen_ ? 0 : 1; round < 2; ++round)
        for (Site& site : sites_) (void)(*site.machine->agent().syncer())->sync_once(true);
    CPPUNIT_ASSERT(hub_.well());
    const hub::HubStatus status = required(hub_.hub().report().status());
    for (Site& site : sites_) {
        if (!site.truth.in_service()) {
            check_out_of_service(site);
            continue;
        }
        agent::Agent& agent = site.machine->agent();
        const auto last = (*agent.syncer())->sync_once(false);
        CPPUNIT_ASSERT_MESSAGE(last.ok() ? "" : last.error().describe(), last.ok() || !site.truth.whole());
        const auto current = required(hub_.hub().feed().current(site.code));
        CPPUNIT_ASSERT_MESSAGE("the agent reaches the hub's root",
                               agent.view() && agent.view()->state == current.state);
        site.truth.check_copy(agent, outside());
        site.truth.check_named(agent, status);
        site.truth.check_held(agent, status, true);
        site.truth.check_journal(agent);
        if (site.truth.whole()) CPPUNIT_ASSERT_EQUAL(std::size_t{0}, (*agent.desk())->waiting());
        check_sanctions(site);
        check_filings(site);
    }
    check_resolved();
    check_named_hub();
    if (successor_)
        CPPUNIT_ASSERT_MESSAGE(
            "P5: what a PC left was not handed in by its successor",
            required(hub_.hub().agents().show(successor_->first)).entries_held >= successor_->second);
    (void)required(hub_.hub().verify_log());
}

}  // namespace zige::simulation

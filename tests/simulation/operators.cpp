#include <algorithm>

#include "agent/core/hub_answer.h"
#include "hub/core/recovery.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "tests/simulation/expect.h"
#include "tests/simulation/judge.h"
#include "tests/simulation/story.h"

namespace zige::simulation {
namespace {

bool of_a_journal(IncidentKind kind) { return kind == IncidentKind::cloned || kind == IncidentKind::restored_folder; }

/// "ZIGE1:" and the envelope in capital hexadecimal digits, as it is scanned.
Bytes scanned(const std::string& text) {
    std::string digits = text.substr(text.find(':') + 1);
    for (char& each : digits)
        if (each >= 'A' && each <= 'F') each = static_cast<char>(each - 'A' + 'a');
    return from_hex(digits).value();
}

}  // namespace

/// A prolongation is read out, and typed; or one from before is tried again.
void Story::phone(Site& site) {
    agent::Agent& agent = site.machine->agent();
    if (hub_.well()) {
        const auto code =
            hub_.hub().notices().prolong("simulation", agent.status().journal.agent, 1 + static_cast<int>(more(15)));
        if (code.ok()) site.phone_codes.push_back(code->code);
        note_published();
    }
    if (site.phone_codes.empty() || more(3) == 0) return;
    const std::string typed = more(2) == 0 ? site.phone_codes.back() : site.phone_codes[more(site.phone_codes.size())];
    if (agent.prolong(typed)) site.truth.phone_code_taken(typed);
}

/// A notice on paper reaches an institution before its copy does.
void Story::hand_out_notice(Site& site) {
    if (!hub_.well()) return;
    const auto notice = hub_.hub().notices().issue("simulation", site.code, site.people[more(kPeople)]);
    note_published();
    if (!notice.ok()) return;
    const auto view = site.machine->agent().view();
    const auto taken = site.machine->agent().add_statement(scanned(notice->text));
    if (taken && view) site.truth.statement_taken(*taken, view->state.epoch);
}

/// A PC is lost: whoever has it writes nothing that the hub would take.
void Story::take_out_of_service(Site& site) {
    if (!hub_.well()) return;
    const AgentId agent = site.machine->agent().status().journal.agent;
    const auto info = required(hub_.hub().agents().revoke("simulation", agent, RevocationReason::lost, {}));
    site.truth.out_of_service(info.entries_held);
    note_published();
}

/// Whoever has this PC's key writes an entry into the journal of another one: the hub takes none (P5, JRN-10).
void Story::write_for_another(Site& site) {
    const Site& other = any_of_sites();
    const bool both_count = site.truth.in_service() && other.truth.in_service();
    if (!hub_.well() || !other.machine->running() || !both_count) return;
    const auto mine = site.machine->agent().status().journal;
    const auto theirs = other.machine->agent().status().journal;
    const auto before = required(hub_.hub().agents().show(theirs.agent));
    const auto view = site.machine->agent().view();
    if (!view || mine.agent == theirs.agent || before.entries_held != theirs.size || before.chapter != theirs.chapter)
        return;
    wire::SyncRequest request;
    request.agent = mine.agent;
    request.chapter = mine.chapter;
    request.institution = view->state.institution;
    request.epoch = view->state.epoch;
    request.seq = view->state.seq;
    request.state_hash = view->copy->state_hash();
    request.journal_size = mine.size;
    request.journal_hash = mine.hash;
    request.times = site.machine->agent().time().times();
    const wire::JournalEntry forged{theirs.size + 1, request.times, wire::ContactEntry{}};
    request.segments = {{theirs.agent, theirs.chapter, theirs.size + 1, theirs.hash, {wire::encode(forged)}, {}}};
    const auto signer = required(site.machine->signing_key());
    const Bytes envelope =
        required(wire::seal_envelope({hub_.hub().trust().hub_id(), MessageType::sync_request}, wire::encode(request),
                                     agent::kid_of(mine.agent), *signer, *world_.compressor));
    (void)hub_.serve("POST", "/v1/sync", envelope, {});
    if (!hub_.well()) return;
    CPPUNIT_ASSERT_MESSAGE(
        "P5: the hub took an entry of agent " + std::to_string(theirs.agent.value) + " that another one wrote",
        required(hub_.hub().agents().show(theirs.agent)).entries_held == before.entries_held);
}

/// A new PC takes the place of the old one, whose folder is at hand: the journal goes on under the new name.
void Story::replace(Site& site) {
    if (!hub_.well()) return;
    const AgentId old = site.machine->agent().status().journal.agent;
    const std::string name = "new" + site.machine->name();
    Site& next = sites_.emplace_back();
    next.code = site.code;
    next.people = site.people;
    next.machine = std::make_unique<AgentMachine>(world_, network_, name, more(1U << 30), now_);
    require(next.machine->start());
    network_.set_faults({});
    const hub::SlipTerms terms{"hub:7443", {}, old};
    const hub::Slip slip = required(hub_.hub().enrolment().issue_token("simulation", site.code, terms));
    const agent::Predecessor before = required(site.machine->agent().hand_over());
    require(next.machine->agent().enrol({"https://" + slip.hub_address, slip.token, slip.fingerprint}, &before));
    site.truth.out_of_service({});
    successor_ = {old, site.machine->agent().status().journal.size};
    note_published();
}

/// The operator looked at each: the journal that was there first goes on, in a chapter of its own.
void Story::resolve_incidents() {
    if (!hub_.well()) return;
    for (const hub::Incident& incident : required(hub_.hub().incidents().list(false))) {
        if (!of_a_journal(incident.kind)) continue;
        for (Site& site : sites_)
            if (site.machine->agent().status().journal.agent == incident.agent) site.truth.was_named();
        hub::Incidents::Resolution how{"looked at both", {}};
        // A folder that was put back without its anchor looks like a clone: there is one PC, and it goes on.
        if (theme_ == Theme::folder_back) how.branch = hub::Branch::any;
        else if (incident.kind == IncidentKind::cloned && more(3) == 0) how.branch = hub::Branch::other;
        words_[{incident.agent.value, incident.chapter}].insert(how.branch);
        const Chapter present = required(hub_.hub().agents().show(incident.agent)).chapter;
        (void)required(hub_.hub().incidents().resolve("simulation", incident.number, how));
        if (incident.chapter == present) resolved_[incident.agent.value] = present;
    }
    note_published();
}

/// Two clones have one name, and a word of the hub is to that name: heard by the other one too it opens the chapter for
/// both. TLS keeps a real line from that; the journals and the hub's naming of clones do not depend on it.
void Story::note_word_of_another(const std::string& meant_for, const std::string& agent, const HttpAnswer& answer) {
    const auto whole = wire::decode_sync_answer(answer.body);
    if (meant_for == agent || answer.status != 200 || !whole.ok() || !hub_.running()) return;
    const auto kid = wire::envelope_kid(whole->held);
    if (!kid.ok()) return;
    const auto key = wire::find_online_key(hub_.hub().trust().document(), *kid);
    if (!key.ok()) return;
    const auto payload = wire::open_envelope({hub_.hub().trust().hub_id(), MessageType::held}, whole->held,
                                             key->public_key, *world_.verifier, *world_.compressor, kMaxHeldBytes);
    if (!payload.ok()) return;
    const wire::Held held = required(wire::decode_held(*payload));
    const bool same_name = held.agent == site_of(agent).machine->agent().status().journal.agent;
    if (held.open_chapter && same_name) heard_by_both_.emplace(held.agent.value, held.chapter);
}

/// He let the one go on, and later the other, when the first had begun the next chapter and the hub had not heard of
/// it; or the other heard the word that was for the one. Both are in it: that is named as any clone is, and he looks
/// again.
void Story::settle_two_words() {
    const auto open = required(hub_.hub().incidents().list(false));
    const bool both_went_on = std::ranges::any_of(open, [&](const hub::Incident& each) {
        const std::pair before{each.agent.value, Chapter{each.chapter.value - 1}};
        const auto words = words_.find(before);
        const bool two_words = words != words_.end() && words->second.size() > 1;
        return each.kind == IncidentKind::cloned && (two_words || heard_by_both_.contains(before));
    });
    if (!both_went_on) return;
    resolve_incidents();
    for (int round = 0; round < 3; ++round)
        for (Site& site : sites_) (void)(*site.machine->agent().syncer())->sync_once(true);
}

/// P4, P5: after that one of the journals is in its next chapter, and the hub holds it so far.
void Story::check_resolved() {
    for (const auto& [agent, left] : resolved_) {
        const bool goes_on = std::ranges::any_of(sites_, [&, agent = agent, left = left](Site& site) {
            const auto journal = site.machine->agent().status().journal;
            const auto info = required(hub_.hub().agents().show(AgentId{agent}));
            return journal.agent.value == agent && journal.chapter > left && !journal.frozen &&
                   info.chapter == journal.chapter && info.entries_held == journal.size;
        });
        CPPUNIT_ASSERT_MESSAGE("P5: an incident was resolved and no journal goes on in a new chapter", goes_on);
    }
}

/// P4: the word that it is out of service reaches the PC, stays, and stops no decision; its entries reach nobody.
void Story::check_out_of_service(Site& site) {
    const AgentId agent = site.machine->agent().status().journal.agent;
    site.truth.check_out_of_service(required(hub_.hub().agents().show(agent)));
    CPPUNIT_ASSERT_MESSAGE("P4: " + site.machine->name() + " does not know that it is out of service",
                           site.machine->agent().status().revoked.has_value());
    site.machine->stop();
    require(site.machine->start());
    CPPUNIT_ASSERT_MESSAGE("P4: a restart forgot the word that it is out of service",
                           site.machine->agent().status().revoked.has_value());
    const std::uint64_t asked = network_.counts().requests;
    (void)(*site.machine->agent().syncer())->sync_once(false);
    CPPUNIT_ASSERT_MESSAGE("P4: out of service, and asks the hub within a day", network_.counts().requests == asked);
    clear(site);
}

/// P1: whoever has the newest copy and set passes nobody against whom the ledger has anything. About somebody who works
/// elsewhere, or was filed here and is in no record yet, only the set says anything.
void Story::check_against_ledger(Site& site, const agent::ClaimAnswer& answer, const agent::Claim& claim) {
    if (!hub_.well() || chronicle_.went_back() || key_stolen_) return;
    const auto newest = hub_.hub().feed().current(site.code);
    if (!newest.ok()) return;
    const bool records = answer.view->state == newest->state;
    const bool region = answer.view->ineligible_version == newest->ineligible_version;
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        const FeeLine& line = claim.lines[i].line;
        if (line.txn != Txn::outpatient_fees) continue;
        if (!answer.lines[i].answered || line.emergency.kind != EmergencyKind::none) continue;
        for (const PersonOnLine& person : line.people) {
            const bool on_record = std::ranges::any_of(answer.view->copy->registrations(),
                                                       [&](const auto& each) { return each.code == person.code; });
            if (!(is_external(person.role) || !on_record ? records && region : records)) continue;
            const Day day = day_of_person(line, person.role);
            const bool sanctioned = std::ranges::any_of(sanctions_, [&](const auto& each) {
                const auto& [document, sanction] = each;
                return sanction.order.person == person.code && sanction.order.from <= day &&
                       (!sanction.end || day < *sanction.end);
            });
            CPPUNIT_ASSERT_MESSAGE("P1: " + std::string(person.code) + " is sanctioned and passed",
                                   !sanctioned || !passes(answer.lines[i].decision.served));
        }
    }
}

/// P5: an institution is recovered when each of its agents handed in (REC-5). Root's reset counts anew.
void Story::check_recovered() {
    if (!chronicle_.went_back() || revoking_ != 0) return;
    const auto progress = required(hub_.hub().recovery().show());
    for (const auto& institution : progress.institutions)
        for (const auto& agent : institution.agents)
            CPPUNIT_ASSERT_MESSAGE("P5: " + institution.code + " is recovered before agent " +
                                       std::to_string(agent.agent.value) + " handed in",
                                   !institution.recovered || agent.handed_in);
}

/// P5: who holds what a hub lost takes no later state of it before the hub was told (SYNC-10).
void Story::check_not_overtaken() {
    if (lost_states_.empty() || revoking_ != 0) return;
    for (const auto& [machine, lost] : lost_states_) {
        Site& site = site_of(machine);
        const auto view = site.machine->agent().view();
        const auto newest = hub_.hub().feed().current(site.code);
        if (view && newest.ok() && view->state == newest->state) return check_named_hub();
    }
}

/// P5: a hub that was put back, and did not know it, was told by the agents that hold what it lost; unless root's reset
/// came first, after which they hand that in.
void Story::check_named_hub() {
    if (lost_states_.empty() || revoking_ != 0) return;
    const auto incidents = required(hub_.hub().incidents().list(true));
    const bool named = std::ranges::any_of(incidents, [](const hub::Incident& each) {
        return each.kind == IncidentKind::hub_restored_unknown || each.kind == IncidentKind::state_fork;
    });
    CPPUNIT_ASSERT_MESSAGE(
        "P5: a hub put back was not named, though " + lost_states_.begin()->first + " holds what it lost", named);
}

}  // namespace zige::simulation

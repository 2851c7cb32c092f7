#include "tests/simulation/truth.h"

#include <cppunit/TestAssert.h>

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto kLostByPowerCut = 61s;       ///< running time is persisted once a minute
constexpr auto kLongestHoliday = 14 * 24h;  ///< moves the end of a copy's life
constexpr auto kHubTolerance = 90min;       ///< the hub's clock guard lets an hour pass

/// Slow and plain on purpose: the record by its code or one of its aliases, among all.
const Registration* look_up(const Copy& copy, std::string_view code) {
    for (const Registration& person : copy.registrations())
        if (person.code == code) return &person;
    for (const Alias& alias : copy.aliases())
        if (alias.code == code) return copy.by_number(alias.target);
    return nullptr;
}

/// Whether the copy (and what the clerk filed) shows this person as unable to have the fee settled.
bool shown_ineligible(const Copy& copy, const Overlay& overlay, std::string_view code, Day day) {
    const Registration* person = look_up(copy, code);
    if (person == nullptr) return true;
    for (const StandingInterval& interval : person->standing)
        if (day >= interval.from && (!interval.end || day < *interval.end)) return true;
    const Overlay::Entry* pending = overlay.find(person->no);
    const std::optional<Day> last_day = pending ? pending->last_day : person->last_day;
    return (last_day && day > *last_day) || day < person->registered_from;
}

/// A stop of the institution or of the line's department, decided by the bureau.
bool shown_stopped(const Copy& copy, std::string_view department, Day day) {
    for (const Stop& stop : copy.institution().stops)
        if (stop.covers(day) && (stop.department.empty() || stop.department == department)) return true;
    return false;
}

void check_line(const Copy& copy, const Overlay& overlay, const FeeLine& line, const Decision& decision) {
    const Day day = day_of(line.fee_time);
    bool reason = shown_stopped(copy, line.department, day);
    for (const PersonOnLine& person : line.people) {
        const bool ineligible = shown_ineligible(copy, overlay, person.code, day);
        reason = reason || ineligible;
        CPPUNIT_ASSERT_MESSAGE("P1: " + std::string(person.code) + " passed at " + format(line.fee_time),
                               !passes(decision.served) || !ineligible);
    }
    CPPUNIT_ASSERT_MESSAGE("P11: refused without an event, at " + format(line.fee_time),
                           decision.served != Outcome::deny || reason);
}

}  // namespace

bool Chronicle::published(const wire::State& state) {
    auto& roots = roots_[state.institution.text][{state.epoch.value, state.seq.value}];
    const bool fresh = roots.insert(state.root).second;
    CPPUNIT_ASSERT_MESSAGE("P3: one publish number, two roots", roots.size() == 1 || went_back_);
    return fresh;
}

bool Chronicle::knows(const wire::State& state) const {
    const auto institution = roots_.find(state.institution.text);
    if (institution == roots_.end()) return false;
    const auto number = institution->second.find({state.epoch.value, state.seq.value});
    return number != institution->second.end() && number->second.contains(state.root);
}

void Truth::check_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim, const Overlay& overlay,
                         bool clock_known) {
    const Copy& copy = *answer.view->copy;
    if (copy.institution().mode != Mode::enforce) return;
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        const FeeLine& line = claim.lines[i].line;
        if (!answer.lines[i].answered || line.emergency.kind != EmergencyKind::none) continue;
        check_line(copy, overlay, line, answer.lines[i].decision);
        const bool expired = clock_known && line.fee_time > answer.view->as_of + copy.limits().stale + kLongestHoliday;
        CPPUNIT_ASSERT_MESSAGE("P1: an expired copy let a fee of " + format(line.fee_time) + " pass",
                               !expired || !passes(answer.lines[i].decision.served));
    }
}

void Truth::note_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim) {
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
        const agent::LineAnswer& line = answer.lines[i];
        if (!line.answered) continue;
        CPPUNIT_ASSERT_MESSAGE("P2: an allow without a journal number", line.recorded || !passes(line.decision.served));
        if (line.recorded)
            answered_.push_back(
                {answer.chapter, line.number, std::string(claim.lines[i].line_id), line.decision.served});
    }
}

void Truth::check_journal(agent::Agent& agent) const {
    if (answered_.empty()) return;
    const auto journal = agent.journal();
    CPPUNIT_ASSERT_MESSAGE("P2: the journal opens", journal.ok());
    for (const Answered& answered : answered_) {
        const auto entry = (*journal)->entry(answered.chapter, answered.number);
        CPPUNIT_ASSERT_MESSAGE("P2: entry " + std::to_string(answered.number) + " was answered and is lost",
                               entry.ok());
        const auto* decision = std::get_if<wire::DecisionEntry>(&entry->body);
        CPPUNIT_ASSERT_MESSAGE(
            "P2: entry " + std::to_string(answered.number) + " is another one",
            decision != nullptr && decision->line_id == answered.line_id && decision->served == answered.served);
    }
    const auto verified = (*journal)->verify();
    CPPUNIT_ASSERT_MESSAGE("P5: " + (verified.ok() ? std::string() : verified.error().describe()), verified.ok());
}

void Truth::check_time(agent::Agent& agent, const World& world) {
    const bool reset = world.revoking != 0 && agent.status().trust_version >= world.revoking;
    if (reset && !reset_seen_) newest_running_ = {};  // root took a time back
    reset_seen_ = reset_seen_ || reset;
    const Instant running = agent.time().running();
    CPPUNIT_ASSERT_MESSAGE("P4: running time went back to " + format(running),
                           running + kLostByPowerCut >= newest_running_);
    newest_running_ = std::max(newest_running_, running);
    if (world.key_stolen && !reset) {
        CPPUNIT_ASSERT_MESSAGE("P4: running time " + format(running) + " is later than the key that signed it",
                               running <= std::max(world.key_ends, world.now + kHubTolerance));
        return;
    }
    CPPUNIT_ASSERT_MESSAGE("P4: running time " + format(running) + " is ahead of " + format(world.now),
                           running <= world.now + kHubTolerance);
}

void Truth::check_copy(agent::Agent& agent, const World& world) {
    check_time(agent, world);
    CPPUNIT_ASSERT_MESSAGE("P3: a trust document that too few root holders signed",
                           agent.status().trust_version <= world.trust_version);
    const auto view = agent.view();
    if (!view) return;
    const wire::State& state = view->state;
    CPPUNIT_ASSERT_MESSAGE("P3: a state that was never published",
                           world.chronicle.knows(state) || world.chronicle.is_forged(state));
    if (!world.chronicle.knows(state)) {
        const bool revoked = world.revoking != 0 && agent.status().trust_version >= world.revoking;
        CPPUNIT_ASSERT_MESSAGE("P3: a forged state after its key was revoked", !revoked || seen_ == state);
    }
    const std::pair now{state.epoch, state.seq};
    const bool reset = world.revoking != 0 && state.trust_version >= world.revoking;
    if (reset && !reset_state_seen_) newest_ = {};  // root said which epoch comes next (TRUST-9)
    reset_state_seen_ = reset_state_seen_ || reset;
    CPPUNIT_ASSERT_MESSAGE("P4: the copy went back", now >= newest_);
    newest_ = now;
    seen_ = state;
}

void Truth::glimpse(agent::Agent& agent, const World& world) {
    const auto view = agent.view();
    if (view && (world.revoking == 0 || agent.status().trust_version < world.revoking)) seen_ = view->state;
}

void Truth::check_held(agent::Agent& agent, const hub::HubStatus& status, bool all) {
    const auto journal = agent.journal();
    if (!journal.ok()) return;
    const agent::Journal::Status mine = (*journal)->status();
    for (const hub::AgentStatus& held : status.agents) {
        if (held.agent != mine.agent) continue;
        CPPUNIT_ASSERT_MESSAGE("P5: the hub lost entries that it had confirmed", held.entries_held >= held_at_hub_);
        held_at_hub_ = held.entries_held;
        if (!whole()) return;
        CPPUNIT_ASSERT_MESSAGE("P5: the hub holds more than there is", held.entries_held <= mine.size);
        CPPUNIT_ASSERT_MESSAGE("P5: an honest journal was called diverged", !held.frozen && !mine.frozen);
        CPPUNIT_ASSERT_MESSAGE(
            "P5: the hub holds " + std::to_string(held.entries_held) + " of " + std::to_string(mine.size),
            !all || held.entries_held == mine.size);
        return;
    }
    CPPUNIT_FAIL("P5: the hub does not know this agent");
}

void Truth::check_named(agent::Agent& agent, const hub::HubStatus& status) const {
    if (!one_of_two_ && !shortened_) return;
    const auto mine = agent.status().journal;
    for (const hub::AgentStatus& held : status.agents)
        if (held.agent == mine.agent)
            CPPUNIT_ASSERT_MESSAGE(one_of_two_ ? "P4: a clone was not named" : "P4: a folder put back was not named",
                                   held.frozen || mine.frozen);
}

void Truth::folder_put_back(agent::Agent& agent, const FolderBack& back) {
    const auto mine = agent.status().journal;
    std::erase_if(answered_, [&](const Answered& each) { return each.number > mine.size; });
    lost_ = lost_ || mine.size < back.size_before;
    shortened_ = shortened_ || mine.size < held_at_hub_;
    CPPUNIT_ASSERT_MESSAGE("P4: the anchor did not tell of a folder put back",
                           mine.size >= back.anchored || mine.anchor_ahead);
    newest_ = {};
    seen_.reset();
    newest_running_ = {};
}

}  // namespace zige::simulation

#include "tests/simulation/truth.h"

#include <cppunit/TestAssert.h>

namespace zige::simulation {
namespace {

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

}  // namespace

void Truth::check_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim, const Overlay& overlay) {
    const Copy& copy = *answer.view->copy;
    if (copy.institution().mode != Mode::enforce) return;
    for (std::size_t i = 0; i < claim.lines.size(); ++i) {
        const FeeLine& line = claim.lines[i].line;
        const agent::LineAnswer& given = answer.lines[i];
        if (!given.answered || !passes(given.decision.served) || line.emergency.kind != EmergencyKind::none) continue;
        for (const PersonOnLine& person : line.people) {
            CPPUNIT_ASSERT_MESSAGE("P1: " + std::string(person.code) + " passed at " + format(line.fee_time),
                                   !shown_ineligible(copy, overlay, person.code, day_of(line.fee_time)));
        }
    }
}

void Truth::note_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim) {
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
        const agent::LineAnswer& line = answer.lines[i];
        if (!line.answered) continue;
        CPPUNIT_ASSERT_MESSAGE("P2: an allow without a journal number", line.recorded || !passes(line.decision.served));
        if (line.recorded)
            answered_.push_back({answer.chapter, line.number, std::string(claim.lines[i].line_id), line.decision.served});
    }
}

void Truth::check_journal(agent::Agent& agent) const {
    if (answered_.empty()) return;
    const auto journal = agent.journal();
    CPPUNIT_ASSERT_MESSAGE("P2: the journal opens", journal.ok());
    for (const Answered& answered : answered_) {
        const auto entry = (*journal)->entry(answered.chapter, answered.number);
        CPPUNIT_ASSERT_MESSAGE("P2: entry " + std::to_string(answered.number) + " was answered and is lost", entry.ok());
        const auto* decision = std::get_if<wire::DecisionEntry>(&entry->body);
        CPPUNIT_ASSERT_MESSAGE("P2: entry " + std::to_string(answered.number) + " is another one",
                               decision != nullptr && decision->line_id == answered.line_id &&
                                   decision->served == answered.served);
    }
    const auto verified = (*journal)->verify();
    CPPUNIT_ASSERT_MESSAGE("P5: " + (verified.ok() ? std::string() : verified.error().describe()), verified.ok());
}

void Truth::check_copy(agent::Agent& agent, const std::map<std::uint64_t, Hash256>& published_roots) {
    const auto running = agent.time().running();
    CPPUNIT_ASSERT_MESSAGE("P4: running time went back to " + format(running), running + std::chrono::seconds(61) >= newest_running_);
    newest_running_ = std::max(newest_running_, running);
    const auto view = agent.view();
    if (!view) return;
    const auto published = published_roots.find(view->state.seq.value);
    CPPUNIT_ASSERT_MESSAGE("P3: a state that was never published", published != published_roots.end());
    CPPUNIT_ASSERT_MESSAGE("P3: another root than the published one", published->second == view->state.root);
    CPPUNIT_ASSERT_MESSAGE("P4: the copy went back", view->state.seq >= newest_seq_);
    newest_seq_ = view->state.seq;
}

void Truth::check_held(agent::Agent& agent, const hub::HubStatus& status, bool all) const {
    const auto journal = agent.journal();
    if (!journal.ok()) return;
    const agent::Journal::Status mine = (*journal)->status();
    for (const hub::AgentStatus& held : status.agents) {
        if (held.agent != mine.agent) continue;
        CPPUNIT_ASSERT_MESSAGE("P5: the hub holds more than there is", held.entries_held <= mine.size);
        CPPUNIT_ASSERT_MESSAGE("P5: an honest journal was called diverged", !held.frozen && !mine.frozen);
        CPPUNIT_ASSERT_MESSAGE("P5: the hub holds " + std::to_string(held.entries_held) + " of " + std::to_string(mine.size),
                               !all || held.entries_held == mine.size);
        return;
    }
    CPPUNIT_FAIL("P5: the hub does not know this agent");
}

}  // namespace zige::simulation

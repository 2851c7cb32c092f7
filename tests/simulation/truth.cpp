#include "tests/simulation/truth.h"

#include <cppunit/TestAssert.h>

#include <algorithm>

namespace zige::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto kLostByPowerCut = 61s;  ///< running time is persisted once a minute
constexpr auto kRemembered = 24h * 60;  ///< at the least
constexpr auto kHubTolerance = 90min;  ///< the hub's clock guard lets an hour pass

/// Of two intervals of one status and one first day the one that ends later counts, whatever its document (STMT-3).
bool stands_for(const StandingInterval& now, const StandingInterval& then) {
    return now.status == then.status && now.from == then.from && (!now.end || (then.end && *now.end >= *then.end));
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

void Chronicle::saw(const Copy& copy) {
    if (unaware_) return;
    for (const Registration& person : copy.registrations()) {
        const auto [known, fresh] =
            people_.emplace(std::pair(copy.institution().code.text, person.no.value), person.code);
        CPPUNIT_ASSERT_MESSAGE(
            "P5: number " + std::to_string(person.no.value) + " was " + known->second + " and is " + person.code,
            fresh || known->second == person.code);
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

void Truth::check_reattribution(const agent::ClaimAnswer& answer, const agent::Claim& claim, Instant wall) {
    if (answer.view->copy->institution().mode != Mode::enforce) return;
    std::map<std::string, Refused> now;
    std::set<std::string> passed;
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
        const agent::ClaimLine& asked = claim.lines[i];
        const Outcome served = answer.lines[i].decision.served;
        if (!answer.lines[i].recorded || asked.visit.visit.empty() || asked.line.txn != Txn::outpatient_fees) continue;
        const std::string name = std::string(asked.visit.visit) + "/" + std::string(asked.visit.item) + "/" +
                                 std::to_string(asked.line.amount.value);
        std::set<std::string> people;
        for (const PersonOnLine& each : asked.line.people) people.insert(std::string(each.code));
        if (const auto before = refused_.find(name); passes(served) && before != refused_.end()) {
            const bool somebody_else = std::ranges::none_of(
                people, [&](const std::string& each) { return before->second.people.contains(each); });
            const LineOrder& order = asked.line.order;
            const bool ordered = !order.number.empty() && order.written_at && *order.written_at > before->second.at;
            const bool another_day = day_of(asked.line.fee_time) > day_of(before->second.at);
            const bool told = served == Outcome::allow_marked && before->second.weak;
            CPPUNIT_ASSERT_MESSAGE(
                "P1: a refused line passed under another person without his order",
                !somebody_else || ordered || another_day || told || wall - before->second.at > kRemembered);
        }
        // A stopped department is nobody's refusal.
        const auto& verdicts = answer.lines[i].decision.people;
        const auto* const somebody = std::ranges::find(verdicts, Outcome::deny, &PersonVerdict::outcome);
        if (passes(served)) passed.insert(name);
        if (served != Outcome::deny || somebody == verdicts.end()) continue;
        const bool weak = somebody->role != Role::ordering || somebody->found == PersonFound::not_registered;
        if (const auto earlier = now.find(name); weak && earlier != now.end() && !earlier->second.weak) continue;
        now[name] = {std::move(people), wall, weak};
    }
    for (auto& [name, refused] : now) {
        refused.weak = refused.weak || passed.contains(name);
        const auto before = refused_.find(name);
        if (before == refused_.end() || before->second.weak || !refused.weak) refused_[name] = std::move(refused);
    }
}

void Truth::check_repeated(const agent::ClaimAnswer& first, const agent::ClaimAnswer& again) {
    CPPUNIT_ASSERT_MESSAGE("P2: a claim that is asked again is decided again", again.repeated);
    for (std::size_t i = 0; i < first.lines.size(); ++i)
        CPPUNIT_ASSERT_MESSAGE("P2: a claim that is asked again is another decision",
                               first.lines[i].number == again.lines[i].number &&
                                   first.lines[i].decision.served == again.lines[i].decision.served);
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
    check_beside_copy(*view, world);
    check_stricter(*view);
}

/// P4: until a recovery is over what stood in the copy before it counts as well (REC-5).
void Truth::check_stricter(const agent::View& view) {
    if (view.state.epoch != epoch_) before_ = standings_;
    epoch_ = view.state.epoch;
    standings_.clear();
    for (const Registration& person : view.copy->registrations())
        for (const StandingInterval& each : person.standing) standings_.emplace_back(person.code, each);
    if (view.copy->institution().recovered) before_.clear();
    for (const auto& [code, then] : before_) {
        const bool counts = std::ranges::any_of(standings_, [&, &code = code, &then = then](const auto& now) {
            return now.first == code && stands_for(now.second, then);
        });
        CPPUNIT_ASSERT_MESSAGE("P4: " + then.document + " counts no more, and the recovery is not over", counts);
    }
}

bool Truth::is_on_paper(const std::string& document) const {
    return std::ranges::any_of(statements_, [&](const auto& each) { return each.first.interval.document == document; });
}

/// The region's set, and statements that wait for their state. A hub that was put back counts its set anew, whether it
/// lost states or journals only: with a state of another epoch its version is 0 until the whole one comes (SYNC-8).
void Truth::check_beside_copy(const agent::View& view, const World& world) {
    const bool same_past = !world.chronicle.went_back() && !world.key_stolen && view.state.epoch == ineligible_epoch_;
    CPPUNIT_ASSERT_MESSAGE("P4: the region's set went back to version " + std::to_string(view.ineligible_version),
                           !same_past || view.ineligible_version >= newest_ineligible_);
    newest_ineligible_ = view.ineligible_version;
    ineligible_epoch_ = view.state.epoch;
    std::erase_if(statements_, [&](const auto& each) {
        return view.state.epoch != each.second || view.state.seq >= each.first.basis;
    });
    for (const auto& [statement, epoch] : statements_) {
        const Registration* person = view.copy->by_number(statement.no);
        const bool stands = person == nullptr || std::ranges::any_of(person->standing, [&](const auto& each) {
                                return each.covers(statement.interval.from);
                            });
        CPPUNIT_ASSERT_MESSAGE("P1: a statement on paper does not count: " + statement.interval.document, stands);
    }
}

void Truth::phone_code_taken(const std::string& code) {
    CPPUNIT_ASSERT_MESSAGE("P4: a code of the telephone counted twice", phone_codes_.insert(code).second);
}

/// P4: what one agent writes after it was taken out of service is nobody's.
void Truth::check_out_of_service(const hub::AgentInfo& info) const {
    CPPUNIT_ASSERT_MESSAGE("P4: the hub took entries of an agent that is out of service",
                           !held_when_revoked_ || info.entries_held == *held_when_revoked_);
}

void Truth::glimpse(agent::Agent& agent, const World& world) {
    const auto view = agent.view();
    if (view && (world.revoking == 0 || agent.status().trust_version < world.revoking)) seen_ = view->state;
}

void Truth::check_word(agent::Agent& agent, const agent::Journal::Status& before) {
    const auto mine = agent.status().journal;
    const bool reset = agent.time().status().trusted < before.held_at;
    CPPUNIT_ASSERT_MESSAGE("P4: an acknowledgement from before counts again",
                           reset || mine.chapter != before.chapter || mine.held_at >= before.held_at);
}

void Truth::check_held(agent::Agent& agent, const hub::HubStatus& status, bool all) {
    const auto journal = agent.journal();
    if (!journal.ok() || !in_service()) return;
    const agent::Journal::Status mine = (*journal)->status();
    CPPUNIT_ASSERT_MESSAGE("P4: an honest PC was called put back",
                           !whole() || (!mine.anchor_ahead && !agent.time().copy_put_back(mine.chapter)));
    for (const hub::AgentStatus& held : status.agents) {
        if (held.agent != mine.agent) continue;
        std::uint64_t& confirmed = held_at_hub_[held.chapter];
        CPPUNIT_ASSERT_MESSAGE("P5: the hub lost entries that it had confirmed", held.entries_held >= confirmed);
        confirmed = held.entries_held;
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
    if (named_ || (!one_of_two_ && !shortened_)) return;
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
    shortened_ = shortened_ || mine.size < held_at_hub_[mine.chapter];
    CPPUNIT_ASSERT_MESSAGE("P4: the anchor did not tell of a folder put back",
                           mine.size >= back.anchored || mine.anchor_ahead);
    newest_ = {};
    seen_.reset();
    newest_running_ = {};
    newest_ineligible_ = 0;
    phone_codes_.clear();
    statements_.clear();
    standings_.clear();
    before_.clear();
    refused_.clear();
}

}  // namespace zige::simulation

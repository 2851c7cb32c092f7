#include "tests/fault/agent/scenario.h"

#include <cstdlib>

#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::testing {
namespace {

constexpr const char* kAfter = "2026-09-01 07:55:00";

/// A publish that touches a quarter of the people, with new ones, an alias and another config.
void change_much(AgentFixture& f) {
    std::uint32_t count = 0;
    for (auto& [no, person] : f.hub.people)
        if (++count % 4 == 0)
            person.standing = {
                {Standing::suspended, on("2026-08-20"), {}, on("2027-02-20"), 1, "信医保处〔2026〕55号"}};
    for (std::uint32_t no = 5000; no < 5020; ++no)
        f.hub.add_person(no, "D4119" + std::to_string(10'000'000 + no), "新人");
    f.hub.aliases[6000] = {RecordNo{6000}, RecordNo{5001}, "0601"};
    f.hub.config.profile.departure_working_days = 9;
    f.hub.publish();
}

bool clear(AgentFixture& f, Witness& witness, const std::string& code, const std::string& key) {
    const auto answer = f.clear(code, key);
    if (!answer) return false;
    const auto& line = answer->lines[0];
    if (line.recorded) witness.decided.push_back({code, key, answer->chapter, line.number, line.decision.served});
    return line.recorded;
}

void first_sync(AgentFixture& f, Witness&) {
    if (!f.agent->enrolled() && !f.agent->enrol(f.slip())) return;
    if (const auto syncer = f.agent->syncer()) [[maybe_unused]]
        const auto report = (*syncer)->sync_once(true);
}

void apply(AgentFixture& f, Witness&) {
    change_much(f);
    [[maybe_unused]] const auto report = f.agent->syncer().value()->sync_once(true);
}

void clear_many(AgentFixture& f, Witness& witness) {
    const char* const codes[] = {"D411502000001", "D411502000003", "0017", "D411502000004"};
    for (int i = 0; i < 24; ++i) {
        if (!clear(f, witness, codes[i % 4], "key-" + std::to_string(i))) return;
        if (i % 6 == 5 && !f.agent->tick()) return;
    }
}

void depart(AgentFixture& f, Witness& witness) {
    const auto left = f.desk().depart({"#2", on("2026-08-31"), "解除合同", "李会计"});
    if (!left) return;
    witness.departed.push_back({2});
    if (!f.desk().depart({"#6", on("2026-08-31"), "退休", "李会计"})) return;
    if (!f.desk().undo("#6", "李会计")) return;
    if (!f.desk().confirm("#2", on("2026-09-01"), "W-1", "李会计")) return;
    const auto report = f.agent->syncer().value()->sync_once(true);
    if (!report) return;
    [[maybe_unused]] const auto again = f.desk().depart({"#6", on("2026-08-30"), "", ""});
}

/// An operator opened the next chapter while decisions waited that the hub did not hold.
void open_chapter(AgentFixture& f, Witness& witness) {
    if (!clear(f, witness, "D411502000003", "c-1")) return;
    f.hub.say = [](wire::Held& held) {
        if (held.chapter == Chapter{1}) held.open_chapter = Chapter{2};
    };
    if (!f.agent->syncer().value()->sync_once(true)) return;
    if (!clear(f, witness, "D411502000001", "c-2")) return;
    [[maybe_unused]] const auto report = f.agent->syncer().value()->sync_once(true);
}

/// The hub came back from a backup: it asks for the copy, then publishes in the next epoch.
void hand_in(AgentFixture& f, Witness& witness) {
    f.hub.people.at(1).standing = {
        {Standing::suspended, on("2026-08-20"), {}, on("2027-02-20"), 1, "信医保处〔2026〕56号"}};
    f.hub.institution.recovered = false;
    f.hub.raise_epoch();
    f.hub.publish();
    f.hub.say = [&hub = f.hub](wire::Held& held) {
        held.hand_in = hub.copies.empty();
        if (held.hand_in) held.state_hash = {};
    };
    if (!f.agent->syncer().value()->sync_once(true)) return;
    if (!clear(f, witness, "D411502000001", "h-1")) return;
    f.hub.institution.recovered = true;
    f.hub.publish();
    [[maybe_unused]] const auto report = f.agent->syncer().value()->sync_once(true);
}

void everything(AgentFixture& f, Witness& witness) {
    if (!clear(f, witness, "D411502000003", "e-1")) return;
    apply(f, witness);
    if (!clear(f, witness, "D411502000001", "e-2")) return;
    depart(f, witness);
}

void check_journal(AgentFixture& f, const Witness& witness, const std::string& where) {
    const auto verified = f.journal().verify();
    CPPUNIT_ASSERT_MESSAGE(where + ": " + (verified ? "" : verified.error().describe()), verified.ok());
    for (const auto& decided : witness.decided) {
        const auto entry = f.journal().entry(decided.chapter, decided.number);
        CPPUNIT_ASSERT_MESSAGE(where + ": answered decision lost: " + decided.key, entry.ok());
        const auto* decision = std::get_if<wire::DecisionEntry>(&entry->body);
        CPPUNIT_ASSERT_MESSAGE(where, decision != nullptr && decision->idempotency_key == decided.key &&
                                          decision->served == decided.served);
        const auto again = f.clear(decided.code, decided.key);
        CPPUNIT_ASSERT_MESSAGE(where, again.ok() && again->repeated && again->lines[0].number == decided.number);
    }
}

void check_with_hub(AgentFixture& f, const std::string& where) {
    auto report = f.agent->syncer().value()->sync_once(true);
    CPPUNIT_ASSERT_MESSAGE(where + ": " + (report ? "" : report.error().describe()), report.ok());
    CPPUNIT_ASSERT_MESSAGE(where + ": forked", !f.hub.forked);
    const auto current = wire::state_hash(f.hub.state(f.hub.last_state()), *f.hub.hasher);
    CPPUNIT_ASSERT_MESSAGE(where + ": not at the hub's state", f.agent->view()->copy->state_hash() == current);
    const auto journal = f.journal().status();
    CPPUNIT_ASSERT_MESSAGE(where + ": the hub lacks entries", journal.held == journal.size);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, journal.size, std::uint64_t{f.hub.journal.size()});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, std::size_t{0}, f.desk().waiting());
}

}  // namespace

const std::vector<Scenario>& scenarios() {
    static const std::vector<Scenario> all = {
        {"enrolment_and_first_sync", false, first_sync},
        {"apply", true, apply},
        {"clear", true, clear_many},
        {"depart", true, depart},
        {"open_chapter", true, open_chapter},
        {"hand_in", true, hand_in},
        {"everything", true, everything},
    };
    return all;
}

void prepare(AgentFixture& f, const Scenario& scenario) {
    for (std::uint32_t no = 100; no < 300; ++no)
        f.hub.add_person(no, "D4115" + std::to_string(10'000'000 + no * 7919), "人" + std::to_string(no));
    f.hub.publish();
    f.hub.always_blob = !scenario.enrolled;
    f.start();
    if (!scenario.enrolled) return;
    f.enrol();
    f.sync();
}

void judge(AgentFixture& f, const Witness& witness, const std::string& where) {
    f.restart();
    CPPUNIT_ASSERT_MESSAGE(where + ": the copy was damaged", !f.agent->status().copy_error.has_value());
    if (!f.agent->enrolled()) {
        const auto enrolled = f.agent->enrol(f.slip());
        CPPUNIT_ASSERT_MESSAGE(where + ": " + (enrolled ? "" : enrolled.error().describe()), enrolled.ok());
    }
    if (const auto view = f.agent->view()) {
        // The root was checked when it was opened; here: it is one that the hub published.
        bool published = false;
        for (std::size_t i = 0; i <= f.hub.last_state(); ++i)
            published = published || view->copy->state_hash() == wire::state_hash(f.hub.state(i), *f.hub.hasher);
        CPPUNIT_ASSERT_MESSAGE(where + ": neither the old state nor the new one", published);
        check_journal(f, witness, where);
        for (const RecordNo no : witness.departed)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(where, Outcome::deny, f.check(view->copy->by_number(no)->code, kAfter));
    }
    check_with_hub(f, where);
    check_journal(f, witness, where);
}

std::uint64_t step_of_sweep(std::uint64_t sample) {
    const bool full = std::getenv("ZIGE_LONG") != nullptr || std::getenv("ZIGE_FAULT_FULL") != nullptr;
    return full ? 1 : sample;
}

}  // namespace zige::testing

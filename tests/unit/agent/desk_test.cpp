#include "shared/wire/codec.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

agent::Desk::Departure leaving(const std::string& who, const char* last_day) {
    return {who, on(last_day), "解除合同", "李会计"};
}
constexpr const char* kAfter = "2026-09-01 07:55:00";  // a fee of today, after a last day of 31 August

}  // namespace

TEST(Desk, a_departure_refuses_at_once_and_shows_its_due_date) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
    const auto duty = f.desk().depart(leaving("D411502000002", "2026-08-31")).value();
    CPPUNIT_ASSERT_EQUAL(std::string("李静"), duty.name);
    CPPUNIT_ASSERT_EQUAL(FilingState::pending, duty.state);
    CPPUNIT_ASSERT_EQUAL(on("2026-09-14"), duty.duty.due.day);
    CPPUNIT_ASSERT(!duty.duty.due.provisional);
    CPPUNIT_ASSERT_EQUAL(DutyStage::open, duty.duty.stage);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", "2026-08-31 23:59:59"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear("D411502000002")->lines[0].decision.served);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.desk().duties_due());
}

TEST(Desk, names_a_person_by_any_code_or_by_number) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, f.desk().depart(leaving("0017", "2026-08-31"))->no.value);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{6}, f.desk().depart(leaving("#6", "2026-08-31"))->no.value);
    for (const char* nobody : {"", "#", "#99", "#6x", "D411502009999", "#7"})
        CPPUNIT_ASSERT_EQUAL(ErrorId::filing_unknown_person, f.desk().depart(leaving(nobody, "2026-08-31")).error().id);
}

struct Refused {
    const char* name;
    const char* who;
    const char* last_day;
    ErrorId error;
};
const Refused kRefused[] = {
    {"before_the_registration", "#2", "2025-02-28", ErrorId::departure_before_registration},
    {"over_a_year_ahead", "#2", "2027-09-02", ErrorId::departure_too_far_ahead},
    {"left_already_by_the_copy", "#4", "2026-08-31", ErrorId::departure_already},
    {"left_already_by_a_filing", "#6", "2026-08-31", ErrorId::departure_already},
};
TEST_EACH(Desk, refuses_a_departure, kRefused) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#6", "2026-08-30")).ok());
    const auto size = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL(row.error, f.desk().depart(leaving(row.who, row.last_day)).error().id);
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

TEST(Desk, an_unsent_departure_is_withdrawn_here) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    CPPUNIT_ASSERT_EQUAL(FilingState::withdrawn, f.desk().undo("#2", "李会计")->state);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT(f.desk().duties().empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_not_found, f.desk().undo("#2", "李会计").error().id);
    f.sync();
    CPPUNIT_ASSERT_MESSAGE("the hub never hears of it", f.hub.filings.empty());
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-30")).ok());
}

TEST(Desk, a_sent_departure_is_taken_back_by_a_counter_filing_that_counts_here_marked) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    CPPUNIT_ASSERT(f.sync().copy_changed);
    CPPUNIT_ASSERT_MESSAGE("it is in the copy now", f.desk().overlay()->entries.empty());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT(f.desk().undo("#2", "李会计")->undo_pending);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_pending, f.desk().undo("#2", "李会计").error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000002", kAfter));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000002", kAfter));
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT(f.desk().duties().empty());
    CPPUNIT_ASSERT(f.desk().overlay()->entries.empty());
}

/// P1: what the hub has refused for good does not clear the person here again and again.
TEST(Desk, a_day_that_is_the_hubs_is_taken_back_once_at_most) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    f.sync();
    CPPUNIT_ASSERT(f.desk().undo("#2", "李会计").ok());
    f.hub.refuse_filings = ErrorId::filing_owned_by_hub;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.desk().undo("#2", "李会计").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.desk().amend("#2", on("2026-09-30"), "李会计").error().id);
    const agent::Desk::Act rehire{"#2", wire::RehireFiling{{}, on("2026-09-01"), {}}, "李会计", std::nullopt};
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.desk().submit(rehire).error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
}

TEST(Desk, a_day_that_the_hub_has_set_is_not_taken_back) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    f.sync();
    f.hub.people.at(2).last_day = on("2026-08-28");
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.desk().undo("#2", "李会计").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.desk().amend("#2", on("2026-09-30"), "李会计").error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
}

TEST(Desk, a_departure_whose_answer_is_out_counts_as_sent) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    f.hub.defer_filings = true;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(FilingState::sent, f.desk().duties()[0].state);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", kAfter));
    CPPUNIT_ASSERT(f.desk().undo("#2", "李会计")->undo_pending);
    f.hub.defer_filings = false;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.hub.filings.size());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
}

TEST(Desk, a_refused_departure_restores_what_the_copy_says_and_says_why) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    f.hub.refuse_filings = ErrorId::filing_too_old;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
    const auto duties = f.desk().duties();
    CPPUNIT_ASSERT_EQUAL(FilingState::refused, duties.at(0).state);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_too_old, duties[0].refused_because);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().duties_due());
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_not_found, f.desk().undo("#2", "李会计").error().id);
    f.hub.refuse_filings.reset();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
}

TEST(Desk, the_window_update_ends_the_duty) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_not_found, f.desk().confirm("#2", on("2026-09-01"), "W1", "李").error().id);
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, f.desk().confirm("#2", on("2026-09-02"), "W1", "李").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, f.desk().confirm("#2", on("2026-08-30"), "W1", "李").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_missing_field, f.desk().confirm("#2", on("2026-09-01"), "", "李").error().id);
    const auto done = f.desk().confirm("#2", on("2026-09-01"), "W-2026-77", "李").value();
    CPPUNIT_ASSERT_EQUAL(DutyStage::done, done.duty.stage);
    CPPUNIT_ASSERT_EQUAL(std::string("W-2026-77"), done.receipt_number);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().duties_due());
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.hub.filings.size());
    const auto& window = std::get<wire::WindowFiling>(f.hub.filings[1].body);
    CPPUNIT_ASSERT(window.departure == f.hub.filings[0].uuid);
    CPPUNIT_ASSERT_EQUAL(DutyStage::done, f.desk().duties()[0].duty.stage);
}
TAGS(Desk, the_window_update_ends_the_duty, "XY-10 XY-18");

TEST(Desk, a_window_number_is_not_overwritten_by_accident) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    CPPUNIT_ASSERT(f.desk().confirm("#2", on("2026-09-01"), "W-1", "李").ok());
    const auto entries = f.journal().status().size;
    CPPUNIT_ASSERT(f.desk().confirm("#2", on("2026-09-01"), "W-1", "王").ok());
    CPPUNIT_ASSERT_EQUAL(entries, f.journal().status().size);
    const auto other = f.desk().confirm("#2", on("2026-09-01"), "W-2", "王");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_conflict, other.error().id);
    CPPUNIT_ASSERT(other.error().detail.find("W-1 on 2026-09-01") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string("W-1"), f.desk().duties()[0].receipt_number);
    CPPUNIT_ASSERT_EQUAL(std::string("W-2"),
                         f.desk().confirm("#2", on("2026-09-01"), "W-2", "王", true)->receipt_number);
    CPPUNIT_ASSERT_EQUAL(entries + 1, f.journal().status().size);
}

TEST(Desk, the_most_urgent_duty_stands_first) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#1", "2026-10-20")).ok());
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    CPPUNIT_ASSERT(f.desk().depart(leaving("#6", "2026-08-03")).ok());
    CPPUNIT_ASSERT(f.desk().depart(leaving("#5", "2026-07-01")).ok());
    CPPUNIT_ASSERT(f.desk().confirm("#5", on("2026-07-10"), "W", "李").ok());
    const auto duties = f.desk().duties();
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, duties.size());
    CPPUNIT_ASSERT_EQUAL(DutyStage::late, duties[0].duty.stage);
    CPPUNIT_ASSERT_EQUAL(DutyStage::open, duties[1].duty.stage);
    CPPUNIT_ASSERT_EQUAL(DutyStage::expected, duties[2].duty.stage);
    CPPUNIT_ASSERT_EQUAL(DutyStage::done, duties[3].duty.stage);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.desk().duties_due());
}

TEST(Desk, with_a_suspect_clock_nothing_is_declared_late) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#6", "2026-08-03")).ok());
    CPPUNIT_ASSERT_EQUAL(DutyStage::late, f.desk().duties()[0].duty.stage);
    f.clock.set_wall(at("2026-12-01 00:00:00"));
    CPPUNIT_ASSERT_EQUAL(DutyStage::undetermined, f.desk().duties()[0].duty.stage);
}

TEST(Desk, nothing_is_filed_that_cannot_be_journaled) {
    AgentFixture f;
    f.ready();
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, f.desk().depart(leaving("#2", "2026-08-31")).error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", kAfter));
    f.disk->free_space();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
}

TEST(Desk, a_filing_stands_in_the_journal_with_its_times) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart(leaving("#2", "2026-08-31")).ok());
    const auto entry = f.journal().entry({1}, f.journal().status().size).value();
    const auto& bytes = std::get<wire::FilingEntry>(entry.body).filing;
    f.sync();
    CPPUNIT_ASSERT(wire::decode_filing(bytes).value() == f.hub.filings.at(0));
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 08:00:00"), f.hub.filings[0].times.wall);
}

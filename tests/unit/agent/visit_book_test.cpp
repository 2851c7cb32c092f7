// What the gate remembers of visits and refusals, over restarts.
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Visit : AgentFixture {
    Visit() { ready(); }
    agent::ClaimLine asked(std::string_view code, const char* fee_time, Txn txn = Txn::outpatient_fees) {
        agent::ClaimLine line{"1", AgentFixture::line(code, fee_time), {"MZ-1", "XN01"}};
        line.line.txn = txn;
        return line;
    }
    agent::LineAnswer clear_line(const agent::ClaimLine& line, std::string_view key = {}) {
        auto answer = gate().clear({"C-1", key, {&line, 1}});
        CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().describe(), answer.ok());
        return answer->lines[0];
    }
    Outcome clear_at(std::string_view code, const char* fee_time, Txn txn = Txn::outpatient_fees) {
        return clear_line(asked(code, fee_time, txn)).decision.served;
    }
    /// A doctor who is eligible today is suspended from the day after.
    void suspend_tomorrow() {
        hub.people.at(1).standing = {{Standing::suspended, on("2026-09-02"), {}, {}, 1, "信医保处〔2026〕40号"}};
        hub.publish();
        sync();
    }
};

constexpr const char* kBefore = "2026-09-01 07:50:00";

}  // namespace

TEST(VisitBook, a_fee_that_was_asked_before_the_sanction_may_be_asked_again_after_it) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000001", kBefore));
    f.suspend_tomorrow();
    f.restart();
    f.advance(std::chrono::hours{30});
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, a_fee_that_comes_first_after_the_sanction_is_held) {
    Visit f;
    f.suspend_tomorrow();
    f.advance(std::chrono::hours{30});
    f.sync();
    const auto answer = f.clear_line(f.asked("D411502000001", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, answer.decision.served);
    CPPUNIT_ASSERT_EQUAL(Ground::time_inconsistent, answer.decision.grounds[0].ground);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000002", kBefore));
}

TEST(VisitBook, a_preview_does_not_count_as_asked) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.gate().check(f.asked("D411502000001", kBefore))->decision.served);
    f.suspend_tomorrow();
    f.advance(std::chrono::hours{30});
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.gate().check(f.asked("D411502000001", kBefore))->decision.served);
}

TEST(VisitBook, a_fee_of_before_its_visit_is_held_after_a_restart_too) {
    Visit f;
    f.suspend_tomorrow();
    f.advance(std::chrono::hours{20});  // 2026-09-02 04:00
    f.sync();
    (void)f.clear_at("D411502000002", "2026-09-02 03:30:00", Txn::visit_info);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("D411502000001", "2026-09-01 23:00:00"));
    agent::ClaimLine elsewhere = f.asked("D411502000001", "2026-09-01 23:00:00");
    elsewhere.visit.visit = "MZ-2";
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_line(elsewhere).decision.served);
}

TEST(VisitBook, the_medical_type_of_a_visit_counts_for_lines_that_name_none) {
    Visit f;
    agent::ClaimLine registration = f.asked("D411502000002", kBefore, Txn::outpatient_registration);
    registration.line.med_type = "13";
    (void)f.clear_line(registration);
    f.restart();
    const auto answer = f.clear_line(f.asked("D411502000003", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, answer.decision.served);
    const auto entry = f.journal().entry({1}, answer.number).value();
    CPPUNIT_ASSERT_EQUAL(std::string("13"), std::get<wire::DecisionEntry>(entry.body).med_type);
}

TEST(VisitBook, a_refused_line_comes_again_under_another_person_only_with_a_new_order) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    f.restart();
    const auto held = f.clear_line(f.asked("D411502000001", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, held.decision.served);
    CPPUNIT_ASSERT_EQUAL(Advice::new_order, held.decision.advice);
    agent::ClaimLine again = f.asked("D411502000001", kBefore);
    again.line.order = {"YZ-9", at("2026-09-01 08:00:01")};
    const auto passed = f.clear_line(again);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, passed.decision.served);
    const auto entry = f.journal().entry({1}, passed.number).value();
    const auto& decision = std::get<wire::DecisionEntry>(entry.body);
    CPPUNIT_ASSERT_EQUAL(std::string("YZ-9"), decision.order_number);
    CPPUNIT_ASSERT(decision.order_written == at("2026-09-01 08:00:01"));
    CPPUNIT_ASSERT(decision.grounds == std::vector<Ground>{Ground::reattribution});
}

TEST(VisitBook, an_order_of_the_future_is_no_new_order) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    agent::ClaimLine again = f.asked("D411502000001", kBefore);
    again.line.order = {"YZ-9", at("2199-01-01 00:00:00")};
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_line(again).decision.served);
}

TEST(VisitBook, the_same_line_that_passed_beside_a_refused_one_may_be_sent_again) {
    for (const bool refused_first : {true, false}) {
        Visit f;
        agent::ClaimLine lines[] = {f.asked("D411502000003", kBefore), f.asked("D411502000001", kBefore)};
        if (!refused_first) std::swap(lines[0], lines[1]);
        lines[1].line_id = "2";
        CPPUNIT_ASSERT(f.gate().clear({"C-1", "", lines}).ok());
        f.restart();
        const auto again = f.clear_line(f.asked("D411502000001", kBefore));
        CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, again.decision.served);
        CPPUNIT_ASSERT_EQUAL(Ground::reattribution, again.decision.grounds[0].ground);
    }
}

TEST(VisitBook, a_code_that_was_mistyped_may_be_corrected_and_is_marked) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502009999", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, a_mistyped_code_makes_no_earlier_refusal_weaker) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502009999", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, a_fee_of_a_later_day_is_another_service) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore, Txn::inpatient_fees));
    f.advance(std::chrono::hours{24});
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("D411502000001", kBefore, Txn::inpatient_fees));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000001", "2026-09-02 07:50:00", Txn::inpatient_fees));
}

TEST(VisitBook, finds_a_sale_among_more_than_one_question_returns) {
    Visit f;
    agent::VisitBook book(*f.journal_store, *f.hub.hasher, Bytes(agent::kVisitKeyBytes));
    const Instant now = f.clock.wall();
    agent::JournalStore::Memory memory;
    FeeLine sale = AgentFixture::line("D411502000001");
    sale.txn = Txn::pharmacy_settlement;
    constexpr std::size_t kSales = agent::JournalStore::kMaxLots + 5;
    for (std::size_t i = 0; i < kSales; ++i) {
        const std::string lot = "S" + std::to_string(i);
        book.note({"", "", lot}, {i, 0}, {now, now, now}, sale, {}, memory);
    }
    CPPUNIT_ASSERT_EQUAL(kSales, memory.lots.size());
    CPPUNIT_ASSERT(f.journal_store->remember(memory).ok());
    const std::string last = "S" + std::to_string(kSales - 1);
    CPPUNIT_ASSERT(book.asked("", last).value());
    CPPUNIT_ASSERT(book.settled("", last, "SETL-1").ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, book.withdrawn_by({"", {}, "SETL-1", true}).value().size());
    CPPUNIT_ASSERT(book.withdrawn_by({"", {}, {}, false}).value().empty());  // of no visit that anybody named
}

TEST(VisitBook, two_messages_of_one_visit_at_once_lose_nothing) {
    Visit f;
    agent::VisitBook book(*f.journal_store, *f.hub.hasher, Bytes(agent::kVisitKeyBytes));
    const Instant now = f.clock.wall();
    agent::JournalStore::Memory fee;
    book.note({"MZ-9", ""}, {}, {now, now, now}, AgentFixture::line("D411502000001"), {}, fee);
    CPPUNIT_ASSERT(book.note({"MZ-9", Txn::visit_info, now, "13"}, {now, now, now}).ok());  // while the fee is judged
    book.remember(fee);
    CPPUNIT_ASSERT(f.journal_store->remember(fee).ok());
    FeeLine line = AgentFixture::line("D411502000001");
    std::string med_type;
    (void)book.look_up({"MZ-9", ""}, now, line, med_type);
    CPPUNIT_ASSERT(line.visit.begun == now && line.med_type == "13");
    const auto kept = f.journal_store->remembered(Instant{}, 10).value().visits.at(0);
    CPPUNIT_ASSERT(kept.begun == now && kept.first_asked == now && kept.med_type == "13");
}

TEST(VisitBook, a_fee_that_is_checked_afterwards_is_no_first_ask) {
    Visit f;
    f.suspend_tomorrow();
    f.advance(std::chrono::hours{30});
    f.sync();
    const agent::ClaimLine line = f.asked("D411502000001", kBefore);
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.gate().check(line)->decision.served);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.gate().check_afterwards(line)->decision.served);
}

TEST(VisitBook, another_item_or_amount_or_visit_is_another_line) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    agent::ClaimLine item = f.asked("D411502000001", kBefore);
    item.visit.item = "XN02";
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_line(item).decision.served);
    agent::ClaimLine amount = f.asked("D411502000001", kBefore);
    amount.line.amount = {1251};
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_line(amount).decision.served);
    agent::ClaimLine visit = f.asked("D411502000001", kBefore);
    visit.visit.visit = "MZ-2";
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_line(visit).decision.served);
}

TEST(VisitBook, the_same_person_is_judged_as_before) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    const auto again = f.clear_line(f.asked("D411502000003", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, again.decision.served);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, again.decision.grounds.size());
}

TEST(VisitBook, a_line_on_hold_is_no_refusal) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("7777", kBefore));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, a_refusal_that_was_not_recorded_is_not_remembered) {
    Visit f;
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    CPPUNIT_ASSERT(!f.clear_line(f.asked("D411502000003", kBefore)).recorded);
    f.disk->free_space();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, forgets_what_nobody_asked_about_for_half_a_year) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    f.stop();
    f.advance(agent::kVisitsKept + std::chrono::hours{1});
    f.start();
    const auto memory = f.journal_store->remembered(Instant{}, 10).value();
    CPPUNIT_ASSERT(memory.visits.empty() && memory.refusals.empty());
    CPPUNIT_ASSERT(!f.agent->visits().value()->asked("MZ-1", {}).value());
}

TEST(VisitBook, forgets_it_without_a_restart_too) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    f.advance(agent::kVisitsKept - std::chrono::hours{1});
    CPPUNIT_ASSERT(f.agent->tick().ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.journal_store->remembered(Instant{}, 10).value().refusals.size());
    f.advance(std::chrono::hours{25});
    CPPUNIT_ASSERT(f.agent->tick().ok());
    const auto memory = f.journal_store->remembered(Instant{}, 10).value();
    CPPUNIT_ASSERT(memory.visits.empty() && memory.refusals.empty());
}

namespace {

struct WrongClock {
    const char* name;
    std::chrono::hours by;
} kWrongClocks[] = {{"two_years_behind", std::chrono::hours{-2 * 365 * 24}},
                    {"ninety_one_days_behind", std::chrono::hours{-91 * 24}},
                    {"two_years_ahead", std::chrono::hours{2 * 365 * 24}}};

}  // namespace

TEST_EACH(VisitBook, forgets_no_refusal_for_a_clock_that_was_wrong, kWrongClocks) {
    Visit f;
    f.clock.set_wall(f.clock.wall() + row.by);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    f.clock.set_wall(f.clock.wall() - row.by);
    f.sync();
    f.advance(std::chrono::hours{24});
    CPPUNIT_ASSERT(f.agent->tick().ok());
    f.restart();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("D411502000001", kBefore));
    f.advance(2 * agent::kVisitsKept);  // nor is it kept for ever
    CPPUNIT_ASSERT(f.agent->tick().ok());
    CPPUNIT_ASSERT(f.journal_store->remembered(Instant{}, 10).value().refusals.empty());
}

TEST(VisitBook, a_pc_that_was_off_for_a_year_remembers_what_it_heard_before_it_synced) {
    Visit f;
    agent::VisitBook book(*f.journal_store, *f.hub.hasher, Bytes(agent::kVisitKeyBytes));
    const Instant running = at("2026-09-01 08:00:00");
    const Instant wall = running + std::chrono::hours{24 * 365};
    CPPUNIT_ASSERT(book.note({"MZ-9", Txn::visit_info, wall, "11"}, {wall, running, running, true}).ok());
    CPPUNIT_ASSERT(book.forget_old(wall + std::chrono::hours{1}).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.journal_store->remembered(Instant{}, 10).value().visits.size());
}

TEST(VisitBook, forgets_nothing_for_what_a_stolen_key_did_to_trusted_time) {
    Visit f;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_at("D411502000003", kBefore));
    const Instant from = f.clock.wall();
    const wire::OnlineKey stolen{1, {}, from, from + std::chrono::hours{24 * 90}};
    CPPUNIT_ASSERT(f.agent->time().accept(from + std::chrono::hours{24 * 89}, stolen).ok());
    f.advance(std::chrono::hours{24 * 5});
    CPPUNIT_ASSERT(f.agent->tick().ok());
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.clear_at("D411502000001", kBefore));
}

TEST(VisitBook, keeps_a_bounded_number_and_lets_the_oldest_go) {
    Visit f;
    agent::VisitBook book(*f.journal_store, *f.hub.hasher, Bytes(agent::kVisitKeyBytes));
    const FeeLine line = AgentFixture::line("D411502000001");
    const auto note = [&](std::size_t number, Instant now) {
        agent::JournalStore::Memory memory;
        book.note({std::to_string(number), {}}, {}, {now, now, now}, line, {}, memory);
        book.remember(memory);
    };
    for (std::size_t i = 0; i <= agent::kMaxVisits; ++i) note(i, at("2026-09-01 08:00:00") + std::chrono::seconds{i});
    const auto first_asked = [&](std::size_t number) {
        FeeLine known = line;
        std::string med_type;
        book.look_up({std::to_string(number), {}}, at("2026-12-01 08:00:00"), known, med_type);
        return *known.visit.first_asked;
    };
    CPPUNIT_ASSERT(first_asked(0) == at("2026-12-01 08:00:00"));
    CPPUNIT_ASSERT(first_asked(agent::kMaxVisits) < at("2026-09-10 08:00:00"));
}

TEST(VisitBook, knows_which_lots_were_asked_and_what_settled_them) {
    Visit f;
    agent::VisitBook& book = *f.agent->visits().value();
    agent::ClaimLine lines[] = {f.asked("D411502000001", kBefore), f.asked("D411502000001", kBefore),
                                f.asked("D411502000003", kBefore)};
    lines[0].visit.lot = lines[1].visit.lot = "B1";
    lines[2].visit.lot = "B2";
    lines[1].line_id = "2";
    lines[2].line_id = "3";
    const auto answer = f.gate().clear({"C-1", "", lines}).value();
    CPPUNIT_ASSERT(book.asked("MZ-1", "B1").value() && book.asked("MZ-1", "B2").value());
    CPPUNIT_ASSERT(book.asked("MZ-1", {}).value());
    CPPUNIT_ASSERT(!book.asked("MZ-1", "B3").value() && !book.asked("MZ-2", {}).value());

    const agent::Withdrawal all{"MZ-1", {}, {}, false};
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, book.withdrawn_by(all).value().size());
    CPPUNIT_ASSERT(book.settled("MZ-1", "B1", "S-1").ok());
    const auto left = book.withdrawn_by(all).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, left.size());
    CPPUNIT_ASSERT_EQUAL(answer.lines[2].number, left[0].number);
    const agent::Withdrawal settlement{"MZ-1", {}, "S-1", true};
    const auto settled = book.withdrawn_by(settlement).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, settled.size());
    CPPUNIT_ASSERT_EQUAL(answer.lines[0].number, settled[0].number);
    CPPUNIT_ASSERT(book.unsettled(settlement).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, book.withdrawn_by(all).value().size());
}

TEST(VisitBook, of_a_settlement_that_nobody_named_it_takes_back_the_only_one_of_the_visit) {
    Visit f;
    agent::VisitBook& book = *f.agent->visits().value();
    agent::ClaimLine line = f.asked("D411502000001", kBefore);
    line.visit.lot = "B1";
    (void)f.clear_line(line);
    const agent::Withdrawal unnamed{"MZ-1", {}, {}, true};
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, book.withdrawn_by(unnamed).value().size());
    line.visit.lot = "B2";
    line.visit.item = "XN02";
    (void)f.clear_line(line);
    CPPUNIT_ASSERT(book.withdrawn_by(unnamed).value().empty());
    CPPUNIT_ASSERT(book.settled("MZ-1", "B2", {}).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, book.withdrawn_by(unnamed).value().size());
    CPPUNIT_ASSERT(book.settled("MZ-1", "B1", {}).ok());
    CPPUNIT_ASSERT(book.withdrawn_by(unnamed).value().empty());
}

TEST(VisitBook, a_lot_whose_lines_were_reversed_was_not_asked) {
    Visit f;
    agent::VisitBook& book = *f.agent->visits().value();
    agent::ClaimLine lines[] = {f.asked("D411502000001", kBefore), f.asked("D411502000001", kBefore)};
    lines[1].line_id = "2";
    lines[0].visit.lot = lines[1].visit.lot = "B1";
    const auto answer = f.gate().clear({"C-1", "", lines}).value();
    agent::Followup& followup = *f.agent->followup().value();
    CPPUNIT_ASSERT(followup.reverse({{answer.lines[0].reference}, "", "2205", "", "收费处"}).ok());
    CPPUNIT_ASSERT(book.asked("MZ-1", "B1").value());
    CPPUNIT_ASSERT(followup.reverse({{answer.lines[1].reference}, "", "2205", "", "收费处"}).ok());
    CPPUNIT_ASSERT(!book.asked("MZ-1", "B1").value());
}

TEST(VisitBook, writes_no_id_of_a_visit_into_its_database) {
    Visit f;
    agent::ClaimLine line = f.asked("D411502000003", kBefore);
    line.visit.visit = "VISIT-4711-OF-A-PATIENT";
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear_line(line).decision.served);
    const auto memory = f.journal_store->remembered(Instant{}, 10).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, memory.visits.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, memory.refusals.size());
    f.stop();
    f.start();
    const auto other = agent::VisitBook::secret(f.files, "/other/visit-secret", f.random);
    CPPUNIT_ASSERT(other != agent::VisitBook::secret(f.files, "/data/visit-secret", f.random));
    CPPUNIT_ASSERT(other == agent::VisitBook::secret(f.files, "/other/visit-secret", f.random));
}

#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

TAGS(Gate, check_is_a_preview_and_leaves_no_entry, "XY-48");
TEST(Gate, check_is_a_preview_and_leaves_no_entry) {
    AgentFixture f;
    f.ready();
    const auto size = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003"));
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

TEST(Gate, clear_gives_a_number_and_a_reference_that_support_can_look_up) {
    AgentFixture f;
    f.ready();
    const auto answer = f.clear("D411502000003").value();
    const auto& line = answer.lines[0];
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, line.decision.served);
    CPPUNIT_ASSERT(line.recorded && line.answered);
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), std::string(line.decision.grounds[0].document));
    const auto entry = f.journal().find_reference(line.reference).value();
    CPPUNIT_ASSERT_EQUAL(line.number, entry.index);
    const auto& decision = std::get<wire::DecisionEntry>(entry.body);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, decision.served);
    CPPUNIT_ASSERT_EQUAL(std::string("D411502000003"), decision.people[0].code);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{3}, decision.people[0].no.value);
    CPPUNIT_ASSERT(decision.grounds == std::vector<Ground>{Ground::suspended});
    CPPUNIT_ASSERT(decision.state_hash == f.agent->view()->copy->state_hash());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1250}, decision.amount.value);
}

TEST(Gate, previews_all_lines_of_a_claim_by_the_copy_that_it_saw_first) {
    AgentFixture f;
    f.ready();
    const auto sight = f.gate().look().value();
    const auto served = [&] { return f.gate().check({"1", f.line("D411502000001")}, sight).value().served; };
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, served());
    f.hub.people.at(1).standing = {{Standing::suspended, on("2026-08-15"), {}, {}, 1, "信医保处〔2026〕40号"}};
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, served());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
}

TEST(Gate, decides_a_mixed_claim_line_by_line) {
    AgentFixture f;
    f.ready();
    FeeLine rescue = f.line("D411502000003");
    rescue.emergency = {EmergencyKind::rescue, "心脏骤停", "王伟"};
    const agent::ClaimLine lines[] = {{"1", f.line("D411502000001")},
                                      {"2", f.line("D411502000003")},
                                      {"3", f.line("D411502000003", "2026-07-31 23:59:59")},
                                      {"4", rescue},
                                      {"5", f.line("D411502000004")},
                                      {"6", f.line("7777")}};
    const auto answer = f.gate().clear({"C-9", "k", lines}).value();
    const Outcome wanted[] = {Outcome::allow,        Outcome::deny, Outcome::hold,  // asked first when he is suspended
                              Outcome::allow_marked, Outcome::deny, Outcome::hold};
    for (std::size_t i = 0; i < 6; ++i) {
        CPPUNIT_ASSERT_EQUAL(wanted[i], answer.lines[i].decision.served);
        CPPUNIT_ASSERT_EQUAL(answer.lines[0].number + i, answer.lines[i].number);
    }
}

TEST(Gate, the_same_key_gives_the_earlier_answer_though_the_copy_has_changed) {
    AgentFixture f;
    f.ready();
    const auto first = f.clear("D411502000001", "till-1:77").value();
    f.hub.people.at(1).standing = {{Standing::suspended, on("2026-08-15"), {}, {}, 1, "信医保处〔2026〕40号"}};
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    const auto again = f.clear("D411502000001", "till-1:77").value();
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, again.lines[0].decision.served);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, again.lines[0].decision.grounds.size());
    CPPUNIT_ASSERT_EQUAL(first.lines[0].number, again.lines[0].number);
    CPPUNIT_ASSERT_EQUAL(first.lines[0].reference, again.lines[0].reference);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_idempotency_conflict, f.clear("D411502000002", "till-1:77").error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.clear("D411502000001", "till-1:78")->lines[0].decision.served);
}

TEST(Gate, another_time_of_the_prescription_is_another_question) {
    AgentFixture f;
    f.ready();
    agent::ClaimLine line{"1", f.line("D411502000001")};
    line.line.prescribed_at = at("2026-08-31 10:00:00");
    const auto ask = [&] { return f.gate().clear({"C-1", "k", {&line, 1}}); };
    CPPUNIT_ASSERT(ask().ok());
    CPPUNIT_ASSERT(ask()->repeated);
    line.line.prescribed_at = at("2026-08-31 10:00:01");
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_idempotency_conflict, ask().error().id);
}

TEST(Gate, journals_the_time_of_the_prescription) {
    AgentFixture f;
    f.ready();
    agent::ClaimLine line{"1", f.line("D411502000001")};
    line.line.prescribed_at = at("2026-08-31 10:00:00");
    const auto answer = f.gate().clear({"C-1", "", {&line, 1}}).value();
    const auto entry = f.journal().find_reference(answer.lines[0].reference).value();
    CPPUNIT_ASSERT(std::get<wire::DecisionEntry>(entry.body).prescribed_at == line.line.prescribed_at);
    line.line.prescribed_at = Instant{std::chrono::hours{24 * 366 * 300}};
    CPPUNIT_ASSERT_EQUAL(std::string("lines[0].prescribed_at"), f.gate().clear({"C-1", "", {&line, 1}}).error().field);
}

TEST(Gate, a_repeated_refusal_keeps_its_grounds_and_documents) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.clear("D411502000003", "k").ok());
    f.restart();
    const auto again = f.clear("D411502000003", "k").value();
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, again.lines[0].decision.grounds[0].ground);
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), std::string(again.lines[0].decision.grounds[0].document));
    CPPUNIT_ASSERT_EQUAL(Advice::order_by_other, again.lines[0].decision.advice);
}

TEST(Gate, a_repeated_emergency_needs_its_evidence_as_it_did_the_first_time) {
    AgentFixture f;
    f.ready();
    agent::ClaimLine line{"1", f.line("D411502000003")};
    line.line.emergency = {EmergencyKind::rescue, "心脏骤停", "王伟"};
    const auto ask = [&] { return f.gate().clear({"C-1", "k", {&line, 1}}).value(); };
    CPPUNIT_ASSERT_EQUAL(Advice::file_emergency_evidence, ask().lines[0].decision.advice);
    CPPUNIT_ASSERT_EQUAL(Advice::file_emergency_evidence, ask().lines[0].decision.advice);
    f.hub.people.at(3).standing.clear();
    f.hub.publish();
    f.sync();
    const auto again = ask();
    const auto& decision = again.lines[0].decision;
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT_EQUAL(Advice::file_emergency_evidence, decision.advice);
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, decision.grounds[0].ground);
    CPPUNIT_ASSERT(decision.grounds[0].freed && decision.grounds[0].person == 0);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, decision.grounds[0].outcome);
}

TEST(Gate, without_a_journal_it_refuses_whom_it_must_and_answers_nothing_else) {
    AgentFixture f;
    f.ready();
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    const agent::ClaimLine lines[] = {
        {"1", f.line("D411502000001")}, {"2", f.line("D411502000003")}, {"3", f.line("7777")}};
    const auto answer = f.gate().clear({"C-1", "", lines}).value();
    CPPUNIT_ASSERT(!answer.lines[0].answered);
    CPPUNIT_ASSERT(!answer.lines[2].answered);
    CPPUNIT_ASSERT(answer.lines[1].answered && !answer.lines[1].recorded);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, answer.lines[1].decision.served);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, answer.lines[1].number);
    CPPUNIT_ASSERT(answer.lines[1].reference.empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, f.clear("D411502000001").error().id);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000001"));
    f.disk->free_space();
    CPPUNIT_ASSERT(f.clear("D411502000001")->lines[0].recorded);
}

TEST(Gate, without_a_journal_it_holds_where_the_bureau_chose_that) {
    AgentFixture f;
    f.hub.config.profile.unwritable_journal_holds = true;
    f.hub.publish();
    f.ready();
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    const auto answer = f.clear("D411502000001").value();
    CPPUNIT_ASSERT(answer.lines[0].answered && !answer.lines[0].recorded);
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, answer.lines[0].decision.served);
}

TEST(Gate, in_mode_observe_nothing_is_refused_and_all_is_recorded) {
    AgentFixture f;
    f.hub.institution.mode = Mode::observe;
    f.hub.publish();
    f.ready();
    const auto answer = f.clear("D411502000003").value();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, answer.lines[0].decision.judged);
    CPPUNIT_ASSERT(passes(answer.lines[0].decision.served));
    f.disk->fill_up_at_write(f.disk->counts().writes + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, f.clear("D411502000003").error().id);
}

struct BadLine {
    const char* name;
    const char* field;
    std::function<void(FeeLine&)> spoil;
};
const std::string kLong(400, 'x');
const BadLine kBadLines[] = {
    {"a_long_department", "department", [](FeeLine& line) { line.department = kLong; }},
    {"a_long_code", "people.code", [](FeeLine& line) { line.people[0].code = kLong; }},
    {"a_code_that_is_no_text", "people.code", [](FeeLine& line) { line.people[0].code = "\xC0\xAF"; }},
    {"a_nul", "med_type", [](FeeLine& line) { line.med_type = std::string_view("1\0002", 3); }},
    {"a_long_reason", "emergency.reason", [](FeeLine& line) { line.emergency.reason = kLong; }},
    {"a_time_before_the_common_era", "fee_time",
     [](FeeLine& line) { line.fee_time = Instant{std::chrono::days{-800'000}}; }},
};
TEST_EACH(Gate, names_the_bad_field_of, kBadLines) {
    AgentFixture f;
    f.ready();
    FeeLine line = f.line("D411502000001");
    row.spoil(line);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_line_bad, f.gate().check(line).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), f.gate().check(line).error().field);
    const agent::ClaimLine lines[] = {{"1", f.line("D411502000001")}, {"2", line}};
    const auto size = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL("lines[1]." + std::string(row.field), f.gate().clear({"C", "", lines}).error().field);
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

TEST(Gate, refuses_a_claim_without_lines_or_with_too_many) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_line_bad, f.gate().clear({"C", "", {}}).error().id);
    const std::vector<agent::ClaimLine> many(agent::kMaxLinesPerClaim + 1, {"1", f.line("D411502000001")});
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_line_bad, f.gate().clear({"C", "", many}).error().id);
}

TEST(Gate, a_clock_of_2009_holds_fees_of_the_future_and_refuses_whom_it_must) {
    AgentFixture f;
    f.ready();
    f.stop();
    f.clock.reboot(std::chrono::hours{10}, at("2009-01-01 00:00:00"));
    f.start();
    CPPUNIT_ASSERT(f.agent->status().time.suspect);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003"));
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.check("D411502000001"));
}

TEST(Gate, a_clock_of_2036_expires_nothing) {
    AgentFixture f;
    f.ready();
    f.stop();
    f.clock.reboot(std::chrono::hours{10}, at("2036-01-01 00:00:00"));
    f.start();
    CPPUNIT_ASSERT(f.agent->status().time.unknown);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000003", "2035-12-31 23:00:00"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000001", "2035-12-31 23:00:00"));
    CPPUNIT_ASSERT(f.clear("D411502000001", {}, "2035-12-31 23:00:00").ok());
}

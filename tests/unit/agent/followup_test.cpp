// Evidence of an emergency, reversal of cleared lines, codes that stand for nobody.
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr const char* kFee = "2026-09-01 07:50:00";

struct Followed : AgentFixture {
    Followed() { ready(); }
    agent::Followup& followup() { return *agent->followup().value(); }
    std::string rescue() {
        agent::ClaimLine line{"1", AgentFixture::line("D411502000003", kFee)};
        line.line.emergency = {EmergencyKind::rescue, "心脏骤停", "王伟"};
        const auto answer = gate().clear({"C-7", "", {&line, 1}}).value();
        CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, answer.lines[0].decision.served);
        return answer.lines[0].reference;
    }
    agent::Followup::Evidence evidence(const std::string& reference) const {
        return {reference,
                EmergencyKind::rescue,
                at("2026-09-01 07:40:00"),
                at("2026-09-01 07:58:00"),
                "QJ-03",
                "抢救记录已归档",
                "王伟"};
    }
};

}  // namespace

TEST(Evidence, of_an_emergency_is_due_six_hours_after_its_end) {
    Followed f;
    const std::string reference = f.rescue();
    auto duties = f.followup().duties().value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, duties.size());
    CPPUNIT_ASSERT_EQUAL(reference, duties[0].reference);
    CPPUNIT_ASSERT_EQUAL(std::string("C-7"), duties[0].claim_id);
    CPPUNIT_ASSERT(duties[0].due == at("2026-09-01 13:50:00"));  // by the time of the fee, until the end is told
    CPPUNIT_ASSERT(!duties[0].late);
    const auto size = f.journal().status().size;
    const auto done = f.followup().evidence(f.evidence(reference)).value();
    CPPUNIT_ASSERT(done.due == at("2026-09-01 13:58:00"));
    CPPUNIT_ASSERT(!done.late);
    CPPUNIT_ASSERT_EQUAL(size + 1, f.journal().status().size);
    const auto entry = f.journal().entry({1}, done.evidence->number).value();
    const auto& written = std::get<wire::EvidenceEntry>(entry.body);
    CPPUNIT_ASSERT(written.decision == done.decision);
    CPPUNIT_ASSERT_EQUAL(std::string("QJ-03"), written.record_number);
    f.restart();
    CPPUNIT_ASSERT(f.followup().duties().value().empty());
}

TEST(Evidence, the_same_again_changes_nothing_and_other_evidence_is_added) {
    Followed f;
    auto evidence = f.evidence(f.rescue());
    CPPUNIT_ASSERT(f.followup().evidence(evidence).ok());
    const auto size = f.journal().status().size;
    CPPUNIT_ASSERT(f.followup().evidence(evidence).ok());
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
    evidence.text = "更正";
    CPPUNIT_ASSERT(f.followup().evidence(evidence).ok());
    CPPUNIT_ASSERT_EQUAL(size + 1, f.journal().status().size);
}

TEST(Evidence, that_is_missing_refuses_nothing) {
    Followed f;
    (void)f.rescue();
    f.advance(std::chrono::hours{8});
    f.sync();
    CPPUNIT_ASSERT(f.followup().duties().value()[0].late);
    (void)f.rescue();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.followup().duties().value().size());
}

TEST(Evidence, is_only_of_a_line_that_an_emergency_let_pass) {
    Followed f;
    const auto plain = f.clear("D411502000001").value();
    CPPUNIT_ASSERT_EQUAL(std::string("reference"),
                         f.followup().evidence(f.evidence(plain.lines[0].reference)).error().field);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, f.followup().evidence(f.evidence("ZZZZZZ")).error().id);
}

TEST(Evidence, names_what_is_wrong_with_it) {
    Followed f;
    auto evidence = f.evidence(f.rescue());
    evidence.ended = evidence.begun - std::chrono::seconds{1};
    CPPUNIT_ASSERT_EQUAL(std::string("resc_endtime"), f.followup().evidence(evidence).error().field);
    evidence.ended = at("2026-09-01 09:00:00");
    CPPUNIT_ASSERT_EQUAL(std::string("resc_endtime"), f.followup().evidence(evidence).error().field);
    evidence = f.evidence(evidence.reference);
    evidence.by.clear();
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_missing_field, f.followup().evidence(evidence).error().id);
    evidence.by = "王伟";
    evidence.text = std::string(301, 'x');
    CPPUNIT_ASSERT_EQUAL(std::string("text"), f.followup().evidence(evidence).error().field);
    evidence.text.clear();
    evidence.kind = EmergencyKind::none;
    CPPUNIT_ASSERT_EQUAL(std::string("kind"), f.followup().evidence(evidence).error().field);
}

TEST(Reversal, names_the_decisions_in_an_entry_of_its_own) {
    Followed f;
    const auto answer = f.clear("D411502000001", "till-1:77").value();
    const auto size = f.journal().status().size;
    const auto done = f.followup().reverse({{answer.lines[0].reference}, "", "2205", "患者取消", "收费处"}).value();
    CPPUNIT_ASSERT(!done.repeated);
    CPPUNIT_ASSERT_EQUAL(size + 1, f.journal().status().size);
    const auto entry = f.journal().entry({1}, done.entries.at(0).number).value();
    const auto& reversal = std::get<wire::ReversalEntry>(entry.body);
    CPPUNIT_ASSERT_EQUAL(answer.lines[0].number, reversal.decisions.at(0).number);
    CPPUNIT_ASSERT_EQUAL(std::string("2205"), reversal.infno);
}

TEST(Reversal, of_the_same_lines_again_changes_nothing) {
    Followed f;
    CPPUNIT_ASSERT(f.clear("D411502000001", "till-1:77").ok());
    const agent::Followup::Wish wish{{}, "till-1:77", "2208", "", "收费处"};
    const auto first = f.followup().reverse(wish).value();
    f.restart();
    const auto size = f.journal().status().size;
    const auto again = f.followup().reverse(wish).value();
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT(first.entries == again.entries);
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

/// P2: of the lines that stand none is decided twice.
TEST(Reversal, of_some_lines_leaves_the_key_to_those_that_stand) {
    Followed f;
    const auto two = [&](const char* key) {
        agent::ClaimLine lines[] = {{"1", AgentFixture::line("D411502000001")}, {"2", AgentFixture::line("D411502000002")}};
        return f.gate().clear({"C-1", key, lines});
    };
    const auto first = two("till-1:78").value();
    const auto reverse = [&](std::size_t line) {
        CPPUNIT_ASSERT(f.followup().reverse({{first.lines[line].reference}, "", "2302", "", "收费处"}).ok());
    };
    reverse(1);
    f.restart();
    const auto size = f.journal().status().size;
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_idempotency_conflict, two("till-1:78").error().id);
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
    reverse(0);
    CPPUNIT_ASSERT(!two("till-1:78")->repeated);
    CPPUNIT_ASSERT(two("till-1:78")->repeated);
}

TEST(Reversal, of_a_line_that_was_decided_before_leaves_the_key_to_its_newer_claim) {
    Followed f;
    const auto first = f.clear("D411502000001", "till-1:79").value();
    CPPUNIT_ASSERT(f.followup().reverse({{}, "till-1:79", "2205", "", "收费处"}).ok());
    const auto anew = f.clear("D411502000001", "till-1:79").value();
    CPPUNIT_ASSERT(!anew.repeated);
    CPPUNIT_ASSERT(f.followup().reverse({{first.lines[0].reference}, "", "2205", "", "收费处"})->repeated);
    CPPUNIT_ASSERT(f.clear("D411502000001", "till-1:79")->repeated);
}

TEST(Reversal, counts_what_is_taken_back_now) {
    Followed f;
    const auto one = f.clear("D411502000001", "till-1:80").value().lines[0].reference;
    const auto other = f.clear("D411502000002", "till-1:81").value().lines[0].reference;
    CPPUNIT_ASSERT(f.followup().reverse({{one}, "", "2205", "", "收费处"}).ok());
    const auto both = f.followup().reverse({{one, other}, "", "2205", "", "收费处"}).value();
    CPPUNIT_ASSERT(!both.repeated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, both.decisions.size());
    CPPUNIT_ASSERT_EQUAL(f.journal().status().size, both.entries.at(0).number);
}

/// P1: what was taken back and comes again is decided by what is known now, not by what its key once got.
TEST(Reversal, a_line_that_was_reversed_is_decided_anew_under_the_same_key) {
    Followed f;
    const auto first = f.clear("D411502000001", "till-1:77").value();
    f.hub.people.at(1).standing = {{Standing::suspended, on("2026-08-15"), {}, {}, 1, "信医保处〔2026〕40号"}};
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.clear("D411502000001", "till-1:77")->lines[0].decision.served);
    CPPUNIT_ASSERT(f.followup().reverse({{first.lines[0].reference}, "", "2205", "", "收费处"}).ok());
    const auto anew = f.clear("D411502000001", "till-1:77").value();
    CPPUNIT_ASSERT(!anew.repeated);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, anew.lines[0].decision.served);
    const auto again = f.clear("D411502000001", "till-1:77").value();
    CPPUNIT_ASSERT(again.repeated);
    CPPUNIT_ASSERT_EQUAL(anew.lines[0].number, again.lines[0].number);
}

TEST(Reversal, of_an_emergency_needs_no_evidence_any_more) {
    Followed f;
    const std::string reference = f.rescue();
    CPPUNIT_ASSERT(f.followup().reverse({{reference}, "", "2205", "", "收费处"}).ok());
    CPPUNIT_ASSERT(f.followup().duties().value().empty());
}

TEST(Reversal, names_what_is_wrong_with_it) {
    Followed f;
    const auto answer = f.clear("D411502000001", "k").value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_missing_field, f.followup().reverse({{}, "", "", "", "收费处"}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_missing_field,
                         f.followup().reverse({{answer.lines[0].reference}, "k", "", "", "收费处"}).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("by"), f.followup().reverse({{}, "k", "", "", ""}).error().field);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, f.followup().reverse({{}, "other", "", "", "收费处"}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found,
                         f.followup().reverse({{"ZZZZZZ"}, "", "", "", "收费处"}).error().id);
}

TEST(Release, is_journaled_with_name_and_reason) {
    Followed f;
    agent::ClaimLine line{"1", AgentFixture::line("7777", kFee)};
    line.line.release = {"新入职，代码未维护", "赵院长"};
    const auto answer = f.gate().clear({"C-8", "", {&line, 1}}).value();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, answer.lines[0].decision.served);
    const auto entry = f.journal().entry({1}, answer.lines[0].number).value();
    const auto& decision = std::get<wire::DecisionEntry>(entry.body);
    CPPUNIT_ASSERT_EQUAL(std::string("赵院长"), decision.released_by);
    CPPUNIT_ASSERT_EQUAL(std::string("新入职，代码未维护"), decision.release_reason);
    CPPUNIT_ASSERT(decision.grounds == (std::vector<Ground>{Ground::unmapped, Ground::responsible_release}));
}

TEST(DutySession, of_a_pharmacist_who_signed_on_passes_prescriptions_at_once) {
    AgentFixture f;
    f.hub.institution.kind = InstitutionKind::pharmacy;
    f.hub.people.at(6).category = Category::pharmacist;
    f.hub.publish();
    f.ready();
    FeeLine sale;
    sale.txn = Txn::pharmacy_settlement;
    sale.item = ItemClass::prescription_drug;
    sale.fee_time = at("2026-09-01 08:00:00");
    const auto served = [&] { return f.gate().check(sale)->decision.served; };
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, served());
    CPPUNIT_ASSERT(f.desk().duty("D411502000006", true, "收银").ok());
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, served());
    f.advance(std::chrono::minutes{10});
    CPPUNIT_ASSERT(f.desk().duty("D411502000006", false, "收银").ok());
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::not_judged, served());
    sale.fee_time = at("2026-09-01 08:10:01");
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, served());
}

TEST(Mapping, proposes_who_has_the_name_that_came_with_an_unknown_code) {
    Followed f;
    agent::ClaimLine line{"1", AgentFixture::line("0042", kFee)};
    line.ordering_name = "李静";
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.gate().clear({"C-9", "", {&line, 1}})->lines[0].decision.served);
    const auto& copy = *f.agent->view()->copy;
    auto seen = f.gate().unmapped().list(copy, *f.desk().overlay(), on("2026-09-01"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen.size());
    CPPUNIT_ASSERT_EQUAL(std::string("0042"), seen[0].code);
    const auto proposals = agent::proposals_for(seen[0], copy, *f.desk().overlay(), on("2026-09-01"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, proposals.size());
    CPPUNIT_ASSERT_EQUAL(std::string("D411502000002"), proposals[0].code);
    CPPUNIT_ASSERT(f.desk().submit({"#2", wire::AliasFiling{{}, "0042", false}, "王五", {}}).ok());
    CPPUNIT_ASSERT(f.gate().unmapped().list(copy, *f.desk().overlay(), on("2026-09-01")).empty());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("0042"));
}

TEST(Mapping, proposes_nobody_who_left_and_those_of_the_department_first) {
    Copy::Parts parts;
    parts.profile = henan_xinyang();
    const auto add = [&](std::uint32_t no, const char* department, std::optional<Day> last_day) {
        Registration person;
        person.no = {no};
        person.code = "D41150200000" + std::to_string(no);
        person.name = "王伟";
        person.department = department;
        person.registered_from = on("2025-01-01");
        person.last_day = last_day;
        parts.registrations.push_back(person);
    };
    add(1, "A01", {});
    add(2, "A02", {});
    add(3, "A02", on("2026-01-01"));
    const auto copy = Copy::build(parts).value();
    const auto proposals = agent::proposals_for({"0042", "王伟", "A02", 1, {}}, *copy, Overlay{}, on("2026-09-01"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, proposals.size());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, proposals[0].no.value);
    CPPUNIT_ASSERT(proposals[0].same_department && !proposals[1].same_department);
}

#include "hub/core/report.h"

#include "shared/wire/reference.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const std::string kZhang = "D411500000001";
const std::string kDocument = "信医保处〔2026〕12号";

wire::DecisionEntry fee(const std::string& code, std::string_view when, Outcome judged) {
    wire::DecisionEntry entry;
    entry.claim_id = "M1";
    entry.line_id = "1";
    entry.idempotency_key = "M1-1";
    entry.txn = Txn::outpatient_fees;
    entry.fee_time = at(when);
    entry.amount = Fen{12345};
    entry.judged = judged;
    entry.served = judged;
    entry.people = {{Role::ordering, code, PersonFound::registered, RecordNo{1}, judged}};
    return entry;
}

struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        import(kHospital,
               {row(kZhang, "张伟", "110105194912310021"), row("N411500000002", "李娜", "110105195001010018")});
    }
};

TEST(Report, finds_a_line_that_was_allowed_on_an_old_copy_and_is_wrong_today) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.state_hash = must(f.hub().feed().current(kHospital)).hash;
    wire::DecisionEntry line = fee(kZhang, "2026-03-11 09:00:00", Outcome::allow);
    line.state_hash = agent.state_hash;
    f.suspend(kZhang, "2026-03-10", kDocument);
    f.clock.advance(at("2026-03-11 09:00:00") - f.clock.wall());
    agent.decide(line);
    agent.decide(fee(kZhang, "2026-03-09 23:59:59", Outcome::allow));
    agent.sync();
    const InstitutionReport report = must(f.hub().report().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, report.lines.size());
    const ReportLine& wrong = report.lines[0];
    CPPUNIT_ASSERT_EQUAL(std::string("wrongly_allowed"), std::string(to_string(wrong.verdict)));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, wrong.now);
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, wrong.grounds_now.at(0));
    CPPUNIT_ASSERT_EQUAL(kDocument, wrong.document);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), wrong.person);
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value - 1, wrong.copy_seq.value);  // the state before the suspension
    CPPUNIT_ASSERT(wrong.copy_age > std::chrono::hours{24 * 9});
    CPPUNIT_ASSERT_EQUAL(std::string("rightly_allowed"), std::string(to_string(report.lines[1].verdict)));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{12345}, report.fen(Verdict::wrongly_allowed));
}
TAGS(Report, finds_a_line_that_was_allowed_on_an_old_copy_and_is_wrong_today, "XY-50 XY-51 XY-52");

TEST(Report, leaves_out_what_the_institution_reversed) {
    Scene f;
    TestAgent agent(f, kHospital);
    f.suspend(kZhang, "2026-03-10", kDocument);
    f.clock.advance(at("2026-03-11 09:00:00") - f.clock.wall());
    agent.decide(fee(kZhang, "2026-03-11 09:00:00", Outcome::allow));
    agent.decide(fee(kZhang, "2026-03-11 10:00:00", Outcome::allow));
    agent.sync();
    const auto report = [&] { return must(f.hub().report().institution(kHospital)); };
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, report().count(Verdict::wrongly_allowed));
    const ReportLine first = report().lines.at(0);
    agent.append(wire::ReversalEntry{{{first.chapter, first.index}}, "2205", "患者取消", "收费处"});
    agent.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report().count(Verdict::wrongly_allowed));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{12345}, report().fen(Verdict::wrongly_allowed));
}

TEST(Report, finds_a_line_that_was_refused_and_would_pass_today) {
    Scene f;
    TestAgent agent(f, kHospital);
    f.suspend(kZhang, "2026-03-03", kDocument);
    f.clock.advance(at("2026-03-11 09:00:00") - f.clock.wall());
    agent.decide(fee(kZhang, "2026-03-11 09:00:00", Outcome::deny));
    agent.decide(fee(kZhang, "2026-03-05 09:00:00", Outcome::deny));
    agent.sync();
    must(f.hub().sanctions().end(kOperator, kZhang, kDocument, day("2026-03-10"), "修复"));
    const InstitutionReport report = must(f.hub().report().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.count(Verdict::wrongly_refused));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.count(Verdict::rightly_refused));
}

TEST(Report, counts_a_declared_rescue_as_right) {
    Scene f;
    TestAgent agent(f, kHospital);
    f.suspend(kZhang, "2026-03-03", kDocument);
    f.clock.advance(at("2026-03-04 09:00:00") - f.clock.wall());
    wire::DecisionEntry rescue = fee(kZhang, "2026-03-04 09:00:00", Outcome::allow_marked);
    rescue.emergency = EmergencyKind::rescue;
    rescue.emergency_reason = "心脏骤停";
    rescue.emergency_by = "王护士";
    agent.decide(rescue);
    agent.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.hub().report().institution(kHospital)).count(Verdict::rightly_allowed));
}
TAGS(Report, counts_a_declared_rescue_as_right, "XY-52");

TEST(Report, judges_a_former_code_by_the_person_here_and_elsewhere) {
    Scene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    TestAgent agent(f, kHospital);
    TestAgent pharmacy(f, kPharmacy);
    wire::ChangeFiling change;
    change.no = RecordNo{1};
    change.code = "D411500000011";
    agent.file(change, 1);
    CPPUNIT_ASSERT(agent.sync().held.results.at(0).accepted);
    f.suspend("D411500000011", "2026-03-03", kDocument);
    f.clock.advance(at("2026-03-04 09:00:00") - f.clock.wall());
    wire::DecisionEntry line = fee(kZhang, "2026-03-04 08:00:00", Outcome::allow);
    agent.decide(line);
    agent.sync();
    line.txn = Txn::pharmacy_settlement;
    line.item = ItemClass::prescription_drug;
    line.people[0] = {Role::prescriber, kZhang, PersonFound::external, RecordNo{}, Outcome::allow};
    pharmacy.decide(line);
    pharmacy.sync();
    const InstitutionReport here = must(f.hub().report().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, here.lines.at(0).grounds_now.at(0));
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), here.lines[0].person);
    const InstitutionReport elsewhere = must(f.hub().report().institution(kPharmacy));
    CPPUNIT_ASSERT_EQUAL(Ground::region_ineligible, elsewhere.lines.at(0).grounds_now.at(0));
}

TEST(Report, finds_a_decision_by_the_reference_of_its_till) {
    Scene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    TestAgent agent(f, kHospital);
    TestAgent other(f, kHospital);
    for (TestAgent* each : {&agent, &other})
        for (const char* time : {"2026-03-02 09:00:00", "2026-03-02 09:01:00"}) each->decide(fee(kZhang, time, Outcome::allow));
    agent.sync();
    other.sync();
    const auto size = agent.hashes.size();
    const std::string reference = wire::reference(size, agent.hashes.back());
    const auto found = must(f.hub().report().find(kHospital, reference));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
    CPPUNIT_ASSERT(found[0].agent == agent.id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, found[0].index);
    CPPUNIT_ASSERT_EQUAL(at("2026-03-02 09:01:00"), found[0].fee_time);
    const auto refused = [&](const std::string& institution, const std::string& text) {
        return f.hub().report().find(institution, text).error().id;
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, refused(kHospital, wire::reference(size, {})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, refused(kHospital, "7KQ"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_found, refused(kPharmacy, reference));
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_not_found, refused("H0", reference));
}

TEST(Report, judges_outside_prescribers_by_the_region) {
    Scene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    TestAgent agent(f, kPharmacy);
    f.suspend(kZhang, "2026-03-03", kDocument);
    f.clock.advance(at("2026-03-04 09:00:00") - f.clock.wall());
    wire::DecisionEntry line = fee(kZhang, "2026-03-04 08:00:00", Outcome::allow);
    line.txn = Txn::pharmacy_settlement;
    line.item = ItemClass::prescription_drug;
    line.people[0] = {Role::prescriber, kZhang, PersonFound::external, RecordNo{}, Outcome::allow};
    agent.decide(line);
    agent.sync();
    const InstitutionReport report = must(f.hub().report().institution(kPharmacy));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.count(Verdict::wrongly_allowed));
    CPPUNIT_ASSERT_EQUAL(Ground::region_ineligible, report.lines[0].grounds_now.at(0));
}

TEST(Report, judges_outside_prescribers_by_the_day_of_the_prescription) {
    Scene f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    TestAgent agent(f, kPharmacy);
    f.suspend(kZhang, "2026-03-03", kDocument);
    f.clock.advance(at("2026-03-04 09:00:00") - at("2026-03-02 08:00:00"));
    wire::DecisionEntry line = fee(kZhang, "2026-03-04 08:00:00", Outcome::allow);
    line.txn = Txn::pharmacy_settlement;
    line.item = ItemClass::prescription_drug;
    line.people[0] = {Role::prescriber, kZhang, PersonFound::external, RecordNo{}, Outcome::allow};
    line.prescribed_at = at("2026-03-02 23:59:59");  // the last second before the suspension
    agent.decide(line);
    line.prescribed_at = at("2026-03-03 00:00:00");
    agent.decide(line);
    agent.sync();
    const InstitutionReport report = must(f.hub().report().institution(kPharmacy));
    CPPUNIT_ASSERT_EQUAL(std::string("rightly_allowed"), std::string(to_string(report.lines.at(0).verdict)));
    CPPUNIT_ASSERT_EQUAL(std::string("wrongly_allowed"), std::string(to_string(report.lines.at(1).verdict)));
}

TAGS(Report, shows_which_departure_is_due_when_and_how_its_filing_is_proven, "XY-38");
TEST(Report, shows_which_departure_is_due_when_and_how_its_filing_is_proven) {
    Scene f;
    f.clock.advance(at("2026-03-06 17:00:00") - f.clock.wall());
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-06"), "辞职"}, 1);
    f.clock.advance(at("2026-03-09 08:00:00") - f.clock.wall());
    agent.sync();
    ReportDeparture departure = must(f.hub().report().institution(kHospital)).departures.at(0);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-20"), format(departure.duty.due.day));
    CPPUNIT_ASSERT_EQUAL(FilingProof::proven_on_time, departure.proof);
    CPPUNIT_ASSERT(!departure.window_updated);
    agent.file(wire::WindowFiling{uuid(1), day("2026-03-09"), "WH-20260309-7"}, 2);
    agent.sync();
    departure = must(f.hub().report().institution(kHospital)).departures.at(0);
    CPPUNIT_ASSERT_EQUAL(DutyStage::done, departure.duty.stage);
    CPPUNIT_ASSERT_EQUAL(std::string("WH-20260309-7"), departure.window_receipt);
}

TAGS(Report, knows_a_filing_that_came_late_from_one_that_nobody_can_prove, "XY-38");
TEST(Report, knows_a_filing_that_came_late_from_one_that_nobody_can_prove) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-02-27"), ""}, 1);  // due on 13 March
    f.clock.advance(at("2026-03-20 08:00:00") - f.clock.wall());
    agent.sync();
    CPPUNIT_ASSERT_EQUAL(FilingProof::claimed, must(f.hub().report().institution(kHospital)).departures.at(0).proof);
    agent.file(wire::DepartureFiling{RecordNo{2}, day("2026-02-27"), ""}, 2);  // made after the hub's time of 20 March
    agent.sync();
    CPPUNIT_ASSERT_EQUAL(FilingProof::proven_late,
                         must(f.hub().report().institution(kHospital)).departures.at(1).proof);
}

TAGS(Report, shows_each_agent_and_the_hub, "XY-47");
TEST(Report, shows_each_agent_and_the_hub) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.sync();
    const HubStatus status = must(f.hub().report().status());
    CPPUNIT_ASSERT_EQUAL(std::string("xinyang-test"), status.hub_id);
    CPPUNIT_ASSERT_EQUAL(2U, status.people);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, status.agents.size());
    CPPUNIT_ASSERT(status.agents[0].last_contact == f.clock.wall());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, status.agents[0].entries_held);
    CPPUNIT_ASSERT_EQUAL(status.publish_number, status.agents[0].current_seq.value);
}

}  // namespace
}  // namespace zige::hub::testing

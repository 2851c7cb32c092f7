#include "shared/wire/codec.h"
#include "shared/wire/phone_codes.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr const char* kNumber = "11010519491231002X";
constexpr const char* kClerk = "李会计";

agent::Desk::Act act(wire::FilingBody body, const std::string& person = {}) {
    return {person, std::move(body), kClerk, std::nullopt};
}
wire::RegistrationFiling newcomer() {
    wire::RegistrationFiling filing;
    filing.code = "D411502000099";
    filing.name = "周新";
    filing.commitment_signed = on("2026-08-31");
    filing.from = on("2026-09-01");
    return filing;
}
agent::FilingStatus filed(AgentFixture& f, wire::FilingBody body, const std::string& person = {}) {
    auto done = f.desk().submit(act(std::move(body), person));
    CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    return *std::move(done);
}
ErrorId refused(AgentFixture& f, wire::FilingBody body, const std::string& person = {}) {
    const auto size = f.journal().status().size;
    auto done = f.desk().submit(act(std::move(body), person));
    CPPUNIT_ASSERT_MESSAGE("it was filed", !done.ok());
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
    return done.error().id;
}
/// Everything that lies on the agent's disk, the journal and the write-ahead logs too.
bool on_disk(AgentFixture& f, std::string_view words) {
    for (const auto& [path, bytes] : f.disk->image("/data"))
        if (as_text(bytes).find(words) != std::string_view::npos) return true;
    return false;
}

}  // namespace

TEST(DeskFilings, a_registration_counts_at_once_and_marked_until_the_hub_answers) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000099"));
    const auto status = filed(f, newcomer());
    CPPUNIT_ASSERT_EQUAL(FilingState::pending, status.state);
    CPPUNIT_ASSERT_EQUAL(on("2026-09-15"), status.expected->day);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000099"));
    f.restart();
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000099"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_already_registered, refused(f, newcomer()));
}
TAGS(DeskFilings, a_registration_counts_at_once_and_marked_until_the_hub_answers, "XY-15 XY-19 JN-2-1-2");

TEST(DeskFilings, a_registration_without_an_answer_in_time_calls_for_the_bureau_and_passes_on) {
    AgentFixture f;
    f.ready();
    const std::string id = to_hex(filed(f, newcomer()).filing.uuid);
    f.clock.advance(std::chrono::days{14});  // the 15th, which is the last day
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().answers_late());
    f.clock.advance(std::chrono::days{1});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.desk().answers_late());
    CPPUNIT_ASSERT(f.desk().find(id)->answer_late);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000099", "2026-09-16 07:50:00"));  // P11
    f.clock.set_wall(at("2026-09-14 08:00:00"));  // in doubt: nothing is declared late
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().answers_late());
}

TEST(DeskFilings, a_registration_without_commitment_waits_for_the_hub) {
    AgentFixture f;
    f.ready();
    wire::RegistrationFiling filing = newcomer();
    filing.commitment_signed.reset();
    CPPUNIT_ASSERT(!filed(f, filing).expected);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000099"));
}

/// P1: under another code he would pass until the hub has answered.
TEST(DeskFilings, a_registration_that_may_be_of_somebody_suspended_waits_for_the_hub) {
    AgentFixture f;
    f.hub.aliases[8] = {RecordNo{8}, RecordNo{3}, "110411500012345"};
    f.hub.publish();
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart({"#3", on("2026-08-31"), "离职", kClerk}).ok());
    wire::RegistrationFiling filing = newcomer();
    filing.licence = "110411500012345";
    CPPUNIT_ASSERT(!filed(f, filing).expected);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check(filing.code));
    filing = newcomer();
    filing.code = "D411502000098";
    filing.name = "张强";
    CPPUNIT_ASSERT(!filed(f, filing).expected);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check(filing.code));
    filing.code = "D411502000097";
    agent::Desk::Act with_document = act(filing);
    with_document.identity = wire::Identity{"01", kNumber};
    CPPUNIT_ASSERT(f.desk().submit(with_document)->expected);
}

TEST(DeskFilings, code_and_name_of_somebody_with_sanctions_are_the_bureaus) {
    AgentFixture f;
    f.ready();
    wire::ChangeFiling change;
    change.code = "D411502000099";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, refused(f, change, "#3"));
    change.code.reset();
    change.name = "张小强";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, refused(f, change, "#3"));
}

TEST(DeskFilings, a_death_is_taken_back_before_a_rehire) {
    AgentFixture f;
    f.ready();
    filed(f, wire::DeathFiling{{}, at("2026-08-31 03:00:00")}, "#6");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, refused(f, wire::RehireFiling{{}, on("2026-09-01"), {}}, "#6"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000006"));
}

TEST(DeskFilings, a_registration_that_is_refused_counts_no_more) {
    AgentFixture f;
    f.ready();
    filed(f, newcomer());
    f.hub.refuse_filings = ErrorId::filing_person_differs;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000099"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_person_differs, f.desk().filings().at(0).refused_because);
}

TEST(DeskFilings, what_was_refused_waits_for_the_clerk_until_it_is_made_anew) {
    AgentFixture f;
    f.ready();
    filed(f, newcomer());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.agent->status().filings_refused);
    f.hub.refuse_filings = ErrorId::filing_person_differs;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.agent->status().filings_refused);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.agent->status().filings_refused);
    wire::RegistrationFiling other = newcomer();
    other.code = "D411502000098";
    filed(f, other);  // somebody else
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.agent->status().filings_refused);
    filed(f, newcomer());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.agent->status().filings_refused);
}

TEST(DeskFilings, an_identity_number_lies_nowhere_in_the_clear) {
    for (const Suite suite : {Suite::ed25519_sha256, Suite::sm2_sm3}) {
        AgentFixture f(suite);
        f.ready();
        agent::Desk::Act registration = act(newcomer());
        registration.identity = wire::Identity{"01", std::string(" ") + kNumber + "\n"};
        CPPUNIT_ASSERT(f.desk().submit(registration).ok());
        f.sync();
        f.stop();
        CPPUNIT_ASSERT_MESSAGE("the name is there, so the scan sees filings", on_disk(f, "周新"));
        CPPUNIT_ASSERT(!on_disk(f, kNumber));
        const auto& sent = std::get<wire::RegistrationFiling>(f.hub.filings.at(0).body);
        const auto opened = wire::open_identity(sent.identity, "411500", *f.hub.unsealer);
        CPPUNIT_ASSERT_MESSAGE(opened ? "" : opened.error().describe(), opened.ok());
        CPPUNIT_ASSERT(*opened == (wire::Identity{"01", kNumber}));
    }
}

TEST(DeskFilings, a_wrong_identity_number_is_refused_where_it_is_typed) {
    AgentFixture f;
    f.ready();
    agent::Desk::Act registration = act(newcomer());
    registration.identity = wire::Identity{"01", "110105194912310022"};
    const auto done = f.desk().submit(registration);
    CPPUNIT_ASSERT_EQUAL(ErrorId::identity_bad_checksum, done.error().id);
    CPPUNIT_ASSERT(done.error().describe().find("1949") == std::string::npos);
    registration.identity = wire::Identity{"03", "K1234567"};  // another document has no form that we know
    CPPUNIT_ASSERT(f.desk().submit(registration).ok());
}

TEST(DeskFilings, a_code_of_the_his_is_mapped_and_counts_at_once) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.check("0042"));
    filed(f, wire::AliasFiling{{}, "0042", false}, "D411502000001");
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("0042"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, refused(f, wire::AliasFiling{{}, "0042", false}, "#2"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, refused(f, wire::AliasFiling{{}, "0017", false}, "#2"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, refused(f, wire::AliasFiling{{}, "D411502000006", false}, "#2"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, refused(f, wire::AliasFiling{{}, "0042", true}, "#2"));
    filed(f, wire::AliasFiling{{}, "0043", false}, "#3");  // maps to somebody who is suspended
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("0043"));
}

TEST(DeskFilings, an_unsent_alias_is_withdrawn_here_and_stops_counting) {
    AgentFixture f;
    f.ready();
    const auto status = filed(f, wire::AliasFiling{{}, "0042", false}, "#1");
    const std::string id = to_hex(status.filing.uuid).substr(0, 8);
    CPPUNIT_ASSERT_EQUAL(FilingState::withdrawn, f.desk().take_back(id, kClerk)->state);
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, f.check("0042"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_pending, f.desk().take_back(id, kClerk).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_found, f.desk().take_back("00", kClerk).error().id);
    f.sync();
    CPPUNIT_ASSERT(f.hub.filings.empty());
}

TEST(DeskFilings, what_the_hub_cannot_take_back_is_withdrawn_only_unsent) {
    AgentFixture f;
    f.ready();
    const auto status = filed(f, wire::CommitmentFiling{{}, on("2026-09-01")}, "#1");
    f.hub.defer_filings = true;
    f.sync();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_pending,
                         f.desk().take_back(to_hex(status.filing.uuid).substr(0, 8), kClerk).error().id);
}

TEST(DeskFilings, leave_is_marked_and_no_departure) {
    AgentFixture f;
    f.ready();
    filed(f, wire::LeaveFiling{{}, LeaveKind::maternity, on("2026-09-01"), on("2026-12-31")}, "#2");
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000002"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", "2026-08-31 23:00:00"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().duties_due());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_leave_overlaps,
                         refused(f, wire::LeaveFiling{{}, LeaveKind::sick, on("2026-12-31"), {}}, "#2"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval,
                         refused(f, wire::LeaveFiling{{}, LeaveKind::sick, on("2027-02-02"), on("2027-02-01")}, "#2"));
}

TEST(DeskFilings, a_transfer_and_a_death_refuse_after_the_last_day_and_have_a_duty) {
    AgentFixture f;
    f.ready();
    filed(f, wire::TransferFiling{{}, on("2026-08-31"), "H41150200002", on("2026-09-01")}, "#2");
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002"));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002", "2026-08-31 23:59:59"));
    filed(f, wire::DeathFiling{{}, at("2026-08-31 03:00:00")}, "#6");
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000006"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.desk().duties_due());
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_already,
                         refused(f, wire::DeathFiling{{}, at("2026-08-31 03:00:00")}, "#4"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_in_future, refused(f, wire::DeathFiling{{}, at("2026-09-01 09:00:00")}, "#1"));
    CPPUNIT_ASSERT_EQUAL(
        ErrorId::filing_unknown_institution,
        refused(f, wire::TransferFiling{{}, on("2026-08-31"), "H41150200001", on("2026-09-01")}, "#1"));
}

TEST(DeskFilings, a_transfer_that_is_refused_is_no_duty) {
    AgentFixture f;
    f.ready();
    filed(f, wire::TransferFiling{{}, on("2026-08-31"), "H41150200002", on("2026-09-01")}, "#2");
    f.hub.refuse_filings = ErrorId::filing_not_same_owner;
    f.sync();
    CPPUNIT_ASSERT(f.desk().duties().empty());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_same_owner, f.desk().filings().at(0).refused_because);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002"));
}

TEST(DeskFilings, rehire_without_a_gap_settles_the_departure) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-08-31"), "退休", kClerk}).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval, refused(f, wire::RehireFiling{{}, on("2026-09-02"), {}}, "#2"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002"));
    filed(f, wire::RehireFiling{{}, on("2026-09-01"), on("2027-08-31")}, "#2");
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000002"));
    CPPUNIT_ASSERT(f.desk().duties().empty());
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-09-30"), "离职", kClerk}).ok());  // and may leave again
}

TEST(DeskFilings, a_day_is_amended_before_and_after_it_passes) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_not_found, f.desk().amend("#2", on("2026-08-31"), kClerk).error().id);
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-09-30"), "合同到期", kClerk}).ok());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002"));
    const auto duty = f.desk().amend("#2", on("2026-08-30"), kClerk).value();
    CPPUNIT_ASSERT(duty.amended);
    CPPUNIT_ASSERT_EQUAL(on("2026-08-30"), duty.duty.last_day);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002", "2026-08-31 12:00:00"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, f.desk().amend("#2", on("2026-08-30"), kClerk).error().id);
    f.sync();
    CPPUNIT_ASSERT(f.desk().amend("#2", on("2026-08-31"), kClerk).ok());  // it has passed: counts here, marked
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, f.check("D411502000002", "2026-08-31 12:00:00"));
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000002"));
}

TEST(DeskFilings, what_is_about_a_departure_that_never_left_stays_here_with_it) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-08-31"), "离职", kClerk}).ok());
    CPPUNIT_ASSERT(f.desk().amend("#2", on("2026-08-30"), kClerk).ok());
    CPPUNIT_ASSERT(f.desk().confirm("#2", on("2026-08-31"), "W-1", kClerk).ok());
    CPPUNIT_ASSERT(f.desk().undo("#2", kClerk).ok());
    for (const agent::FilingStatus& each : f.desk().filings()) CPPUNIT_ASSERT_EQUAL(FilingState::withdrawn, each.state);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f.desk().waiting());
    f.sync();
    CPPUNIT_ASSERT(f.hub.filings.empty());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check("D411502000002"));
}

TEST(DeskFilings, pharmacists_sign_on_and_off) {
    AgentFixture f;
    f.hub.people.at(6).category = Category::pharmacist;
    f.hub.publish();
    f.ready();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_pharmacist, f.desk().duty("#1", true, kClerk).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_session_not_open, f.desk().duty("#6", false, kClerk).error().id);
    CPPUNIT_ASSERT(f.desk().duty("#6", true, kClerk).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_session_open, f.desk().duty("#6", true, kClerk).error().id);
    f.advance(std::chrono::hours{4});
    const auto off = f.desk().duty("#6", false, kClerk).value();
    const auto& session = std::get<wire::DutySessionFiling>(off.filing.body);
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 08:00:00"), session.from);
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 12:00:00"), *session.until);
}

struct BadAct {
    const char* name;
    const char* person;
    wire::FilingBody body;
    ErrorId error;
};
const BadAct kBadActs[] = {
    {"of_nobody", "D411502009999", wire::CommitmentFiling{{}, on("2026-09-01")}, ErrorId::filing_unknown_person},
    {"signed_tomorrow", "#1", wire::CommitmentFiling{{}, on("2026-09-02")}, ErrorId::filing_in_future},
    {"that_changes_nothing", "#1", wire::ChangeFiling{}, ErrorId::filing_nothing_changes},
    {"of_a_code_that_is_none", "#1", wire::ChangeFiling{{}, {}, {}, "D41", {}, {}}, ErrorId::code_bad_character},
    {"of_a_code_that_is_taken", "#1", wire::ChangeFiling{{}, {}, {}, "D411502000002", {}, {}},
     ErrorId::filing_alias_taken},
    {"of_a_blank_name", "#1", wire::ChangeFiling{{}, "  ", {}, {}, {}, {}}, ErrorId::api_missing_field},
    {"with_too_long_a_text", "#1", wire::AppealFiling{{}, "1号", std::string(901, 'x'), {}}, ErrorId::api_bad_field},
    {"of_a_licence_that_lapses_tomorrow", "#1", wire::LicenceLapseFiling{{}, "L1", on("2026-09-02"), ""},
     ErrorId::filing_in_future},
};
TEST_EACH(DeskFilings, refuses_a_filing, kBadActs) {
    AgentFixture f;
    f.ready();
    CPPUNIT_ASSERT_EQUAL(row.error, refused(f, row.body, row.person));
}

TEST(DeskFilings, all_kinds_reach_the_hub_as_they_were_filed) {
    AgentFixture f;
    f.ready();
    const wire::FilingBody bodies[] = {wire::PresenceFiling{{}, true, "在岗"},
                                       wire::LicenceLapseFiling{{}, "L1", on("2026-08-01"), "注销"},
                                       wire::AppealFiling{{}, "1号", "申辩", {}},
                                       wire::RepairFiling{{}, "1号", "修复", {}},
                                       wire::RestorationFiling{{}, "1号", "恢复", Hash256{}},
                                       wire::CommitmentFiling{{}, on("2026-09-01")}};
    for (const wire::FilingBody& body : bodies) filed(f, body, "D411502000001");
    f.sync();
    CPPUNIT_ASSERT_EQUAL(std::size(bodies), f.hub.filings.size());
    for (std::size_t i = 0; i < std::size(bodies); ++i) {
        CPPUNIT_ASSERT(wire::kind_of(f.hub.filings[i].body) == wire::kind_of(bodies[i]));
        CPPUNIT_ASSERT_EQUAL(std::string(kClerk), f.hub.filings[i].clerk);
    }
    CPPUNIT_ASSERT_EQUAL(1U, std::get<wire::PresenceFiling>(f.hub.filings[0].body).no.value);
    CPPUNIT_ASSERT_EQUAL(std::size(bodies), f.desk().filings().size());
    CPPUNIT_ASSERT_EQUAL(FilingState::accepted, f.desk().filings().at(0).state);
}

TEST(DeskFilings, the_code_for_the_telephone_is_what_the_hub_expects) {
    AgentFixture f;
    f.ready();
    const auto duty = f.desk().depart({"#2", on("2026-08-31"), "辞职", kClerk}).value();
    const std::string code = f.desk().filing_code(to_hex(duty.filing)).value();
    const Bytes own = f.keys.unsealer().value()->public_key();
    const Hash256 key = wire::phone_key({"411500", AgentId{3}, 1}, *f.hub.unsealer, own).value();
    f.sync();
    CPPUNIT_ASSERT(
        wire::check_filing_code(key, code, duty.filing, wire::encode(f.hub.filings.at(0)), *f.hub.hasher).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_found, f.desk().filing_code("00000000").error().id);
}

namespace {

struct DayOfDuty {
    const char* name;
    const char* now;
    DutyStage stage;
    int left;
};
/// XY 18 from a last service day of Friday 2026-09-18: the 20th is worked, 25-27 September and 1-7 October are off.
const DayOfDuty kDaysOfDuty[] = {
    {"last_day", "2026-09-18 23:59:59", DutyStage::expected, 10},
    {"day_off_after_it", "2026-09-19 09:00:00", DutyStage::open, 10},
    {"working_day_1_a_worked_sunday", "2026-09-20 09:00:00", DutyStage::open, 9},
    {"working_day_5", "2026-09-24 09:00:00", DutyStage::open, 5},
    {"holiday", "2026-09-26 09:00:00", DutyStage::open, 5},
    {"working_day_7", "2026-09-29 09:00:00", DutyStage::open, 3},
    {"working_day_8", "2026-09-30 09:00:00", DutyStage::amber, 2},
    {"golden_week", "2026-10-05 09:00:00", DutyStage::amber, 2},
    {"working_day_9", "2026-10-08 09:00:00", DutyStage::amber, 1},
    {"working_day_10", "2026-10-09 23:59:59", DutyStage::today, 0},
    {"day_after", "2026-10-10 00:00:00", DutyStage::late, -1},
};

/// Each way of leaving has the same duty: filed plainly, with a day that was amended, by transfer, by death.
void check_each_case(const DayOfDuty& row, bool suspect_clock) {
    AgentFixture f;
    f.ready();
    f.advance(at("2026-09-18 20:00:00") - at("2026-09-01 08:00:00"));
    f.sync();
    CPPUNIT_ASSERT(f.desk().depart({"#1", on("2026-09-18"), "辞职", kClerk}).ok());
    CPPUNIT_ASSERT(f.desk().depart({"#2", on("2026-09-30"), "辞职", kClerk}).ok());
    CPPUNIT_ASSERT(f.desk().amend("#2", on("2026-09-18"), kClerk).ok());
    filed(f, wire::TransferFiling{{}, on("2026-09-18"), "H41150200002", on("2026-09-21")}, "#5");
    filed(f, wire::DeathFiling{{}, at("2026-09-18 06:00:00")}, "#6");
    if (suspect_clock) {
        f.clock.set_wall(at(row.now) + std::chrono::hours{24 * 90});
    } else {
        f.advance(at(row.now) - at("2026-09-18 20:00:00"));
        f.sync();
    }
    const auto duties = f.desk().duties();
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, duties.size());
    for (const agent::Duty& duty : duties) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(to_string(duty.kind), on("2026-10-09"), duty.duty.due.day);
        if (suspect_clock) {
            CPPUNIT_ASSERT(duty.duty.stage != DutyStage::late);
            continue;
        }
        CPPUNIT_ASSERT_EQUAL_MESSAGE(to_string(duty.kind), row.stage, duty.duty.stage);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(to_string(duty.kind), row.left, duty.duty.working_days_left);
    }
}

}  // namespace

TEST_EACH(DutyOfEachCase, stands_on, kDaysOfDuty) { check_each_case(row, false); }
TEST_EACH(DutyOfEachCase, declares_nobody_late_on_a_suspect_clock, kDaysOfDuty) { check_each_case(row, true); }

#include "hub/core/filings.h"

#include "shared/wire/codec.h"
#include "shared/wire/phone_codes.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/filing_scene.h"

namespace zige::hub::testing {
namespace {

using Scene = FilingScene;

wire::LeaveFiling leave(const char* from, std::optional<Day> until, LeaveKind kind = LeaveKind::maternity) {
    return {RecordNo{2}, kind, day(from), until};
}

TEST(FilingLeave, is_an_interval_and_no_departure) {
    Scene f;
    f.accepted(leave("2026-03-01", day("2026-08-31")));
    f.accepted(leave("2025-01-01", day("2025-01-31"), LeaveKind::study));
    CPPUNIT_ASSERT(!f.at_site(kLi, kHospital).last_day);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_leave_overlaps, f.refused(leave("2026-08-31", {})));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval, f.refused(leave("2023-08-31", day("2023-09-01"))));
    f.accepted(leave("2026-09-01", {}, LeaveKind::sick));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_leave_overlaps, f.refused(leave("2027-09-01", {})));
    f.accepted(leave("2026-09-01", day("2026-09-10"), LeaveKind::sick));  // an open one is ended
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_leave_overlaps,
                         f.refused(leave("2026-09-01", day("2026-09-12"), LeaveKind::sick)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, f.events(HubEvent::leave_recorded));
}

TEST(FilingLeave, stands_in_the_record_and_goes_when_it_is_taken_back) {
    Scene f;
    const auto leaves = [&] {
        const auto update = must(f.hub().feed().update(kHospital, wire::kGenesis));
        const auto delta = must(wire::decode_delta(open(f, MessageType::delta, update.envelope)));
        for (const Record& record : delta.records)
            if (record_no(record).value == 2) return std::get<Registration>(record).leaves;
        return std::vector<Leave>{};
    };
    f.accepted(leave("2026-03-01", day("2026-08-31")));
    CPPUNIT_ASSERT(leaves() == (std::vector<Leave>{{LeaveKind::maternity, day("2026-03-01"), day("2026-08-31")}}));
    f.accepted(wire::UndoFiling{f.last_uuid()});
    CPPUNIT_ASSERT(leaves().empty());
}

TEST(FilingLeave, has_a_limit) {
    Scene f;
    for (int i = 0; i < 16; ++i) {
        const Day first = day("2025-01-01") + std::chrono::days{i};
        f.accepted(wire::LeaveFiling{RecordNo{2}, LeaveKind::other, first, first});
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_too_many, f.refused(leave("2026-08-31", {})));
}

TEST(FilingDutySession, is_signed_on_and_off_by_a_pharmacist) {
    Scene f;
    const Instant from = at("2026-03-02 08:00:00");
    const Instant until = at("2026-03-02 12:00:00");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_pharmacist, f.refused(wire::DutySessionFiling{RecordNo{1}, from, {}}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_session_not_open,
                         f.refused(wire::DutySessionFiling{RecordNo{3}, from, until}));
    f.accepted(wire::DutySessionFiling{RecordNo{3}, from, {}});
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_session_open, f.refused(wire::DutySessionFiling{RecordNo{3}, until, {}}));
    f.accepted(wire::DutySessionFiling{RecordNo{3}, from, until});
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_in_future,
                         f.refused(wire::DutySessionFiling{RecordNo{3}, at("2026-03-09 08:00:00"), {}}));
    const auto sessions = must(f.hub().filings().sessions(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sessions.size());
    CPPUNIT_ASSERT(sessions[0].until == until);
}

TEST(FilingPresence, answers_a_question_that_somebody_asked) {
    Scene f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_asked, f.refused(wire::PresenceFiling{RecordNo{2}, true, ""}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_unknown_person,
                         f.hub().filings().ask(kOperator, kHospital, RecordNo{99}, "死亡名单").error().id);
    must(f.hub().filings().ask(kOperator, kHospital, RecordNo{2}, "死亡名单"));
    CPPUNIT_ASSERT_EQUAL(day("2026-03-16"), must(f.hub().filings().questions()).at(0).due.day);
    f.accepted(wire::PresenceFiling{RecordNo{2}, true, "本人在岗"});
    const auto questions = must(f.hub().filings().questions());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, questions.size());
    CPPUNIT_ASSERT(questions[0].answered && questions[0].present);
}

/// Nobody says that he left: he stood on lines, and stands on none while the others go on.
TEST(FilingPresence, is_asked_of_whoever_orders_nothing_for_long) {
    Scene f;
    const auto ordered = [&](std::uint32_t no, const char* time) {
        wire::DecisionEntry entry;
        entry.claim_id = "C-1";
        entry.line_id = "1";
        entry.fee_time = at(time);
        entry.people = {{Role::ordering, kZhang, PersonFound::registered, RecordNo{no}, Outcome::allow}};
        f.agent->decide(entry);
    };
    ordered(1, "2026-03-02 07:00:00");
    ordered(2, "2026-03-02 07:00:00");
    f.agent->sync();
    f.clock.advance(std::chrono::hours{24 * 30});
    CPPUNIT_ASSERT_EQUAL_MESSAGE("nobody orders anything", std::size_t{0}, must(f.hub().filings().scan(kOperator)));
    ordered(2, "2026-04-01 07:00:00");
    f.agent->sync();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.hub().filings().scan(kOperator)));
    CPPUNIT_ASSERT_EQUAL(1U, must(f.hub().filings().questions()).at(0).record.value);
}

TEST(FilingCase, is_kept_and_listed) {
    Scene f;
    f.accepted(wire::AppealFiling{RecordNo{1}, "信医保处〔2026〕1号", "记分有误", {}});
    f.accepted(wire::RepairFiling{RecordNo{1}, "信医保处〔2026〕1号", "已参加培训", Hash256{}});
    f.accepted(wire::RestorationFiling{RecordNo{1}, "信医保处〔2026〕1号", "期满申请恢复", {}});
    f.accepted(wire::LicenceLapseFiling{RecordNo{1}, "110411500000001", day("2026-03-01"), "注销注册"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, f.events(HubEvent::case_filed));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::licence_lapsed));
    CPPUNIT_ASSERT(!f.at_site(kZhang, kHospital).last_day);  // P11
    const auto all = must(f.hub().filings().list(kHospital, FilingKind::appeal));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, all.size());
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), all[0].name);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, must(f.hub().filings().list("", {})).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, must(f.hub().filings().list(kTownship, {})).size());
    CPPUNIT_ASSERT(must(f.hub().filings().find(to_hex(uuid(2)).substr(0, 8))).kind == FilingKind::repair);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_found, f.hub().filings().find("0202020").error().id);
}

/// The line is down: the clerk reads 8 digits, and the filing that comes after the limit is proven to be in time.
TEST(FilingCode, proves_a_filing_that_comes_later) {
    Scene f;
    f.agent->sync();
    const Bytes filing = f.agent->file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const Hash256 key = must(wire::phone_key({f.hub().trust().hub_id(), f.agent->id, 1}, *f.agent->unsealer,
                                             f.hub().trust().document().sealing_key));
    const std::string code = wire::filing_code(key, uuid(1), filing, *f.hasher);
    std::string misheard = code;
    misheard.back() = misheard.back() == '9' ? '0' : static_cast<char>(misheard.back() + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::phone_code_misheard,
                         f.hub().filings().enter_code(kOperator, kHospital, misheard).error().id);
    f.clock.advance(std::chrono::hours{24 * 3});
    must(f.hub().filings().enter_code(kOperator, kHospital, code));
    must(f.hub().filings().enter_code(kOperator, kHospital, code));  // twice in a second
    f.clock.advance(std::chrono::hours{24 * 30});
    must(f.hub().filings().enter_code(kOperator, kHospital, code));  // the first time stands
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.hub().filings().codes()).size());
    CPPUNIT_ASSERT(f.agent->sync().held.results.at(0).accepted);
    const auto departure = must(f.hub().report().institution(kHospital)).departures.at(0);
    CPPUNIT_ASSERT_EQUAL(at("2026-03-05 08:00:00"), departure.filed_before);
    CPPUNIT_ASSERT_EQUAL(FilingProof::proven_on_time, departure.proof);
    CPPUNIT_ASSERT(must(f.hub().filings().codes()).at(0).filing.has_value());
}

TEST(FilingCode, of_another_filing_proves_nothing) {
    Scene f;
    f.agent->sync();
    f.agent->file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const Bytes other = f.agent->file(wire::DepartureFiling{RecordNo{2}, day("2026-03-01"), "辞职"}, 2);
    const Hash256 key = must(wire::phone_key({f.hub().trust().hub_id(), f.agent->id, 1}, *f.agent->unsealer,
                                             f.hub().trust().document().sealing_key));
    must(f.hub().filings().enter_code(kOperator, kHospital, wire::filing_code(key, uuid(1), other, *f.hasher)));
    f.clock.advance(std::chrono::hours{24 * 30});
    f.agent->sync();
    for (const auto& departure : must(f.hub().report().institution(kHospital)).departures)
        CPPUNIT_ASSERT_EQUAL(FilingProof::claimed, departure.proof);
    CPPUNIT_ASSERT(!must(f.hub().filings().codes()).at(0).filing);
}

}  // namespace
}  // namespace zige::hub::testing

#include "tests/support/testing.h"
#include "tests/unit/hub/filing_scene.h"

namespace zige::hub::testing {
namespace {

using Scene = FilingScene;
const wire::DepartureFiling kLeaves{RecordNo{1}, day("2026-03-01"), "辞职"};

TEST(FilingDeparture, of_a_future_day_is_amended_before_and_after_it_passes) {
    Scene f;
    f.accepted(wire::DepartureFiling{RecordNo{1}, day("2026-03-20"), "合同到期"});
    const wire::Uuid departure = f.last_uuid();
    f.accepted(wire::AmendFiling{departure, day("2026-03-10")});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-10"), *f.at_site(kZhang, kHospital).last_day);
    f.clock.advance(std::chrono::hours{24 * 20});
    f.accepted(wire::AmendFiling{departure, day("2026-03-12")});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-12"), *f.at_site(kZhang, kHospital).last_day);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, f.refused(wire::AmendFiling{departure, day("2026-03-12")}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::departure_before_registration,
                         f.refused(wire::AmendFiling{departure, day("2023-12-31")}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_found, f.refused(wire::AmendFiling{uuid(99), day("2026-03-12")}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.events(HubEvent::departure_amended));
}

TEST(FilingDeparture, is_not_confirmed_by_an_entry_from_before_the_last_day) {
    Scene f;
    f.accepted(kLeaves);
    const wire::Uuid departure = f.last_uuid();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval,
                         f.refused(wire::WindowFiling{departure, day("2026-02-28"), "W-1"}));
    f.accepted(wire::WindowFiling{departure, day("2026-03-01"), "W-1"});
}

/// A far day that is filed early and moved back afterwards does not prove that the day was told in time.
TEST(FilingDeparture, an_earlier_day_is_proven_by_the_amendment_only) {
    Scene f;
    f.accepted(wire::DepartureFiling{RecordNo{1}, day("2026-09-30"), "合同到期"});
    const wire::Uuid departure = f.last_uuid();
    f.clock.advance(std::chrono::hours{24 * 60});
    f.accepted(wire::CommitmentFiling{RecordNo{2}, day("2026-05-01")});  // the agent hears the hub's time again
    f.accepted(wire::AmendFiling{departure, day("2026-03-03")});
    const auto report = must(f.hub().report().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(FilingProof::proven_late, report.departures.at(0).proof);
    f.accepted(wire::AmendFiling{departure, day("2026-04-30")});
    CPPUNIT_ASSERT_EQUAL(FilingProof::proven_on_time,
                         must(f.hub().report().institution(kHospital)).departures.at(0).proof);
}

TEST(FilingDeparture, retirement_and_rehire_without_a_gap_is_one_registration) {
    Scene f;
    f.accepted(kLeaves);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval,
                         f.refused(wire::RehireFiling{RecordNo{1}, day("2026-03-03"), {}}));
    f.accepted(wire::RehireFiling{RecordNo{1}, day("2026-03-02"), day("2026-06-30")});
    const Registration now = f.at_site(kZhang, kHospital);
    CPPUNIT_ASSERT(!now.last_day);
    CPPUNIT_ASSERT_EQUAL(1U, now.no.value);
    CPPUNIT_ASSERT(must(f.hub().report().institution(kHospital)).departures.empty());
    f.clock.advance(std::chrono::hours{24 * 130});
    CPPUNIT_ASSERT(!f.at_site(kZhang, kHospital).last_day);  // P11: the contract's end refuses nobody
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(f.hub().filings().scan(kOperator)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, must(f.hub().filings().scan(kOperator)));
}

TEST(FilingDeparture, rehire_of_somebody_who_never_left_changes_no_state) {
    Scene f;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0},
                         f.accepted(wire::RehireFiling{RecordNo{1}, day("2026-03-02"), {}}).in_seq.value);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::rehired));
}

TEST(FilingDeparture, rehire_moves_no_day_that_the_bureau_has_set) {
    Scene f;
    f.accepted(kLeaves);
    const std::string id = to_hex(f.last_uuid()).substr(0, 8);
    must(f.hub().filings().set_last_day(kOperator, id, day("2026-02-27"), "劳动仲裁裁决"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub,
                         f.refused(wire::RehireFiling{RecordNo{1}, day("2026-02-28"), {}}));
    CPPUNIT_ASSERT_EQUAL(day("2026-02-27"), *f.at_site(kZhang, kHospital).last_day);
}

TEST(FilingDeparture, no_filing_of_another_institution_brings_a_dead_person_back) {
    Scene f;
    TestAgent there(f, kTownship);
    there.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-31"), "合同到期"}, 80);
    there.sync();
    f.accepted(wire::DeathFiling{RecordNo{1}, at("2026-03-01 23:10:00")});
    const wire::Uuid death = f.last_uuid();
    const auto answer = [&](wire::FilingBody body, std::uint8_t number) {
        there.file(std::move(body), number);
        return there.sync().held.results.at(0).reason;
    };
    const wire::RehireFiling rehire{RecordNo{1}, day("2026-03-02"), {}};
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, answer(rehire, 81));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, answer(wire::AmendFiling{uuid(80), day("2026-03-20")}, 82));
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kTownship).last_day);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(rehire));
    f.accepted(wire::UndoFiling{death});  // who reported it takes it back
    f.accepted(rehire);
}

TEST(FilingTransfer, ends_here_and_begins_there_in_one_filing) {
    Scene f;
    f.add("H41150000005");
    wire::TransferFiling transfer{RecordNo{2}, day("2026-03-10"), "H41150000005", day("2026-03-11")};
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_same_owner, f.refused(transfer));
    must(f.hub().filings().set_owner(kOperator, kHospital, "信阳医疗集团"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_same_owner, f.refused(transfer));
    must(f.hub().filings().set_owner(kOperator, "H41150000005", "信阳医疗集团"));
    transfer.first_day = day("2026-03-10");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_interval, f.refused(transfer));
    transfer.first_day = day("2026-03-11");
    transfer.to_institution = "H9";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_unknown_institution, f.refused(transfer));
    transfer.to_institution = "H41150000005";
    f.accepted(transfer);
    CPPUNIT_ASSERT_EQUAL(day("2026-03-10"), *f.at_site(kLi, kHospital).last_day);
    const Registration there = f.at_site(kLi, "H41150000005");
    CPPUNIT_ASSERT_EQUAL(day("2026-03-11"), there.registered_from);
    CPPUNIT_ASSERT(there.category == Category::nurse);
    CPPUNIT_ASSERT(!there.last_day);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::transfer_recorded));
    f.accepted(wire::UndoFiling{f.last_uuid()});
    CPPUNIT_ASSERT(!f.at_site(kLi, kHospital).last_day);
    CPPUNIT_ASSERT_EQUAL(day("2026-03-10"), *f.at_site(kLi, "H41150000005").last_day);
}

TEST(FilingDeath, ends_every_registration_at_its_time) {
    Scene f;
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_in_future,
                         f.refused(wire::DeathFiling{RecordNo{1}, at("2026-03-04 00:00:00")}));
    f.accepted(wire::DeathFiling{RecordNo{1}, at("2026-03-01 23:10:00")});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kHospital).last_day);
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kTownship).last_day);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::death_recorded));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.events(HubEvent::registration_ended));
    const wire::Uuid death = f.last_uuid();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_not_found, f.refused(wire::AmendFiling{death, day("2026-02-20")}));
    f.accepted(wire::UndoFiling{death});
    CPPUNIT_ASSERT(!f.at_site(kZhang, kTownship).last_day);
}

TEST(FilingDeath, leaves_an_earlier_departure_as_it_was) {
    Scene f;
    TestAgent there(f, kTownship);
    there.file(wire::DepartureFiling{RecordNo{1}, day("2026-02-01"), ""}, 80);
    there.sync();
    f.accepted(wire::DeathFiling{RecordNo{1}, at("2026-03-01 23:10:00")});
    CPPUNIT_ASSERT_EQUAL(day("2026-02-01"), *f.at_site(kZhang, kTownship).last_day);
}

TEST(FilingDeath, taken_back_leaves_a_departure_that_lies_ahead_elsewhere) {
    Scene f;
    TestAgent there(f, kTownship);
    there.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-31"), "合同到期"}, 80);
    there.sync();
    CPPUNIT_ASSERT_EQUAL(day("2026-03-31"), *f.at_site(kZhang, kTownship).last_day);
    f.accepted(wire::DeathFiling{RecordNo{1}, at("2026-03-01 23:10:00")});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kTownship).last_day);
    f.accepted(wire::UndoFiling{f.last_uuid()});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-31"), *f.at_site(kZhang, kTownship).last_day);
    CPPUNIT_ASSERT(!f.at_site(kZhang, kHospital).last_day);
}

TEST(FilingDeath, stands_when_a_departure_beside_it_is_taken_back) {
    Scene f;
    TestAgent there(f, kTownship);
    there.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-31"), "合同到期"}, 80);
    there.sync();
    f.accepted(wire::DeathFiling{RecordNo{1}, at("2026-03-01 23:10:00")});
    const wire::Uuid death = f.last_uuid();
    there.file(wire::UndoFiling{uuid(80)}, 81);
    CPPUNIT_ASSERT(there.sync().held.results.at(0).accepted);
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kTownship).last_day);
    f.accepted(wire::UndoFiling{death});
    CPPUNIT_ASSERT(!f.at_site(kZhang, kTownship).last_day);
}

TEST(FilingDispute, stands_until_the_bureau_sets_the_day_which_is_then_its_own) {
    Scene f;
    f.accepted(kLeaves);
    const wire::Uuid departure = f.last_uuid();
    const std::string id = to_hex(departure).substr(0, 8);
    must(f.hub().filings().dispute(kOperator, id, "本人称2月底已离岗"));
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site(kZhang, kHospital).last_day);
    must(f.hub().filings().set_last_day(kOperator, id, day("2026-02-27"), "劳动仲裁裁决"));
    CPPUNIT_ASSERT_EQUAL(day("2026-02-27"), *f.at_site(kZhang, kHospital).last_day);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(wire::AmendFiling{departure, day("2026-03-05")}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(wire::UndoFiling{departure}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.events(HubEvent::case_filed));
}

}  // namespace
}  // namespace zige::hub::testing

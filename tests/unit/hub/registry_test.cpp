#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"

namespace zige::hub::testing {
namespace {

const std::string kZhang = "110105194912310021";
const std::string kLi = "110105195001010018";
const RosterRow kDoctor = row("D411500000001", "张伟", kZhang);
const RosterRow kNurse = row("N411500000002", "李娜", kLi, Category::nurse);

TEST(Registry, takes_a_roster_and_gives_registration_numbers) {
    HubFixture f;
    f.add(kHospital);
    const ImportReport report = f.import(kHospital, {kDoctor, kNurse});
    CPPUNIT_ASSERT_EQUAL(2U, report.added);
    CPPUNIT_ASSERT(report.problems.empty());
    const PersonInfo zhang = f.person("D411500000001");
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, zhang.sites.size());
    const Registration& registration = zhang.sites[0].registration;
    CPPUNIT_ASSERT_EQUAL(1U, registration.no.value);
    CPPUNIT_ASSERT_EQUAL(CommitmentKind::baseline, registration.commitment.kind);
    CPPUNIT_ASSERT_EQUAL(std::string("110*************21"), zhang.masked_number);
    CPPUNIT_ASSERT_EQUAL(2U, f.person("李娜").sites[0].registration.no.value);
}
TAGS(Registry, takes_a_roster_and_gives_registration_numbers, "XY-9 XY-13 JN-3-1");

TEST(Registry, changes_nothing_and_publishes_nothing_when_the_same_roster_comes_again) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor, kNurse});
    const Seq before = f.seq(kHospital);
    const std::uint64_t events = f.log_size();
    const ImportReport again = f.import(kHospital, {kDoctor, kNurse});
    CPPUNIT_ASSERT_EQUAL(2U, again.unchanged);
    CPPUNIT_ASSERT_EQUAL(0U, again.added + again.changed);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, again.seq.value);
    CPPUNIT_ASSERT_EQUAL(before.value, f.seq(kHospital).value);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

struct BadRow {
    const char* name;
    RosterRow row;
    ErrorId error;
};
RosterRow with(RosterRow row, void (*change)(RosterRow&)) {
    change(row);
    return row;
}
const BadRow kBadRows[] = {
    {"the_same_person_twice", with(kDoctor, [](RosterRow& r) { r.name = "张炜"; }), ErrorId::roster_duplicate_person},
    {"the_code_of_somebody_else", with(kNurse, [](RosterRow& r) { r.national_code = "D411500000001"; }),
     ErrorId::code_taken},
    {"of_another_institution", with(kNurse, [](RosterRow& r) { r.institution = kTownship; }),
     ErrorId::roster_wrong_institution},
    {"without_a_name", with(kNurse, [](RosterRow& r) { r.name.clear(); }), ErrorId::roster_missing_value},
    {"without_an_identity_number", with(kNurse, [](RosterRow& r) { r.certificate_number.clear(); }),
     ErrorId::roster_missing_value},
    {"of_somebody_who_has_left", with(kNurse, [](RosterRow& r) { r.left = true; }), ErrorId::roster_person_left},
    {"with_a_name_that_never_ends", with(kNurse, [](RosterRow& r) { r.name.assign(301, 'x'); }),
     ErrorId::roster_bad_value},
};
TEST_EACH(Registry, reports_a_roster_line, kBadRows) {
    HubFixture f;
    f.add(kHospital);
    RosterRow bad = row.row;
    bad.line = 17;
    const RosterRow good = testing::row("D411500000009", "王芳", "110105195203030014");
    const ImportReport report = f.import(kHospital, {kDoctor, bad, good});
    CPPUNIT_ASSERT_EQUAL(2U, report.added);  // the rest goes in
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.problems.size());
    CPPUNIT_ASSERT_EQUAL(17U, report.problems[0].line);
    CPPUNIT_ASSERT_EQUAL(row.error, report.problems[0].error.id);
}

TEST(Registry, takes_a_person_without_the_licence_number_that_somebody_else_has) {
    HubFixture f;
    f.add(kHospital);
    RosterRow doctor = kDoctor;
    doctor.licence_number = "110411500001234";
    f.import(kHospital, {doctor});
    RosterRow nurse = kNurse;
    nurse.line = 2;
    nurse.licence_number = doctor.licence_number;
    const ImportReport report = f.import(kHospital, {doctor, nurse});
    CPPUNIT_ASSERT_EQUAL(1U, report.added);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.problems.size());
    CPPUNIT_ASSERT(report.problems[0].imported && report.problems[0].error.id == ErrorId::code_taken);
    CPPUNIT_ASSERT_EQUAL(std::string("licence"), report.problems[0].error.field);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.person(doctor.licence_number).name);
}

TEST(Registry, keeps_a_whole_name_against_one_that_lost_a_character) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    RosterRow lost = kDoctor;
    lost.name = "张?";
    CPPUNIT_ASSERT_EQUAL(1U, f.import(kHospital, {lost}).unchanged);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.person(kDoctor.national_code).name);
    RosterRow other = kDoctor;
    other.name = "张玮";
    CPPUNIT_ASSERT_EQUAL(1U, f.import(kHospital, {other}).changed);
    CPPUNIT_ASSERT_EQUAL(std::string("张玮"), f.person(kDoctor.national_code).name);
}

TEST(Registry, takes_a_name_that_lost_a_character_until_a_whole_one_comes) {
    HubFixture f;
    f.add(kHospital);
    RosterRow lost = kDoctor;
    lost.name = "张?";
    f.import(kHospital, {lost});
    CPPUNIT_ASSERT_EQUAL(std::string("张?"), f.person(kDoctor.national_code).name);
    f.import(kHospital, {kDoctor});
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.person(kDoctor.national_code).name);
}

TEST(Registry, knows_a_person_of_two_institutions_as_one) {
    HubFixture f;
    f.add(kHospital);
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kHospital, {kDoctor});
    const ImportReport report = f.import(kTownship, {kDoctor});
    CPPUNIT_ASSERT_EQUAL(1U, report.known_elsewhere);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.person("张伟").sites.size());
}
TAGS(Registry, knows_a_person_of_two_institutions_as_one, "XY-11 JN-3-2");

TEST(Registry, keeps_a_suspension_when_the_person_is_imported_elsewhere) {
    HubFixture f;
    f.add(kHospital);
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kHospital, {kDoctor});
    f.suspend("张伟", "2026-02-10", "信医保处〔2026〕1号");
    const ImportReport report = f.import(kTownship, {kDoctor});
    CPPUNIT_ASSERT_EQUAL(1U, report.not_eligible_now);
    for (const PersonInfo::Site& site : f.person("张伟").sites) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, site.registration.standing.size());
        CPPUNIT_ASSERT_EQUAL(Standing::suspended, site.registration.standing[0].status);
    }
}
TAGS(Registry, keeps_a_suspension_when_the_person_is_imported_elsewhere, "XY-45");

TEST(Registry, keeps_the_licence_number_as_an_alias_beside_the_national_code) {
    HubFixture f;
    f.add(kHospital);
    RosterRow doctor = kDoctor;
    doctor.national_code.clear();
    doctor.licence_number = "110411500001234";
    f.import(kHospital, {doctor});
    CPPUNIT_ASSERT_EQUAL(std::string("110411500001234"), f.person("张伟").sites[0].registration.code);
    doctor.national_code = "D411500000001";
    const ImportReport coded = f.import(kHospital, {doctor});
    CPPUNIT_ASSERT_EQUAL(1U, coded.changed);
    CPPUNIT_ASSERT_EQUAL(1U, coded.aliases_added);
    CPPUNIT_ASSERT_EQUAL(f.person("D411500000001").id.value, f.person("110411500001234").id.value);
    CPPUNIT_ASSERT_EQUAL(1U, f.import(kHospital, {doctor}).unchanged);
}

TEST(Registry, never_gives_an_alias_that_stands_for_somebody_else) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor, kNurse});
    const auto taken = f.hub().registry().add_alias(kOperator, kHospital, RecordNo{2}, "D411500000001");
    CPPUNIT_ASSERT_EQUAL(ErrorId::code_taken, taken.error().id);
    must(f.hub().registry().add_alias(kOperator, kHospital, RecordNo{1}, "0042"));
    CPPUNIT_ASSERT_EQUAL(f.person("张伟").id.value, f.person("0042").id.value);
}

TEST(Registry, does_not_guess_between_two_people_of_one_name) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor, row("D411500000008", "张伟", "110105196005050015")});
    CPPUNIT_ASSERT_EQUAL(ErrorId::person_ambiguous, f.hub().registry().find_person("张伟").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::person_not_found, f.hub().registry().find_person("赵六").error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), f.person("#1").name);
}

TEST(Registry, leaves_observe_only_when_every_undecided_value_is_confirmed) {
    HubFixture f;
    InstitutionSpec spec{kHospital, "县医院", InstitutionKind::hospital, "411500", Mode::enforce, std::nullopt, {}};
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_value_undecided,
                         f.hub().registry().add_institution(kOperator, spec).error().id);
    spec.mode = Mode::observe;
    must(f.hub().registry().add_institution(kOperator, spec));
    must(f.hub().policy().confirm("王主任", "freshness"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_value_undecided,
                         f.hub().registry().set_mode(kOperator, kHospital, Mode::warn, {}).error().id);
    must(f.hub().policy().confirm("王主任", "roles.nurse"));
    const Published published =
        must(f.hub().registry().set_mode(kOperator, kHospital, Mode::enforce, day("2026-12-31")));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, published.institutions.size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_unknown_field, f.hub().policy().confirm("王主任", "nothing").error().id);
}

struct BadSpec {
    const char* name;
    InstitutionSpec spec;
};
const BadSpec kBadSpecs[] = {
    {"code", {"", "县医院", InstitutionKind::hospital, "411500", Mode::observe, {}, {}}},
    {"code", {"H4115 0000", "县医院", InstitutionKind::hospital, "411500", Mode::observe, {}, {}}},
    {"name", {kHospital, "", InstitutionKind::hospital, "411500", Mode::observe, {}, {}}},
    {"division", {kHospital, "县医院", InstitutionKind::hospital, "4115", Mode::observe, {}, {}}},
    {"limits",
     {kHospital,
      "县医院",
      InstitutionKind::hospital,
      "411500",
      Mode::observe,
      {},
      {{10, std::chrono::hours{24}, std::chrono::hours{12}, std::chrono::hours{48}}}}},
};
TEST(Registry, names_the_field_of_a_bad_institution) {
    HubFixture f;
    for (const BadSpec& bad : kBadSpecs) {
        const auto refused = f.hub().registry().add_institution(kOperator, bad.spec);
        CPPUNIT_ASSERT_EQUAL(ErrorId::institution_bad_value, refused.error().id);
        CPPUNIT_ASSERT_EQUAL(std::string(bad.name), refused.error().field);
    }
}

TEST(Registry, stops_and_resumes_a_department_by_its_document) {
    HubFixture f;
    f.add(kHospital);
    const Stop stop{StopKind::department_suspended, "A03", day("2026-03-10"), std::nullopt, 0, "信医保停〔2026〕2号"};
    const auto unknown = f.hub().registry().stop(kOperator, kHospital, stop);
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_bad_value, unknown.error().id);
    must(f.hub().registry().add_department(kOperator, kHospital, "A03", "内科"));
    must(f.hub().registry().stop(kOperator, kHospital, stop));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, f.hub().registry().stop(kOperator, kHospital, stop).error().id);
    must(f.hub().registry().resume(kOperator, kHospital, stop.document, day("2026-04-10")));
    const InstitutionInfo info = must(f.hub().registry().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, info.stops.size());
    CPPUNIT_ASSERT(info.stops[0].end == day("2026-04-10"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_not_found,
                         f.hub().registry().resume(kOperator, kHospital, stop.document, day("2026-04-11")).error().id);
}
TAGS(Registry, stops_and_resumes_a_department_by_its_document, "XY-39");

TEST(Registry, a_wrong_stop_is_withdrawn_on_its_first_day_and_recorded_again) {
    HubFixture f;
    f.add(kHospital);
    Stop stop{StopKind::agreement_suspended, "", day("2026-12-10"), std::nullopt, 0, "信医保停〔2026〕2号"};
    must(f.hub().registry().stop(kOperator, kHospital, stop));
    must(f.hub().registry().resume(kOperator, kHospital, stop.document, stop.from));
    stop.from = day("2026-03-10");
    must(f.hub().registry().stop(kOperator, kHospital, stop));
    const InstitutionInfo info = must(f.hub().registry().institution(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, info.stops.size());
    CPPUNIT_ASSERT(info.stops[0] == stop);
    stop.from = day("2062-03-10");
    stop.document = "信医保停〔2026〕3号";
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_bad_interval,
                         f.hub().registry().stop(kOperator, kHospital, stop).error().id);
}

TEST(Registry, an_institution_is_named_strict_with_a_reason) {
    HubFixture f;
    f.add(kHospital);
    const Seq before = f.seq(kHospital);
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_bad_value,
                         f.hub().registry().set_strict(kOperator, kHospital, true, "").error().id);
    must(f.hub().registry().set_strict(kOperator, kHospital, true, "多次拒不联网"));
    CPPUNIT_ASSERT(must(f.hub().registry().institution(kHospital)).strict);
    CPPUNIT_ASSERT(f.seq(kHospital) > before);  // its agent is told
    const auto events = must(f.hub().log(0, 100));
    CPPUNIT_ASSERT(std::any_of(events.begin(), events.end(), [](const LogEvent& event) {
        return event.event == HubEvent::strict_set && event.body.text("reason") == "多次拒不联网";
    }));
    must(f.hub().registry().set_strict(kOperator, kHospital, false, "已改正"));
    CPPUNIT_ASSERT(!must(f.hub().registry().institution(kHospital)).strict);
}

}  // namespace
}  // namespace zige::hub::testing

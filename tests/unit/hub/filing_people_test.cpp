#include "tests/support/testing.h"
#include "tests/unit/hub/filing_scene.h"

namespace zige::hub::testing {
namespace {

using Scene = FilingScene;

TEST(FilingRegistration, gives_a_number_and_keeps_the_document_sealed) {
    Scene f;
    const wire::FilingResult result = f.accepted(f.newcomer());
    CPPUNIT_ASSERT_EQUAL(4U, result.no.value);
    CPPUNIT_ASSERT_EQUAL(f.seq(kHospital).value, result.in_seq.value);
    const PersonInfo person = f.person("D411500000009");
    CPPUNIT_ASSERT_EQUAL(std::string("110*************26"), person.masked_number);
    CPPUNIT_ASSERT(person.sites.at(0).registration.commitment ==
                   (Commitment{CommitmentKind::signed_on, day("2026-03-01")}));
    CPPUNIT_ASSERT(must(f.hub().registry().find_person_by_number("01", "110105199002020026")) == person.id);
}
TAGS(FilingRegistration, gives_a_number_and_keeps_the_document_sealed, "XY-13");

TAGS(FilingRegistration, finds_the_person_by_the_document_with_his_standing, "XY-45");
TEST(FilingRegistration, finds_the_person_by_the_document_with_his_standing) {
    Scene f;
    f.suspend(kZhang, "2026-03-02", "信医保处〔2026〕1号");
    TestAgent there(f, kTownship);
    wire::RegistrationFiling filing = f.newcomer();
    filing.code = "D411500000077";  // another code does not make another person of him
    filing.name = "张伟";
    filing.identity = f.sealed(kZhangNumber);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_already_registered, f.refused(filing));
    f.add("H41150000005");
    TestAgent third(f, "H41150000005");
    third.file(filing, 90);
    const wire::FilingResult barred = third.sync().held.results.at(0);
    CPPUNIT_ASSERT(!barred.accepted && barred.reason == ErrorId::points_barred);  // XY 45
    must(f.hub().sanctions().end(kOperator, kZhang, "信医保处〔2026〕1号", day("2026-03-02"), "撤销"));
    third.file(filing, 91);
    CPPUNIT_ASSERT(third.sync().held.results.at(0).accepted);
    f.suspend(kZhang, "2026-03-03", "信医保处〔2026〕2号");
    const PersonInfo person = f.person("D411500000077");
    CPPUNIT_ASSERT(person.id == f.person(kZhang).id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, person.sites.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.at_site(kZhang, "H41150000005").standing.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, f.events(HubEvent::presence_asked));  // not multi-site: asked elsewhere
}

TEST(FilingRegistration, without_commitment_opens_a_duty) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    filing.commitment_signed.reset();
    f.accepted(filing);
    const Commitment commitment = f.at_site("D411500000009", kHospital).commitment;
    CPPUNIT_ASSERT(commitment == (Commitment{CommitmentKind::due, day("2026-03-16")}));
}
TAGS(FilingRegistration, without_commitment_opens_a_duty, "XY-8");

TEST(Registry, finds_a_person_by_a_code_that_was_given_up) {
    Scene f;
    const PersonId id = f.person(kZhang).id;
    wire::ChangeFiling change;
    change.no = RecordNo{1};
    change.code = "D411500000088";
    f.accepted(change);
    CPPUNIT_ASSERT(f.person("D411500000088").id == id);
    CPPUNIT_ASSERT_MESSAGE("by the former one too", f.person(kZhang).id == id);
    wire::RegistrationFiling filing = f.newcomer();
    filing.code = "D411500000099";
    f.accepted(filing);
    CPPUNIT_ASSERT(f.person("D411500000099").id != id);
}

TEST(FilingRegistration, of_a_document_that_comes_later_is_still_one_person) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    filing.identity.clear();
    const RecordNo no = f.accepted(filing).no;
    const PersonId id = f.person(filing.code).id;
    wire::ChangeFiling change;
    change.no = no;
    change.identity = f.sealed("110105199002020026");
    f.accepted(change);
    CPPUNIT_ASSERT(must(f.hub().registry().find_person_by_number("01", "110105199002020026")) == id);
}

struct BadNewcomer {
    const char* name;
    void (*spoil)(Scene&, wire::RegistrationFiling&);
    ErrorId reason;
};
const BadNewcomer kBadNewcomers[] = {
    {"the_code_is_no_code", [](Scene&, auto& r) { r.code = "D41150000000"; }, ErrorId::code_bad_character},
    {"the_code_is_somebody_elses", [](Scene&, auto& r) { r.code = kZhang; }, ErrorId::filing_alias_taken},
    {"the_licence_is_somebody_elses", [](Scene&, auto& r) { r.licence = kLi; }, ErrorId::filing_alias_taken},
    {"the_name_is_another_one", [](Scene& f, auto& r) { r.identity = f.sealed(kZhangNumber); },
     ErrorId::filing_person_differs},
    {"it_was_sealed_to_nobody", [](Scene&, auto& r) { r.identity = Bytes(60, std::byte{7}); },
     ErrorId::filing_bad_identity},
    {"the_number_is_none", [](Scene& f, auto& r) { r.identity = f.sealed("110105199002020027"); },
     ErrorId::filing_bad_identity},
    {"it_lies_before_the_history", [](Scene&, auto& r) { r.from = day("2020-01-01"); }, ErrorId::filing_too_old},
    {"it_lies_far_ahead", [](Scene&, auto& r) { r.from = day("2028-01-01"); }, ErrorId::filing_in_future},
    {"the_commitment_lies_ahead", [](Scene&, auto& r) { r.commitment_signed = day("2026-03-20"); },
     ErrorId::filing_in_future},
    {"nobody_is_named", [](Scene&, auto& r) { r.name = " "; }, ErrorId::api_missing_field},
};
TEST_EACH(FilingRegistration, is_refused_when, kBadNewcomers) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    row.spoil(f, filing);
    CPPUNIT_ASSERT_EQUAL(row.reason, f.refused(filing));
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, f.events(HubEvent::person_registered));
}

TEST(FilingRegistration, can_be_taken_back_and_never_was_in_service) {
    Scene f;
    f.accepted(f.newcomer());
    f.accepted(wire::UndoFiling{f.last_uuid()});
    CPPUNIT_ASSERT_EQUAL(day("2026-03-01"), *f.at_site("D411500000009", kHospital).last_day);
    f.accepted(f.newcomer());  // and filed again
    f.accepted(wire::UndoFiling{f.last_uuid()});
    wire::RegistrationFiling earlier = f.newcomer();
    earlier.from = day("2026-02-02");
    f.accepted(earlier);  // with an earlier first day too: who never was in service left on no day
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_already_registered, f.refused(earlier));
}

/// A clerk cannot make a new person of somebody by taking his code away first.
TEST(FilingRegistration, finds_the_person_by_a_code_that_he_had_before) {
    Scene f;
    wire::ChangeFiling change;
    change.no = RecordNo{2};
    change.code = "N411500000022";
    f.accepted(change);
    f.suspend("N411500000022", "2026-03-02", "信医保处〔2026〕1号");
    wire::RegistrationFiling filing = f.newcomer();
    filing.code = kLi;
    filing.name = "李娜";
    filing.identity.clear();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_already_registered, f.refused(filing));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, f.refused(wire::AliasFiling{RecordNo{1}, kLi, false}));
    TestAgent there(f, kTownship);
    there.file(filing, 90);
    const wire::FilingResult barred = there.sync().held.results.at(0);
    CPPUNIT_ASSERT(!barred.accepted && barred.reason == ErrorId::points_barred);  // known by the code alone, XY 45
    filing.name = "李大娜";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_person_differs, f.refused(filing));
}

TEST(FilingRegistration, finds_the_person_by_a_licence_that_was_taken_away_before) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    filing.licence = "110411500012345";
    const RecordNo no = f.accepted(filing).no;
    f.accepted(wire::AliasFiling{no, filing.licence, true});
    f.suspend(filing.code, "2026-03-02", "信医保处〔2026〕1号");
    filing.code = "D411500000088";
    filing.identity.clear();
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_already_registered, f.refused(filing));
}

TEST(FilingRegistration, of_a_namesake_of_somebody_with_sanctions_needs_a_document) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    filing.name = "李娜";
    filing.licence = "110411500012345";
    filing.identity.clear();
    f.suspend(kLi, "2026-03-02", "信医保处〔2026〕1号");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_bad_identity, f.refused(filing));
    filing.identity = f.sealed("110105199002020026");
    f.accepted(filing);
    filing = f.newcomer();
    filing.code = "D411500000088";
    filing.identity.clear();  // a namesake of nobody: known by the code until a document comes
    f.accepted(filing);
}

TEST(FilingChange, keeps_what_it_does_not_name) {
    Scene f;
    wire::ChangeFiling change;
    change.no = RecordNo{1};
    change.department = "A03";
    f.accepted(change);
    const Registration now = f.at_site(kZhang, kHospital);
    CPPUNIT_ASSERT_EQUAL(std::string("A03"), now.department);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), now.name);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, f.refused(change));
    change.code = kLi;
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, f.refused(change));
    change.no = RecordNo{99};
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_unknown_person, f.refused(change));
}

TEST(FilingChange, leads_nobody_away_from_his_sanction) {
    Scene f;
    f.suspend("HY411500000003", "2026-03-02", "信医保处〔2026〕1号");
    wire::ChangeFiling change;
    change.no = RecordNo{3};
    change.identity = f.sealed("110105199002020026");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(change));
    change.no = RecordNo{1};  // registered elsewhere too: the bureau's to change
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(change));
    change.no = RecordNo{2};
    f.accepted(change);
    CPPUNIT_ASSERT(must(f.hub().registry().find_person_by_number("01", "110105199002020026")) == f.person(kLi).id);
}

TEST(FilingChange, leaves_code_and_name_of_somebody_with_sanctions_to_the_bureau) {
    Scene f;
    f.suspend(kLi, "2026-03-02", "信医保处〔2026〕1号");
    must(f.hub().sanctions().end(kOperator, kLi, "信医保处〔2026〕1号", day("2026-03-03"), "恢复"));  // past ones too
    wire::ChangeFiling change;
    change.no = RecordNo{2};
    change.code = "N411500000022";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(change));
    change.code.reset();
    change.name = "李大娜";
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(change));
    change.name.reset();
    change.department = "A03";
    f.accepted(change);
}

TEST(FilingCommitment, is_signed_on_a_day_that_has_come) {
    Scene f;
    f.accepted(wire::CommitmentFiling{RecordNo{1}, day("2026-03-02")});
    CPPUNIT_ASSERT(f.at_site(kZhang, kHospital).commitment ==
                   (Commitment{CommitmentKind::signed_on, day("2026-03-02")}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes,
                         f.refused(wire::CommitmentFiling{RecordNo{1}, day("2026-03-02")}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_in_future, f.refused(wire::CommitmentFiling{RecordNo{1}, day("2026-03-04")}));
}

TEST(FilingAlias, maps_a_code_of_the_his_and_unmaps_it) {
    Scene f;
    const wire::FilingResult mapped = f.accepted(wire::AliasFiling{RecordNo{1}, "0042", false});
    CPPUNIT_ASSERT_EQUAL(4U, mapped.no.value);
    CPPUNIT_ASSERT(f.person("0042").id == f.person(kZhang).id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, f.refused(wire::AliasFiling{RecordNo{2}, "0042", false}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_alias_taken, f.refused(wire::AliasFiling{RecordNo{2}, kZhang, false}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, f.refused(wire::AliasFiling{RecordNo{1}, "0042", false}));
    f.accepted(wire::AliasFiling{RecordNo{1}, "0042", true});
    CPPUNIT_ASSERT_EQUAL(ErrorId::person_not_found, f.hub().registry().find_exactly("0042").error().id);
    CPPUNIT_ASSERT_MESSAGE("shown by what he was called", f.person("0042").id == f.person(kZhang).id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_nothing_changes, f.refused(wire::AliasFiling{RecordNo{1}, "0042", true}));
    const wire::FilingResult again = f.accepted(wire::AliasFiling{RecordNo{2}, "0042", false});
    CPPUNIT_ASSERT_EQUAL_MESSAGE("numbers are never given again", 5U, again.no.value);
}

TEST(FilingAlias, leaves_the_licence_of_somebody_with_sanctions_to_the_bureau) {
    Scene f;
    wire::RegistrationFiling filing = f.newcomer();
    filing.licence = "110411500012345";
    const RecordNo no = f.accepted(filing).no;
    f.accepted(wire::AliasFiling{no, "0042", false});
    f.suspend(filing.code, "2026-03-02", "信医保处〔2026〕1号");
    CPPUNIT_ASSERT_EQUAL(ErrorId::filing_owned_by_hub, f.refused(wire::AliasFiling{no, filing.licence, true}));
    f.accepted(wire::AliasFiling{no, "0042", true});  // its own
}

}  // namespace
}  // namespace zige::hub::testing

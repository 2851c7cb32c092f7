// Every row of the role table, with somebody who is suspended, departed, unknown or not to be told apart in it.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct RoleRow {
    const char* name;
    Txn txn;
    Role role;
    std::string_view code;
    ItemClass item;
    Outcome outcome;
    std::vector<Ground> grounds;
};

using enum Txn;
const std::vector<Ground> kRefused = {Ground::suspended};
const std::vector<Ground> kWarned = {Ground::suspended, Ground::role_warn};
const std::vector<Ground> kMarked = {Ground::suspended, Ground::role_mark};

const RoleRow kRoles[] = {
    {"ordering_out_patient_refuses", outpatient_fees, Role::ordering, kZhang, ItemClass::general, Outcome::deny,
     kRefused},
    {"ordering_in_patient_refuses", inpatient_fees, Role::ordering, kZhang, ItemClass::general, Outcome::deny,
     kRefused},
    {"ordering_in_the_audit_refuses", pre_audit, Role::ordering, kZhang, ItemClass::general, Outcome::deny, kRefused},
    {"executing_out_patient_refuses", outpatient_fees, Role::executing, kZhang, ItemClass::general, Outcome::deny,
     kRefused},
    {"executing_in_patient_refuses", inpatient_fees, Role::executing, kZhang, ItemClass::general, Outcome::deny,
     kRefused},
    {"a_technician_who_executes_refuses", outpatient_fees, Role::executing, kTechnician, ItemClass::general,
     Outcome::deny, kRefused},
    {"a_nurse_refuses_a_nursing_item", outpatient_fees, Role::nurse, kNurse, ItemClass::nursing, Outcome::deny,
     kRefused},
    {"a_nurse_marks_a_general_item", outpatient_fees, Role::nurse, kNurse, ItemClass::general, Outcome::allow_marked,
     kMarked},
    {"a_nurse_marks_a_prescription_drug", inpatient_fees, Role::nurse, kNurse, ItemClass::prescription_drug,
     Outcome::allow_marked, kMarked},
    {"a_nurse_refuses_a_nursing_item_in_patient", inpatient_fees, Role::nurse, kNurse, ItemClass::nursing,
     Outcome::deny, kRefused},
    {"a_consultant_of_the_house_refuses", inpatient_fees, Role::consultant, kZhang, ItemClass::general, Outcome::deny,
     kRefused},
    {"registration_warns", outpatient_registration, Role::attending, kZhang, ItemClass::general, Outcome::allow_marked,
     kWarned},
    {"a_diagnosing_doctor_warns", visit_info, Role::diagnosing, kZhang, ItemClass::general, Outcome::allow_marked,
     kWarned},
    {"admission_warns", admission, Role::attending, kZhang, ItemClass::general, Outcome::allow_marked, kWarned},
    {"a_chief_at_admission_warns", admission, Role::chief, kZhang, ItemClass::general, Outcome::allow_marked, kWarned},
    {"a_chief_on_the_list_marks", settlement_list, Role::chief, kZhang, ItemClass::general, Outcome::allow_marked,
     kMarked},
    {"a_nurse_on_the_list_marks", settlement_list, Role::responsible_nurse, kNurse, ItemClass::nursing,
     Outcome::allow_marked, kMarked},
    {"a_surgeon_on_the_list_marks", settlement_list, Role::surgeon, kZhang, ItemClass::general, Outcome::allow_marked,
     kMarked},
    {"an_anaesthetist_on_the_list_marks", settlement_list, Role::anaesthetist, kZhang, ItemClass::general,
     Outcome::allow_marked, kMarked},
    {"a_pharmacist_refuses_a_prescription", pharmacy_settlement, Role::pharmacist, kPharmacist,
     ItemClass::prescription_drug, Outcome::deny, kRefused},
    {"a_pharmacist_refuses_a_prescription_in_advance", pharmacy_presettlement, Role::pharmacist, kPharmacist,
     ItemClass::prescription_drug, Outcome::deny, kRefused},
    {"a_pharmacist_marks_what_is_over_the_counter", pharmacy_settlement, Role::pharmacist, kPharmacist,
     ItemClass::otc_drug, Outcome::allow_marked, kMarked},
    {"a_pharmacist_refuses_the_sale_of_a_prescription", goods_sale, Role::pharmacist, kPharmacist,
     ItemClass::prescription_drug, Outcome::deny, kRefused},
    {"an_operator_at_settlement_holds",
     outpatient_settlement,
     Role::settlement_operator,
     kAuditor,
     ItemClass::general,
     Outcome::hold,
     {Ground::operator_not_permitted}},
    {"an_operator_who_is_no_auditor_is_not_judged",
     outpatient_settlement,
     Role::settlement_operator,
     kZhang,
     ItemClass::general,
     Outcome::not_judged,
     {}},
    {"an_operator_whom_nobody_knows_is_not_judged",
     outpatient_settlement,
     Role::settlement_operator,
     "0999",
     ItemClass::general,
     Outcome::not_judged,
     {}},
    {"a_role_that_the_table_does_not_know_is_not_judged",
     settlement_list,
     Role::attending,
     kZhang,
     ItemClass::general,
     Outcome::not_judged,
     {}},
};

struct EffectRow {
    const char* name;
    void (*arrange)(Registration&);
    std::vector<Ground> refused;  // in a role that refuses
    Outcome as_operator;          // of a settlement auditor
    std::vector<Ground> operator_grounds;
};
const EffectRow kEffects[] = {
    {"terminated",
     [](Registration& p) { p.standing = {terminated("2026-01-01"_day)}; },
     {Ground::terminated},
     Outcome::hold,
     {Ground::operator_not_permitted}},
    {"departed",
     [](Registration& p) { p.last_day = "2026-01-01"_day; },
     {Ground::departed},
     Outcome::hold,
     {Ground::operator_not_permitted}},
    {"not_yet_registered",
     [](Registration& p) { p.registered_from = "2026-12-01"_day; },
     {Ground::not_registered},
     Outcome::hold,
     {Ground::operator_not_permitted}},
    {"without_commitment",
     [](Registration& p) { p.commitment.kind = CommitmentKind::missing; },
     {Ground::no_commitment},
     Outcome::hold,
     {Ground::operator_not_permitted}},
};

struct UnknownRow {
    const char* name;
    Txn txn;
    Role role;
    std::string_view code;
    Outcome outcome;
    std::vector<Ground> grounds;
};
const UnknownRow kUnknown[] = {
    {"unmapped_is_held_where_the_role_refuses",
     outpatient_fees,
     Role::ordering,
     "0999",
     Outcome::hold,
     {Ground::unmapped}},
    {"unmapped_is_marked_where_the_role_marks",
     settlement_list,
     Role::surgeon,
     "0999",
     Outcome::allow_marked,
     {Ground::unmapped, Ground::role_mark}},
    {"unmapped_is_warned_where_the_role_warns",
     admission,
     Role::attending,
     "0999",
     Outcome::allow_marked,
     {Ground::unmapped, Ground::role_warn}},
    {"not_registered_is_refused_where_the_role_refuses",
     outpatient_fees,
     Role::ordering,
     kStranger,
     Outcome::deny,
     {Ground::not_registered}},
    {"not_registered_is_marked_where_the_role_marks",
     settlement_list,
     Role::chief,
     kStranger,
     Outcome::allow_marked,
     {Ground::not_registered, Ground::role_mark}},
    {"ambiguous_is_held_where_the_role_refuses",
     outpatient_fees,
     Role::ordering,
     "0777",
     Outcome::hold,
     {Ground::ambiguous}},
    {"ambiguous_is_held_for_an_operator",
     outpatient_settlement,
     Role::settlement_operator,
     "0777",
     Outcome::hold,
     {Ground::ambiguous}},
    {"ambiguous_is_warned_where_the_role_warns",
     visit_info,
     Role::diagnosing,
     "0777",
     Outcome::allow_marked,
     {Ground::ambiguous, Ground::role_warn}},
};

Scene scene_for(Txn txn) {
    Scene scene;
    const bool pharmacy = txn == pharmacy_settlement || txn == pharmacy_presettlement || txn == goods_sale;
    if (pharmacy) scene.parts.institution.kind = InstitutionKind::pharmacy;
    return scene;
}

/// The line, with an eligible ordering doctor where the transaction must have one.
FeeLine whole_line(Txn txn, Role role, std::string_view code) {
    FeeLine line = line_of(txn, role, code);
    const bool needs_order = txn == outpatient_fees || txn == inpatient_fees || txn == pre_audit;
    if (needs_order && role != Role::ordering) line.people.push_back({Role::ordering, kLi});
    return line;
}

}  // namespace

TEST_EACH(DecideRoles, suspended_person, kRoles) {
    Scene scene = scene_for(row.txn);
    for (Registration& each : scene.parts.registrations)
        if (each.code != kLi) each.standing = {suspended("2026-01-01"_day)};
    FeeLine line = whole_line(row.txn, row.role, row.code);
    line.item = row.item;
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->people[0].outcome);
}

TEST_EACH(DecideRoles, eligible_person, kRoles) {
    FeeLine line = whole_line(row.txn, row.role, row.code);
    line.item = row.item;
    const Judged judged = scene_for(row.txn).judge(line);
    const bool known = row.outcome != Outcome::not_judged;
    CPPUNIT_ASSERT_EQUAL(known ? Outcome::allow : Outcome::not_judged, judged->judged);
    CPPUNIT_ASSERT_EQUAL(known ? PersonFound::registered : PersonFound::not_judged, judged->people[0].found);
    CPPUNIT_ASSERT(judged.grounds().empty());
}

TEST_EACH(DecideRoles, every_ground_of_a_person_takes_the_effect_of_the_role, kEffects) {
    Scene scene;
    scene.parts.profile.missing_commitment_denies = true;
    row.arrange(scene.person(kZhang));
    row.arrange(scene.person(kAuditor));
    CPPUNIT_ASSERT_EQUAL(row.refused, scene.judge(ordered_by(kZhang)).grounds());
    std::vector<Ground> warned = row.refused;
    warned.push_back(Ground::role_warn);
    const Judged visit = scene.judge(line_of(outpatient_registration, Role::attending, kZhang));
    CPPUNIT_ASSERT_EQUAL(warned, visit.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, visit->judged);
    const Judged settled = scene.judge(line_of(outpatient_settlement, Role::settlement_operator, kAuditor));
    CPPUNIT_ASSERT_EQUAL(row.as_operator, settled->judged);
    CPPUNIT_ASSERT_EQUAL(row.operator_grounds, settled.grounds());
}

TEST_EACH(DecideRoles, unresolved_code, kUnknown) {
    Scene scene;
    scene.parts.aliases.push_back({{201}, {1}, "0777"});
    scene.parts.aliases.push_back({{202}, {2}, "0777"});
    const Judged judged = scene.judge(line_of(row.txn, row.role, row.code));
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
}

TEST(DecideRoles, leave_a_commitment_of_an_operator_a_mark) {
    Scene scene;
    scene.person(kAuditor).commitment.kind = CommitmentKind::missing;
    const Judged judged = scene.judge(line_of(outpatient_settlement, Role::settlement_operator, kAuditor));
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::commitment_overdue}, judged.grounds());
}

TEST(DecideRoles, keep_the_document_when_the_operator_is_held) {
    Scene scene;
    scene.person(kAuditor).standing = {suspended("2026-01-01"_day)};
    scene.person(kAuditor).standing.front().document = "信医保处〔2026〕12号";
    const Judged judged = scene.judge(line_of(outpatient_settlement, Role::settlement_operator, kAuditor));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), std::string(judged->grounds[0].document));
    CPPUNIT_ASSERT_EQUAL(Advice::other_operator, judged->advice);
}

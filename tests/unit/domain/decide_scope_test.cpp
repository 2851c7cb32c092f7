// Who and what is judged at all, and who a code is.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct ScopeRow {
    const char* name;
    void (*arrange)(Scene&, FeeLine&);
    Outcome outcome;
};
void nothing(Scene&, FeeLine&) {}
const ScopeRow kScope[] = {
    {"an_insured_line_of_a_suspended_doctor_is_judged", nothing, Outcome::deny},
    {"a_line_that_is_not_insured_is_not", [](Scene&, FeeLine& line) { line.insured = false; }, Outcome::not_judged},
    {"a_kind_of_institution_out_of_scope_is_not",
     [](Scene& scene, FeeLine&) { scene.parts.institution.kind = InstitutionKind::nursing_home; }, Outcome::not_judged},
    {"a_category_out_of_scope_is_not",
     [](Scene& scene, FeeLine&) { scene.person(kZhang).category = Category::care_worker; }, Outcome::not_judged},
    {"a_doctor_in_the_roster_of_a_pharmacy_is_not",
     [](Scene& scene, FeeLine&) { scene.parts.institution.kind = InstitutionKind::pharmacy; }, Outcome::not_judged},
    {"a_transaction_that_the_table_does_not_know_is_not",
     [](Scene& scene, FeeLine&) {
         std::erase_if(scene.parts.profile.roles,
                       [](const RoleRule& rule) { return rule.txn == Txn::outpatient_fees; });
     },
     Outcome::not_judged},
    {"a_line_without_anybody_who_ordered_it_is_held", [](Scene&, FeeLine& line) { line.people.clear(); },
     Outcome::hold},
    {"a_line_with_only_an_executing_person_is_held",
     [](Scene&, FeeLine& line) {
         line.people.clear();
         line.people.push_back({Role::executing, kLi});
     },
     Outcome::hold},
    {"a_line_with_an_empty_code_is_held", [](Scene&, FeeLine& line) { line.people[0].code = ""; }, Outcome::hold},
    {"an_unknown_code_at_an_institution_out_of_scope_is_not",
     [](Scene& scene, FeeLine& line) {
         scene.parts.institution.kind = InstitutionKind::nursing_home;
         line.people[0].code = "0999";
     },
     Outcome::not_judged},
    {"a_transaction_that_the_table_does_not_know_is_not_stopped_with_the_agreement",
     [](Scene& scene, FeeLine&) {
         std::erase_if(scene.parts.profile.roles,
                       [](const RoleRule& rule) { return rule.txn == Txn::outpatient_fees; });
         scene.stop("2026-01-01"_day, {});
     },
     Outcome::not_judged},
    {"a_line_out_of_scope_is_not_held_by_the_age_of_the_copy",
     [](Scene& scene, FeeLine&) {
         scene.person(kZhang).category = Category::care_worker;
         scene.now.copy_as_of = "2026-01-01 00:00:00"_time;
     },
     Outcome::not_judged},
    {"a_line_need_not_name_who_ordered_it_where_that_only_marks",
     [](Scene& scene, FeeLine& line) {
         for (RoleRule& rule : scene.parts.profile.roles)
             if (rule.role == Role::ordering) rule.effect = RoleEffect::mark;
         line.people.clear();
         line.people.push_back({Role::executing, kLi});
     },
     Outcome::allow},
    {"a_line_out_of_scope_is_still_stopped_with_the_agreement",
     [](Scene& scene, FeeLine&) {
         scene.person(kZhang).category = Category::care_worker;
         scene.stop("2026-01-01"_day, {});
     },
     Outcome::deny},
};

/// A pharmacy line with an outside prescriber.
FeeLine prescribed_by(std::string_view code) {
    FeeLine line = line_of(Txn::pharmacy_settlement, Role::prescriber, code);
    line.item = ItemClass::prescription_drug;
    return line;
}

struct OutsideRow {
    const char* name;
    std::string_view code;
    Instant fee;
    std::optional<Instant> prescribed_at;
    PersonFound found;
    Outcome outcome;
    std::vector<Ground> grounds;
};
// kStranger is on the region's list from 2026-03-10 to 2026-05-10.
const OutsideRow kOutside[] = {
    {"a_doctor_who_is_not_on_the_list_passes",
     "D411500008888",
     "2026-04-01 10:00:00"_time,
     {},
     PersonFound::external,
     Outcome::allow,
     {}},
    {"the_last_second_before_the_list_passes",
     kStranger,
     "2026-03-09 23:59:59"_time,
     {},
     PersonFound::external,
     Outcome::allow,
     {}},
    {"the_first_second_on_the_list_is_refused",
     kStranger,
     "2026-03-10 00:00:00"_time,
     {},
     PersonFound::external,
     Outcome::deny,
     {Ground::region_ineligible}},
    {"the_last_second_on_the_list_is_refused",
     kStranger,
     "2026-05-09 23:59:59"_time,
     {},
     PersonFound::external,
     Outcome::deny,
     {Ground::region_ineligible}},
    {"the_first_second_after_the_list_passes",
     kStranger,
     "2026-05-10 00:00:00"_time,
     {},
     PersonFound::external,
     Outcome::allow,
     {}},
    {"a_prescription_from_before_the_list_passes",
     kStranger,
     "2026-03-12 10:00:00"_time,
     "2026-03-09 23:59:59"_time,
     PersonFound::external,
     Outcome::allow,
     {}},
    {"a_prescription_on_the_list_is_refused_after_it",
     kStranger,
     "2026-05-12 10:00:00"_time,
     "2026-05-09 10:00:00"_time,
     PersonFound::external,
     Outcome::deny,
     {Ground::region_ineligible}},
    {"a_nurse_code_is_a_full_match_too",
     "N411500008888",
     "2026-04-01 10:00:00"_time,
     {},
     PersonFound::external,
     Outcome::allow,
     {}},
    {"a_code_of_no_shape_is_held",
     "D41150000888",
     "2026-04-01 10:00:00"_time,
     {},
     PersonFound::unmapped,
     Outcome::hold,
     {Ground::unmapped}},
    {"a_code_of_an_institution_is_held",
     "H43028110001",
     "2026-04-01 10:00:00"_time,
     {},
     PersonFound::unmapped,
     Outcome::hold,
     {Ground::unmapped}},
};

Scene pharmacy() {
    Scene scene;
    scene.parts.institution.kind = InstitutionKind::pharmacy;
    scene.region->rows = {{std::string(kStranger), {Standing::suspended, "2026-03-10"_day, "2026-05-10"_day}}};
    return scene;
}

}  // namespace

TEST_EACH(DecideScope, holds, kScope) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    FeeLine line = ordered_by(kZhang);
    row.arrange(scene, line);
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->served);
}

TEST(DecideScope, finds_the_same_person_by_code_and_by_alias) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(ordered_by("0231"))->judged);
    CPPUNIT_ASSERT_EQUAL(1U, scene.judge(ordered_by("0231"))->people[0].no.value);
    CPPUNIT_ASSERT_EQUAL(1U, scene.judge(ordered_by(kZhang))->people[0].no.value);
}

TEST(DecideScope, does_not_say_not_registered_of_a_time_before_the_history) {
    const Scene scene;
    const Judged judged = scene.judge(ordered_by(kStranger, "2025-08-13 23:59:59"_time));
    CPPUNIT_ASSERT_EQUAL(PersonFound::unmapped, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, judged->judged);
    CPPUNIT_ASSERT_EQUAL(PersonFound::not_registered,
                         scene.judge(ordered_by(kStranger, "2025-08-14 00:00:00"_time))->people[0].found);
}

TEST_EACH(DecideScope, outside_prescriber, kOutside) {
    FeeLine line = prescribed_by(row.code);
    line.fee_time = row.fee;
    line.prescribed_at = row.prescribed_at;
    const Judged judged = pharmacy().judge(line);
    CPPUNIT_ASSERT_EQUAL(row.found, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
}

TEST(DecideScope, the_prescription_date_is_only_for_people_from_outside) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-03-10"_day)};
    FeeLine line = ordered_by(kZhang, "2026-03-10 00:00:00"_time);
    line.prescribed_at = "2026-03-09 10:00:00"_time;
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(line)->judged);
}

TEST(DecideScope, an_outside_prescriber_cannot_order_here) {
    Scene scene;
    const Judged judged = scene.judge(ordered_by(kStranger));
    CPPUNIT_ASSERT_EQUAL(PersonFound::not_registered, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
}

TEST(DecideScope, without_a_region_list_an_outside_prescriber_passes) {
    Scene scene = pharmacy();
    scene.parts.ineligible = nullptr;
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(prescribed_by(kStranger))->judged);
}

TEST(DecideScope, the_own_roster_knows_a_prescriber_better_than_any_list) {
    Scene scene = pharmacy();
    scene.person(kZhang).standing = {suspended("2026-09-01"_day)};
    const Judged judged = scene.judge(prescribed_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(PersonFound::registered, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, judged.grounds());
}

TEST(DecideScope, a_prescriber_who_left_us_is_from_outside) {
    Scene scene = pharmacy();
    scene.person(kZhang).last_day = "2026-06-30"_day;
    scene.region->rows.push_back({std::string(kZhang), {Standing::terminated, "2026-09-01"_day, {}}});
    FeeLine line = prescribed_by("0231");
    line.fee_time = "2026-08-31 10:00:00"_time;
    CPPUNIT_ASSERT_EQUAL(PersonFound::external, scene.judge(line)->people[0].found);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(line)->judged);
    line.fee_time = "2026-09-01 10:00:00"_time;
    const Judged refused = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::region_ineligible}, refused.grounds());
    CPPUNIT_ASSERT_EQUAL(scene.parts.profile.article_terminated, refused->grounds[0].article);
}

struct ServiceRow {
    const char* name;
    Instant fee;
    PersonFound found;
};
// Registered here from 2026-03-01, last service day 2026-06-30.
const ServiceRow kService[] = {
    {"from_outside_to_the_last_second_before_the_registration", "2026-02-28 23:59:59"_time, PersonFound::external},
    {"ours_from_the_first_second_of_the_registration", "2026-03-01 00:00:00"_time, PersonFound::registered},
    {"ours_to_the_last_second_of_the_last_service_day", "2026-06-30 23:59:59"_time, PersonFound::registered},
    {"from_outside_after_it", "2026-07-01 00:00:00"_time, PersonFound::external},
};
TEST_EACH(DecideScope, a_prescriber_is, kService) {
    Scene scene = pharmacy();
    scene.person(kZhang).registered_from = "2026-03-01"_day;
    scene.person(kZhang).last_day = "2026-06-30"_day;
    FeeLine line = prescribed_by(kZhang);
    line.fee_time = row.fee;
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.found, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, judged->judged);
}

TEST(DecideScope, a_prescriber_who_left_us_suspended_is_refused) {
    Scene scene = pharmacy();
    scene.person(kZhang).last_day = "2026-06-30"_day;
    scene.person(kZhang).standing = {suspended("2026-06-01"_day)};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(prescribed_by(kZhang)).grounds());
}

struct StopRow {
    const char* name;
    std::string_view department;  // of the line
    std::string_view code;
    Outcome outcome;
    int person;
};
// Department 0301 is stopped; Zhang belongs to it, Li to 0302.
const StopRow kStops[] = {
    {"by_the_department_of_the_line", "0301", kLi, Outcome::deny, -1},
    {"not_by_the_person_where_the_line_has_another", "0302", kZhang, Outcome::allow, 0},
    {"by_the_person_where_the_line_has_none", "", kZhang, Outcome::deny, 0},
    {"not_where_neither_belongs_to_it", "", kLi, Outcome::allow, 0},
};
TEST_EACH(DecideScope, a_department_is_stopped, kStops) {
    Scene scene;
    scene.stop("2026-01-01"_day, {}, "0301");
    FeeLine line = ordered_by(row.code);
    line.department = row.department;
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    if (row.outcome != Outcome::deny) return;
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::department_stopped}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.person, int{judged->grounds[0].person});
}
TAGS(DecideScope, a_department_is_stopped, "XY-39 JN-3-4");

TEST(DecideScope, a_stopped_department_does_not_stop_the_operator_who_belongs_to_it) {
    Scene scene;
    scene.stop("2026-01-01"_day, {}, "0301");
    CPPUNIT_ASSERT_EQUAL(Outcome::allow,
                         scene.judge(line_of(Txn::outpatient_settlement, Role::settlement_operator, kAuditor))->judged);
}

struct NeverRow {
    const char* name;
    void (*arrange)(Scene&);
    Ground ground;
};
const NeverRow kNever[] = {
    {"by_a_stopped_agreement", [](Scene& scene) { scene.stop("2026-01-01"_day, {}); }, Ground::agreement_stopped},
    {"by_an_expired_copy", [](Scene& scene) { scene.now.copy_as_of = "2026-01-01 00:00:00"_time; },
     Ground::copy_expired},
    {"by_an_expired_copy_of_a_strict_institution",
     [](Scene& scene) {
         scene.now.copy_as_of = "2026-01-01 00:00:00"_time;
         scene.parts.institution.strict = true;
     },
     Ground::copy_expired},
    {"by_a_time_ahead", [](Scene& scene) { scene.now.wall -= std::chrono::hours{1}; }, Ground::fee_in_future},
    {"by_the_history", [](Scene& scene) { scene.parts.institution.history_from = "2026-12-01"_day; },
     Ground::history_too_old},
};
TEST_EACH(DecideScope, a_visit_and_a_list_are_never_refused, kNever) {
    Scene scene;
    row.arrange(scene);
    for (const Txn txn : {Txn::outpatient_registration, Txn::visit_info, Txn::admission, Txn::settlement_list}) {
        const Judged judged = scene.judge(line_of(txn, Role::chief, kZhang));
        CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
        CPPUNIT_ASSERT_EQUAL(std::optional(Outcome::allow_marked), judged.outcome_of(row.ground));
    }
    CPPUNIT_ASSERT(!passes(scene.judge(ordered_by(kZhang))->judged));
}
TAGS(DecideScope, a_visit_and_a_list_are_never_refused, "XY-16");

// What was filed here and not answered yet: newcomers, codes, leaves and other details. Whatever makes milder is marked
// or waits; whatever makes stricter counts at once.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// A physician who signed the commitment, filed on Monday 2026-08-24: the hub's answer is expected until 2026-09-07.
Registration filed_person(std::string_view code, Day from) {
    Registration person;
    person.code = code;
    person.name = "李新";
    person.department = "0301";
    person.commitment = {CommitmentKind::signed_on, from};
    person.registered_from = from;
    return person;
}

void file_newcomer(Scene& scene, const Registration& person) {
    const auto newcomer = provisional_of(person, "2026-08-24"_day, scene.parts.calendar);
    CPPUNIT_ASSERT(newcomer.has_value());
    scene.overlay.provisional.emplace(person.code, *newcomer);
}

void list_in_region(Scene& scene, std::string_view code, Standing status = Standing::suspended) {
    scene.region->rows.push_back({std::string(code), {status, "2026-01-01"_day, std::nullopt}});
}

struct NewcomerRow {
    const char* name;
    Instant fee;
    std::vector<Ground> grounds;
};
const NewcomerRow kNewcomer[] = {
    {"is_refused_to_the_last_second_before_the_first_day",
     "2026-09-09 23:59:59"_time,
     {Ground::not_registered, Ground::provisional}},
    {"passes_marked_from_the_first_second", "2026-09-10 00:00:00"_time, {Ground::provisional}},
    {"passes_marked_after_the_hub_was_expected_to_answer", "2026-09-18 09:00:00"_time, {Ground::provisional}},
};

struct Comeback {
    const char* name;
    std::string_view code;
    Day last_day;
    Day from;
    Instant fee;
    std::vector<Ground> grounds;
};
const Comeback kComebacks[] = {
    {"passes_marked", kZhang, "2026-08-31"_day, "2026-09-01"_day, "2026-09-01 00:00:00"_time, {Ground::provisional}},
    {"passes_marked_by_the_old_staff_number",
     "0231",
     "2026-08-31"_day,
     "2026-09-01"_day,
     "2026-09-02 08:00:00"_time,
     {Ground::provisional}},
    {"is_departed_in_between",
     kZhang,
     "2026-08-31"_day,
     "2026-09-10"_day,
     "2026-09-09 23:59:59"_time,
     {Ground::departed}},
    {"is_in_service_before_the_departure", kZhang, "2026-08-31"_day, "2026-09-01"_day, "2026-08-31 23:59:59"_time, {}},
    {"is_departed_where_the_registration_began_earlier",
     kZhang,
     "2026-09-10"_day,
     "2026-09-01"_day,
     "2026-09-11 00:00:00"_time,
     {Ground::departed}},
};

struct LeaveRow {
    const char* name;
    Leave leave;
    Instant fee;
    std::vector<Ground> grounds;
};
const Leave kMaternity{LeaveKind::maternity, "2026-03-01"_day, "2026-08-27"_day};
const LeaveRow kLeaves[] = {
    {"marks_nothing_before_it", kMaternity, "2026-02-28 23:59:59"_time, {}},
    {"marks_its_first_second", kMaternity, "2026-03-01 00:00:00"_time, {Ground::on_leave}},
    {"marks_the_last_second_of_its_last_day", kMaternity, "2026-08-27 23:59:59"_time, {Ground::on_leave}},
    {"marks_nothing_after_it", kMaternity, "2026-08-28 00:00:00"_time, {}},
    {"goes_on_where_it_names_no_end",
     {LeaveKind::secondment, "2026-03-01"_day, {}},
     "2026-09-18 09:00:00"_time,
     {Ground::on_leave}},
};

}  // namespace

TEST_EACH(DecideNewcomer, somebody_filed, kNewcomer) {
    Scene scene;
    file_newcomer(scene, filed_person(kStranger, "2026-09-10"_day));
    const Judged judged = scene.judge(ordered_by(kStranger, row.fee));
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
}

TEST(DecideNewcomer, shows_until_when_the_hub_was_expected_to_answer_and_is_not_ended_by_it) {
    Scene scene;
    file_newcomer(scene, filed_person(kStranger, "2026-09-01"_day));
    const Judged judged = scene.judge(ordered_by(kStranger));  // 18 September
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT(judged->grounds[0].nominal_end == "2026-09-08"_day && !judged->grounds[0].end);
    CPPUNIT_ASSERT_EQUAL(PersonFound::registered, judged->people[0].found);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, judged->people[0].no.value);
}

TEST(DecideNewcomer, is_refused_if_on_the_regions_list) {
    Scene scene;
    file_newcomer(scene, filed_person(kStranger, "2026-09-01"_day));
    list_in_region(scene, kStranger);
    const Judged judged = scene.judge(ordered_by(kStranger));
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::region_ineligible}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
}
TAGS(DecideNewcomer, is_refused_if_on_the_regions_list, "XY-45");

TEST(DecideNewcomer, belongs_to_a_department_that_may_be_stopped) {
    Scene scene;
    file_newcomer(scene, filed_person(kStranger, "2026-09-01"_day));
    scene.stop("2026-09-01"_day, {}, "0301");
    CPPUNIT_ASSERT(scene.judge(ordered_by(kStranger)).outcome_of(Ground::department_stopped) == Outcome::deny);
}

TEST(DecideNewcomer, is_not_judged_in_a_category_that_is_out_of_scope) {
    Scene scene;
    Registration person = filed_person(kStranger, "2026-09-01"_day);
    person.category = Category::care_worker;
    file_newcomer(scene, person);
    FeeLine line = ordered_by(kZhang);
    line.people.push_back({Role::executing, kStranger});
    CPPUNIT_ASSERT_EQUAL(PersonFound::not_judged, scene.judge(line)->people[1].found);
}

TEST(DecideNewcomer, prescribes_from_outside_before_the_first_day) {
    Scene scene;
    file_newcomer(scene, filed_person(kStranger, "2026-09-10"_day));
    FeeLine line = ordered_by(kZhang, "2026-09-09 10:00:00"_time);
    line.people.push_back({Role::consultant, kStranger});
    CPPUNIT_ASSERT_EQUAL(PersonFound::external, scene.judge(line)->people[1].found);
    line.fee_time = "2026-09-10 10:00:00"_time;
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::provisional}, scene.judge(line).grounds());
}

TEST_EACH(DecideNewcomer, who_left_and_comes_back, kComebacks) {
    Scene scene;
    scene.person(kZhang).last_day = row.last_day;
    file_newcomer(scene, filed_person(kZhang, row.from));
    CPPUNIT_ASSERT_EQUAL(row.grounds, scene.judge(ordered_by(row.code, row.fee)).grounds());
}

TEST(DecideNewcomer, who_comes_back_suspended_stays_suspended) {
    Scene scene;
    scene.person(kZhang).last_day = "2026-08-31"_day;
    scene.person(kZhang).standing = {suspended("2026-08-01"_day)};
    file_newcomer(scene, filed_person(kZhang, "2026-09-01"_day));
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::suspended, Ground::provisional}), judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
}

TEST(DecideNewcomer, a_second_registration_of_somebody_who_works_here_changes_nothing) {
    Scene scene;
    scene.person(kLi).standing = {suspended("2026-08-01"_day)};
    file_newcomer(scene, filed_person(kLi, "2026-09-01"_day));
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by(kLi)).grounds());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, scene.judge(ordered_by(kLi))->people[0].no.value);
}

TEST(Provisional, needs_a_signed_commitment) {
    Registration person = filed_person(kStranger, "2026-09-01"_day);
    person.commitment = {CommitmentKind::due, "2026-09-30"_day};
    CPPUNIT_ASSERT(!provisional_of(person, "2026-08-24"_day, Calendar::official()));
}
TAGS(Provisional, needs_a_signed_commitment, "XY-8 XY-10");

TEST(Provisional, needs_a_well_formed_national_code) {
    CPPUNIT_ASSERT(!provisional_of(filed_person("110411500000777", {}), "2026-08-24"_day, Calendar::official()));
    CPPUNIT_ASSERT(!provisional_of(filed_person("", {}), "2026-08-24"_day, Calendar::official()));
}
TAGS(Provisional, needs_a_well_formed_national_code, "XY-10");

TEST(Provisional, is_expected_to_be_answered_within_ten_working_days) {
    const auto newcomer = provisional_of(filed_person(kStranger, {}), "2026-09-18"_day, Calendar::official());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-09"), format(newcomer->expected.day));
}

TEST(DecideCodes, a_new_alias_works_at_once_and_is_marked) {
    Scene scene;
    scene.overlay.codes["0999"] = {RecordNo{1}, false};
    const Judged judged = scene.judge(ordered_by("0999"));
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::local_overlay}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, judged->people[0].no.value);
}

TEST(DecideCodes, a_new_alias_of_a_suspended_person_is_refused) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.overlay.codes["0999"] = {RecordNo{1}, false};
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(ordered_by("0999"))->judged);
}

TEST(DecideCodes, a_code_that_somebody_has_cannot_be_filed_for_another) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.overlay.codes[std::string(kZhang)] = {RecordNo{2}, false};
    scene.overlay.codes["0231"] = {RecordNo{2}, false};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by(kZhang)).grounds());
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by("0231")).grounds());
}

TEST(DecideCodes, a_code_of_somebody_on_the_regions_list_cannot_be_hidden_behind_an_alias) {
    Scene scene;
    scene.overlay.codes[std::string(kStranger)] = {RecordNo{1}, false};
    list_in_region(scene, kStranger, Standing::terminated);
    const Judged judged = scene.judge(ordered_by(kStranger));
    CPPUNIT_ASSERT(judged.outcome_of(Ground::region_ineligible) == Outcome::deny);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
}

TEST(DecideCodes, an_alias_of_nobody_stays_unmapped) {
    Scene scene;
    scene.overlay.codes["0999"] = {RecordNo{999}, false};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::unmapped}, scene.judge(ordered_by("0999")).grounds());
}

TEST(DecideCodes, a_removal_marks_until_the_hub_has_taken_it) {
    Scene scene;
    scene.overlay.codes["0231"] = {RecordNo{1}, true};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::local_overlay}, scene.judge(ordered_by("0231")).grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(ordered_by(kZhang))->judged);
}

TEST(DecideCodes, a_removal_frees_nobody) {
    Scene scene;
    scene.person(kAuditor).standing = {suspended("2026-01-01"_day)};
    scene.overlay.codes[std::string(kAuditor)] = {RecordNo{6}, true};
    const FeeLine line = line_of(Txn::outpatient_settlement, Role::settlement_operator, kAuditor);
    CPPUNIT_ASSERT(scene.judge(line).outcome_of(Ground::operator_not_permitted) == Outcome::hold);
}

TEST(DecideCodes, a_removal_of_a_code_that_nobody_has_maps_nothing) {
    Scene scene;
    scene.overlay.codes["0999"] = {RecordNo{1}, true};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::unmapped}, scene.judge(ordered_by("0999")).grounds());
}

TEST(DecideCodes, a_departure_that_is_withdrawn_and_a_new_alias_mark_once) {
    Scene scene;
    scene.overlay.codes["0999"] = {RecordNo{1}, false};
    scene.overlay.entries[{1}] = {std::nullopt, true};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::local_overlay}, scene.judge(ordered_by("0999")).grounds());
}

TEST_EACH(DecideLeave, in_the_copy, kLeaves) {
    Scene scene;
    scene.person(kZhang).leaves = {row.leave};
    CPPUNIT_ASSERT_EQUAL(row.grounds, scene.judge(ordered_by(kZhang, row.fee)).grounds());
}

TEST_EACH(DecideLeave, filed_here, kLeaves) {
    Scene scene;
    scene.overlay.leaves[{1}] = {row.leave};
    CPPUNIT_ASSERT_EQUAL(row.grounds, scene.judge(ordered_by(kZhang, row.fee)).grounds());
}

TEST(DecideLeave, is_marked_once_where_the_copy_has_it_too) {
    Scene scene;
    scene.person(kZhang).leaves = {kMaternity};
    scene.overlay.leaves[{1}] = {kMaternity};
    const Judged judged = scene.judge(ordered_by(kZhang, "2026-08-20 08:00:00"_time));
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::on_leave}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT(judged->grounds[0].from == "2026-03-01"_day && judged->grounds[0].end == "2026-08-28"_day);
}

TEST(DecideLeave, of_somebody_else_marks_nothing) {
    Scene scene;
    scene.overlay.leaves[{2}] = {kMaternity};
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(ordered_by(kZhang, "2026-08-20 08:00:00"_time))->judged);
}

TEST(DecideLeave, frees_nobody_who_is_suspended) {
    Scene scene;
    scene.person(kZhang).leaves = {kMaternity};
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    const Judged judged = scene.judge(ordered_by(kZhang, "2026-08-20 08:00:00"_time));
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::suspended, Ground::on_leave}), judged.grounds());
}

TEST(DecideChange, to_another_department_is_stopped_by_the_old_and_by_the_new_one) {
    Scene scene;
    scene.stop("2026-09-01"_day, {}, "0301");
    scene.overlay.changes[{1}] = {"0302", {}};  // Zhang leaves the department that is stopped
    scene.overlay.changes[{2}] = {"0301", {}};  // Li joins it
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::department_stopped}, scene.judge(ordered_by(kZhang)).grounds());
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::department_stopped}, scene.judge(ordered_by(kLi)).grounds());
}

TEST(DecideChange, to_a_category_out_of_scope_frees_nobody) {
    Scene scene;
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    scene.overlay.changes[{1}] = {{}, Category::care_worker};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by(kZhang)).grounds());
}

TEST(DecideChange, to_a_category_in_scope_is_judged_at_once) {
    Scene scene;
    scene.person(kCareWorker).standing = {suspended("2026-01-01"_day)};
    scene.overlay.changes[{7}] = {{}, Category::nurse};
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::suspended}, scene.judge(ordered_by(kCareWorker)).grounds());
}

TEST(DecideChange, of_details_alone_marks_nothing) {
    Scene scene;
    scene.overlay.changes[{1}] = {"0302", Category::nurse};
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, scene.judge(ordered_by(kZhang))->judged);
}

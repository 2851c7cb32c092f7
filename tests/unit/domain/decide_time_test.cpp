// What is judged is the time of the fee: each ground from its first second to its last.
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

struct Row {
    const char* name;
    void (*arrange)(Scene&);
    Instant fee;
    Outcome outcome;
    std::vector<Ground> grounds;
};

void suspend_in_march(Scene& scene) { scene.person(kZhang).standing = {suspended("2026-03-10"_day, "2026-05-10"_day)}; }
void suspend_for_good(Scene& scene) {
    scene.person(kZhang).standing = {suspended("2026-03-10"_day)};
    scene.person(kZhang).standing.front().nominal_end = "2026-05-10"_day;
}
void terminate_in_march(Scene& scene) {
    scene.person(kZhang).standing = {terminated("2026-03-10"_day, "2027-03-10"_day)};
}
void suspend_twice(Scene& scene) {
    scene.person(kZhang).standing = {suspended("2026-03-10"_day, "2026-05-10"_day),
                                     suspended("2026-04-01"_day, "2026-06-01"_day)};
}
void leave_in_march(Scene& scene) { scene.person(kZhang).last_day = "2026-03-10"_day; }
void join_in_march(Scene& scene) { scene.person(kZhang).registered_from = "2026-03-10"_day; }
void join_in_march_and_owe(Scene& scene) {
    join_in_march(scene);
    scene.person(kZhang).commitment = {CommitmentKind::due, "2026-12-31"_day};
}
void stop_agreement(Scene& scene) { scene.stop("2026-03-10"_day, "2026-05-10"_day); }
void end_agreement(Scene& scene) { scene.stop("2026-03-10"_day, std::nullopt).kind = StopKind::agreement_terminated; }
void stop_department(Scene& scene) { scene.stop("2026-03-10"_day, "2026-05-10"_day, "0301"); }
void owe_commitment(Scene& scene) { scene.person(kZhang).commitment = {CommitmentKind::due, "2026-03-10"_day}; }
void begin_history_in_march(Scene& scene) { scene.parts.institution.history_from = "2026-03-10"_day; }
void be_normal(Scene& scene) { scene.person(kZhang).standing = {{Standing::normal, "2026-03-10"_day, {}, {}, 0, ""}}; }

const Row kRows[] = {
    {"last_second_before_suspension_passes", suspend_in_march, "2026-03-09 23:59:59"_time, Outcome::allow, {}},
    {"first_second_of_suspension_is_refused",
     suspend_in_march,
     "2026-03-10 00:00:00"_time,
     Outcome::deny,
     {Ground::suspended}},
    {"last_second_of_suspension_is_refused",
     suspend_in_march,
     "2026-05-09 23:59:59"_time,
     Outcome::deny,
     {Ground::suspended}},
    {"first_second_after_suspension_passes", suspend_in_march, "2026-05-10 00:00:00"_time, Outcome::allow, {}},
    {"last_second_before_a_suspension_without_end_passes",
     suspend_for_good,
     "2026-03-09 23:59:59"_time,
     Outcome::allow,
     {}},
    {"nominal_end_ends_nothing", suspend_for_good, "2026-05-10 00:00:00"_time, Outcome::deny, {Ground::suspended}},
    {"a_suspension_without_end_goes_on",
     suspend_for_good,
     "2026-09-18 09:59:00"_time,
     Outcome::deny,
     {Ground::suspended}},
    {"last_second_before_termination_passes", terminate_in_march, "2026-03-09 23:59:59"_time, Outcome::allow, {}},
    {"first_second_of_termination_is_refused",
     terminate_in_march,
     "2026-03-10 00:00:00"_time,
     Outcome::deny,
     {Ground::terminated}},
    {"in_the_first_of_two_suspensions_one_is_named",
     suspend_twice,
     "2026-03-31 23:59:59"_time,
     Outcome::deny,
     {Ground::suspended}},
    {"where_two_suspensions_overlap_both_are_named",
     suspend_twice,
     "2026-04-01 00:00:00"_time,
     Outcome::deny,
     {Ground::suspended, Ground::suspended}},
    {"after_the_first_suspension_the_second_refuses",
     suspend_twice,
     "2026-05-31 23:59:59"_time,
     Outcome::deny,
     {Ground::suspended}},
    {"an_interval_that_says_normal_refuses_nobody", be_normal, "2026-03-10 00:00:00"_time, Outcome::allow, {}},
    {"last_second_of_the_last_service_day_passes", leave_in_march, "2026-03-10 23:59:59"_time, Outcome::allow, {}},
    {"first_second_after_the_last_service_day_is_refused",
     leave_in_march,
     "2026-03-11 00:00:00"_time,
     Outcome::deny,
     {Ground::departed}},
    {"last_second_before_the_registration_is_refused",
     join_in_march,
     "2026-03-09 23:59:59"_time,
     Outcome::deny,
     {Ground::not_registered}},
    {"first_second_of_the_registration_passes", join_in_march, "2026-03-10 00:00:00"_time, Outcome::allow, {}},
    {"first_second_of_a_registration_with_a_commitment_due_passes",
     join_in_march_and_owe,
     "2026-03-10 00:00:00"_time,
     Outcome::allow,
     {Ground::commitment_due}},
    {"last_second_before_the_agreement_stops_passes", stop_agreement, "2026-03-09 23:59:59"_time, Outcome::allow, {}},
    {"first_second_of_a_stopped_agreement_is_refused",
     stop_agreement,
     "2026-03-10 00:00:00"_time,
     Outcome::deny,
     {Ground::agreement_stopped}},
    {"last_second_of_a_stopped_agreement_is_refused",
     stop_agreement,
     "2026-05-09 23:59:59"_time,
     Outcome::deny,
     {Ground::agreement_stopped}},
    {"first_second_of_a_resumed_agreement_passes", stop_agreement, "2026-05-10 00:00:00"_time, Outcome::allow, {}},
    {"an_ended_agreement_stays_ended",
     end_agreement,
     "2026-09-18 09:59:00"_time,
     Outcome::deny,
     {Ground::agreement_stopped}},
    {"last_second_before_the_department_stops_passes", stop_department, "2026-03-09 23:59:59"_time, Outcome::allow, {}},
    {"first_second_of_a_stopped_department_is_refused",
     stop_department,
     "2026-03-10 00:00:00"_time,
     Outcome::deny,
     {Ground::department_stopped}},
    {"last_second_of_a_stopped_department_is_refused",
     stop_department,
     "2026-05-09 23:59:59"_time,
     Outcome::deny,
     {Ground::department_stopped}},
    {"first_second_of_a_resumed_department_passes", stop_department, "2026-05-10 00:00:00"_time, Outcome::allow, {}},
    {"a_commitment_in_its_window_passes",
     owe_commitment,
     "2026-03-10 23:59:59"_time,
     Outcome::allow,
     {Ground::commitment_due}},
    {"a_commitment_past_its_window_passes_marked",
     owe_commitment,
     "2026-03-11 00:00:00"_time,
     Outcome::allow_marked,
     {Ground::commitment_overdue}},
    {"last_second_before_the_history_is_held",
     begin_history_in_march,
     "2026-03-09 23:59:59"_time,
     Outcome::hold,
     {Ground::history_too_old}},
    {"first_second_of_the_history_passes", begin_history_in_march, "2026-03-10 00:00:00"_time, Outcome::allow, {}},
};

struct FutureRow {
    const char* name;
    std::chrono::seconds ahead;
    Outcome outcome;
    std::vector<Ground> grounds;
};
const FutureRow kFuture[] = {
    {"ten_minutes_ahead_passes", std::chrono::seconds{600}, Outcome::allow, {}},
    {"a_second_more_is_held", std::chrono::seconds{601}, Outcome::hold, {Ground::fee_in_future}},
    {"ten_years_ahead_is_held_and_expires_nothing",
     std::chrono::hours{24 * 3652},
     Outcome::hold,
     {Ground::fee_in_future}},
};

struct CommitmentRow {
    const char* name;
    Commitment commitment;
    bool missing_denies;
    Outcome outcome;
    std::vector<Ground> grounds;
};
const CommitmentRow kCommitments[] = {
    {"baseline_is_a_plain_allow", {CommitmentKind::baseline, {}}, true, Outcome::allow, {}},
    {"signed_is_a_plain_allow", {CommitmentKind::signed_on, "2025-04-01"_day}, true, Outcome::allow, {}},
    {"signed_after_the_fee_counts_too", {CommitmentKind::signed_on, "2026-09-30"_day}, true, Outcome::allow, {}},
    {"due_passes_even_where_missing_denies",
     {CommitmentKind::due, "2026-09-18"_day},
     true,
     Outcome::allow,
     {Ground::commitment_due}},
    {"due_without_a_date_passes", {CommitmentKind::due, {}}, false, Outcome::allow, {Ground::commitment_due}},
    {"overdue_is_marked_even_where_missing_denies",
     {CommitmentKind::due, "2026-09-17"_day},
     true,
     Outcome::allow_marked,
     {Ground::commitment_overdue}},
    {"missing_is_marked_where_the_text_is_silent",
     {CommitmentKind::missing, {}},
     false,
     Outcome::allow_marked,
     {Ground::commitment_overdue}},
    {"missing_is_refused_where_the_text_says_so",
     {CommitmentKind::missing, {}},
     true,
     Outcome::deny,
     {Ground::no_commitment}},
};

}  // namespace

TEST_EACH(Decide, judges_by_the_time_of_the_fee, kRows) {
    Scene scene;
    row.arrange(scene);
    const Judged judged = scene.judge(ordered_by(kZhang, row.fee));
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->served);
}
TAGS(Decide, judges_by_the_time_of_the_fee, "XY-14-2 XY-14-3 GD-4-2");

TEST_EACH(Decide, judges_a_fee_that_lies_ahead, kFuture) {
    const Scene scene;
    const Judged judged = scene.judge(ordered_by(kZhang, scene.now.wall + row.ahead));
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, judged->freshness);
}

TEST_EACH(Decide, takes_a_commitment, kCommitments) {
    Scene scene;
    scene.parts.profile.missing_commitment_denies = row.missing_denies;
    scene.person(kZhang).commitment = row.commitment;
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
}
TAGS(Decide, takes_a_commitment, "XY-8 N34-21");

TEST(Decide, a_fee_before_the_first_day_of_a_registration_asks_for_the_clock_when_that_is_in_doubt) {
    Scene scene;
    join_in_march(scene);
    const FeeLine fee = ordered_by(kZhang, "2026-03-09 08:00:00"_time);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(fee)->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::register_person, scene.judge(fee)->advice);
    scene.now.clock_suspect = true;
    const Judged suspect = scene.judge(fee);
    CPPUNIT_ASSERT_EQUAL(Outcome::hold, suspect->judged);  // P11: time alone refuses nobody
    CPPUNIT_ASSERT_EQUAL(Ground::not_registered, suspect.grounds().front());
    CPPUNIT_ASSERT_EQUAL(Advice::check_clock, suspect->advice);
    scene.now.clock_suspect = false;
    scene.now.clock_unknown = true;  // ahead of what is known: no fee gets before a registration by that
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, scene.judge(fee)->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::check_clock, scene.judge(fee)->advice);
    CPPUNIT_ASSERT_EQUAL(Advice::register_person, scene.judge(ordered_by("D411502009999"))->advice);
}

TEST(Decide, marks_a_line_under_a_suspect_clock) {
    Scene scene;
    scene.now.clock_suspect = true;
    const Judged judged = scene.judge(ordered_by(kZhang));
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::clock_suspect}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
}

// How old the copy may be, by size of the institution, around holidays, and what each grade gives.
#include "shared/domain/freshness.h"
#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct GradeRow {
    const char* name;
    std::size_t headcount;
    seconds age;
    Freshness grade;
};
constexpr hours kDay{24};
constexpr seconds kSecond{1};
const GradeRow kGrades[] = {
    {"of_the_same_second_is_fresh", 10, seconds{0}, Freshness::fresh},
    {"of_10_people_is_fresh_for_72_hours", 10, 3 * kDay, Freshness::fresh},
    {"of_10_people_is_aged_after_72_hours", 10, 3 * kDay + kSecond, Freshness::aged},
    {"of_10_people_is_aged_to_15_days", 10, 15 * kDay, Freshness::aged},
    {"of_10_people_is_stale_after_15_days", 10, 15 * kDay + kSecond, Freshness::stale},
    {"of_10_people_is_stale_to_45_days", 10, 45 * kDay, Freshness::stale},
    {"of_10_people_is_expired_after_45_days", 10, 45 * kDay + kSecond, Freshness::expired},
    {"of_11_people_is_fresh_for_24_hours", 11, kDay, Freshness::fresh},
    {"of_100_people_is_fresh_for_24_hours", 100, kDay, Freshness::fresh},
    {"of_100_people_is_aged_after_24_hours", 100, kDay + kSecond, Freshness::aged},
    {"of_100_people_is_aged_to_10_days", 100, 10 * kDay, Freshness::aged},
    {"of_100_people_is_stale_after_10_days", 100, 10 * kDay + kSecond, Freshness::stale},
    {"of_100_people_is_stale_to_30_days", 100, 30 * kDay, Freshness::stale},
    {"of_100_people_is_expired_after_30_days", 100, 30 * kDay + kSecond, Freshness::expired},
    {"of_101_people_is_fresh_for_4_hours", 101, hours{4}, Freshness::fresh},
    {"of_101_people_is_aged_after_4_hours", 101, hours{4} + kSecond, Freshness::aged},
    {"of_101_people_is_aged_to_3_days", 101, 3 * kDay, Freshness::aged},
    {"of_101_people_is_stale_after_3_days", 101, 3 * kDay + kSecond, Freshness::stale},
    {"of_101_people_is_stale_to_10_days", 101, 10 * kDay, Freshness::stale},
    {"of_101_people_is_expired_after_10_days", 101, 10 * kDay + kSecond, Freshness::expired},
};

struct HolidayRow {
    const char* name;
    Instant as_of;
    Freshness last;  // the grade that ends
    Instant last_second;
    Freshness next;
};
// Limits of up to 10 people: aged to 15 days, stale to 45.
const HolidayRow kHolidays[] = {
    {"on_a_plain_weekday_stays", "2026-07-01 10:00:00"_time, Freshness::aged, "2026-07-16 10:00:00"_time,
     Freshness::stale},
    {"on_a_plain_weekend_stays", "2026-07-31 10:00:00"_time, Freshness::aged, "2026-08-15 10:00:00"_time,
     Freshness::stale},
    {"on_the_first_day_of_a_holiday_moves", "2026-09-16 00:00:00"_time, Freshness::aged, "2026-10-10 23:59:59"_time,
     Freshness::stale},
    {"on_the_last_day_of_a_holiday_moves", "2026-09-22 23:59:59"_time, Freshness::aged, "2026-10-10 23:59:59"_time,
     Freshness::stale},
    {"on_the_first_working_day_after_moves", "2026-09-23 00:00:00"_time, Freshness::aged, "2026-10-10 23:59:59"_time,
     Freshness::stale},
    {"on_the_third_working_day_after_moves_to_its_end", "2026-09-25 10:00:00"_time, Freshness::aged,
     "2026-10-10 23:59:59"_time, Freshness::stale},
    {"on_the_sunday_after_the_third_working_day_stays", "2026-09-26 10:00:00"_time, Freshness::aged,
     "2026-10-11 10:00:00"_time, Freshness::stale},
    {"on_the_fourth_working_day_after_stays", "2026-09-27 10:00:00"_time, Freshness::aged, "2026-10-12 10:00:00"_time,
     Freshness::stale},
    {"on_the_day_before_a_holiday_stays", "2026-04-15 10:00:00"_time, Freshness::aged, "2026-04-30 10:00:00"_time,
     Freshness::stale},
    {"on_the_sunday_of_a_holiday_moves", "2026-06-06 10:00:00"_time, Freshness::aged, "2026-06-24 23:59:59"_time,
     Freshness::stale},
    {"on_the_second_working_day_after_moves", "2024-03-24 10:00:00"_time, Freshness::aged, "2024-04-09 23:59:59"_time,
     Freshness::stale},
    {"on_a_holiday_of_one_day_stays", "2024-12-17 10:00:00"_time, Freshness::aged, "2025-01-01 10:00:00"_time,
     Freshness::stale},
    {"on_a_holiday_that_falls_on_a_weekend_stays", "2027-12-17 10:00:00"_time, Freshness::aged,
     "2028-01-01 10:00:00"_time, Freshness::stale},
    {"on_one_day_off_and_a_weekend_moves", "2024-05-26 10:00:00"_time, Freshness::aged, "2024-06-13 23:59:59"_time,
     Freshness::stale},
    {"on_the_weekend_of_a_holiday_moves", "2024-05-24 10:00:00"_time, Freshness::aged, "2024-06-13 23:59:59"_time,
     Freshness::stale},
    {"on_the_weekend_after_two_working_days_moves", "2029-09-21 10:00:00"_time, Freshness::aged,
     "2029-10-08 23:59:59"_time, Freshness::stale},
    {"on_the_third_working_day_after_a_weekend_moves", "2029-09-23 10:00:00"_time, Freshness::aged,
     "2029-10-08 23:59:59"_time, Freshness::stale},
    {"of_stale_moves_too", "2026-08-17 10:00:00"_time, Freshness::stale, "2026-10-10 23:59:59"_time,
     Freshness::expired},
    {"of_fresh_does_not_move", "2026-09-28 10:00:00"_time, Freshness::fresh, "2026-10-01 10:00:00"_time,
     Freshness::aged},
    {"of_a_year_not_published_moves_by_the_fixed_days", "2027-09-16 10:00:00"_time, Freshness::aged,
     "2027-10-06 23:59:59"_time, Freshness::stale},
};

struct OutcomeRow {
    const char* name;
    hours age;
    bool strict;
    std::string_view med_type;
    Outcome outcome;
    std::vector<Ground> grounds;
    Advice advice;
};
const OutcomeRow kOutcomes[] = {
    {"fresh_allows", hours{1}, false, "", Outcome::allow, {}, Advice::none},
    {"aged_marks", 10 * kDay, false, "", Outcome::allow_marked, {Ground::copy_aged}, Advice::sync_soon},
    {"stale_marks", 20 * kDay, false, "", Outcome::allow_marked, {Ground::copy_stale}, Advice::sync_now},
    {"stale_marks_a_strict_institution",
     20 * kDay,
     true,
     "",
     Outcome::allow_marked,
     {Ground::copy_stale},
     Advice::sync_now},
    {"expired_holds", 60 * kDay, false, "", Outcome::hold, {Ground::copy_expired}, Advice::sync_or_carry},
    {"expired_refuses_a_strict_institution",
     60 * kDay,
     true,
     "",
     Outcome::deny,
     {Ground::copy_expired},
     Advice::sync_or_carry},
    {"expired_holds_a_plain_medical_type",
     60 * kDay,
     false,
     "11",
     Outcome::hold,
     {Ground::copy_expired},
     Advice::sync_or_carry},
    {"expired_marks_a_chronic_disease",
     60 * kDay,
     false,
     "14",
     Outcome::allow_marked,
     {Ground::copy_expired, Ground::chronic_passes},
     Advice::sync_or_carry},
    {"expired_marks_a_chronic_disease_by_prefix",
     60 * kDay,
     false,
     "140104",
     Outcome::allow_marked,
     {Ground::copy_expired, Ground::chronic_passes},
     Advice::sync_or_carry},
    {"expired_marks_a_chronic_disease_of_a_strict_institution",
     60 * kDay,
     true,
     "1403",
     Outcome::allow_marked,
     {Ground::copy_expired, Ground::chronic_passes},
     Advice::sync_or_carry},
    {"expired_holds_a_medical_type_that_has_14_inside",
     60 * kDay,
     false,
     "9914",
     Outcome::hold,
     {Ground::copy_expired},
     Advice::sync_or_carry},
    {"expired_marks_an_emergency_by_type",
     60 * kDay,
     false,
     "13",
     Outcome::allow_marked,
     {Ground::copy_expired, Ground::emergency},
     Advice::file_emergency_evidence},
};

CopyAge age_at(Instant as_of, Instant fee, std::size_t headcount = 10) {
    Moment now;
    now.wall = now.running = fee;
    now.copy_as_of = as_of;
    return age_of_copy(fee, now, henan_xinyang().limits_for(headcount), Calendar::official());
}

Instant fee_time() { return "2026-08-20 10:00:00"_time; }

/// A scene at a time far from holidays with a copy of this age.
Scene aged(seconds age) {
    Scene scene;
    scene.now.wall = scene.now.running = fee_time();
    scene.now.copy_as_of = fee_time() - age;
    scene.parts.institution.history_from = "2025-01-01"_day;
    return scene;
}

}  // namespace

TEST_EACH(Freshness, of_a_copy, kGrades) {
    const Instant as_of = "2026-06-29 10:00:00"_time;  // no holiday for the next 45 days
    const CopyAge age = age_at(as_of, as_of + row.age, row.headcount);
    CPPUNIT_ASSERT_EQUAL(row.grade, age.grade);
    CPPUNIT_ASSERT_EQUAL(row.age, age.age);
}

TEST_EACH(Freshness, limit, kHolidays) {
    CPPUNIT_ASSERT_EQUAL(row.last, age_at(row.as_of, row.last_second).grade);
    CPPUNIT_ASSERT_EQUAL(row.next, age_at(row.as_of, row.last_second + kSecond).grade);
    if (row.last == Freshness::fresh) return;  // the only limit that no holiday moves
    const hours limit = row.last == Freshness::aged ? 15 * kDay : 45 * kDay;
    CPPUNIT_ASSERT_EQUAL(format(row.last_second), format(last_second_of(row.as_of, limit, Calendar::official())));
}

TEST(Freshness, limit_moves_by_a_regional_holiday_with_its_weekend) {
    const Calendar calendar = Calendar::make(Calendar::official().years(), {{"2026-08-17"_day, "地方假日"}}).value();
    CPPUNIT_ASSERT_EQUAL(std::string("2026-08-20 23:59:59"),
                         format(last_second_of("2026-08-01 10:00:00"_time, 15 * kDay, calendar)));
}

TEST(Freshness, of_a_fee_older_than_the_copy_is_always_fresh) {
    const CopyAge age = age_at("2026-08-20 10:00:00"_time, "2026-01-05 10:00:00"_time);
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, age.grade);
    CPPUNIT_ASSERT_EQUAL(seconds{0}, age.age);
}

TEST(Freshness, goes_by_the_time_of_the_fee_and_not_by_the_clock) {
    Scene scene = aged(60 * kDay);
    FeeLine line = ordered_by(kZhang, scene.now.copy_as_of + hours{1});
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, scene.judge(line)->freshness);
    line.fee_time = fee_time();
    CPPUNIT_ASSERT_EQUAL(Freshness::expired, scene.judge(line)->freshness);
}

TEST(Freshness, goes_by_the_clock_for_a_fee_that_lies_ahead) {
    Scene scene = aged(hours{1});
    const Judged judged = scene.judge(ordered_by(kZhang, fee_time() + 100 * kDay));
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, judged->freshness);
    CPPUNIT_ASSERT_EQUAL(seconds{hours{1}}, judged->age);
}

TEST_EACH(Freshness, when_the_copy_is, kOutcomes) {
    Scene scene = aged(row.age);
    scene.parts.institution.strict = row.strict;
    FeeLine line = ordered_by(kZhang, fee_time());
    line.med_type = row.med_type;
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(row.grounds, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(row.outcome, judged->judged);
    CPPUNIT_ASSERT_EQUAL(row.advice, judged->advice);
}

TEST_EACH(Freshness, never_lets_a_suspended_person_pass_when_the_copy_is, kOutcomes) {
    Scene scene = aged(row.age);
    scene.person(kZhang).standing = {suspended("2026-01-01"_day)};
    FeeLine line = ordered_by(kZhang, fee_time());
    line.med_type = row.med_type == "13" ? "" : row.med_type;
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Ground::suspended, judged->grounds[0].ground);
}

struct UnknownRow {
    const char* name;
    hours age;
};
const UnknownRow kUnknown[] = {
    {"fresh", hours{1}}, {"aged", 10 * kDay}, {"stale", 20 * kDay}, {"expired", 3650 * kDay}};
TEST_EACH(Freshness, is_stale_under_an_unknown_clock_even_if_else, kUnknown) {
    Scene scene = aged(row.age);
    scene.now.clock_unknown = true;
    scene.parts.institution.strict = true;
    const Judged judged = scene.judge(ordered_by(kZhang, fee_time()));
    CPPUNIT_ASSERT_EQUAL(Freshness::stale, judged->freshness);
    CPPUNIT_ASSERT_EQUAL(std::vector{Ground::clock_unknown}, judged.grounds());
    CPPUNIT_ASSERT_EQUAL(Outcome::allow_marked, judged->judged);
    CPPUNIT_ASSERT_EQUAL(Advice::check_clock, judged->advice);
}

TEST(Freshness, goes_by_the_heads_that_are_there) {
    Scene scene = aged(2 * kDay);
    scene.grow_to(11);
    CPPUNIT_ASSERT_EQUAL(Freshness::aged, scene.judge(ordered_by(kZhang, fee_time()))->freshness);
    scene.person(kLi).last_day = "2026-01-01"_day;
    CPPUNIT_ASSERT_EQUAL(Freshness::fresh, scene.judge(ordered_by(kZhang, fee_time()))->freshness);
}

TEST(Freshness, is_told_of_a_line_that_is_not_judged_too) {
    FeeLine line = ordered_by(kZhang, fee_time());
    line.insured = false;
    CPPUNIT_ASSERT_EQUAL(Freshness::stale, aged(20 * kDay).judge(line)->freshness);
}

TEST(Freshness, frees_a_chronic_disease_as_an_emergency_where_one_is_declared) {
    Scene scene = aged(60 * kDay);
    FeeLine line = rescued(ordered_by(kZhang, fee_time()));
    line.med_type = "1401";
    const Judged judged = scene.judge(line);
    CPPUNIT_ASSERT_EQUAL((std::vector{Ground::copy_expired, Ground::emergency}), judged.grounds());
    CPPUNIT_ASSERT(judged->grounds[0].freed);
}

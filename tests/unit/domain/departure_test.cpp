#include "shared/domain/departure.h"

#include "tests/unit/domain/scene.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr int kWorkingDays = 10;

struct DutyRow {
    const char* name;
    Day today;
    DutyStage stage;
    int left;
};
// The last service day is Friday 2026-09-18; Sunday the 20th is worked, 25-27 September and 1-7 October are off.
const DutyRow kDuty[] = {
    {"weeks_before_it_is_expected", "2026-09-01"_day, DutyStage::expected, 23},
    {"on_the_last_day_it_is_expected", "2026-09-18"_day, DutyStage::expected, 10},
    {"after_its_end_it_is_open", "2026-09-19"_day, DutyStage::open, 10},
    {"on_working_day_1_it_is_open", "2026-09-20"_day, DutyStage::open, 9},
    {"on_working_day_7_it_is_open", "2026-09-29"_day, DutyStage::open, 3},
    {"on_working_day_8_it_is_amber", "2026-09-30"_day, DutyStage::amber, 2},
    {"on_a_holiday_after_day_8_it_stays_amber", "2026-10-07"_day, DutyStage::amber, 2},
    {"on_working_day_9_it_is_amber", "2026-10-08"_day, DutyStage::amber, 1},
    {"on_working_day_10_it_is_today", "2026-10-09"_day, DutyStage::today, 0},
    {"on_working_day_11_it_is_late", "2026-10-10"_day, DutyStage::late, -1},
    {"on_a_sunday_after_it_stays_late", "2026-10-11"_day, DutyStage::late, -1},
    {"on_working_day_12_it_is_two_days_late", "2026-10-12"_day, DutyStage::late, -2},
};

struct DoneRow {
    const char* name;
    Day updated;
    int left;
};
const DoneRow kDone[] = {
    {"before_the_last_day", "2026-09-17"_day, 11},
    {"on_the_due_day", "2026-10-09"_day, 0},
    {"the_day_after", "2026-10-10"_day, -1},
    {"a_week_after", "2026-10-16"_day, -6},
};

struct CheckRow {
    const char* name;
    Day last_day;
    std::optional<Day> left_on;
    std::optional<ErrorId> error;
};
const CheckRow kChecks[] = {
    {"on_the_first_day", "2025-04-01"_day, {}, {}},
    {"the_day_before_the_registration", "2025-03-31"_day, {}, ErrorId::departure_before_registration},
    {"a_year_ahead_to_the_day", "2027-09-18"_day, {}, {}},
    {"a_day_over_a_year_ahead", "2027-09-19"_day, {}, ErrorId::departure_too_far_ahead},
    {"of_somebody_who_has_left", "2026-09-18"_day, "2026-09-01"_day, ErrorId::departure_already},
};

struct ProofRow {
    const char* name;
    std::optional<Instant> before;
    std::optional<Instant> after;
    FilingProof proof;
};
const Instant kLimit = "2026-10-10 00:00:00"_time;
const ProofRow kProofs[] = {
    {"on_time_by_the_contact_after_it", {}, "2026-10-09 23:59:59"_time, FilingProof::proven_on_time},
    {"on_time_by_a_contact_at_the_limit", "2026-10-09 08:00:00"_time, kLimit, FilingProof::proven_on_time},
    {"late_by_the_contact_before_it", "2026-10-10 00:00:01"_time, "2026-10-11 08:00:00"_time, FilingProof::proven_late},
    {"claimed_with_a_contact_at_the_limit_before_it", kLimit, "2026-10-11 08:00:00"_time, FilingProof::claimed},
    {"claimed_with_the_limit_between_two_contacts", "2026-10-09 08:00:00"_time, "2026-10-10 00:00:01"_time,
     FilingProof::claimed},
    {"claimed_without_any_contact", {}, {}, FilingProof::claimed},
    {"claimed_with_no_contact_since", "2026-10-01 08:00:00"_time, {}, FilingProof::claimed},
    {"late_with_no_contact_since", "2026-10-12 08:00:00"_time, {}, FilingProof::proven_late},
};

DepartureDuty duty_on(Day today, std::optional<Day> updated = {}, bool clock_suspect = false) {
    return departure_duty("2026-09-18"_day, updated, today, clock_suspect, Calendar::official(), kWorkingDays);
}

}  // namespace

TEST_EACH(Departure, goes_day_by_day, kDuty) {
    const DepartureDuty duty = duty_on(row.today);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-09"), format(duty.due.day));
    CPPUNIT_ASSERT(!duty.due.provisional);
    CPPUNIT_ASSERT_EQUAL(row.stage, duty.stage);
    CPPUNIT_ASSERT_EQUAL(row.left, duty.working_days_left);
}
TAGS(Departure, goes_day_by_day, "XY-18");

TEST_EACH(Departure, is_done_when_the_window_was_updated, kDone) {
    const DepartureDuty duty = duty_on("2026-12-01"_day, row.updated);
    CPPUNIT_ASSERT_EQUAL(DutyStage::done, duty.stage);
    CPPUNIT_ASSERT_EQUAL(row.left, duty.working_days_left);
}
TAGS(Departure, is_done_when_the_window_was_updated, "XY-18");

TEST(Departure, is_late_on_the_weekend_after_a_friday_that_was_due) {
    const Calendar& calendar = Calendar::official();
    const auto on = [&](Day today) {
        return departure_duty("2026-11-22"_day, {}, today, false, calendar, kWorkingDays);
    };
    CPPUNIT_ASSERT_EQUAL(DutyStage::today, on("2026-12-04"_day).stage);
    CPPUNIT_ASSERT_EQUAL(DutyStage::late, on("2026-12-05"_day).stage);
    CPPUNIT_ASSERT_EQUAL(-1, on("2026-12-05"_day).working_days_left);
    CPPUNIT_ASSERT_EQUAL(-1, on("2026-12-07"_day).working_days_left);
}

TEST(Departure, is_never_late_by_a_suspect_clock) {
    CPPUNIT_ASSERT_EQUAL(DutyStage::undetermined, duty_on("2036-01-01"_day, {}, true).stage);
    CPPUNIT_ASSERT_EQUAL(DutyStage::today, duty_on("2026-10-09"_day, {}, true).stage);
}

TEST(Departure, is_due_provisionally_past_the_last_published_year) {
    const DepartureDuty duty =
        departure_duty("2026-12-25"_day, {}, "2026-12-28"_day, false, Calendar::official(), kWorkingDays);
    CPPUNIT_ASSERT(duty.due.provisional);
}

TEST_EACH(Departure, may_be_filed, kChecks) {
    const auto checked = check_departure(row.last_day, "2025-04-01"_day, "2026-09-18"_day, row.left_on);
    CPPUNIT_ASSERT_EQUAL(row.error, checked.ok() ? std::nullopt : std::optional(checked.error().id));
}

TEST(Departure, counts_a_year_from_the_29th_of_february_to_the_28th) {
    CPPUNIT_ASSERT(check_departure("2029-02-28"_day, "2025-04-01"_day, "2028-02-29"_day).ok());
    CPPUNIT_ASSERT(!check_departure("2029-03-01"_day, "2025-04-01"_day, "2028-02-29"_day).ok());
}

TEST_EACH(Departure, filing_is, kProofs) {
    CPPUNIT_ASSERT_EQUAL(row.proof, prove_filing(kLimit, row.before, row.after));
}

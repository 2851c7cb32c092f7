#include "hub/core/rules/deadlines.h"

#include "tests/support/testing.h"
#include "tests/unit/rules/xinyang_rules.h"

namespace zige::hub::testing {
namespace {

struct DueRow {
    const char* name;
    DueKind kind;
    const char* event;
    const char* due;
    bool provisional;
    const char* tags;
};
const DueRow kDue[] = {
    {"an_appeal_in_ten_working_days", DueKind::appeal, "2026-09-18", "2026-10-09", false, "XY-28"},
    {"a_notice_in_five_working_days_over_a_make_up_sunday", DueKind::issue_notice, "2025-12-31", "2026-01-08", false,
     "XY-42"},
    {"a_statement_in_five_days", DueKind::statement, "2026-03-02", "2026-03-09", false, "XY-28"},
    {"a_statement_that_ends_in_the_holidays_moves_on", DueKind::statement, "2026-09-28", "2026-10-08", false, "XY-28"},
    {"an_application_ten_working_days_before_the_end", DueKind::apply_restoration, "2026-10-09", "2026-09-18", false,
     "XY-34"},
    {"a_monthly_report_on_the_last_working_day", DueKind::monthly_report, "2026-05-31", "2026-05-29", false, "XY-37"},
    {"past_the_last_published_year_provisionally", DueKind::appeal, "2026-12-25", "2027-01-11", true, "XY-28"},
};
TEST_EACH(Deadline, is_due, kDue) {
    const auto due = due_date(xinyang_rules(), row.kind, on(row.event), Calendar::official());
    CPPUNIT_ASSERT(due.has_value());
    CPPUNIT_ASSERT_EQUAL(std::string(row.due), format(due->day));
    CPPUNIT_ASSERT_EQUAL(row.provisional, due->provisional);
}

TEST(Deadline, is_none_where_the_text_sets_none) {
    CPPUNIT_ASSERT(!due_date(xinyang_rules(), DueKind::yearly_report, on("2026-12-31"), Calendar::official()));
}

const DeadlineRule kAppraised = {DueKind::handle_appeal, 20, DayUnit::working_days, false, {}};

TAGS(Deadline, stands_still_while_experts_appraise, "N34-44");
TEST(Deadline, stands_still_while_experts_appraise) {
    const ClockStop week{on("2026-03-09"), on("2026-03-14")};  // Monday to Friday
    const auto plain = due_date(kAppraised, on("2026-03-02"), Calendar::official());
    const auto stopped = due_date(kAppraised, on("2026-03-02"), Calendar::official(), {&week, 1});
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-30"), format(plain->day));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-04-07"), format(stopped->day));  // 04-06 is a holiday
}

TEST(Deadline, has_no_day_yet_while_the_appraisal_goes_on) {
    const ClockStop open{on("2026-03-09"), std::nullopt};
    CPPUNIT_ASSERT(!due_date(kAppraised, on("2026-03-02"), Calendar::official(), {&open, 1}));
    const ClockStop after{on("2026-03-31"), std::nullopt};
    CPPUNIT_ASSERT(due_date(kAppraised, on("2026-03-02"), Calendar::official(), {&after, 1}).has_value());
}

}  // namespace
}  // namespace zige::hub::testing

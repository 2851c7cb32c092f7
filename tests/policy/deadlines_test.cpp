#include <algorithm>

#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;
using namespace zige::testing;

using K = DueKind;

namespace {

constexpr auto kWorking = DayUnit::working_days;
constexpr auto kCalendar = DayUnit::calendar_days;

struct DeadlineTestRow {
    const char* name;
    const char* tags;
    std::string_view profile;
    DueKind kind;
    unsigned days;
    DayUnit unit = kWorking;
    bool before = false;
};
const DeadlineTestRow kRows[] = {
    {"xinyang_commitment", "XY-8", kXinyang, K::commitment, 5},
    {"xinyang_departure", "XY-18", kXinyang, K::departure, 10},
    {"xinyang_statement_in_calendar_days", "XY-28", kXinyang, K::statement, 5, kCalendar},
    {"xinyang_issue_notice", "XY-42", kXinyang, K::issue_notice, 5},
    {"xinyang_serve_notice", "XY-43", kXinyang, K::serve_notice, 3},
    {"xinyang_appeal", "XY-28", kXinyang, K::appeal, 10},
    {"xinyang_handle_appeal", "XY-31", kXinyang, K::handle_appeal, 10},
    {"xinyang_apply_restoration_before_the_end", "XY-34", kXinyang, K::apply_restoration, 10, kWorking, true},
    {"xinyang_evaluate_restoration", "XY-34", kXinyang, K::evaluate_restoration, 10},
    {"xinyang_monthly_report_on_the_last_working_day", "XY-37", kXinyang, K::monthly_report, 0, kWorking, true},
    {"xinyang_quarterly_report_on_the_last_working_day", "XY-37", kXinyang, K::quarterly_report, 0, kWorking, true},
    {"xinyang_principal_change", "O3-37", kXinyang, K::principal_change, 30},
    {"national_statement", "ours:rules.deadlines[statement]", kNational, K::statement, 5, kCalendar},
    {"national_issue_notice", "N34-31", kNational, K::issue_notice, 5},
    {"national_serve_notice", "N34-33", kNational, K::serve_notice, 3},
    {"national_appeal", "N34-41", kNational, K::appeal, 10},
    {"national_handle_appeal", "N34-44", kNational, K::handle_appeal, 20},
    {"national_apply_restoration_15_before", "N34-39", kNational, K::apply_restoration, 15, kWorking, true},
    {"national_evaluate_restoration", "N34-39", kNational, K::evaluate_restoration, 10},
    {"national_principal_change", "O3-37", kNational, K::principal_change, 30},
    {"wuhai_statement", "ours:rules.deadlines[statement]", kWuhai, K::statement, 5, kCalendar},
    {"wuhai_issue_notice", "N34-31", kWuhai, K::issue_notice, 5},
    {"wuhai_serve_notice", "N34-33", kWuhai, K::serve_notice, 3},
    {"wuhai_appeal", "N34-41", kWuhai, K::appeal, 10},
    {"wuhai_handle_appeal", "N34-44", kWuhai, K::handle_appeal, 20},
    {"wuhai_apply_restoration_15_before", "N34-39", kWuhai, K::apply_restoration, 15, kWorking, true},
    {"wuhai_evaluate_restoration", "N34-39", kWuhai, K::evaluate_restoration, 10},
    {"wuhai_principal_change", "O3-37", kWuhai, K::principal_change, 30},
    {"guangdong_statement", "ours:rules.deadlines[statement]", kGuangdong, K::statement, 5, kCalendar},
    {"guangdong_issue_notice", "N34-31", kGuangdong, K::issue_notice, 5},
    {"guangdong_serve_notice", "N34-33", kGuangdong, K::serve_notice, 3},
    {"guangdong_appeal", "N34-41", kGuangdong, K::appeal, 10},
    {"guangdong_handle_appeal", "N34-44", kGuangdong, K::handle_appeal, 20},
    {"guangdong_apply_restoration_15_before", "N34-39", kGuangdong, K::apply_restoration, 15, kWorking, true},
    {"guangdong_evaluate_restoration", "N34-39", kGuangdong, K::evaluate_restoration, 10},
    {"guangdong_principal_change", "O3-37", kGuangdong, K::principal_change, 30},
    {"jining_objection", "JN-6-1", kJining, K::appeal, 10},
};

}  // namespace

TEST_EACH(Deadlines, are_as_long_as_the_text_says, kRows) {
    const DeadlineRule* rule = rules_of(row.profile).deadline(row.kind);
    CPPUNIT_ASSERT(rule != nullptr);
    CPPUNIT_ASSERT_EQUAL(row.days, rule->days);
    CPPUNIT_ASSERT_EQUAL(row.unit, rule->unit);
    CPPUNIT_ASSERT_EQUAL(row.before, rule->before);
}

TEST(Deadlines, are_those_of_the_texts_and_no_others) {
    for (const std::string_view id : kAllProfiles) {
        const auto count = std::ranges::count(kRows, id, &DeadlineTestRow::profile);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(count), rules_of(id).deadlines.size());
    }
}

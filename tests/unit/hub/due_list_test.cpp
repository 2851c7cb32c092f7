#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/casework_scene.h"

namespace zige::hub::testing {
namespace {

using P = CaseStep;

std::vector<DueItem> of_kind(CaseworkScene& f, DueKind kind) {
    std::vector<DueItem> items = must(f.hub().due_list().list(std::nullopt));
    std::erase_if(items, [&](const DueItem& item) { return item.kind != kind; });
    return items;
}

TAGS(DueList, shows_what_is_due_by_whom_and_by_which_article, "XY-28 XY-42");
TEST(DueList, shows_what_is_due_by_whom_and_by_which_article) {
    CaseworkScene f;
    f.open(CaseKind::scoring);
    f.take(P::facts);
    const auto items = of_kind(f, DueKind::issue_notice);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, items.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-08"), format(items[0].due->day));
    CPPUNIT_ASSERT_EQUAL(std::string("第四十二条"), items[0].article);
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), items[0].name);
    CPPUNIT_ASSERT_EQUAL(f.number, items[0].case_number);
    CPPUNIT_ASSERT(items[0].by == StepBy::bureau && !items[0].overdue(day("2026-06-08")));
    CPPUNIT_ASSERT(items[0].overdue(day("2026-06-09")));
}

TEST(DueList, shows_what_is_overdue_first) {
    CaseworkScene f;
    f.open(CaseKind::scoring);
    f.take(P::facts);
    f.on("2026-06-29");  // the monthly report is due tomorrow, the notice was on 06-08
    const auto items = must(f.hub().due_list().list(std::chrono::days{1}));
    CPPUNIT_ASSERT(items.size() >= 2);
    const Day today = day("2026-06-29");
    CPPUNIT_ASSERT(items.front().overdue(today) && !items.back().overdue(today));
    CPPUNIT_ASSERT(std::ranges::any_of(
        items, [&](const DueItem& item) { return item.kind == DueKind::issue_notice && item.overdue(today); }));
    CPPUNIT_ASSERT(std::ranges::is_sorted(items, {}, [](const DueItem& item) { return item.due->day; }));
}

TEST(DueList, ends_where_it_is_told_to) {
    CaseworkScene f;
    f.open(CaseKind::scoring);
    f.take(P::facts);
    const auto is_notice = [](const DueItem& item) { return item.kind == DueKind::issue_notice; };
    CPPUNIT_ASSERT(std::ranges::any_of(must(f.hub().due_list().list(std::chrono::days{7})), is_notice));
    CPPUNIT_ASSERT(!std::ranges::any_of(must(f.hub().due_list().list(std::chrono::days{6})), is_notice));
}

TAGS(DueList, holds_the_bureaus_own_reports, "XY-37");
TEST(DueList, holds_the_bureaus_own_reports) {
    CaseworkScene f;  // the hub began on 2026-03-02
    const auto months = of_kind(f, DueKind::monthly_report);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, months.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03"), months[0].about);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-03-31"), format(months[0].due->day));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-29"), format(months[2].due->day));  // 05-31 is a Sunday
    const auto quarters = of_kind(f, DueKind::quarterly_report);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, quarters.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-Q1"), quarters[0].about);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-06-30"), format(quarters[1].due->day));
    must(f.hub().due_list().report_done(kOperator, DueKind::monthly_report, "2026-04", "信医保报〔2026〕4号"));
    const auto left = of_kind(f, DueKind::monthly_report);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, left.size());
    CPPUNIT_ASSERT(std::ranges::find(left, "2026-04", &DueItem::about) == left.end());
}

struct BadReport {
    const char* name;
    DueKind kind;
    const char* period;
    const char* document;
    ErrorId error;
};
const BadReport kBadReports[] = {
    {"not_of_a_report", DueKind::appeal, "2026-04", "1", ErrorId::case_bad_field},
    {"of_a_month_to_come", DueKind::monthly_report, "2026-07", "1", ErrorId::case_bad_field},
    {"of_no_period", DueKind::quarterly_report, "2026-Q5", "1", ErrorId::case_bad_field},
    {"of_another_kind_of_period", DueKind::quarterly_report, "2026-04", "1", ErrorId::case_bad_field},
    {"without_a_number", DueKind::monthly_report, "2026-04", "", ErrorId::case_missing_field},
};
TEST_EACH(DueList, takes_no_report, kBadReports) {
    CaseworkScene f;
    const std::uint64_t events = f.log_size();
    CPPUNIT_ASSERT_EQUAL(row.error,
                         f.hub().due_list().report_done(kOperator, row.kind, row.period, row.document).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(DueList, tells_until_when_a_suspended_person_applies, "XY-34");
TEST(DueList, tells_until_when_a_suspended_person_applies) {
    CaseworkScene f;
    f.decide(9);  // ends at the end of 2026-08-04
    const auto items = of_kind(f, DueKind::apply_restoration);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, items.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-07-22"), format(items[0].due->day));  // ten working days before 08-05
    CPPUNIT_ASSERT(items[0].is_right && !items[0].overdue(day("2026-09-01")));
    f.open(CaseKind::restoration, {CaseworkScene::kWho}, CaseworkScene::kNotice);
    CPPUNIT_ASSERT(of_kind(f, DueKind::apply_restoration).empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, of_kind(f, DueKind::evaluate_restoration).size());
}

}  // namespace
}  // namespace zige::hub::testing

#include "hub/core/sanctions.h"

#include <algorithm>

#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"

namespace zige::hub::testing {
namespace {

const std::string kDocument = "信医保处〔2026〕12号";
const RosterRow kDoctor = row("D411500000001", "张伟", "110105194912310021");

struct MonthRow {
    const char* name;
    const char* from;
    unsigned months;
    const char* end;
};
const MonthRow kMonths[] = {
    {"two_months_end_on_the_same_day", "2026-03-10", 2, "2026-05-10"},
    {"a_month_from_the_31st_ends_on_the_first_where_there_is_no_31st", "2026-03-31", 1, "2026-05-01"},
    {"six_months_over_the_year", "2026-08-31", 6, "2027-03-01"},
    {"a_month_into_february", "2026-01-29", 1, "2026-03-01"},
    {"a_month_into_a_leap_february", "2028-01-29", 1, "2028-02-29"},
};
TEST_EACH(Sanctions, count_months, kMonths) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.end), format(end_after_months(day(row.from), row.months)));
}

TEST(Sanctions, take_hold_at_all_institutions_of_a_person_at_once) {
    HubFixture f;
    f.add(kHospital);
    f.add(kTownship, InstitutionKind::township_hospital);
    f.import(kHospital, {kDoctor, row("D411500000005", "陈静", "110105196505050011")});
    f.import(kTownship, {kDoctor});
    const SanctionResult result = f.suspend("D411500000001", "2026-03-10", kDocument, day("2026-05-10"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.institutions.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.published.institutions.size());
    CPPUNIT_ASSERT_EQUAL(result.published.seq.value, f.seq(kHospital).value);
    CPPUNIT_ASSERT_EQUAL(result.published.seq.value, f.seq(kTownship).value);
    CPPUNIT_ASSERT_EQUAL(1U, result.published.ineligible_version);
}
TAGS(Sanctions, take_hold_at_all_institutions_of_a_person_at_once, "XY-45 N34-34");

TEST(Sanctions, follow_a_principal_to_all_his_stores) {
    HubFixture f;
    f.add(kPharmacy, InstitutionKind::pharmacy);
    f.add(kSecondStore, InstitutionKind::pharmacy);
    RosterRow principal = row("", "周强", "110105197001010013", Category::pharmacy_principal);
    principal.post = Post::principal;
    principal.licence_number = "豫CB3760001";
    f.import(kPharmacy, {principal});
    f.import(kSecondStore, {principal});
    const SanctionResult result = f.suspend("周强", "2026-03-10", kDocument);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.published.institutions.size());  // XY 46
}
TAGS(Sanctions, follow_a_principal_to_all_his_stores, "XY-46");

TEST(Sanctions, stay_until_a_restoration_ends_them) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    f.suspend("张伟", "2026-03-10", kDocument, day("2026-05-10"));
    const StandingInterval before = f.person("张伟").sites[0].registration.standing[0];
    CPPUNIT_ASSERT(!before.end);  // the printed period alone restores nobody (XY 34, 35)
    CPPUNIT_ASSERT(before.nominal_end == day("2026-05-10"));
    must(f.hub().sanctions().end(kOperator, "张伟", kDocument, day("2026-05-20"), "评估合格"));
    CPPUNIT_ASSERT(f.person("张伟").sites[0].registration.standing[0].end == day("2026-05-20"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_not_found,
                         f.hub().sanctions().end(kOperator, "张伟", kDocument, day("2026-05-21"), "").error().id);
}

TEST(Sanctions, end_by_themselves_where_the_region_says_so) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    SanctionOrder order;
    order.person = "张伟";
    order.document = kDocument;
    order.served_on = day("2026-03-09");
    order.from = day("2026-03-10");
    order.nominal_end = day("2026-06-10");
    order.ends_by_itself = true;
    must(f.hub().sanctions().start(kOperator, order));
    CPPUNIT_ASSERT(f.person("张伟").sites[0].registration.standing[0].end == day("2026-06-10"));
}
TAGS(Sanctions, end_by_themselves_where_the_region_says_so, "JN-5-2");

struct BadOrder {
    const char* name;
    void (*change)(SanctionOrder&);
    ErrorId error;
};
const BadOrder kBadOrders[] = {
    {"without_a_document", [](SanctionOrder& o) { o.document.clear(); }, ErrorId::sanction_no_document},
    {"from_the_day_of_service", [](SanctionOrder& o) { o.from = o.served_on; }, ErrorId::sanction_bad_interval},
    {"that_ends_before_it_starts", [](SanctionOrder& o) { o.nominal_end = o.from; }, ErrorId::sanction_bad_interval},
    {"to_normal", [](SanctionOrder& o) { o.status = Standing::normal; }, ErrorId::sanction_bad_interval},
    {"of_nobody", [](SanctionOrder& o) { o.person = "D999999999999"; }, ErrorId::person_not_found},
    {"for_a_century", [](SanctionOrder& o) { o.nominal_end = o.from + std::chrono::days{36500}; },
     ErrorId::sanction_bad_interval},
    {"served_in_2062", [](SanctionOrder& o) { o.served_on = day("2062-03-09"), o.from = day("2062-03-10"); },
     ErrorId::sanction_bad_interval},
    {"served_before_there_were_points", [](SanctionOrder& o) { o.served_on = day("2024-12-31"); },
     ErrorId::sanction_bad_interval},
    {"printed_to_start_in_2062", [](SanctionOrder& o) { o.from = day("2062-03-10"), o.printed_start = true; },
     ErrorId::sanction_bad_interval},
    {"a_bar_of_a_suspension", [](SanctionOrder& o) { o.barred_until = day("2027-03-10"); },
     ErrorId::sanction_bad_interval},
    {"suspended_for_four_years", [](SanctionOrder& o) { o.nominal_end = o.from + std::chrono::days{1461}; },
     ErrorId::sanction_bad_interval},
};
TEST_EACH(Sanctions, refuse_an_order, kBadOrders) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    const std::uint64_t events = f.log_size();
    SanctionOrder order;
    order.person = "张伟";
    order.document = kDocument;
    order.served_on = day("2026-03-09");
    order.from = day("2026-03-10");
    row.change(order);
    CPPUNIT_ASSERT_EQUAL(row.error, f.hub().sanctions().start(kOperator, order).error().id);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

TAGS(Sanctions, may_start_earlier_when_the_notice_prints_it_for_a_reason, "XY-43");
TEST(Sanctions, may_start_earlier_when_the_notice_prints_it_for_a_reason) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    SanctionOrder order;
    order.person = "张伟";
    order.document = kDocument;
    order.served_on = day("2026-03-09");
    order.from = day("2026-03-01");
    order.printed_start = true;
    const Error asked = f.hub().sanctions().start(kOperator, order).error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_bad_interval, asked.id);
    CPPUNIT_ASSERT(asked.detail.find("--force-date") != std::string::npos);
    order.forced_dates = "文书如此印明";
    must(f.hub().sanctions().start(kOperator, order));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps, f.hub().sanctions().start(kOperator, order).error().id);
}

TAGS(Sanctions, a_termination_bars_registration_until_its_day, "XY-40-7 XY-45");
TEST(Sanctions, a_termination_bars_registration_until_its_day) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    SanctionOrder order;
    order.person = "张伟";
    order.status = Standing::terminated;
    order.document = kDocument;
    order.served_on = day("2026-02-27");
    order.from = day("2026-02-28");
    order.barred_until = day("2027-02-28");
    must(f.hub().sanctions().start(kOperator, order));
    const CareerView view = must(f.hub().ledger().show(kDoctor.national_code));
    CPPUNIT_ASSERT(view.bar && view.bar->until == day("2027-02-28"));
}

SanctionOrder order_from(std::string_view from) {
    SanctionOrder order;
    order.person = "张伟";
    order.document = kDocument;
    order.served_on = day(from) - std::chrono::days{1};
    order.from = day(from);
    return order;
}

TEST(Sanctions, take_an_unlikely_day_with_a_reason_that_the_log_keeps) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    SanctionOrder order = order_from("2024-06-01");
    order.forced_dates = "2024年旧案补录";
    must(f.hub().sanctions().start(kOperator, order));
    const auto events = must(f.hub().log(0, 100));
    CPPUNIT_ASSERT(std::any_of(events.begin(), events.end(), [](const LogEvent& event) {
        return event.event == HubEvent::sanction_started && event.body.text("forced_dates") == "2024年旧案补录";
    }));
}

TEST(Sanctions, a_wrong_one_is_withdrawn_on_its_first_day_and_recorded_again) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    must(f.hub().sanctions().start(kOperator, order_from("2026-03-10")));  // meant was April
    must(f.hub().sanctions().end(kOperator, "张伟", kDocument, day("2026-03-10"), "日期录错"));
    CPPUNIT_ASSERT(f.person("张伟").sites[0].registration.standing.empty());
    must(f.hub().sanctions().start(kOperator, order_from("2026-04-10")));
    const StandingTimeline standing = f.person("张伟").sites[0].registration.standing;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, standing.size());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-04-10"), format(standing[0].from));
    must(f.hub().sanctions().end(kOperator, "张伟", kDocument, day("2026-05-10"), "评估合格"));
    CPPUNIT_ASSERT(f.person("张伟").sites[0].registration.standing[0].end == day("2026-05-10"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::sanction_overlaps,
                         f.hub().sanctions().start(kOperator, order_from("2026-06-10")).error().id);
}

TEST(Sanctions, a_preview_tells_whom_it_meets_and_records_nothing) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, {kDoctor});
    const std::uint64_t events = f.log_size();
    const SanctionResult met = must(f.hub().sanctions().preview(order_from("2026-03-10")));
    CPPUNIT_ASSERT_EQUAL(std::string("张伟"), met.name);
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{kHospital}, met.institutions);
    CPPUNIT_ASSERT_EQUAL(events, f.log_size());
}

LogEvent started(std::string_view document, Day from) {
    LogEvent event;
    event.event = HubEvent::sanction_started;
    event.body.add("status", "suspended").add("document", document).add("article", std::int64_t{3}).add("from", from);
    return event;
}

TEST(Standing, is_a_pure_function_of_the_events) {
    LogEvent ended;
    ended.event = HubEvent::sanction_ended;
    ended.body.add("document", "B").add("end", day("2026-02-01"));
    const std::vector<LogEvent> events = {started("A", day("2026-03-10")), started("B", day("2026-01-10")), ended};
    const StandingTimeline expected = {
        {Standing::suspended, day("2026-01-10"), day("2026-02-01"), std::nullopt, 3, "B"},
        {Standing::suspended, day("2026-03-10"), std::nullopt, std::nullopt, 3, "A"},
    };
    CPPUNIT_ASSERT(expected == must(derive_standing(events)));
    CPPUNIT_ASSERT(must(derive_standing(events)) == must(derive_standing(events)));
}
TAGS(Standing, is_a_pure_function_of_the_events, "XY-5 N34-57");

TEST(Standing, refuses_an_end_without_a_start) {
    LogEvent ended;
    ended.event = HubEvent::sanction_ended;
    ended.body.add("document", "B").add("end", day("2026-02-01"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::ledger_bad_chain, derive_standing(std::vector<LogEvent>{ended}).error().id);
}

}  // namespace
}  // namespace zige::hub::testing

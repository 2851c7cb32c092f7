#include "hub/core/paper_desk.h"

#include <algorithm>

#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/paper_scene.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

const std::string& kDocument = PaperScene::kDocument;

TAGS(PaperDesk, notice_of_points_says_what_was_decided, "XY-40-5 XY-42 XY-45");
TEST(PaperDesk, notice_of_points_says_what_was_decided) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const std::string text = s.html();
    for (const char* const words : {"张伟", "D411500000001", kHospital.c_str(), "信医保处〔2026〕12号", "2026年5月29日", "10 分", "2026 年度累计",
                                    "暂停医保支付资格4个月", "暂停", "2026年5月30日 零时起", "至 2026年9月29日（含当日）", "10 个工作日",
                                    "第四十条第（五）项", "串换诊疗项目", "信阳市医疗保障中心", "2026年5月30日"})
        assert_has(text, words);
}

TEST(PaperDesk, notice_of_points_carries_the_statement_that_the_hub_signed) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT(paper.with_statement);
    CPPUNIT_ASSERT_EQUAL(std::string("ZIGE1:"), s.code.seen.substr(0, 6));
    std::string digits = s.code.seen.substr(6);
    std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    const wire::Statement said = must(wire::decode_statement(open(s, MessageType::statement, from_hex(digits).value())));
    CPPUNIT_ASSERT_EQUAL(kDocument, said.interval.document);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-30"), format(said.interval.from));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, s.logged(HubEvent::statement_issued).size());
}

TEST(PaperDesk, code_of_a_template_of_the_bureau_is_not_taken_for_the_statement) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 3)));  // nothing begins
    s.order.template_ = std::string(shipped_template(PaperKind::scoring_notice)) + "<qr>https://example.org</qr>\n";
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT(!paper.with_statement);
    CPPUNIT_ASSERT(!must(s.hub().papers().again(paper.info.number, {}, s.press())).with_statement);
}

TAGS(PaperDesk, notice_is_for_the_institution_of_the_decision_though_he_never_was_registered_there, "XY-9 XY-42");
TEST(PaperDesk, notice_is_for_the_institution_of_the_decision_though_he_never_was_registered_there) {
    PaperScene s;
    MatterOrder order = matter(kDocument, "2026-05-29", 3, true, ScoringScene::kOther);
    order.institution = kTownship;
    order.unregistered_reason = "未登记备案即上岗";
    must(s.scoring().decide(kOperator, order));
    s.order.subject.person = ScoringScene::kOther;
    for (const std::string& named : {std::string(), kTownship}) {
        s.order.subject.institution = named;
        const Paper paper = must(s.make());
        CPPUNIT_ASSERT_EQUAL(kTownship, paper.info.institution);
        for (const char* const words : {"陈静", kTownship.c_str(), "D411500000005"})
            assert_has(std::string(as_text(paper.content)), words);
    }
}

TEST(PaperDesk, notice_without_effect_or_not_the_newest_carries_no_code) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-04-01", 3)));
    CPPUNIT_ASSERT(!must(s.make()).with_statement);
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 9)));
    must(s.scoring().decide(kOperator, matter("C", "2026-05-20", 3)));
    s.order.subject.document = "B";
    CPPUNIT_ASSERT(!must(s.make()).with_statement);  // C's interval began last
    CPPUNIT_ASSERT(s.logged(HubEvent::statement_issued).empty());
}

struct BeforeServiceRow {
    const char* name;
    unsigned points;
    std::vector<const char*> says;
    std::vector<const char*> never;
    const char* tags;
};
const BeforeServiceRow kBeforeService[] = {
    {"a_suspension",
     10,
     {"登记备案状态</th><td>暂停</td>", "送达之日的次日零时起", "共 4 个月", "第四十条第（五）项", "完成该人员登记备案状态维护",
      "书面申诉", "10 个工作日"},
     {"（含当日）", "不得再次登记备案"},
     "XY-40-5 XY-42 XY-43"},
    {"a_termination",
     12,
     {"登记备案状态</th><td>终止</td>", "送达之日的次日零时起", "终止之日起 3 年内", "第四十条第（八）项", "完成该人员登记备案状态维护"},
     {"（含当日）", "个月"},
     "XY-40-8 XY-42 XY-43"},
    {"points_without_effect", 3, {"3 分"}, {"登记备案状态", "送达之日", "不得再次登记备案"}, "XY-40-1"},
};
TEST_EACH(PaperDesk, notice_before_service_tells_what_the_decision_will_do_of, kBeforeService) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", row.points, false)));
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT(!paper.with_statement);  // nothing runs yet
    const std::string text(as_text(paper.content));
    for (const char* const words : row.says) assert_has(text, words);
    for (const char* const words : row.never) CPPUNIT_ASSERT_MESSAGE(words, text.find(words) == std::string::npos);
}

TAGS(PaperDesk, notice_of_a_termination_says_until_when_nobody_registers_him_and_no_end, "XY-35 XY-40-8");
TEST(PaperDesk, notice_of_a_termination_says_until_when_nobody_registers_him_and_no_end) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 12, false)));
    must(s.scoring().serve(kOperator, {ScoringScene::kWho, kDocument, {day("2026-05-29"), {}, {}}}));
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT(paper.with_statement);
    const std::string text(as_text(paper.content));
    assert_has(text, "2026年5月30日 零时起");
    assert_has(text, "终止之日起 3 年内，至 2029年5月29日 止");
    CPPUNIT_ASSERT(text.find("（含当日）") == std::string::npos);
}

TEST(PaperDesk, report_gives_no_status_to_who_was_not_served) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10, false)));
    s.order = {};
    s.order.subject.kind = PaperKind::monthly_report;
    s.order.subject.period = parse_period("2026-05").value();
    s.order.typed.texts = {{"issuer", "平桥区医疗保障中心"}, {"addressee", "信阳市医疗保障中心"}};
    s.order.format = PaperFormat::csv;
    const std::string rows(as_text(must(s.make()).content));
    CPPUNIT_ASSERT_MESSAGE(rows, rows.find("暂停") == rows.rfind("暂停"));  // the title of a column at most
}

TAGS(PaperDesk, notice_has_the_degree_that_was_corrected, "XY-31");
TEST(PaperDesk, notice_has_the_degree_that_was_corrected) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 12)));
    assert_has(s.html(), "主要责任");
    must(s.scoring().correct(kOperator, correction(kDocument, 10)));
    const std::string text = s.html();
    assert_has(text, "一般责任");
    CPPUNIT_ASSERT(text.find("主要责任") == std::string::npos);
}

TEST(PaperDesk, draft_records_and_signs_nothing) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const std::uint64_t before = s.log_size();
    s.order.draft = true;
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, paper.info.number);
    CPPUNIT_ASSERT(!paper.with_statement);
    CPPUNIT_ASSERT_EQUAL(std::string("draft"), std::string(paper.why_unsigned));
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
    CPPUNIT_ASSERT(must(s.hub().papers().list("", 10)).empty());
}

TEST(PaperDesk, issued_paper_is_an_event_and_is_printed_again_byte_by_byte) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const Paper paper = must(s.make());
    const auto events = s.logged(HubEvent::paper_issued);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
    CPPUNIT_ASSERT_EQUAL(to_hex(s.hasher->hash({paper.content})), std::string(events[0].body.text("hash")));
    CPPUNIT_ASSERT_EQUAL(kDocument, std::string(events[0].body.text("document")));
    CPPUNIT_ASSERT_EQUAL(kHospital, events[0].institution);
    s.clock.advance(std::chrono::hours{500});
    must(s.reopen());
    const Paper again = must(s.hub().papers().again(1, {}, s.press()));
    CPPUNIT_ASSERT(paper.content == again.content);
    CPPUNIT_ASSERT(again.with_statement);  // a reprint has the code that it had
    const Paper as_pdf = must(s.hub().papers().again(1, PaperFormat::pdf, s.press()));
    CPPUNIT_ASSERT_EQUAL(std::string("%PDF-医保支付资格记分处理通知书"), std::string(as_text(as_pdf.content)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_unknown, s.hub().papers().again(2, {}, s.press()).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_unknown, s.hub().papers().again(1, PaperFormat::csv, s.press()).error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, must(s.hub().papers().list(kDocument, 10)).size());
    CPPUNIT_ASSERT(must(s.hub().papers().list("another", 10)).empty());
}

TEST(PaperDesk, paper_stays_when_the_decision_is_withdrawn) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const Paper paper = must(s.make());
    must(s.scoring().withdraw(kOperator, {ScoringScene::kWho, kDocument, "申诉成立"}));
    CPPUNIT_ASSERT(paper.content == must(s.hub().papers().again(1, {}, s.press())).content);
    const auto now = s.make();  // of nothing that was decided no notice is made
    CPPUNIT_ASSERT(!now.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_decision_withdrawn, now.error().id);
    CPPUNIT_ASSERT_EQUAL(kDocument, now.error().detail);
}

TAGS(PaperDesk, code_of_a_sanction_that_is_over_is_printed_no_more, "XY-34 XY-35");
TEST(PaperDesk, code_of_a_sanction_that_is_over_is_printed_no_more) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-03-30", 9)));
    RestoreOrder restore;
    restore.who = ScoringScene::kWho;
    restore.asked = {kDocument, day("2026-05-08"), day("2026-05-20")};
    must(s.scoring().restore(kOperator, restore));
    CPPUNIT_ASSERT(must(s.make()).with_statement);  // it ends tomorrow
    s.clock.advance(std::chrono::hours{24});
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT(!paper.with_statement);
    CPPUNIT_ASSERT_EQUAL(std::string("nothing_runs"), std::string(paper.why_unsigned));
}

RepairOrder repair_of(const char* way, std::string_view on) {
    RepairOrder order;
    order.who = ScoringScene::kWho;
    order.asked.way = way;
    order.asked.on = day(on);
    order.asked.entered = 3;
    order.reason = "成绩优良";
    return order;
}

TAGS(PaperDesk, notice_after_a_repair_says_what_was_taken_back_and_the_shorter_period, "XY-33");
TEST(PaperDesk, notice_after_a_repair_says_what_was_taken_back_and_the_shorter_period) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-04", 10)));
    must(s.scoring().repair(kOperator, repair_of("exam", "2026-05-20")));
    const std::string text = s.html();
    assert_has(text, "暂停医保支付资格4个月（2026年5月20日 记分修复减 3 分，修复后年度累计 7 分，"
                     "期满日由 2026年9月4日 提前至 2026年8月4日）");
    assert_has(text, "2026年5月5日 零时起，至 2026年8月4日（含当日）");
}

TAGS(PaperDesk, notice_says_nothing_of_a_repair_of_another_year_or_before_it, "XY-33");
TEST(PaperDesk, notice_says_nothing_of_a_repair_of_another_year_or_before_it) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter("A", "2025-11-04", 10)));
    must(s.scoring().decide(kOperator, matter("B", "2026-02-02", 6)));
    must(s.scoring().repair(kOperator, repair_of("exam", "2026-03-20")));
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-04", 3)));
    for (const char* const document : {"A", kDocument.c_str()}) {
        s.order.subject.document = document;
        CPPUNIT_ASSERT_MESSAGE(document, s.html().find("记分修复") == std::string::npos);
    }
    assert_has(s.html(), "6 分");  // of the year: 6, less 3, and 3
}

TAGS(PaperDesk, notice_of_a_termination_says_the_bar_that_a_repair_made_shorter, "XY-33 XY-40-7");
TEST(PaperDesk, notice_of_a_termination_says_the_bar_that_a_repair_made_shorter) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-03-02", 6)));
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-04", 6)));
    must(s.scoring().repair(kOperator, repair_of("exam", "2026-05-20")));
    const std::string text = s.html();
    assert_has(text, "不得登记备案截止日由 2027年5月4日 提前至 2027年4月4日");
    assert_has(text, "不得再次登记备案</th><td colspan=\"3\">至 2027年4月4日 止");
    CPPUNIT_ASSERT_MESSAGE(text, text.find("2027年5月4日") == text.rfind("2027年5月4日"));  // one end of the bar
    CPPUNIT_ASSERT_MESSAGE(text, text.find("之日起 1 年内") == std::string::npos);
    assert_has(text, "修复后年度累计 9 分");
}

TAGS(PaperDesk, report_counts_who_came_back_though_he_was_suspended_before_the_period, "XY-34 XY-37");
TEST(PaperDesk, report_counts_who_came_back_though_he_was_suspended_before_the_period) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-02-27", 9)));
    RestoreOrder restore;
    restore.who = ScoringScene::kWho;
    restore.asked = {"A", day("2026-04-20"), day("2026-05-06")};
    must(s.scoring().restore(kOperator, restore));
    s.order = {};
    s.order.subject.kind = PaperKind::monthly_report;
    s.order.typed.texts = {{"issuer", "平桥区医疗保障中心"}, {"addressee", "信阳市医疗保障中心"}};
    for (const auto& [period, restored] : {std::pair{"2026-04", "0"}, {"2026-05", "1"}}) {
        s.order.subject.period = parse_period(period).value();
        assert_has(s.html(), std::string("<td class=\"centre\">0</td><td class=\"centre\">") + restored + "</td></tr>");
    }
}

struct TypedRow {
    const char* name;
    unsigned points;
    const char* field;
    const char* value;
    const char* tags;
};
const TypedRow kTyped[] = {
    {"fewer_points", 10, "points", "3", "XY-42"},
    {"a_sum_of_its_own", 10, "cumulative", "3", "XY-20"},
    {"no_measure", 10, "measure", "无", "XY-40-5"},
    {"another_status", 10, "status", "正常", "XY-40-5"},
    {"another_first_day", 10, "from", "2026年7月1日", "XY-43"},
    {"a_status_where_nothing_begins", 3, "status", "终止", "XY-40-1"},
    {"a_ban_where_there_is_none", 3, "ban_years", "3", "XY-40-1"},
    {"another_name", 10, "name", "陈静", "XY-42"},
    {"another_code", 10, "code", "D411500000002", "XY-42"},
    {"another_number", 10, "document", "信医保处〔2026〕99号", "XY-42"},
    {"another_day", 10, "decided_on", "2026年1月1日", "XY-20"},
};
TEST_EACH(PaperDesk, lets_nobody_type_against_the_ledger, kTyped) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", row.points)));
    s.order.typed.texts[row.field] = row.value;
    const auto made = s.make();
    CPPUNIT_ASSERT(!made.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::case_bad_field, made.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), made.error().field);
    CPPUNIT_ASSERT(s.logged(HubEvent::paper_issued).empty());
}

TEST(PaperDesk, notice_says_who_has_the_number_that_is_anothers) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10, true, ScoringScene::kOther)));
    for (const auto& [name, value] : {std::pair{"points", "10"}, {"cumulative", "10"}, {"measure", "暂停"}, {"law", "第四十条"},
                                      {"year", "2026"}, {"decided_on", "2026年5月29日"}})
        s.order.typed.texts[name] = value;
    const Error refused = s.make().error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::points_document_of_another, refused.id);
    CPPUNIT_ASSERT_EQUAL(kDocument + " is the notice of #2 of 2026-05-29 at " + kHospital, refused.detail);
}

TAGS(PaperDesk, report_has_no_days_for_who_has_no_sanction_and_no_end_of_a_termination, "XY-37 XY-40-8");
TEST(PaperDesk, report_has_no_days_for_who_has_no_sanction_and_no_end_of_a_termination) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 3)));
    must(s.scoring().decide(kOperator, matter("C", "2026-05-20", 12, true, ScoringScene::kOther)));
    s.order = {};
    s.order.typed.texts = {{"issuer", "平桥区医疗保障中心"}, {"addressee", "信阳市医疗保障中心"}};
    for (const auto& [kind, period] : {std::pair{PaperKind::monthly_report, "2026-05"}, {PaperKind::quarterly_report, "2026-Q2"},
                                       {PaperKind::yearly_report, "2026"}}) {
        s.order.subject.kind = kind;
        s.order.subject.period = parse_period(period).value();
        const std::string text = s.html();
        const std::string rows = text.substr(text.find("张伟"));
        CPPUNIT_ASSERT_MESSAGE(rows, rows.find("5月1日 起") == std::string::npos && rows.find("1月1日 起") == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(rows, rows.find(" 至 ") == std::string::npos);
        assert_has(rows, "2026年5月21日 起 C");
    }
}

TEST(PaperDesk, report_takes_no_rows_but_those_of_the_ledger) {
    PaperScene s;
    s.order = {};
    s.order.subject.kind = PaperKind::monthly_report;
    s.order.typed.texts = {{"issuer", "平桥区医疗保障中心"}, {"addressee", "信阳市医疗保障中心"}};
    s.order.typed.lists["handled"];
    CPPUNIT_ASSERT_EQUAL(std::string("handled"), s.make().error().field);
}

TEST(PaperDesk, corrected_points_are_on_the_next_notice) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 11)));
    must(s.scoring().correct(kOperator, correction(kDocument, 9)));
    const std::string text = s.html();
    assert_has(text, "9 分");
    assert_has(text, "暂停医保支付资格2个月");
    assert_has(text, "至 2026年7月29日");
    CPPUNIT_ASSERT(text.find("11 分") == std::string::npos);
}

TEST(PaperDesk, form_is_made_for_the_hand_and_not_issued) {
    PaperScene s;
    s.order = {};
    s.order.subject.kind = PaperKind::commitment;
    s.order.subject.person = ScoringScene::kOther;  // of one institution only
    const Paper paper = must(s.make());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, paper.info.number);
    CPPUNIT_ASSERT_EQUAL(kHospital, paper.info.institution);
    assert_has(std::string(as_text(paper.content)), "陈静");
    CPPUNIT_ASSERT(s.logged(HubEvent::paper_issued).empty());
    s.order.subject.person = ScoringScene::kWho;  // of two
    CPPUNIT_ASSERT_EQUAL(std::string("institution"), s.make().error().field);
}

TAGS(PaperDesk, monthly_report_counts_what_was_decided_in_the_month, "XY-37");
TEST(PaperDesk, monthly_report_counts_what_was_decided_in_the_month) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter("A", "2026-04-30", 9)));
    must(s.scoring().decide(kOperator, matter("B", "2026-05-01", 3)));
    must(s.scoring().decide(kOperator, matter("C", "2026-05-30", 12, true, ScoringScene::kOther)));
    must(s.scoring().decide(kOperator, matter("D", "2026-05-30", 6, true, ScoringScene::kOther)));
    must(s.scoring().withdraw(kOperator, {ScoringScene::kOther, "D", "申诉成立"}));
    s.order = {};
    s.order.subject.kind = PaperKind::monthly_report;
    s.order.subject.period = parse_period("2026-05").value();
    s.order.typed.texts = {{"issuer", "平桥区医疗保障中心"}, {"addressee", "信阳市医疗保障中心"}};
    s.order.format = PaperFormat::csv;
    const Paper csv = must(s.make());
    const std::string rows(as_text(csv.content));
    CPPUNIT_ASSERT(rows.starts_with("\xef\xbb\xbf"));
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{3}, std::ranges::count(rows, '\n'));
    assert_has(rows, "\"1\",\"2026年5月1日\",\"H41150000001\"");
    assert_has(rows, "\"张伟\",\"3\",\"12\"");
    assert_has(rows, "\"陈静\",\"12\"");
    CPPUNIT_ASSERT(rows.find("\"A\"") == std::string::npos && rows.find("\"D\"") == std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, csv.info.number);
    s.order.format = PaperFormat::html;
    const std::string text = s.html();
    assert_has(text, "2026年5月（2026年5月1日 至 2026年5月31日）");
    assert_has(text, "2026年5月29日（含当日）前报送");  // the 30th and the 31st are a weekend
    assert_has(text, "<td class=\"centre\">2</td><td class=\"centre\">2</td>");
}

TEST(PaperDesk, quarter_and_year_are_periods_too) {
    CPPUNIT_ASSERT_EQUAL(std::string("2026-10-01"), format(parse_period("2026-Q4").value().from));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-12-31"), format(parse_period("2026-Q4").value().to));
    CPPUNIT_ASSERT_EQUAL(std::string("2024-02-29"), format(parse_period("2024-02").value().to));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-12-31"), format(parse_period("2026").value().to));
    CPPUNIT_ASSERT_EQUAL(std::string("2026年第2季度"), period_of(PaperKind::quarterly_report, day("2026-06-01"))->words);
    CPPUNIT_ASSERT(!period_of(PaperKind::commitment, day("2026-06-01")));
    for (const char* const bad : {"", "26", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-Q", "2026-1", "x026", "2026-011", "1500"})
        CPPUNIT_ASSERT_MESSAGE(bad, !parse_period(bad).ok());
}

struct WrongRow {
    const char* name;
    void (*change)(PaperScene&);
    ErrorId error;
    const char* field;
};
const WrongRow kWrong[] = {
    {"field_that_the_paper_has_not", [](PaperScene& s) { s.order.typed.texts["pionts"] = "9"; }, ErrorId::case_bad_field, "pionts"},
    {"a_code_that_the_hub_did_not_sign", [](PaperScene& s) { s.order.typed.texts["qr"] = "hello"; }, ErrorId::case_bad_field, "qr"},
    {"list_that_it_has_not", [](PaperScene& s) { s.order.typed.lists["rows"]; }, ErrorId::case_bad_field, "rows"},
    {"nothing_said_of_the_facts", [](PaperScene& s) { s.order.typed.texts.erase("facts"); }, ErrorId::case_missing_field, "facts"},
    {"csv_of_a_notice", [](PaperScene& s) { s.order.format = PaperFormat::csv; }, ErrorId::paper_unknown, "format"},
    {"a_bad_template_of_the_bureau", [](PaperScene& s) { s.order.template_ = "<h1>x</h1>\n{{pionts}}"; }, ErrorId::paper_bad_template,
     "scoring_notice.html:2"},
    {"somebody_unknown", [](PaperScene& s) { s.order.subject.person = "D411500999999"; }, ErrorId::person_not_found, "who"},
    {"an_institution_unknown", [](PaperScene& s) { s.order.subject.institution = "H9"; }, ErrorId::institution_not_found, "institution"},
    {"somebody_of_another_institution", [](PaperScene& s) { s.order.subject.institution = kTownship; s.order.subject.person = ScoringScene::kOther; },
     ErrorId::person_not_found, "person"},
};
TEST_EACH(PaperDesk, refuses, kWrong) {
    PaperScene s;
    must(s.scoring().decide(kOperator, matter(kDocument, "2026-05-29", 10)));
    const std::uint64_t before = s.log_size();
    row.change(s);
    const auto made = s.make();
    CPPUNIT_ASSERT(!made.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, made.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), made.error().field);
    CPPUNIT_ASSERT_EQUAL(before, s.log_size());
}

}  // namespace
}  // namespace zige::hub::testing

#include <filesystem>
#include <fstream>

#include "hub/core/papers/kinds.h"
#include "tests/component/hub_server/hub_fixture.h"
#include "tests/component/pdf/opened_pdf.h"
#include "tests/component/qr/picture.h"
#include "tests/support/testing.h"
#include "tests/tools/roster_maker.h"

using namespace zige;
using namespace zige::testing;

namespace {

const std::string kDocument = "信医保处〔2026〕12号";

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const ExpectedPerson& somebody() {
    static const std::vector<MadeInstitution> made = make_rosters(11);
    return made[0].files[0].people[0];
}
const std::string kWho = somebody().code;
const std::string kName = somebody().name;

/// A hub where somebody is suspended from tomorrow on.
struct PaperHub : HubFixture {
    PaperHub() {
        write("roster", as_text(make_rosters(11)[0].files[0].content));
        ask({"roster", "import", path("roster"), "--institution", kHospital, "--json"});
        ask({"sanction", "set", kWho, "--suspend", "--document", kDocument, "--json"});
        std::filesystem::create_directory(path("own"));
    }
    std::vector<std::string> notice(const std::string& out, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words = {"paper", "make", "scoring_notice", "--person", kWho, "--document", kDocument, "--out", path(out)};
        for (const char* const set : {"issuer=信阳市医疗保障中心", "facts=串换项目", "points=9", "cumulative=9", "appeal_days=10 个工作日"})
            words.insert(words.end(), {"--set", set});
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
};

TEST(PaperCommand, notice_carries_the_same_statement_in_html_and_pdf) {
    const PaperHub hub;
    const Ran made = hub.run(hub.notice("a.html"));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(made.err, int(zige::Exit::ok), int(made.exit));
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find("有，含签名的状态通知") != std::string::npos);
    const std::string html = content(hub.path("a.html"));
    const std::string statement = read(picture_of_svg(html.substr(html.find("<svg")))).value_or("nothing");
    CPPUNIT_ASSERT_EQUAL(std::string("ZIGE1:"), statement.substr(0, 6));
    hub.ask({"paper", "print", "1", "--format", "pdf", "--out", hub.path("a.pdf"), "--json"});
    const std::string pdf = content(hub.path("a.pdf"));
    const OpenedPdf opened(as_bytes(pdf));
    CPPUNIT_ASSERT(opened.codes(1) == std::vector<std::string>{statement});
    CPPUNIT_ASSERT(opened.text().find(without_blanks(kName)) != std::string::npos);
}

TEST(PaperCommand, issued_paper_is_printed_again_and_overwrites_nothing) {
    const PaperHub hub;
    const Json made = hub.ask(hub.notice("a.pdf", {"--format", "pdf", "--json"}));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, made.find("number")->integer().value_or(0));
    CPPUNIT_ASSERT_EQUAL(std::string(to_string(ErrorId::file_exists)),
                         *hub.run(hub.notice("a.pdf", {"--format", "pdf", "--json"})).json().find("error")->find("code")->text());
    hub.ask({"paper", "print", "1", "--out", hub.path("b.pdf"), "--json"});
    CPPUNIT_ASSERT(content(hub.path("a.pdf")) == content(hub.path("b.pdf")));
    const Json list = hub.ask({"paper", "list", "--document", kDocument, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, list.find("papers")->items()->size());
    CPPUNIT_ASSERT_EQUAL(*made.find("hash")->text(), *list.find("papers")->items()->at(0).find("hash")->text());
}

struct DroppedRow {
    const char* name;
    std::vector<std::string> words;
    const char* field;
};
const DroppedRow kDropped[] = {
    {"a_document_beside_a_case", {"paper", "list", "--case", "1", "--document", kDocument, "--json"}, "document"},
    {"a_limit_beside_a_case", {"paper", "list", "--case", "1", "--limit", "5", "--json"}, "limit"},
    {"a_period_of_a_notice", {"due", "done", "issue_notice", "--document", kDocument, "--period", "2026-06", "--json"}, "period"},
    {"a_day_of_a_report", {"due", "done", "monthly_report", "--document", "1", "--period", "2026-06", "--on", "2026-07-01", "--json"}, "on"},
};
TEST_EACH(PaperCommand, refuses_what_it_would_not_use, kDropped) {
    const PaperHub hub;
    const Json refused = hub.run(row.words).json();
    const Json* const error = refused.find("error");
    CPPUNIT_ASSERT(error != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string(to_string(ErrorId::api_bad_field)), *error->find("code")->text());
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), *error->find("field")->text());
}

TEST(PaperCommand, a_template_of_the_bureau_takes_the_place_of_the_shipped_one) {
    const PaperHub hub;
    hub.write("own/talk_record.html", "\xef\xbb\xbf<h1>{{institution}}谈话</h1>\n<p>{{name}}：{{occasion}}</p>{{#phone}}<p>{{phone}}</p>{{/phone}}\n");
    hub.write("own/values.json", R"({"phone": "0376-6666666", "issuer": "x", "no_field_of_a_talk": "y"})");
    const Ran made = hub.run({"paper", "make", "talk_record", "--person", kWho, "--set", "occasion=记分3分", "--templates", hub.path("own"), "--out", "-"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(made.err, int(zige::Exit::ok), int(made.exit));
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find("谈话</h1>") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find(kName + "：记分3分") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find("0376-6666666") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(made.err, made.err.find("未登记") != std::string::npos);
}

TEST(PaperCommand, check_names_template_line_and_field) {
    const PaperHub hub;
    hub.write("own/talk_record.html", "<h1>{{institution}}谈话</h1>\n<p>{{name}}：{{ocasion}}</p>\n");
    hub.write("own/commitment.html", zige::hub::shipped_template(PaperKind::commitment));
    const Ran ran = hub.run({"paper", "check", hub.path("own")});
    CPPUNIT_ASSERT_EQUAL(int(zige::Exit::refused), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.out, ran.out.find("talk_record.html: 文书模板有误：talk_record.html:2（{{ocasion}} 不是此文书的项目）") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(ran.out, ran.out.find("commitment.html: ok") != std::string::npos);
}

TEST(PaperCommand, every_shipped_template_is_shown_and_passes_the_check) {
    const PaperHub hub;
    for (const PaperKind kind : all<PaperKind>())
        hub.write(std::string("own/") + to_string(kind) + ".html", hub.run({"paper", "template", to_string(kind)}).out);
    const Ran ran = hub.run({"paper", "check", hub.path("own")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.out, int(zige::Exit::ok), int(ran.exit));
    const std::string kinds = hub.run({"paper", "fields"}).out;
    for (const PaperKind kind : all<PaperKind>()) {
        CPPUNIT_ASSERT_MESSAGE(kinds, kinds.find(to_string(kind)) != std::string::npos);
        const std::string fields = hub.run({"paper", "fields", to_string(kind)}).out;
        for (const auto& field : zige::hub::form_of(kind).fields) CPPUNIT_ASSERT_MESSAGE(fields, fields.find(field.name) != std::string::npos);
    }
}

struct RefusedRow {
    const char* name;
    std::vector<std::string> words;
    const char* error;
};
const RefusedRow kRefused[] = {
    {"unknown_kind", {"paper", "make", "letter", "--out", "-"}, "paper_unknown"},
    {"unknown_format", {"paper", "make", "commitment", "--person", kWho, "--format", "doc", "--out", "-"}, "api_bad_field"},
    {"what_an_article_demands_is_missing", {"paper", "make", "prior_notice", "--person", kWho, "--out", "-"}, "case_missing_field"},
    {"unknown_field", {"paper", "make", "commitment", "--person", kWho, "--set", "x=1", "--out", "-"}, "case_bad_field"},
    {"set_without_a_value", {"paper", "make", "commitment", "--set", "name", "--out", "-"}, "usage_bad_argument"},
    {"identity_number", {"paper", "make", "commitment", "--set", "name=11010519491231002X", "--out", "-"}, "usage_bad_argument"},
    {"bad_period", {"paper", "make", "monthly_report", "--period", "2026-13", "--out", "-"}, "time_bad_day"},
    {"no_such_paper", {"paper", "print", "99", "--out", "-"}, "paper_unknown"},
    {"no_such_folder", {"paper", "make", "commitment", "--templates", "nowhere", "--out", "-"}, "file_not_found"},
    {"nothing_to_check", {"paper", "check", "nowhere"}, "file_not_found"},
};
TEST_EACH(PaperCommand, refuses, kRefused) {
    const PaperHub hub;
    const Ran ran = hub.run(row.words);
    CPPUNIT_ASSERT_MESSAGE(ran.out + ran.err, ran.exit != zige::Exit::ok);
    CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find(std::string("(") + row.error + ")") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find("11010519491231002X") == std::string::npos);  // P9
}

TEST(PaperCommand, csv_of_a_report_opens_in_excel) {
    const PaperHub hub;
    const Ran made = hub.run({"paper", "make", "monthly_report", "--set", "issuer=a", "--set", "addressee=b", "--format", "csv", "--out", "-"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(made.err, int(zige::Exit::ok), int(made.exit));
    CPPUNIT_ASSERT(made.out.starts_with("\xef\xbb\xbf\"序号\","));
    const std::string file = hub.path("report.csv");
    hub.ask({"paper", "make", "monthly_report", "--set", "issuer=a", "--set", "addressee=b", "--csv", file, "--json"});
    CPPUNIT_ASSERT_EQUAL(int(zige::Exit::usage), int(hub.run({"paper", "make", "monthly_report"}).exit));
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find("\"" + kName + "\"") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(made.out, made.out.find("\"" + kDocument + "\"\r\n") != std::string::npos);
}

}  // namespace

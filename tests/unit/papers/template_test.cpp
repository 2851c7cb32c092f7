#include "hub/core/papers/template.h"

#include "hub/core/papers/csv.h"
#include "tests/support/testing.h"
#include "tests/unit/papers/sample_paper.h"

namespace zige::hub {
namespace {

using testing::least_data;
using testing::text_of;

/// A form of one demanded field, one of free choice and a list.
constexpr PaperField kFields[] = {{"name", "姓名", "第一条"}, {"code", "代码", ""}};
constexpr PaperField kColumns[] = {{"on", "日期", ""}, {"code", "代码", ""}};
constexpr PaperList kLists[] = {{"rows", "行", kColumns}};
const PaperForm kForm = {PaperKind::talk_record, "第一条", kFields, kLists};

PaperData named(std::string name) { return {{{"name", std::move(name)}}, {}}; }

std::string filled(std::string_view text, const PaperData& data) {
    return Template::parse(kForm, text).value().fill(data).value();
}

TEST(Template, prints_fields_sections_and_rows) {
    PaperData data = named("张三");
    CPPUNIT_ASSERT_EQUAL(std::string("张三,无"), filled("{{name}}{{#code}}+{{code}}{{/code}}{{^code}},无{{/code}}", data));
    data.texts["code"] = "D1";
    CPPUNIT_ASSERT_EQUAL(std::string("张三+D1"), filled("{{name}}{{#code}}+{{ code }}{{/code}}{{^code}},无{{/code}}{{! a remark }}", data));
    CPPUNIT_ASSERT_EQUAL(std::string("张三没有"), filled("{{name}}{{#rows}}[{{on}}]{{/rows}}{{^rows}}没有{{/rows}}", data));
    data.lists["rows"] = {{{{"on", "1"}, {"code", "E"}}, {}}, {{{"on", "2"}}, {}}};
    CPPUNIT_ASSERT_EQUAL(std::string("张三[1 E 张三][2  张三]"),
                         filled("{{name}}{{#rows}}[{{on}} {{code}} {{name}}]{{/rows}}{{^rows}}没有{{/rows}}", data));
}

struct Hostile {
    const char* name;
    std::string value;
    const char* printed;
};
const Hostile kHostile[] = {
    {"a_script", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"quotes", "\"' onload='x", "&quot;&#39; onload=&#39;x"},
    {"an_entity", "&lt;", "&amp;lt;"},
    {"a_place", "{{code}}", "{{code}}"},
    {"lines", "甲\n乙", "甲<br/>乙"},
    {"control_characters", std::string("a\0b\x1b\t\x7f", 6), "a?b? ?"},
    {"a_code", "</p><qr>x</qr>", "&lt;/p&gt;&lt;qr&gt;x&lt;/qr&gt;"},
};
TEST_EACH(Template, lets_no_value_be_markup, kHostile) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.printed), filled("{{name}}", named(row.value)));
}

TEST(Template, a_hostile_name_is_text_in_the_document_and_in_html) {
    PaperData data = least_data(PaperKind::talk_record);
    data.texts["name"] = "<b onclick=\"x\">&{{points}}</b>";
    const Template form = Template::parse(form_of(PaperKind::talk_record), shipped_template(PaperKind::talk_record)).value();
    const Document paper = parse_document(form.name(), form.fill(data).value()).value();
    CPPUNIT_ASSERT(text_of(paper).find(data.texts["name"]) != std::string::npos);
}

struct Mistake {
    const char* name;
    const char* text;
    const char* place;
    const char* why;
};
const Mistake kMistakes[] = {
    {"unknown_field", "<h1>\n{{name}}\n{{pionts}}</h1>", "talk_record.html:3", "{{pionts}} is no field of this paper"},
    {"demanded_field_missing", "<h1>谈话</h1>\n", "talk_record.html:2", "does not print {{name}}, which 第一条 demands"},
    {"only_asked_about_is_not_printed", "{{#name}}x{{/name}}", "talk_record.html:1", "does not print {{name}}, which 第一条 demands"},
    {"never_closed", "{{name}}\n{{#code}}\n", "talk_record.html:2", "{{code}} is never closed"},
    {"closed_twice", "{{name}}{{/code}}", "talk_record.html:1", "{{code}} closes what was not opened"},
    {"crossed", "{{name}}{{#code}}{{#rows}}{{/code}}{{/rows}}", "talk_record.html:1", "{{code}} closes {{rows}}"},
    {"cut_off", "{{name}}\n\n{{co", "talk_record.html:3", "{{ without }}"},
    {"unescaped_three", "{{{name}}}", "talk_record.html:1", "{{{name}}: a field name of a-z, 0-9 and _, or # ^ / ! before one"},
    {"unescaped_and", "{{&name}}", "talk_record.html:1", "{{&name}}: a field name of a-z, 0-9 and _, or # ^ / ! before one"},
    {"a_file", "{{> /etc/passwd}}", "talk_record.html:1", "{{> /etc/passwd}}: a field name of a-z, 0-9 and _, or # ^ / ! before one"},
    {"nothing", "{{}}", "talk_record.html:1", "{{}}: a field name of a-z, 0-9 and _, or # ^ / ! before one"},
    {"list_as_a_field", "{{name}}{{rows}}", "talk_record.html:1", "{{rows}} is a list: {{#rows}}"},
    {"column_outside_its_list", "{{name}}{{#rows}}{{on}}{{/rows}}{{on}}", "talk_record.html:1", "{{on}} is no field of this paper"},
    {"too_deep", "{{name}}{{#code}}{{#code}}{{#code}}{{#code}}{{#code}}{{#code}}{{#code}}{{#code}}{{#code}}", "talk_record.html:1",
     "sections are nested too deep"},
};
TEST_EACH(Template, names_place_and_reason_of, kMistakes) {
    const auto made = Template::parse(kForm, row.text);
    CPPUNIT_ASSERT(!made.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_bad_template, made.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.place), made.error().field);
    CPPUNIT_ASSERT_EQUAL(std::string(row.why), made.error().detail);
}

TEST(Template, has_a_largest_size_and_makes_no_paper_without_end) {
    CPPUNIT_ASSERT(!Template::parse(kForm, std::string(kMaxTemplateBytes + 1, 'x')).ok());
    PaperData data = named(std::string(60'000, '&'));
    data.lists["rows"].resize(100);
    const auto made = Template::parse(kForm, "{{#rows}}{{name}}{{/rows}}").value().fill(data);
    CPPUNIT_ASSERT(!made.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_failed, made.error().id);
}

TEST(Template, outline_keeps_the_lines) {
    const Template made = Template::parse(kForm, "a\n{{! b\nc }}\n{{#code}}\n{{name}}{{/code}}\n{{^code}}x{{/code}}").value();
    CPPUNIT_ASSERT_EQUAL(std::string("a\n\n\n\nname\nx"), made.outline());
}

struct BadMarkup {
    const char* name;
    const char* text;
    const char* place;
    const char* why;
};
const BadMarkup kBadMarkup[] = {
    {"a_script", "<h1>x</h1>\n<script>x</script>", "t:2", "<script> cannot stand here"},
    {"a_picture", "<h1>x</h1><img src=\"x\"/>", "t:1", "<img> cannot stand here"},
    {"an_event", "<h1 onclick=\"x\">x</h1>", "t:1", "<h1> has no attribute onclick"},
    {"a_style", "<p style=\"x\">x</p>", "t:1", "<p> has no attribute style"},
    {"a_class", "<p class=\"center red\">x</p>", "t:1", "<p> has no class red"},
    {"text_outside", "<h1>x</h1>\n\nx", "t:3", "text cannot stand here"},
    {"never_closed", "<h1>x</h1><p>x\n", "t:2", "ends within an element"},
    {"crossed", "<h1>x</h1><p><b>x</p></b>", "t:1", "</p> cannot stand here"},
    {"bold_twice", "<h1><b><b>x</b></b></h1>", "t:1", "<b> cannot stand here"},
    {"no_title", "<p>x</p>", "t:1", "no <h1>: a paper has a title"},
    {"lone_and", "<h1>a & b</h1>", "t:1", "& stands for itself as &amp;"},
    {"unknown_entity", "<h1>\n&nbsp;</h1>", "t:2", "& stands for itself as &amp;"},
    {"nul_by_number", "<h1>&#0;</h1>", "t:1", "& stands for itself as &amp;"},
    {"surrogate", "<h1>&#xd800;</h1>", "t:1", "& stands for itself as &amp;"},
    {"lone_less", "<h1>a < b</h1>", "t:1", "< b</h1> is no element"},
    {"no_end", "<h1>a</h1", "t:1", "< without >; for itself it is &lt;"},
    {"row_too_short", "<h1>x</h1>\n<table><col/><col/>\n<tr><td>x</td></tr></table>", "t:3",
     "a row of 1 columns in a table of 2 (at most 24)"},
    {"row_too_long", "<h1>x</h1><table><tr><td>x</td></tr><tr><td colspan=\"2\">x</td></tr></table>", "t:1",
     "a row of 2 columns in a table of 1 (at most 24)"},
    {"no_number", "<h1>x</h1><table><tr><td colspan=\"2x\">x</td></tr></table>", "t:1", "colspan is a number from 1 to 24"},
    {"empty_table", "<h1>x</h1><table></table>", "t:1", "a table without rows"},
    {"empty_code", "<h1>x</h1><qr></qr>", "t:1", "a code of nothing"},
    {"attribute_twice", "<p class=\"center\" class=\"right\">x</p>", "t:1", "<p> has an attribute twice"},
    {"attribute_without_quotes", "<p class=center>x</p>", "t:1", "<p>: attributes are written name=\"value\""},
};
TEST_EACH(Markup, refuses, kBadMarkup) {
    const auto made = parse_document("t", row.text);
    CPPUNIT_ASSERT_MESSAGE("was taken", !made.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_bad_template, made.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.place), made.error().field);
    CPPUNIT_ASSERT_EQUAL(std::string(row.why), made.error().detail);
}

TEST(Markup, sets_chinese_without_blanks_at_line_ends) {
    const Document made = parse_document("t", "<h1>  甲\n   乙 丙 a\n b <b> c</b><br/>  d </h1>").value();
    const std::vector<PaperSpan> spans = {{"甲乙 丙 a b", false}, {" c", true}, {"\nd", false}};
    CPPUNIT_ASSERT(spans == std::get<Paragraph>(made.blocks.front()).spans);
}

TEST(Markup, survives_every_cut_and_every_changed_byte) {
    const std::string whole = Template::parse(form_of(PaperKind::scoring_notice), shipped_template(PaperKind::scoring_notice)).value().outline();
    CPPUNIT_ASSERT(parse_document("t", whole).ok());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        (void)parse_document("t", whole.substr(0, at)).ok();
        for (const char c : {'<', '>', '&', '"', '/', '\0', '\xff'}) {
            std::string changed = whole;
            changed[at] = c;
            (void)parse_document("t", changed).ok();
        }
    }
}

struct Cell {
    const char* name;
    const char* cell;
    const char* written;
};
const Cell kCells[] = {
    {"words", "张三", "\"张三\""},
    {"quotes", "他说\"好\"", "\"他说\"\"好\"\"\""},
    {"a_comma_and_a_line", "甲,乙\n丙", "\"甲,乙\n丙\""},
    {"a_formula", "=HYPERLINK(\"http://x\")", "\"\t=HYPERLINK(\"\"http://x\"\")\""},
    {"plus", "+1", "\"\t+1\""},
    {"minus", "-2+3", "\"\t-2+3\""},
    {"at", "@SUM(A1)", "\"\t@SUM(A1)\""},
    {"a_formula_behind_blanks", "  =1", "\"\t  =1\""},
    {"a_full_width_formula", "＝1", "\"\t＝1\""},
    {"tab", "\t=1", "\"\t\t=1\""},
    {"a_line_end", "\r=1", "\"\t\r=1\""},
    {"identity_number", "411502198001011234", "\"\t411502198001011234\""},
    {"identity_number_with_x", "41150219800101123X", "\"41150219800101123X\""},
    {"leading_zero", "0042", "\"\t0042\""},
    {"one_zero", "0", "\"0\""},
    {"points", "12", "\"12\""},
    {"telephone", "13800138000", "\"13800138000\""},
    {"an_exponent", "12E10", "\"\t12E10\""},
    {"empty", "", "\"\""},
};
TEST_EACH(Csv, writes, kCells) {
    CPPUNIT_ASSERT_EQUAL("\xef\xbb\xbf\"a\"," + std::string(row.written) + "\r\n", write_csv({{"a", row.cell}}));
}

TEST(Csv, of_a_report_has_its_heading_and_its_rows) {
    PaperData data;
    data.lists["handled"] = {{{{"no", "1"}, {"name", "=张三"}, {"code", "D411502000123"}}, {}}};
    const std::string text = csv_of(form_of(PaperKind::monthly_report), data);
    CPPUNIT_ASSERT(text.starts_with("\xef\xbb\xbf\"序号\",\"处理日期\",\"机构代码\",\"机构名称\",\"人员代码\",\"姓名\","));
    CPPUNIT_ASSERT(text.find("\r\n\"1\",\"\",\"\",\"\",\"D411502000123\",\"\t=张三\",") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string(), csv_of(form_of(PaperKind::commitment), {}));
}
TAGS(Csv, of_a_report_has_its_heading_and_its_rows, "XY-37");

}  // namespace
}  // namespace zige::hub

#include "hub/core/roster/roster.h"

#include <algorithm>

#include "hub/core/roster/lines.h"
#include "hub/core/roster/values.h"
#include "shared/posix/gb18030.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

namespace {

const std::string kDoctor =
    "H41150300001\t平桥区人民医院\tD411503000001\t王建国\t1\t01\t11010519491231002X\t在职\t2020-01-01\t2030-01-01\t"
    "141000000000001\t平桥区人民医院\t临床\t内科\t执业医师\t主治医师\n";
const std::string kPharmacist =
    "H41150300001\t大药房\tHY411503000001\t李药\t2\t01\t11010519491231002X\t在职\t2020-01-01\t\t药学\t药师\t药师\n";

std::string with(std::string line, const std::string& from, const std::string& to) {
    const std::size_t at = line.find(from);
    CPPUNIT_ASSERT(at != std::string::npos);
    return line.replace(at, from.size(), to);
}

Result<Roster> read(std::string_view file, std::optional<RosterLayout> layout = {}) {
    RosterOptions options;
    options.institution = {"H41150300001"};
    options.layout = layout;
    options.today = *parse_day("2026-11-22", "today");
    return read_roster(as_bytes(file), options, *make_gb18030_decoder());
}

struct DayRow {
    const char* name;
    const char* text;
    const char* day;  ///< empty: refused
};
const DayRow kDays[] = {
    {"dashes", "2021-03-01", "2021-03-01"},
    {"slashes_short", "2021/3/1", "2021-03-01"},
    {"dots", "2021.03.01", "2021-03-01"},
    {"compact", "20210301", "2021-03-01"},
    {"with_time", "2021-03-01 00:00:00", "2021-03-01"},
    {"leap_day_of_no_leap_year", "2026-02-29", ""},
    {"mixed_separators", "2021-03/01", ""},
    {"words", "在职", ""},
    {"excel_number", "44256", ""},
    {"year_of_two_digits", "21-03-01", ""},
};

struct LineRow {
    const char* name;
    std::string line;
    const char* field;
    ErrorId error;
    bool imported;
};
std::vector<LineRow> line_rows() {
    return {
        {"bad_check_digit", with(kDoctor, "31002X", "310021"), "identity_number", ErrorId::identity_bad_checksum,
         false},
        {"lower_case_x", with(kDoctor, "31002X", "31002x"), "identity_number", ErrorId::roster_lower_case_x, true},
        {"no_identity_number", with(kDoctor, "11010519491231002X", ""), "identity_number",
         ErrorId::roster_missing_value, false},
        {"no_name", with(kDoctor, "王建国", ""), "name", ErrorId::roster_missing_value, false},
        {"no_code", with(kDoctor, "D411503000001", ""), "code", ErrorId::roster_no_code, true},
        {"code_with_a_blank", with(kDoctor, "D411503000001", "D41 1503"), "code", ErrorId::code_bad_character, false},
        {"code_of_31", with(kDoctor, "D411503000001", std::string(31, '1')), "code", ErrorId::code_too_long, false},
        {"unusual_code", with(kDoctor, "D411503000001", "009999"), "code", ErrorId::roster_unusual_code, true},
        {"left", with(kDoctor, "在职", "离职"), "state", ErrorId::roster_person_left, false},
        {"retired", with(kDoctor, "在职", "退休"), "state", ErrorId::roster_person_left, false},
        {"unclear_state", with(kDoctor, "在职", "2"), "state", ErrorId::roster_unclear_state, true},
        {"contract_ended", with(kDoctor, "2030-01-01", "2026-11-21"), "contract_until", ErrorId::roster_contract_ended,
         true},
        {"bad_begin", with(kDoctor, "2020-01-01", "2026-02-29"), "contract_from", ErrorId::roster_bad_day, true},
        {"bad_end", with(kDoctor, "2030-01-01", "2026-02-29"), "contract_until", ErrorId::roster_bad_day, true},
        {"ends_before_it_begins", with(kDoctor, "2030-01-01", "2019-01-01"), "contract_until",
         ErrorId::roster_bad_value, true},
        {"begins_before_birth", with(kDoctor, "2020-01-01", "1949-12-30"), "contract_from", ErrorId::roster_bad_value,
         true},
        {"other_institution", with(kDoctor, "H41150300001", "H41150300009"), "institution_code",
         ErrorId::roster_wrong_institution, false},
        {"a_column_more", with(kDoctor, "\n", "\t备注\n"), "line", ErrorId::roster_bad_columns, false},
        {"a_column_less", with(kDoctor, "\t1\t", "\t"), "line", ErrorId::roster_bad_columns, false},
        {"forty_columns", with(kDoctor, "\n", std::string(40, '\t') + "\n"), "line", ErrorId::roster_bad_columns,
         false},
        {"damaged_utf8", with(kDoctor, "王建国", "王\xE5国王"), "line", ErrorId::roster_bad_text, false},
        {"nul", with(kDoctor, "王建国", std::string("王\0国", 7)), "line", ErrorId::roster_bad_text, false},
        {"line_too_long", with(kDoctor, "内科", std::string(5000, 'a')), "line", ErrorId::roster_line_too_long, false},
        {"unknown_document", with(kDoctor, "\t01\t", "\t学生证\t"), "certificate_type", ErrorId::roster_bad_value,
         false},
        {"character_beyond_gbk", with(kDoctor, "王建国", "李𫖯"), "name", ErrorId::roster_rare_character, true},
        {"lost_character", with(kDoctor, "王建国", "王?国"), "name", ErrorId::roster_lost_character, true},
    };
}

struct FineRow {
    const char* name;
    std::string line;
};
std::vector<FineRow> fine_rows() {
    return {
        {"as_it_is", kDoctor},
        {"crlf", with(kDoctor, "\n", "\r\n")},
        {"no_line_end", with(kDoctor, "\n", "")},
        {"trailing_tabs", with(kDoctor, "\n", "\t\t\t\n")},
        {"blanks_around_values", with(kDoctor, "王建国", "　王建国 ")},
        {"open_end", with(kDoctor, "2030-01-01", "9999-12-31")},
        {"long_term", with(kDoctor, "2030-01-01", "长期")},
        {"contract_ends_today", with(kDoctor, "2030-01-01", "2026-11-22")},
        {"empty_lines_around", "\n\r\n" + kDoctor + "\n\t\t\n"},
        {"dos_end_of_file", kDoctor + "\x1A"},
        {"reemployed_after_retirement", with(kDoctor, "在职", "退休返聘")},
        {"passport", with(with(kDoctor, "\t01\t", "\t护照\t"), "11010519491231002X", "E12345678")},
    };
}

struct FileRow {
    const char* name;
    std::string file;
    ErrorId error;
};
const FileRow kFiles[] = {
    {"empty", "", ErrorId::roster_empty},
    {"only_blank_lines", "\r\n\t\t\n \n", ErrorId::roster_empty},
    {"utf16", "\xFF\xFEH\0", ErrorId::roster_unreadable_text},
    {"no_layout", "hello\nworld\n", ErrorId::roster_unknown_layout},
    {"too_large", std::string(kMaxRosterBytes + 1, 'a'), ErrorId::roster_too_large},
};

}  // namespace

TEST_EACH(RosterDay, is_read_as_exports_write_it, kDays) {
    const auto day = roster_day(row.text);
    CPPUNIT_ASSERT_EQUAL(std::string(row.day), day ? format(*day) : "");
}

TEST_EACH(Roster, names_line_field_and_reason, line_rows()) {
    const std::string good =
        with(with(kDoctor, "11010519491231002X", "110105194912310038"), "D411503000001", "D411503000002");
    const auto roster = read(with(good, "141000000000001", "141000000000002") + row.line, RosterLayout::gb001);
    CPPUNIT_ASSERT(roster.ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roster->issues.size());
    const RosterIssue& issue = roster->issues[0];
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, issue.line);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), issue.field);
    CPPUNIT_ASSERT_EQUAL(row.error, issue.id);
    CPPUNIT_ASSERT_EQUAL(row.imported, issue.imported);
    CPPUNIT_ASSERT_EQUAL(std::size_t{row.imported ? 2U : 1U}, roster->rows.size());
    CPPUNIT_ASSERT(issue.detail.find("19491231") == std::string::npos);  // P9
}

TEST_EACH(Roster, takes_without_a_word, fine_rows()) {
    const auto roster = read(row.line);
    CPPUNIT_ASSERT(roster.ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, roster->issues.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roster->rows.size());
    CPPUNIT_ASSERT_EQUAL(std::string("王建国"), roster->rows[0].name);
}

TEST_EACH(Roster, refuses_the_whole_file, kFiles) {
    const auto roster = read(row.file);
    CPPUNIT_ASSERT(!roster.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, roster.error().id);
}

TEST(Roster, reads_every_value_of_a_doctor) {
    const auto roster = read(kDoctor);
    CPPUNIT_ASSERT(roster.ok());
    RosterRow expected;
    expected.line = 1;
    expected.institution = "H41150300001";
    expected.national_code = "D411503000001";
    expected.licence_number = "141000000000001";
    expected.name = "王建国";
    expected.certificate_type = "01";
    expected.certificate_number = "11010519491231002X";
    expected.contract_from = *parse_day("2020-01-01", "d");
    expected.contract_until = *parse_day("2030-01-01", "d");
    CPPUNIT_ASSERT(expected == roster->rows[0]);
}

TEST(Roster, says_at_which_line_a_person_stood_first) {
    const auto roster = read(kDoctor + with(kDoctor, "D411503000001", "D411503000002"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::roster_duplicate_person, roster->issues.at(0).id);
    CPPUNIT_ASSERT_EQUAL(std::string("first at line 1"), roster->issues[0].detail);
}

TEST(Roster, refuses_the_code_of_somebody_else) {
    const auto roster = read(kDoctor + with(kDoctor, "11010519491231002X", "110105194912310038"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::code_taken, roster->issues.at(0).id);
    CPPUNIT_ASSERT_EQUAL(std::string("code"), roster->issues[0].field);
}

TEST(Roster, takes_a_person_without_the_licence_number_of_somebody_else) {
    const auto roster = read(
        kDoctor + with(with(kDoctor, "11010519491231002X", "110105194912310038"), "D411503000001", "D411503000002"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, roster->rows.size());
    CPPUNIT_ASSERT_EQUAL(std::string(), roster->rows[1].licence_number);
    CPPUNIT_ASSERT(roster->issues.at(0).imported && roster->issues[0].id == ErrorId::code_taken);
}

TEST(Roster, knows_the_principal_of_a_pharmacy_by_the_practice_category) {
    const auto only = read(with(kPharmacist, "\t药师\n", "\t主要负责人\n"));
    CPPUNIT_ASSERT_EQUAL(Post::principal, only->rows.at(0).post);
    CPPUNIT_ASSERT_EQUAL(Category::pharmacy_principal, only->rows[0].category);
    const auto both = read(with(kPharmacist, "\t药师\n", "\t药师、主要负责人\n"));
    CPPUNIT_ASSERT_EQUAL(Post::principal, both->rows.at(0).post);
    CPPUNIT_ASSERT_EQUAL(Category::pharmacist, both->rows[0].category);
    CPPUNIT_ASSERT_EQUAL(Post::staff, read(kPharmacist)->rows.at(0).post);
}

TEST(Roster, needs_the_layout_named_where_nobody_has_a_code_and_the_columns_fit_two) {
    const std::string nobody = with(kPharmacist, "HY411503000001", "");
    CPPUNIT_ASSERT_EQUAL(ErrorId::roster_unknown_layout, read(nobody).error().id);
    CPPUNIT_ASSERT_EQUAL(Category::technician, read(nobody, RosterLayout::gb005)->rows.at(0).category);
}

TEST(Roster, reads_what_a_program_of_tables_saved_with_commas) {
    std::string line = kDoctor;
    std::ranges::replace(line, '\t', ',');
    const auto roster = read(with(with(line, "平桥区人民医院,D", "\"平桥区,\"\"人民\"\"医院\",D"), "主治医师\n", "主治医师\r\n"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, roster->issues.size());
    CPPUNIT_ASSERT_EQUAL(std::string("D411503000001"), roster->rows.at(0).national_code);
    CPPUNIT_ASSERT_EQUAL(std::string("王建国"), roster->rows[0].name);
    CPPUNIT_ASSERT_EQUAL(std::string("141000000000001"), roster->rows[0].licence_number);
}

TEST(Roster, a_quote_that_never_ends_keeps_its_line_out_alone) {
    std::string line = kDoctor;
    std::ranges::replace(line, '\t', ',');
    const auto roster = read(with(line, "平桥区人民医院,D", "\"平桥区人民医院,D") + kDoctor);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roster->rows.size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::roster_bad_columns, roster->issues.at(0).id);
}

TEST(Roster, a_heading_is_nobody) {
    const std::string heading =
        "医疗机构编码\t医疗机构名称\t医保人员代码\t姓名\t性别\t身份证件类型\t身份证件号码\t人员状态\t合同起始时间\t"
        "合同截止时间\t执业证书编码\t执业医疗机构名称\t执业类别\t执业范围\t执业级别\t专业技术职务\n";
    for (const std::string separator : {"\t", ","}) {
        std::string above = heading;
        std::ranges::replace(above, '\t', separator[0]);
        const auto roster = read(above + kDoctor);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roster->lines);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roster->rows.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, roster->issues.size());
    }
}

TEST(Roster, one_damaged_line_does_not_turn_a_utf8_file_into_gb18030) {
    const std::string good =
        with(with(kDoctor, "11010519491231002X", "110105194912310038"), "D411503000001", "D411503000002");
    const auto roster = read(kDoctor + with(good, "141000000000001", "2") + with(kDoctor, "王建国", "王\xFF"));
    CPPUNIT_ASSERT_EQUAL(RosterEncoding::utf8, roster->encoding);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, roster->rows.size());
}

TEST(Roster, shows_progress_up_to_the_end) {
    std::string file;
    for (int i = 0; i < 600; ++i) file += kDoctor;
    std::vector<std::size_t> shown;
    RosterOptions options;
    options.institution = {"H41150300001"};
    options.progress = [&](std::size_t done, std::size_t) { shown.push_back(done); };
    CPPUNIT_ASSERT(read_roster(as_bytes(file), options, *make_gb18030_decoder()).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, shown.size());
    CPPUNIT_ASSERT_EQUAL(file.size(), shown.back());
}

// A month's file before declaring: tables as they come, and what is said of each row.
#include "agent/daemon/check_file.h"

#include <sstream>

#include "agent/daemon/csv_table.h"
#include "shared/posix/files.h"
#include "shared/posix/gb18030.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

Result<daemon::CsvTable> table(const std::string& text) { return daemon::read_csv(text, *make_gb18030_decoder()); }
using Row = std::vector<std::string>;

struct Checked {
    Exit exit = Exit::ok;
    std::string out;
    std::string err;
};
Checked check(ServiceFixture& f, const std::string& text, std::vector<std::string_view> more = {}) {
    std::vector<std::string_view> words{"check-file", "-"};
    words.insert(words.end(), more.begin(), more.end());
    const auto command = daemon::parse(words).value();
    std::istringstream in(text);
    std::ostringstream out;
    std::ostringstream err;
    const auto exit = daemon::check_file(command, *f.service, {in, out, err});
    CPPUNIT_ASSERT_MESSAGE(exit ? "" : exit.error().describe(), exit.ok());
    return {*exit, out.str(), err.str()};
}

constexpr const char* kHeading = "bilg_dr_codg,fee_ocur_time,det_item_fee_sumamt\n";

}  // namespace

TEST(CsvTable, reads_quotes_line_ends_and_empty_lines) {
    const auto read = table(
                          "\xEF\xBB\xBF"
                          "a,b\r\n\"x,\"\"y\"\"\nz\",2\r\n\r\n,4")
                          .value();
    CPPUNIT_ASSERT((read.heading == Row{"a", "b"}));
    CPPUNIT_ASSERT((read.rows == std::vector<Row>{{"x,\"y\"\nz", "2"}, {"", "4"}}));
    CPPUNIT_ASSERT((read.lines == std::vector<std::size_t>{2, 5}));
}

TEST(CsvTable, reads_tabs_and_gbk) {
    const auto read = table("name\tcode\n\xC0\xEE\xBE\xB2\t1\n").value();
    CPPUNIT_ASSERT((read.rows == std::vector<Row>{{"李静", "1"}}));
}

struct BadTable {
    const char* name;
    std::string text;
    const char* detail;
};
const BadTable kBadTables[] = {
    {"nothing", "", "line 1: there is no heading"},
    {"a_row_of_another_length", "a,b\n1,2\n3\n", "line 3: 1 columns, the heading has 2"},
    {"a_quote_that_does_not_end", "a,b\n\"1,2\n", "line 2: a quote does not end"},
    {"a_field_that_is_too_long", "a\n" + std::string(daemon::kMaxCsvField + 1, 'x'), "line 2: a field is too long"},
    {"too_many_columns", std::string(daemon::kMaxCsvColumns, ','), "line 1: too many columns"},
};
TEST_EACH(CsvTable, refuses, kBadTables) {
    const auto read = table(row.text);
    CPPUNIT_ASSERT_EQUAL(std::string(row.detail), read.error().detail);
}

TEST(CsvTable, writes_no_formula) {
    CPPUNIT_ASSERT_EQUAL(std::string("'=1+1,\"a,b\",\"x\"\"y\",\r\n"), daemon::csv_row({"=1+1", "a,b", "x\"y", ""}));
}

TEST(CheckFile, says_of_each_row_whether_it_settles_and_records_nothing) {
    ServiceFixture f;
    const auto size = f.journal().status().size;
    const auto checked = check(f,
                               std::string(kHeading) + "D411502000001,2026-09-01 07:50:00,12.5\n" +
                                   "D411502000003,2026-09-01 07:50:00,1\nD411502000001,yesterday,1\n",
                               {"--json"});
    CPPUNIT_ASSERT(checked.exit == Exit::refused);
    CPPUNIT_ASSERT_EQUAL(std::string("3/3\n"), checked.err);
    const auto answer = parse_json(checked.out, 1U << 20).value();
    CPPUNIT_ASSERT(answer.find("rows")->integer() == 3);
    CPPUNIT_ASSERT(answer.find("outcomes")->find("allow")->integer() == 1);
    CPPUNIT_ASSERT(answer.find("outcomes")->find("deny")->integer() == 1);
    CPPUNIT_ASSERT(answer.find("outcomes")->find("error")->integer() == 1);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, answer.find("trouble")->items()->size());
    CPPUNIT_ASSERT_EQUAL(size, f.journal().status().size);
}

TEST(CheckFile, a_file_in_which_all_settles_ends_well) {
    ServiceFixture f;
    std::string text = kHeading;
    for (int i = 0; i < 450; ++i) text += "D411502000001,2026-09-01 07:50:00,1\n";
    const auto checked = check(f, text);
    CPPUNIT_ASSERT(checked.exit == Exit::ok);
    CPPUNIT_ASSERT(checked.out.find("450") != std::string::npos);
}

TEST(CheckFile, writes_every_row_with_its_answer) {
    ServiceFixture f;
    const TempDir folder;
    const std::string out = (folder.path() / "answer.csv").string();
    (void)check(f, std::string(kHeading) + "D411502000003,2026-09-01 07:50:00,1\n", {"--out", out});
    const auto written = table(std::string(as_text(make_posix_files()->read(out, 1U << 20).value()))).value();
    CPPUNIT_ASSERT_EQUAL(std::string("outcome"), written.heading[1]);
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), written.rows.at(0)[1]);
    CPPUNIT_ASSERT_EQUAL(std::string("D411502000003"), written.rows.at(0)[5]);
}

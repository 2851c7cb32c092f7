#include <sstream>

#include "tests/support/testing.h"

using zige::testing::run_tests;
using zige::testing::Tags;
using zige::testing::Test;
using zige::testing::Tests;

namespace {

struct Ran {
    int code;
    std::string text;
};

Ran run(const Tests& tests, const std::vector<std::string>& arguments, const std::vector<Tags>& tags = {}) {
    std::ostringstream out;
    const int code = run_tests(tests, tags, arguments, out);
    return {code, out.str()};
}

void pass() {}
void fail() { CPPUNIT_ASSERT_EQUAL(1, 2); }
void throw_error() { throw std::runtime_error("out of paper"); }
void throw_number() { throw 7; }
void give_up() { zige::testing::skip("no server here"); }

struct Row {
    const char* name;
    int value;
    const char* tags = "";
};

Test row_table(std::vector<Row> rows) {
    return zige::testing::table(
        {"Table.is_small", "t.cpp", 1, {}}, [rows]() -> const std::vector<Row>& { return rows; },
        [](const Row& row) { CPPUNIT_ASSERT(row.value < 10); });
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(Runner, passes_when_all_tests_pass) {
    const Ran ran = run({{"A.a", "a.cpp", 1, pass}, {"A.b", "a.cpp", 2, pass}}, {});
    CPPUNIT_ASSERT_EQUAL(0, ran.code);
    CPPUNIT_ASSERT_EQUAL(std::string("2 passed, 0 failed, 0 skipped\n"), ran.text);
}

struct FailureRow {
    const char* name;
    void (*body)();
    const char* shown;
};
const FailureRow kFailures[] = {
    {"assertion", fail, "runner_test.cpp"},
    {"exception", throw_error, "out of paper"},
    {"no_exception_type", throw_number, "no std::exception"},
};
TEST_EACH(Runner, fails_on, kFailures) {
    const Ran ran = run({{"A.good", "a.cpp", 1, pass}, {"A.bad", "a.cpp", 2, row.body}}, {});
    CPPUNIT_ASSERT_EQUAL(1, ran.code);
    CPPUNIT_ASSERT(contains(ran.text, "FAILED A.bad"));
    CPPUNIT_ASSERT(contains(ran.text, row.shown));
    CPPUNIT_ASSERT(contains(ran.text, "1 passed, 1 failed"));
}

TEST(Runner, lists_each_row_under_its_table) {
    const Ran ran = run({{"A.a", "a.cpp", 1, pass}, row_table({{"one", 1}, {"two", 2}})}, {"--list"});
    CPPUNIT_ASSERT_EQUAL(0, ran.code);
    CPPUNIT_ASSERT_EQUAL(std::string("A.a\nTable.is_small/one\nTable.is_small/two\n"), ran.text);
}

TEST(Runner, runs_one_row_alone) {
    const Tests tests = {row_table({{"one", 1}, {"big", 100}})};
    CPPUNIT_ASSERT_EQUAL(0, run(tests, {"--exact", "Table.is_small/one"}).code);
    CPPUNIT_ASSERT_EQUAL(1, run(tests, {"--exact", "Table.is_small/big"}).code);
    CPPUNIT_ASSERT_EQUAL(1, run(tests, {"Table"}).code);
}

TEST(Runner, does_not_make_a_table_that_is_not_meant) {
    const Test unmade = {"Other.table", "o.cpp", 1, {}, []() -> std::vector<zige::testing::RowRun> {
                             throw std::runtime_error("made");
                         }};
    CPPUNIT_ASSERT_EQUAL(0, run({{"A.a", "a.cpp", 1, pass}, unmade}, {"--exact", "A.a"}).code);
}

struct RefusalRow {
    const char* name;
    Tests tests;
    std::vector<std::string> arguments;
    const char* shown;
};
const RefusalRow kRefusals[] = {
    {"nothing_at_all", {}, {}, "nothing ran"},
    {"filter_without_a_match", {{"A.a", "a.cpp", 1, pass}}, {"B"}, "nothing ran"},
    {"exact_name_that_is_only_a_part", {{"A.a", "a.cpp", 1, pass}}, {"--exact", "A"}, "nothing ran"},
    {"two_tests_of_one_name", {{"A.a", "a.cpp", 1, pass}, {"A.a", "b.cpp", 1, pass}}, {}, "share the name A.a"},
    {"two_tests_of_one_name_in_the_list",
     {{"A.a", "a.cpp", 1, pass}, {"A.a", "b.cpp", 1, pass}},
     {"--list"},
     "share the name A.a"},
    {"two_rows_of_one_name", {row_table({{"one", 1}, {"one", 2}})}, {}, "share the name Table.is_small/one"},
    {"table_without_rows", {row_table({})}, {}, "has no rows"},
    {"row_without_a_name", {row_table({{"", 1}})}, {}, "bad row name"},
    {"row_name_with_a_space", {row_table({{"a b", 1}})}, {}, "bad row name"},
    {"unknown_option", {{"A.a", "a.cpp", 1, pass}}, {"--lits"}, "unknown option --lits"},
};
TEST_EACH(Runner, refuses, kRefusals) {
    const Ran ran = run(row.tests, row.arguments);
    CPPUNIT_ASSERT_EQUAL(2, ran.code);
    CPPUNIT_ASSERT(contains(ran.text, row.shown));
}

TEST(Runner, tells_skipped_from_passed) {
    const Ran alone = run({{"A.a", "a.cpp", 1, give_up}}, {});
    CPPUNIT_ASSERT_EQUAL(zige::testing::kExitSkipped, alone.code);
    CPPUNIT_ASSERT(contains(alone.text, "SKIPPED A.a: no server here"));
    CPPUNIT_ASSERT_EQUAL(0, run({{"A.a", "a.cpp", 1, give_up}, {"A.b", "a.cpp", 2, pass}}, {}).code);
    CPPUNIT_ASSERT_EQUAL(1, run({{"A.a", "a.cpp", 1, give_up}, {"A.b", "a.cpp", 2, fail}}, {}).code);
}

TEST(Runner, prints_the_tags_of_tests_and_rows) {
    const Tests tests = {
        {"A.a", "a.cpp", 1, pass}, {"A.b", "a.cpp", 2, pass}, row_table({{"one", 1, "XY-22"}, {"two", 2}})};
    const Ran ran = run(tests, {"--tags"}, {{"A.a", "XY-40-4 ours:rules.overlap"}, {"Table.is_small", "N34-29"}});
    CPPUNIT_ASSERT_EQUAL(0, ran.code);
    CPPUNIT_ASSERT_EQUAL(std::string("A.a\tXY-40-4\nA.a\tours:rules.overlap\nTable.is_small/one\tN34-29\n"
                                     "Table.is_small/one\tXY-22\nTable.is_small/two\tN34-29\n"),
                         ran.text);
}

TEST(Runner, runs_only_what_has_a_tag_when_asked) {
    const Ran ran = run({{"A.a", "a.cpp", 1, pass}, {"A.b", "a.cpp", 2, fail}}, {"--tagged"}, {{"A.a", "XY-1"}});
    CPPUNIT_ASSERT_EQUAL(0, ran.code);
    CPPUNIT_ASSERT(contains(ran.text, "1 passed, 0 failed"));
}

struct BadTagRow {
    const char* name;
    Tags bad;
    const char* shown;
};
const BadTagRow kBadTags[] = {
    {"of_a_test_that_is_none", {"A.c", "XY-1"}, "tags of A.c, which is no test"},
    {"that_no_table_of_articles_can_name", {"A.a", "XY-1,XY-2"}, "bad tag \"XY-1,XY-2\""},
};
TEST_EACH(Runner, refuses_tags, kBadTags) {
    const Ran ran = run({{"A.a", "a.cpp", 1, pass}}, {"--list"}, {row.bad});
    CPPUNIT_ASSERT_EQUAL(2, ran.code);
    CPPUNIT_ASSERT(contains(ran.text, row.shown));
}

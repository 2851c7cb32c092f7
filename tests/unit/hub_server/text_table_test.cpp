#include "hub/server/text_table.h"

#include "tests/support/testing.h"

using namespace zige::hub;

TEST(HubTextTable, counts_a_chinese_character_as_two_places) {
    TextTable table;
    table.add({"机构", "x"});
    table.add({"abcdef", "y"});
    CPPUNIT_ASSERT_EQUAL(std::string("  机构    x\n  abcdef  y\n"), table.text("  "));
}

TEST(HubTextTable, leaves_no_blanks_at_the_end_of_a_line) {
    TextTable table;
    table.add({"a", ""});
    table.add({"long", "b"});
    CPPUNIT_ASSERT_EQUAL(std::string("a\nlong  b\n"), table.text());
}

TEST(HubTextTable, lets_no_cell_steer_the_terminal) {
    TextTable table;
    table.add({"D1\x1B[2J\n\t\x7F", "信阳"});
    CPPUNIT_ASSERT_EQUAL(std::string("D1?[2J???  信阳\n"), table.text());
}

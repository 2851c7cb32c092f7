#include "hub/core/profile/located_json.h"

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

namespace {

struct BadRow {
    const char* name;
    std::string text;
    const char* detail;
};
const BadRow kBad[] = {
    {"empty", "", "line 1: the file ends too early"},
    {"two_values", "{} {}", "line 1: something follows the end"},
    {"missing_comma", "{\n\"a\": 1\n\"b\": 2}", "line 3: expected ',' or '}'"},
    {"trailing_comma", "[1,\n]", "line 2: expected a value"},
    {"key_twice", "{\"a\": 1,\n\"a\": 2}", "line 2: \"a\" stands twice"},
    {"comment", "// why\n{}", "line 1: expected a value"},
    {"fraction", "[1.5]", "line 1: expected an integer"},
    {"leading_zero", "[010]", "line 1: expected a value"},
    {"number_over_64_bits", "[9223372036854775808]", "line 1: expected a value"},
    {"unquoted_name", "{a: 1}", "line 1: expected a name in quotes"},
    {"text_over_two_lines", "[\"a\nb\"]", "line 1: a text ends on its own line"},
    {"open_text", "[\"a", "line 1: a text has no end"},
    {"lone_surrogate", "[\"\\ud800\"]", "line 1: unknown escape"},
    {"escaped_nul", "[\"\\u0000\"]", "line 1: unknown escape"},
    {"not_utf8", "[\"\xFF\"]", "not UTF-8"},
    {"nested_too_deep", std::string(40, '['), "line 1: nested too deep"},
    {"too_large", std::string((1U << 20) + 1, ' '), "over 1 MiB"},
};

}  // namespace

TEST_EACH(LocatedJson, names_the_line_of_a_mistake, kBad) {
    const auto parsed = parse_located_json(row.text);
    CPPUNIT_ASSERT(!parsed.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::profile_not_json, parsed.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.detail), parsed.error().detail);
}

TEST(LocatedJson, keeps_values_and_the_lines_that_they_begin_at) {
    const auto parsed =
        parse_located_json("\xEF\xBB\xBF{\"a\": [true, null,\n-7], \"text\": \"\\u4e34\\ud83d\\ude00\\n\"}\n");
    CPPUNIT_ASSERT(parsed.ok());
    const LocatedJson::Array& items = *parsed->find("a")->items();
    CPPUNIT_ASSERT_EQUAL(true, std::get<bool>(items.at(0).value));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{-7}, std::get<std::int64_t>(items.at(2).value));
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, items[1].line);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, items[2].line);
    CPPUNIT_ASSERT_EQUAL(std::string("临😀\n"), *parsed->find("text")->text());
    CPPUNIT_ASSERT(parsed->find("b") == nullptr);
}

#include "shared/poco/json.h"

#include "tests/support/testing.h"

using namespace zige;

namespace {

constexpr std::size_t kLimit = 10'000;

std::string again(const std::string& text) { return parse_json(text, kLimit).value().write(); }

}  // namespace

struct Row {
    const char* name;
    std::string text;
    std::string expected;  ///< as it is written again, or the error
};
const Row kGood[] = {
    {"empty_object", "{}", "{}"},
    {"empty_array", " [ ] ", "[]"},
    {"order_of_members", R"({"b":1,"a":2})", R"({"b":1,"a":2})"},
    {"nested", R"({"a":[1,{"b":null}],"c":true,"d":false})", R"({"a":[1,{"b":null}],"c":true,"d":false})"},
    {"largest_integer", "9223372036854775807", "9223372036854775807"},
    {"smallest_integer", "-9223372036854775808", "-9223372036854775808"},
    {"larger_than_an_integer", "9223372036854775808", "9223372036854775808"},
    {"amount_stays_as_written", "12.50", "12.50"},
    {"exponent_stays_as_written", "-1e+3", "-1e+3"},
    {"chinese", R"("支付资格")", R"("支付资格")"},
    {"escapes", R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\u0008\u000c\n\r\t")"},
    {"code_of_two_bytes", R"("\u00e9")", R"("é")"},
    {"code_of_three_bytes", R"("\u8d44\u683c")", R"("资格")"},
    {"pair", R"("\ud840\udc00")", R"("𠀀")"},
    {"deepest", std::string(16, '[') + std::string(16, ']'), std::string(16, '[') + std::string(16, ']')},
};
TEST_EACH(Json, parses_and_writes, kGood) { CPPUNIT_ASSERT_EQUAL(row.expected, again(row.text)); }

const Row kBad[] = {
    {"nothing", "", "no value at byte 0"},
    {"two_values", "1 2", "something follows the value at byte 2"},
    {"comment", "/**/1", "no value at byte 0"},
    {"comma_at_the_end", "[1,]", "no value at byte 3"},
    {"no_end_of_array", "[1", "no comma and no end of the array at byte 2"},
    {"no_end_of_object", R"({"a":1)", "no comma and no end of the object at byte 6"},
    {"no_end_of_text", R"("abc)", "no end of the text at byte 4"},
    {"key_without_quotes", "{a:1}", "no key at byte 1"},
    {"no_colon", R"({"a" 1})", "no colon after the key at byte 5"},
    {"key_twice", R"({"a":1,"b":2,"a":3})", "a key stands twice in the object at byte 0"},
    {"leading_zero", "01", "something follows the value at byte 1"},
    {"plus", "+1", "no value at byte 0"},
    {"no_fraction", "1.", "no digit at byte 2"},
    {"no_exponent", "1e", "no digit at byte 2"},
    {"only_minus", "-", "no digit at byte 1"},
    {"number_of_65_digits", std::string(65, '1'), "too long a number ends at byte 65"},
    {"not_a_number", "NaN", "no value at byte 0"},
    {"unknown_escape", R"("\x")", "no such escape at byte 2"},
    {"nul", R"("\u0000")", "NUL in a text ends at byte 7"},
    {"half_a_pair", R"("\ud840")", "half a pair ends at byte 7"},
    {"other_half", R"("\udc00")", "half a pair ends at byte 7"},
    {"three_hexadecimal_digits", R"("\u12")", "no four hexadecimal digits at byte 3"},
    {"line_break_in_text", "\"a\nb\"", "a control character at byte 2"},
    {"gbk_instead_of_utf8", "\"\xd6\xda\"", "no UTF-8 at byte 1"},
    {"over_long_form", "\"\xc0\xaf\"", "no UTF-8 at byte 1"},
    {"surrogate_in_utf8", "\"\xed\xa0\x80\"", "no UTF-8 at byte 1"},
    {"too_deep", std::string(17, '['), "nested too deep at byte 16"},
    {"byte_order_mark", "\xef\xbb\xbf{}", "no value at byte 0"},
};
TEST_EACH(Json, refuses, kBad) {
    const auto parsed = parse_json(row.text, kLimit);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_not_json, parsed.error().id);
    CPPUNIT_ASSERT_EQUAL(row.expected, parsed.error().detail);
}
TEST(Json, refuses_each_cut) {
    const std::string text = R"({"a":[1,-2.5e3,"\u8d44x"],"b":{"c":null,"d":true}})";
    for (std::size_t size = 0; size < text.size(); ++size)
        CPPUNIT_ASSERT(!parse_json(text.substr(0, size), kLimit).ok());
    CPPUNIT_ASSERT(parse_json(text, kLimit).ok());
}
TEST(Json, refuses_more_than_the_limit) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_too_large, parse_json("[1,2]", 4).error().id);
    CPPUNIT_ASSERT(parse_json("[1,2]", 5).ok());
}
TEST(Json, is_built_in_order) {
    Json line = Json::object({{"outcome", "deny"}, {"fen", 1250}});
    line.set("marked", false).set("grounds", Json::array({"suspended"})).set("fen", 99);
    Json list;
    list.push(line).push(nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string(R"([{"outcome":"deny","fen":99,"marked":false,"grounds":["suspended"]},null])"),
                         list.write());
    CPPUNIT_ASSERT_EQUAL(std::string("{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}"),
                         Json::object({{"a", Json::array({1})}, {"b", Json::object()}}).write(2));
    CPPUNIT_ASSERT_THROW(Json(1).set("a", 1), Bug);
}
TEST(Json, writes_valid_json_whatever_a_text_holds) {
    CPPUNIT_ASSERT_EQUAL(std::string("\"a\xef\xbf\xbd\xef\xbf\xbd\\u0001\""),
                         Json(std::string("a\xff\xd6\x01")).write());
}

struct MemberRow {
    const char* name;
    const char* text;
    const char* error;
};
const MemberRow kTexts[] = {
    {"there", R"({"k":"abc"})", ""},
    {"missing", "{}", "api_missing_field: k: must be there"},
    {"null", R"({"k":null})", "api_missing_field: k: must be there"},
    {"number", R"({"k":1})", "api_bad_field: k: must be text"},
    {"too_long", R"({"k":"abcd"})", "api_bad_field: k: over 3 bytes"},
    {"no_object", "[]", "api_missing_field: k: must be there"},
};
TEST_EACH(JsonMember, is_text, kTexts) {
    const auto member = text_member(parse_json(row.text, kLimit).value(), "k", 3);
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), member.ok() ? "" : member.error().describe());
}
const MemberRow kIntegers[] = {
    {"there", R"({"k":5})", ""},
    {"missing", "{}", "api_missing_field: k: must be there"},
    {"text", R"({"k":"5"})", "api_bad_field: k: must be an integer"},
    {"decimal", R"({"k":5.0})", "api_bad_field: k: must be an integer"},
    {"below", R"({"k":4})", "api_bad_field: k: must lie between 5 and 6"},
    {"above", R"({"k":7})", "api_bad_field: k: must lie between 5 and 6"},
};
TEST_EACH(JsonMember, is_an_integer, kIntegers) {
    const auto member = integer_member(parse_json(row.text, kLimit).value(), "k", 5, 6);
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), member.ok() ? "" : member.error().describe());
}

struct Code {
    const char* name;
    const char* text;
    Blanks blanks;
    const char* read;
};
const Code kCodes[] = {
    {"text", R"({"k":"D41"})", Blanks::kept, "D41"},
    {"digits", R"({"k":41})", Blanks::kept, "41"},
    {"decimal", R"({"k":4.10})", Blanks::kept, "4.10"},
    {"missing", "{}", Blanks::kept, ""},
    {"nothing", R"({"k":null})", Blanks::kept, ""},
    {"of_a_fixed_column", R"({"k":"  D41      "})", Blanks::dropped, "D41"},
    {"with_its_blanks", R"({"k":" D41"})", Blanks::kept, " D41"},
    {"blanks_alone", R"({"k":"   "})", Blanks::dropped, ""},
    {"flag", R"({"k":true})", Blanks::dropped, "api_bad_field: k: a text"},
    {"too_long", R"({"k":"D41000"})", Blanks::dropped, "api_bad_field: k: longer than 5 bytes"},
    {"too_long_with_blanks", R"({"k":"D41  D"})", Blanks::dropped, "api_bad_field: k: longer than 5 bytes"},
};
TEST_EACH(JsonMember, is_a_code_as_text_or_digits, kCodes) {
    const auto read = text_or_digits(parse_json(row.text, kLimit).value().find("k"), "k", 5, row.blanks);
    CPPUNIT_ASSERT_EQUAL(std::string(row.read), read.ok() ? *read : read.error().describe());
}

TEST(JsonMember, may_be_missing) {
    const Json empty = Json::object();
    CPPUNIT_ASSERT(!optional_text_member(empty, "k", 3).value());
    CPPUNIT_ASSERT(!optional_integer_member(empty, "k", 0, 1).value());
    CPPUNIT_ASSERT(flag_member(empty, "k", true).value());
    CPPUNIT_ASSERT(!flag_member(Json::object({{"k", false}}), "k", true).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, flag_member(Json::object({{"k", 1}}), "k", true).error().id);
}

#include "shared/wire/cbor.h"

#include "tests/support/testing.h"

namespace zige::wire {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

struct Wanted {
    const char* name;
    const char* bytes;
    ErrorId error;
};

/// Reads one item of the kind that the table is about, and the end.
template <class Read>
void expect_error(const Wanted& row, Read read) {
    const Bytes bytes = hex(row.bytes);
    Reader in(bytes);
    read(in);
    const auto result = in.finish("message");
    CPPUNIT_ASSERT_MESSAGE("was accepted", !result.ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error().describe(), row.error, result.error().id);
    CPPUNIT_ASSERT_MESSAGE("names no field", !result.error().field.empty());
}

const Wanted kNumbers[] = {
    {"empty", "", ErrorId::wire_truncated},
    {"cut_in_head", "1901", ErrorId::wire_truncated},
    {"over_long_in_2", "1817", ErrorId::wire_not_canonical},
    {"over_long_in_3", "1900ff", ErrorId::wire_not_canonical},
    {"over_long_in_5", "1a0000ffff", ErrorId::wire_not_canonical},
    {"over_long_in_9", "1b00000000ffffffff", ErrorId::wire_not_canonical},
    {"reserved_head", "1c", ErrorId::wire_bad_type},
    {"above_its_limit", "1903e9", ErrorId::wire_bad_value},
    {"negative", "20", ErrorId::wire_bad_type},
    {"text_instead", "6131", ErrorId::wire_bad_type},
    {"null_instead", "f6", ErrorId::wire_bad_type},
    {"tagged", "c101", ErrorId::wire_bad_type},
    {"half_float", "f93c00", ErrorId::wire_bad_type},
    {"single_float", "fa3f800000", ErrorId::wire_bad_type},
    {"double_float", "fb3ff0000000000000", ErrorId::wire_bad_type},
    {"undefined", "f7", ErrorId::wire_bad_type},
    {"simple_value", "f0", ErrorId::wire_bad_type},
    {"break", "ff", ErrorId::wire_not_canonical},
    {"bytes_follow", "0100", ErrorId::wire_trailing_bytes},
};
TEST_EACH(Reader, refuses_a_number, kNumbers) {
    expect_error(row, [](Reader& in) { in.uint("field", 1000); });
}

const Wanted kIntegers[] = {
    {"over_long_negative", "3817", ErrorId::wire_not_canonical},
    {"below_its_limit", "3863", ErrorId::wire_bad_value},
    {"below_int64", "3bffffffffffffffff", ErrorId::wire_bad_value},
    {"above_int64", "1bffffffffffffffff", ErrorId::wire_bad_value},
};
TEST_EACH(Reader, refuses_an_integer, kIntegers) {
    expect_error(row, [](Reader& in) { in.integer("field", -50, 50); });
}

const Wanted kTexts[] = {
    {"cut_in_content", "6361", ErrorId::wire_truncated},
    {"announces_all_memory", "7bffffffffffffffff", ErrorId::wire_truncated},
    {"indefinite", "7f6161ff", ErrorId::wire_not_canonical},
    {"over_long_length", "780161", ErrorId::wire_not_canonical},
    {"bytes_instead", "4161", ErrorId::wire_bad_type},
    {"too_long", "65616161616100", ErrorId::wire_bad_value},
    {"too_short", "60", ErrorId::wire_bad_value},
    {"nul", "626100", ErrorId::wire_bad_text},
    {"lone_continuation", "6180", ErrorId::wire_bad_text},
    {"overlong_utf8", "62c0af", ErrorId::wire_bad_text},
    {"overlong_utf8_of_3", "63e08080", ErrorId::wire_bad_text},
    {"surrogate", "63eda080", ErrorId::wire_bad_text},
    {"above_unicode", "64f4908080", ErrorId::wire_bad_text},
    {"five_byte_form", "64f8888080", ErrorId::wire_bad_text},
    {"cut_sequence", "62e58f", ErrorId::wire_bad_text},
};
TEST_EACH(Reader, refuses_a_text, kTexts) {
    expect_error(row, [](Reader& in) { in.text("field", 4, 1); });
}

const Wanted kArrays[] = {
    {"indefinite", "9f0102ff", ErrorId::wire_not_canonical},
    {"over_long_count", "98020102", ErrorId::wire_not_canonical},
    {"too_few", "8101", ErrorId::wire_missing_field},
    {"too_many", "83010203", ErrorId::wire_unknown_field},
    {"map_instead", "a10102", ErrorId::wire_bad_type},
    {"more_than_bytes", "8201", ErrorId::wire_truncated},
    {"all_memory", "9bffffffffffffffff", ErrorId::wire_unknown_field},
};
TEST_EACH(Reader, refuses_a_pair, kArrays) {
    expect_error(row, [](Reader& in) {
        in.array("field", 2, 2);
        in.uint("first", 9);
        in.uint("second", 9);
    });
}

TEST(Reader, refuses_a_list_that_announces_more_than_its_limit) {
    const Bytes bytes = hex("83010203");
    Reader in(bytes);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, in.array("field", 2));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_many, in.error().id);
}

TEST(Reader, refuses_nesting_beyond_the_limit) {
    const Bytes bytes(kMaxDepth + 1, std::byte{0x81});
    Reader in(bytes);
    for (int i = 0; i < kMaxDepth; ++i) in.array("field", 1, 1);
    CPPUNIT_ASSERT(in.ok());
    in.array("field", 1, 1);
    CPPUNIT_ASSERT(!in.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_deep, in.error().id);
}

TEST(Reader, keeps_the_first_error_and_reads_nothing_after_it) {
    const Bytes bytes = hex("820101");
    Reader in(bytes);
    in.array("pair", 2, 2);
    in.text("name", 10);
    in.uint("amount", 0);
    CPPUNIT_ASSERT_EQUAL(std::string("name"), in.error().field);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, in.offset());
}

TEST(Reader, takes_text_of_every_length_of_utf8) {
    const Bytes bytes = Writer().text("aé医𠮷").take();
    Reader in(bytes);
    CPPUNIT_ASSERT_EQUAL(std::string("aé医𠮷"), std::string(in.text("field", 20)));
    CPPUNIT_ASSERT(in.finish("message").ok());
}

struct Number {
    const char* name;
    std::int64_t value;
    const char* bytes;  // RFC 8949 appendix A
};
const Number kExamples[] = {
    {"0", 0, "00"},
    {"10", 10, "0a"},
    {"23", 23, "17"},
    {"24", 24, "1818"},
    {"100", 100, "1864"},
    {"1000", 1000, "1903e8"},
    {"1000000", 1000000, "1a000f4240"},
    {"1e12", 1000000000000, "1b000000e8d4a51000"},
    {"minus_1", -1, "20"},
    {"minus_10", -10, "29"},
    {"minus_100", -100, "3863"},
    {"minus_1000", -1000, "3903e7"},
    {"smallest", INT64_MIN, "3b7fffffffffffffff"},
    {"largest", INT64_MAX, "1b7fffffffffffffff"},
};
TEST_EACH(Writer, writes_the_examples_of_rfc_8949, kExamples) {
    const Bytes bytes = Writer().integer(row.value).take();
    CPPUNIT_ASSERT_EQUAL(std::string(row.bytes), to_hex(bytes));
    Reader in(bytes);
    CPPUNIT_ASSERT_EQUAL(row.value, in.integer("field", INT64_MIN, INT64_MAX));
    CPPUNIT_ASSERT(in.finish("message").ok());
}

}  // namespace
}  // namespace zige::wire

#include "shared/posix/gb18030.h"

#include "tests/support/testing.h"

using namespace zige;

struct Row {
    const char* name;
    std::string encoded;
    const char* text;
};
const Row kGood[] = {
    {"nothing", "", ""},
    {"ascii", "GB001\t1", "GB001\t1"},
    {"gbk", "\xd6\xda\xd0\xc5", "众信"},
    {"gbk_only_character", "\xe9\x46", "镕"},      // 朱镕基: in GBK, not in GB2312
    {"four_bytes", "\x81\x39\xee\x39", "㐀"},      // extension A
    {"beyond_the_bmp", "\x95\x32\x82\x36", "𠀀"},  // extension B
    {"euro_sign", "\xa2\xe3", "€"},
};
TEST_EACH(Gb18030, becomes_utf8, kGood) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.text), make_gb18030_decoder()->to_utf8(as_bytes(row.encoded)).value());
}
const Row kBad[] = {
    {"cut_in_two", "ab\xd6", "a character is cut at byte 2"},
    {"cut_in_four", "\x81\x39\xef", "a character is cut at byte 0"},
    {"byte_ff", "a\xff\xff", "no character at byte 1"},
    {"bad_second_byte", "ab\xd6\x20", "no character at byte 2"},
    {"utf8_mark", "\xef\xbb\xbf", "a character is cut at byte 2"},
};
TEST_EACH(Gb18030, names_the_first_bad_byte, kBad) {
    const auto decoded = make_gb18030_decoder()->to_utf8(as_bytes(row.encoded));
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_bad_encoding, decoded.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.text), decoded.error().detail);
}
TEST(Gb18030, is_longer_than_one_buffer) {
    std::string encoded, text;
    for (int i = 0; i < 5'000; ++i) {
        encoded += "\xd6\xda";
        text += "众";
    }
    CPPUNIT_ASSERT_EQUAL(text, make_gb18030_decoder()->to_utf8(as_bytes(encoded)).value());
    encoded += "\xff";
    CPPUNIT_ASSERT_EQUAL(std::string("no character at byte 10000"),
                         make_gb18030_decoder()->to_utf8(as_bytes(encoded)).error().detail);
}

#include "agent/capi/charset.h"

#include <array>
#include <vector>

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::capi;

namespace {

std::string written(const Charset& charset, std::string_view utf8, std::size_t room) {
    std::vector<char> to(room, 'x');
    charset.write(utf8, to.data(), to.size());
    return to.data();
}

Result<std::string> read(const Charset& charset, const char* text, std::size_t max) {
    std::pmr::monotonic_buffer_resource memory;
    ZIGE_TRY(given, charset.read(text, max, "field", memory));
    return std::string(given);
}

}  // namespace

TEST(CapiCharset, cuts_between_two_characters) {
    const Charset utf8(false);
    const Charset gbk(true);
    CPPUNIT_ASSERT_EQUAL(std::string("信医"), written(utf8, "信医保", 9));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保"), written(utf8, "信医保", 10));
    CPPUNIT_ASSERT_EQUAL(std::string("\xd0\xc5\xd2\xbd"), written(gbk, "信医保", 6));
    CPPUNIT_ASSERT_EQUAL(std::string("\xd0\xc5\xd2\xbd\xb1\xa3"), written(gbk, "信医保", 7));
    CPPUNIT_ASSERT_EQUAL(std::string(), written(utf8, "信", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("ab"), written(gbk, "abc", 3));
}

TEST(CapiCharset, every_character_of_a_name_comes_back) {
    const Charset gbk(true);
    for (const char* const name : {"张强", "㐂㑇", "𠮷野", "é", "·", "A·爱新觉罗"}) {
        const std::string there = written(gbk, name, 100);
        CPPUNIT_ASSERT_EQUAL(std::string(name), read(gbk, there.c_str(), 100).value());
    }
}

TEST(CapiCharset, counts_the_limit_in_utf8) {
    const Charset gbk(true);
    const Charset utf8(false);
    CPPUNIT_ASSERT_EQUAL(std::string("信医"), read(gbk, "\xd0\xc5\xd2\xbd", 6).value());
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, read(gbk, "\xd0\xc5\xd2\xbd", 5).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, read(utf8, "信医", 5).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(), read(utf8, nullptr, 5).value());
}

TEST(CapiCharset, reads_little_beyond_the_limit_of_a_text_without_end) {
    const std::array<char, 11> text{'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'};  // no NUL; ASan sees more
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, read(Charset(false), text.data(), 10).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, read(Charset(true), text.data(), 5).error().id);
}

TEST(CapiCharset, what_is_no_text_is_named) {
    for (const char* const bytes : {"\xff", "\x81", "\x81\x30\x81", "\xd0\xc5\xd2"})
        CPPUNIT_ASSERT_EQUAL(ErrorId::file_bad_encoding, read(Charset(true), bytes, 100).error().id);
    for (const char* const bytes : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xe4\xbf"})
        CPPUNIT_ASSERT_EQUAL(ErrorId::file_bad_encoding, read(Charset(false), bytes, 100).error().id);
}

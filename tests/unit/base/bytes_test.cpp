#include "shared/base/bytes.h"

#include "tests/support/testing.h"

using namespace zige;

TEST(Bytes, go_to_hex_and_back) {
    const Bytes bytes = {std::byte{0x00}, std::byte{0x9f}, std::byte{0xff}};
    CPPUNIT_ASSERT_EQUAL(std::string("009fff"), to_hex(bytes));
    CPPUNIT_ASSERT(from_hex("009fff") == bytes);
    CPPUNIT_ASSERT(from_hex("009FfF") == bytes);
    CPPUNIT_ASSERT(from_hex("") == Bytes());
}

struct HexRow {
    const char* name;
    const char* text;
};
const HexRow kBadHex[] = {{"odd", "abc"},     {"letter_g", "0g"}, {"space", "0 "},
                          {"prefix", "0x00"}, {"slash", "0/"},    {"colon", ":0"}};
TEST_EACH(Bytes, are_not_made_from_bad_hex, kBadHex) { CPPUNIT_ASSERT(!from_hex(row.text)); }

TEST(Bytes, make_a_hash_only_of_32) {
    const Bytes bytes(33, std::byte{7});
    CPPUNIT_ASSERT(!to_hash(ByteView(bytes).first(31)));
    CPPUNIT_ASSERT(!to_hash(bytes));
    const auto hash = to_hash(ByteView(bytes).first(32));
    CPPUNIT_ASSERT(hash.has_value());
    CPPUNIT_ASSERT_EQUAL(std::byte{7}, hash->back());
}

TEST(Bytes, are_text_and_back) { CPPUNIT_ASSERT_EQUAL(std::string("资格"), std::string(as_text(to_bytes("资格")))); }

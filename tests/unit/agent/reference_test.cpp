#include "agent/core/reference.h"

#include <set>

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::agent;

TEST(Reference, is_read_back_as_the_number_it_was_made_of) {
    for (const std::uint32_t chapter : {1U, 2U, 15U})
        for (std::uint64_t index = 1; index < 5'000'000; index = index * 3 + 1) {
            const std::string text = reference({chapter}, index);
            CPPUNIT_ASSERT_EQUAL(std::size_t{6}, text.size());
            CPPUNIT_ASSERT_EQUAL(index, reference_number(text, {chapter}).value());
        }
}

TEST(Reference, no_two_entries_share_one) {
    std::set<std::string> seen;
    for (std::uint32_t chapter = 1; chapter <= 4; ++chapter)
        for (std::uint64_t index = 1; index <= 20'000; ++index)
            CPPUNIT_ASSERT(seen.insert(reference({chapter}, index)).second);
}

TEST(Reference, neighbours_do_not_look_alike) {
    for (std::uint64_t index = 1; index < 1000; ++index) {
        const auto one = reference({1}, index);
        const auto next = reference({1}, index + 1);
        int different = 0;
        for (std::size_t i = 0; i < 6; ++i) different += one[i] != next[i];
        CPPUNIT_ASSERT_MESSAGE(one + " " + next, different >= 3);
    }
}

TEST(Reference, is_read_as_a_person_writes_it) {
    const std::string text = reference({1}, 77);
    std::string typed;
    for (const char c : text) typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(c >= 'A' ? c + 32 : c);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{77}, reference_number(typed, {1}).value());
    CPPUNIT_ASSERT(!reference_number("12345", {1}).has_value());
    CPPUNIT_ASSERT(!reference_number("1234567", {1}).has_value());
    CPPUNIT_ASSERT(!reference_number("12345U", {1}).has_value());
    CPPUNIT_ASSERT(!reference_number("12 45-", {1}).has_value());
}

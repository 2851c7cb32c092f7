#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/support/testing.h"

namespace sample {

enum class Colour { red, green };
std::string_view to_string(Colour colour) { return colour == Colour::red ? "red" : "green"; }
enum class Nameless { first = 4 };
struct Opaque {
    int value;
    bool operator==(const Opaque&) const = default;
};

}  // namespace sample

using zige::testing::show;

TEST(Show, prints_an_enum_by_its_name) {
    CPPUNIT_ASSERT_EQUAL(std::string("green"), show(sample::Colour::green));
    CPPUNIT_ASSERT_EQUAL(std::string("4"), show(sample::Nameless::first));
}

TEST(Show, prints_containers_element_by_element) {
    CPPUNIT_ASSERT_EQUAL(std::string("[red, green]"), show(std::vector{sample::Colour::red, sample::Colour::green}));
    CPPUNIT_ASSERT_EQUAL(std::string("[0aff]"), show(std::vector{std::byte{0x0a}, std::byte{0xff}}));
}

TEST(Show, prints_optional_small_integer_and_opaque_values) {
    CPPUNIT_ASSERT_EQUAL(std::string("none"), show(std::optional<int>{}));
    CPPUNIT_ASSERT_EQUAL(std::string("3"), show(std::optional<int>{3}));
    CPPUNIT_ASSERT_EQUAL(std::string("65"), show(std::uint8_t{65}));
    CPPUNIT_ASSERT_EQUAL(std::string("(a value of 4 bytes that cannot be shown)"), show(sample::Opaque{1}));
}

TEST(Show, stands_behind_the_equality_assertion) {
    std::string message;
    try {
        CPPUNIT_ASSERT_EQUAL(sample::Colour::red, sample::Colour::green);
    } catch (const CppUnit::Exception& failure) {
        message = failure.message().details();
    }
    CPPUNIT_ASSERT(message.find("Expected: red") != std::string::npos);
    CPPUNIT_ASSERT(message.find("Actual  : green") != std::string::npos);
}

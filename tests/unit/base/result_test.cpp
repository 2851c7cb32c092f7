#include "shared/base/result.h"

#include <memory>

#include "tests/support/testing.h"

using namespace zige;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorId::usage_bad_argument, "number", "7 is odd");
    return number / 2;
}

Result<int> quarter(int number) {
    ZIGE_TRY(first, half(number));
    ZIGE_TRY(second, half(first));
    return second;
}

Result<void> check_even(int number) {
    ZIGE_CHECK(half(number));
    return {};
}

}  // namespace

TEST(Result, hands_an_error_to_the_caller_as_it_is) {
    CPPUNIT_ASSERT_EQUAL(2, quarter(8).value());
    CPPUNIT_ASSERT(quarter(6).error() == fail(ErrorId::usage_bad_argument, "number", "7 is odd"));
    CPPUNIT_ASSERT(check_even(2).ok());
    CPPUNIT_ASSERT(check_even(3).error().id == ErrorId::usage_bad_argument);
}

TEST(Result, holds_what_can_only_be_moved) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    const std::unique_ptr<int> moved = std::move(result).value();
    CPPUNIT_ASSERT_EQUAL(5, *moved);
}

TEST(Result, takes_the_wrong_question_for_a_bug) {
    CPPUNIT_ASSERT_THROW(half(3).value(), Bug);
    CPPUNIT_ASSERT_THROW((void)half(2).error(), Bug);
}

TEST(Error, names_itself_its_field_and_the_detail) {
    const Error error = fail(ErrorId::wire_bad_signature, "envelope.signature", "key 3 expired 2026-01-04");
    CPPUNIT_ASSERT_EQUAL(std::string("wire_bad_signature: envelope.signature: key 3 expired 2026-01-04"),
                         error.describe());
    CPPUNIT_ASSERT_EQUAL(Errc::untrusted, error.code());
    CPPUNIT_ASSERT_EQUAL(std::string("wire_bad_signature"), fail(ErrorId::wire_bad_signature).describe());
}

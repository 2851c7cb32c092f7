#pragma once

#include <cppunit/TestAssert.h>

#include <iterator>
#include <string>
#include <type_traits>

#include "tests/support/runner.h"
#include "tests/support/show.h"

/// TEST(Replica, keeps_its_version_when_a_delta_is_forged) { ... }
/// One test, listed as Replica.keeps_its_version_when_a_delta_is_forged. A fixture is a local object of the body.
#define TEST(suite, name)                                                                                 \
    static void suite##_##name##_body();                                                                  \
    [[maybe_unused]] static const bool suite##_##name##_added = ::zige::testing::add_test(                \
        ::zige::testing::program_tests(), {#suite "." #name, __FILE__, __LINE__, suite##_##name##_body}); \
    static void suite##_##name##_body()

/// TEST_EACH(Decide, judges_by_the_time_of_the_fee, kRows) { ... row.fee ... }
/// One test per row, listed as Decide.judges_by_the_time_of_the_fee/<row.name>. The rows are any range (an array, a
/// function's result) of structs with a member `name`; they are evaluated once, when the program lists or runs them.
#define TEST_EACH(suite, name, ...)                                                                              \
    static const auto& suite##_##name##_rows() {                                                                 \
        static const auto& rows = __VA_ARGS__;                                                                   \
        return rows;                                                                                             \
    }                                                                                                            \
    using suite##_##name##_row = std::remove_cvref_t<decltype(*std::begin(suite##_##name##_rows()))>;            \
    static void suite##_##name##_body(const suite##_##name##_row& row);                                          \
    [[maybe_unused]] static const bool suite##_##name##_added = ::zige::testing::add_test(                       \
        ::zige::testing::program_tests(), ::zige::testing::table({#suite "." #name, __FILE__, __LINE__, {}},     \
                                                                 suite##_##name##_rows, suite##_##name##_body)); \
    static void suite##_##name##_body([[maybe_unused]] const suite##_##name##_row& row)

/// TAGS(Measures, single_ten_suspends_four_months, "XY-40-5 WH-4-2")
/// Beside a TEST or TEST_EACH of the file: which articles of the policy texts it holds the program to. Rows may carry
/// their own in a member `tags`.
#define TAGS(suite, name, tags_text)                             \
    [[maybe_unused]] static const bool suite##_##name##_tagged = \
        ::zige::testing::add_tags(::zige::testing::program_tags(), {#suite "." #name, tags_text})

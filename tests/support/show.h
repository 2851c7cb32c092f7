#pragma once

#include <cppunit/TestAssert.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <ranges>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

namespace zige::testing {

template <class T>
concept HasToString = requires(const T& value) {
    { to_string(value) } -> std::convertible_to<std::string_view>;
};

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
    out << value;
};

/// Small integers that a stream would print as a character.
template <class T>
concept SmallInteger = std::same_as<T, unsigned char> || std::same_as<T, signed char>;

template <class T>
std::string show(const T& value);

inline std::string show_hex(std::byte value) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto bits = std::to_integer<unsigned>(value);
    return {digits[bits >> 4], digits[bits & 15]};
}

template <class Range>
std::string show_range(const Range& range) {
    constexpr bool bytes = std::same_as<std::ranges::range_value_t<Range>, std::byte>;
    std::string text = "[";
    for (const auto& each : range) {
        if (!bytes && text.size() > 1) text += ", ";
        text += show(each);
    }
    return text + "]";
}

/// A value as a failure message shows it: enums by to_string(), containers element by element, bytes in hex.
template <class T>
std::string show(const T& value) {
    if constexpr (std::same_as<T, std::byte>) return show_hex(value);
    else if constexpr (std::same_as<T, bool>) return value ? "true" : "false";
    else if constexpr (HasToString<T>) return std::string(to_string(value));
    else if constexpr (SmallInteger<T>) return std::to_string(int{value});
    else if constexpr (Streamable<T>) {
        std::ostringstream out;
        out << value;
        return out.str();
    } else if constexpr (std::is_enum_v<T>) return std::to_string(static_cast<long long>(value));
    else if constexpr (std::ranges::input_range<const T>) return show_range(value);
    else if constexpr (requires {
                           value.has_value();
                           *value;
                       })
        return value.has_value() ? show(*value) : "none";
    else if constexpr (requires { value.time_since_epoch().count(); })
        return std::to_string(value.time_since_epoch().count());
    else if constexpr (requires { value.count(); }) return std::to_string(value.count());
    else return "(a value of " + std::to_string(sizeof(T)) + " bytes that cannot be shown)";
}

template <class T>
concept NeedsShow = !Streamable<T> || HasToString<T> || SmallInteger<T>;

}  // namespace zige::testing

/// Lets CPPUNIT_ASSERT_EQUAL print what has no operator<<.
template <class T>
requires zige::testing::NeedsShow<T>
struct CppUnit::assertion_traits<T> {
    static bool equal(const T& left, const T& right) { return left == right; }
    static std::string toString(const T& value) { return zige::testing::show(value); }
};

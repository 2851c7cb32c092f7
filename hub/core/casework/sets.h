#pragma once

#include <cstdint>

namespace zige::hub {

/// Sets of small enumerators in one word.
template <class E>
struct SetOf {
    std::uint64_t bits = 0;
    constexpr SetOf() = default;
    template <class... More>
    constexpr SetOf(E first, More... more) : bits(bit(first) | (bit(more) | ... | std::uint64_t{0})) {}
    constexpr bool has(E value) const { return (bits & bit(value)) != 0; }
    constexpr void add(E value) { bits |= bit(value); }
    constexpr bool empty() const { return bits == 0; }

private:
    static constexpr std::uint64_t bit(E value) { return std::uint64_t{1} << static_cast<unsigned>(value); }
};

}  // namespace zige::hub

#include "shared/wire/reference.h"

namespace zige::wire {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint32_t kMask = (1U << 30U) - 1;
constexpr std::uint32_t kOdd = 0x2545F491U & kMask;  // odd: multiplication modulo 2^30 is one-to-one
constexpr std::uint32_t kHalf = 15;
constexpr std::uint32_t kHalfMask = (1U << kHalf) - 1;
static_assert(kReferenceNumbers == kHalfMask + 1);

constexpr std::uint32_t inverse(std::uint32_t odd) {
    std::uint32_t x = odd;  // Newton: each step doubles the number of right bits, from 3
    for (int i = 0; i < 5; ++i) x *= 2U - odd * x;
    return x & kMask;
}
static_assert(((kOdd * inverse(kOdd)) & kMask) == 1);

/// Folding the upper half onto the lower is its own inverse.
constexpr std::uint32_t fold(std::uint32_t x) { return x ^ (x >> 15U); }

constexpr std::uint32_t mix(std::uint32_t x) { return (fold((x * kOdd) & kMask) * kOdd) & kMask; }
constexpr std::uint32_t unmix(std::uint32_t x) { return (fold((x * inverse(kOdd)) & kMask) * inverse(kOdd)) & kMask; }

std::uint32_t low(std::uint64_t number) { return static_cast<std::uint32_t>(number & kHalfMask); }

std::uint32_t first_bits(const Hash256& hash) {
    return std::to_integer<std::uint32_t>(hash[0]) << 7U | std::to_integer<std::uint32_t>(hash[1]) >> 1U;
}

std::optional<std::uint32_t> digit(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'O') c = '0';
    const auto at = kDigits.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint32_t>(at);
}

}  // namespace

std::string reference(std::uint64_t number, const Hash256& chain) {
    std::uint32_t value = mix(first_bits(chain) << kHalf | low(number));
    std::string text(6, '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at, value >>= 5U) *at = kDigits[value & 31U];
    return text;
}

bool Reference::is_of(std::uint64_t entry, const Hash256& hash) const {
    return low(entry) == number && first_bits(hash) == chain;
}

std::optional<Reference> read_reference(std::string_view text) {
    if (text.size() != 6) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        const auto next = digit(c);
        if (!next) return std::nullopt;
        value = value << 5U | *next;
    }
    value = unmix(value);
    return Reference{value & kHalfMask, value >> kHalf};
}

}  // namespace zige::wire

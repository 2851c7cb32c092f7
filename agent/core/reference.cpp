#include "agent/core/reference.h"

namespace zige::agent {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint32_t kMask = (1U << 30U) - 1;
constexpr std::uint32_t kOdd = 0x2545F491U & kMask;  // odd: multiplication modulo 2^30 is one-to-one
constexpr std::uint32_t kChapterStep = 1U << 26U;

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

std::uint32_t chapter_start(Chapter chapter) { return ((chapter.value - 1) * kChapterStep) & kMask; }

std::optional<std::uint32_t> digit(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'O') c = '0';
    const auto at = kDigits.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint32_t>(at);
}

}  // namespace

std::string reference(Chapter chapter, std::uint64_t index) {
    std::uint32_t value = mix((chapter_start(chapter) + static_cast<std::uint32_t>(index & kMask)) & kMask);
    std::string text(6, '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at, value >>= 5U) *at = kDigits[value & 31U];
    return text;
}

std::optional<std::uint64_t> reference_number(std::string_view reference, Chapter chapter) {
    if (reference.size() != 6) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : reference) {
        const auto next = digit(c);
        if (!next) return std::nullopt;
        value = value << 5U | *next;
    }
    return (unmix(value) - chapter_start(chapter)) & kMask;
}

}  // namespace zige::agent

#include "hub/core/crockford.h"

namespace zige::hub {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroup = 4;

char digit_of(char typed) {
    const char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
    if (upper == 'O') return '0';
    if (upper == 'I' || upper == 'L') return '1';
    return upper;
}

}  // namespace

std::string base32(ByteView bytes) {
    std::string text;
    unsigned bits = 0;
    unsigned count = 0;
    for (const std::byte b : bytes) {
        bits = (bits << 8U) | std::to_integer<unsigned>(b);
        for (count += 8; count >= 5; count -= 5) text += kDigits[(bits >> (count - 5)) & 31U];
        bits &= (1U << count) - 1;
    }
    if (count > 0) text += kDigits[(bits << (5 - count)) & 31U];
    return text;
}

std::string in_groups(std::string_view plain) {
    std::string text;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i % kGroup == 0) text += '-';
        text += plain[i];
    }
    return text;
}

std::string plain_base32(std::string_view typed) {
    std::string text;
    for (const char each : typed) {
        if (each == '-' || each == ' ') continue;
        const char digit = digit_of(each);
        if (kDigits.find(digit) == std::string_view::npos) return {};
        text += digit;
    }
    return text;
}

}  // namespace zige::hub

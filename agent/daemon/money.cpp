#include "agent/daemon/money.h"

#include <algorithm>
#include <cstdint>

namespace zige::daemon {
namespace {

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Fen> parse_yuan(std::string_view text, std::string_view field) {
    const auto bad = [&](const char* why) { return fail(ErrorId::api_bad_field, std::string(field), why); };
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative) digits.remove_prefix(1);
    const auto dot = digits.find('.');
    const std::string_view whole = digits.substr(0, dot);
    std::string fraction(dot == std::string_view::npos ? "" : digits.substr(dot + 1));
    if (whole.empty() || !all_digits(whole) || !all_digits(fraction) ||
        (dot != std::string_view::npos && fraction.empty()))
        return bad("an amount in yuan, such as 123.45");
    while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
    if (fraction.size() > 2) return bad("at most two decimals");
    if (whole.size() > 14) return bad("too large");
    fraction.resize(2, '0');
    std::int64_t fen = 0;
    for (const char c : std::string(whole) + fraction) fen = fen * 10 + (c - '0');
    return Fen{negative ? -fen : fen};
}

std::string format_yuan(Fen amount) {
    const std::uint64_t size =
        amount.value < 0 ? 0 - static_cast<std::uint64_t>(amount.value) : static_cast<std::uint64_t>(amount.value);
    const std::string cents = std::to_string(100 + size % 100).substr(1);
    return (amount.value < 0 ? "-" : "") + std::to_string(size / 100) + "." + cents;
}

}  // namespace zige::daemon

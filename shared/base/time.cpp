#include "shared/base/time.h"

#include <cstdio>
#include <optional>

namespace zige {
namespace {

/// `count` decimal digits at `at`, or nothing.
std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    return value;
}

std::optional<Day> read_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    const auto d = digits(text, 8, 2);
    if (!y || !m || !d) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*y)}, std::chrono::month{*m},
                                           std::chrono::day{*d}};
    if (!date.ok() || *y < kMinYear || *y > kMaxYear) return std::nullopt;
    return Day{date};
}

std::optional<std::chrono::seconds> read_clock(std::string_view text) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    const auto h = digits(text, 0, 2);
    const auto m = digits(text, 3, 2);
    const auto s = digits(text, 6, 2);
    if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
    return std::chrono::hours{*h} + std::chrono::minutes{*m} + std::chrono::seconds{*s};
}

}  // namespace

Result<Day> parse_day(std::string_view text, std::string_view field) {
    if (const auto day = read_day(text)) return *day;
    return fail(ErrorId::time_bad_day, std::string(field), std::string(text.substr(0, 40)));
}

Result<Instant> parse_time(std::string_view text, std::string_view field) {
    if (text.size() == 19 && (text[10] == ' ' || text[10] == 'T')) {
        const auto day = read_day(text.substr(0, 10));
        const auto clock = read_clock(text.substr(11));
        if (day && clock) return start_of(*day) + *clock;
    }
    return fail(ErrorId::time_bad_time, std::string(field), std::string(text.substr(0, 40)));
}

std::string format(Day day) {
    const std::chrono::year_month_day date{day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string format(Instant when) {
    const std::chrono::hh_mm_ss clock{when - start_of(day_of(when))};
    char text[24];
    std::snprintf(text, sizeof text, " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return format(day_of(when)) + text;
}

}  // namespace zige

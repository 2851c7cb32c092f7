#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace zige {

/// A moment, in whole seconds since 1970-01-01 00:00 UTC.
using Instant = std::chrono::sys_seconds;

/// A day of the calendar in China (Asia/Shanghai, UTC+8 without summer time): [00:00, next 00:00).
using Day = std::chrono::local_days;

inline constexpr std::chrono::hours kChinaOffset{8};

/// Years that a day or time may have when it comes from outside.
inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2199;

constexpr Day day_of(Instant when) {
    return Day{std::chrono::floor<std::chrono::days>(when + kChinaOffset).time_since_epoch()};
}
constexpr Instant start_of(Day day) { return Instant{day.time_since_epoch()} - kChinaOffset; }

/// "2026-09-18"; ErrorId::time_bad_day for anything else, 2026-02-29 included. `field` goes into the error.
Result<Day> parse_day(std::string_view text, std::string_view field);

/// "2026-09-18 08:40:00" (or with a 'T') in China time; ErrorId::time_bad_time for anything else.
Result<Instant> parse_time(std::string_view text, std::string_view field);

std::string format(Day day);       ///< "2026-09-18"
std::string format(Instant when);  ///< "2026-09-18 08:40:00", China time

}  // namespace zige

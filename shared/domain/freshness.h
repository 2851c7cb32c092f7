#pragma once

#include <chrono>

#include "shared/base/codes.h"
#include "shared/base/time.h"
#include "shared/domain/calendar.h"
#include "shared/domain/decide.h"
#include "shared/domain/profile.h"

namespace zige {

/// A fee may lie this far ahead of the PC's clock; what is later is held. One figure with the time guard.
inline constexpr std::chrono::minutes kMaxFeeAhead{10};

/// How old the copy is for one fee (数据时效), and what that makes of it.
struct CopyAge {
    Freshness grade = Freshness::fresh;
    std::chrono::seconds age{};  ///< never negative: a fee older than the copy is always fresh
    bool operator==(const CopyAge&) const = default;
};

bool lies_in_future(Instant fee_time, const Moment& now);

/// Judged by the fee's time, by the PC's clock for a fee that lies in the future. A clock that is unknown gives stale, never
/// worse: a clock that is far ahead without proof expires nothing (P11).
CopyAge age_of_copy(Instant fee_time, const Moment& now, const FreshnessLimits& limits, const Calendar& calendar);

/// The last second of a grade that lasts `limit` from `as_of`. A limit that falls on an official holiday of 3 or more days,
/// or within 3 working days after one, moves to the end of the 3rd working day after it.
Instant last_second_of(Instant as_of, std::chrono::hours limit, const Calendar& calendar);

}  // namespace zige

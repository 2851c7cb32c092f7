#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/time.h"

namespace zige {

/// A part of a standing timeline (资格状态) that is not 正常: [from 00:00, end 00:00), open without `end`.
/// Only `end` is judged; `nominal_end` is what the notice prints (Xinyang: 期满 does not restore by itself, XY 34-35).
struct StandingInterval {
    Standing status = Standing::suspended;  ///< suspended (暂停) or terminated (终止)
    Day from{};
    std::optional<Day> end;
    std::optional<Day> nominal_end;
    std::uint16_t article = 0;  ///< index into Profile::articles
    std::string document;       ///< number of the notice, e.g. 信医保处〔2026〕12号
    bool operator==(const StandingInterval&) const = default;

    bool covers(Day day) const { return from <= day && (!end || day < *end); }
};

/// Sorted by `from`; intervals may overlap (several sanctions at once), each is judged on its own.
using StandingTimeline = std::vector<StandingInterval>;

}  // namespace zige

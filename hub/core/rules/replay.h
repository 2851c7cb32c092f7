#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/core/rules/judging.h"

namespace zige::hub {

/// One decision as other rules would see it. The points stay what was decided; counting and effect are theirs.
struct ReplayedDecision {
    std::string document;
    Day decided_on{};
    unsigned points = 0;
    unsigned cumulative = 0;  ///< of the year as these rules count it, this decision included
    bool in_force = true;     ///< false: the rules did not hold on that day; a what-if all the same
    bool consecutive_years = false;
    Effect effect;                   ///< where the text gives a range: with its least
    std::optional<Range> months;     ///< of a suspension; a true range is for the operator to enter
    std::optional<Range> ban_years;  ///< of a termination
    bool operator==(const ReplayedDecision&) const = default;
};

struct Replay {
    std::string profile;
    std::uint32_t version = 0;
    std::vector<ReplayedDecision> decisions;  ///< in the order of their days
    std::map<int, unsigned> points;           ///< net, by year
};

/// A career under other rules: what would be, never what is (P10). Withdrawn decisions are left out by the caller.
/// ledger_bad_chain: two decisions under one number.
Result<Replay> replay(const Rules& rules, std::span<const Scored> decisions, std::span<const Repaired> repairs);
/// Of what stands in a career.
Result<Replay> replay(const Rules& rules, const Career& career);

}  // namespace zige::hub

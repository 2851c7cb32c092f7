#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/rules/career.h"

namespace zige::hub {

/// What a person did to have points taken back (记分修复, XY 32-33).
struct RepairAsked {
    std::string way;                           ///< id of a RepairWay
    std::optional<unsigned> score_hundredths;  ///< of an exam: 75.5 is 7550
    unsigned times = 1;                        ///< activities that took part in, of ways with points each
    std::optional<unsigned> entered;  ///< points, where the score lies between two bands and the operator decides
    Day on{};                         ///< approved; takes effect the day after
};

/// What a repair does.
struct RepairPlan {
    unsigned points = 0;                     ///< taken back
    std::vector<SanctionShortened> shorter;  ///< printed periods that are a month shorter (XY 33)
    std::vector<SanctionOver> over;          ///< those that end by it, the day after approval
    Cite cite;
    bool operator==(const RepairPlan&) const = default;
};

/// case_bad_field (way unknown, no score, a score out of range), points_operator_decides (between two bands, and
/// nothing was entered: both are named), points_out_of_range (entered something else than either band),
/// points_bad_day (before a decision of that year that stands), points_not_repairable (a single 12 in that year), points_repair_used_up, points_nothing_to_repair. `detail` names
/// the article.
Result<RepairPlan> plan_repair(const Rules& rules, const Career& career, const RepairAsked& asked);

/// Months back from a day: the same-numbered day, or the 1st of the following month where that day is missing.
Day months_before(Day day, unsigned months);

/// "75.5" as 7550; at most two decimals, at most 100. case_bad_field.
Result<unsigned> parse_score(std::string_view text);

}  // namespace zige::hub

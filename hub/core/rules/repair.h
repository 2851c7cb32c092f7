#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
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
    std::optional<int> conduct_year = std::nullopt;  ///< whose points are taken back; nothing: of the year with most
};

/// What a repair does.
struct RepairPlan {
    unsigned points = 0;                     ///< taken back
    int conduct_year = 0;                    ///< of which conduct year first
    std::vector<SanctionShortened> shorter;  ///< printed periods that are a month shorter (XY 33)
    std::vector<SanctionOver> over;          ///< those that end by it, the day after approval
    Cite cite;
    bool operator==(const RepairPlan&) const = default;
};

/// Of the points as they stood on the day of approval: what was decided after it is judged again by the caller.
/// case_bad_field (way unknown, no score, a score out of range), points_operator_decides (between two bands, and
/// nothing was entered: both are named), points_out_of_range (entered something else than either band),
/// points_not_repairable (a single 12 in that year), points_repair_used_up, points_nothing_to_repair. `detail` names
/// the article.
Result<RepairPlan> plan_repair(const Rules& rules, const Career& career, const RepairAsked& asked);

/// What a repair of points of these conduct years does to the sanction of one decision; nothing where it does not reach
/// it: where only conduct of one year adds up (XY 22), no more than what rests on points of that year.
void shorten_by_repair(RepairPlan& plan, const Rules& rules, const Career& career, const KnownSanction& sanction, Day on,
                       const std::set<int>& years);
/// Months that the repairs of now take from a suspension that begins on `from`; the notice prints the rest (XY 33, 42).
unsigned months_less(const Rules& rules, const Career& career, const Scored& decision, Day from);
/// XY 33: repairs that a single 12 of that document takes away, those on its day and after it; usually none.
std::vector<Repaired> not_repairable_any_more(const Rules& rules, const Career& career, std::string_view document);
/// Ways of which a year has more than the text allows, as it may be in two files that are made one: "exam 2026: 2;
/// 第三十三条". Empty: none.
std::vector<std::string> repairs_beyond_the_caps(const Rules& rules, const Career& career);

/// Months back from a day: the same-numbered day, or the 1st of the following month where that day is missing.
Day months_before(Day day, unsigned months);

/// "75.5" as 7550; at most two decimals, at most 100. case_bad_field.
Result<unsigned> parse_score(std::string_view text);

}  // namespace zige::hub

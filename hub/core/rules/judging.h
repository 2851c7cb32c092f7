#pragma once

#include "hub/core/rules/career.h"

namespace zige::hub {

/// What a scoring decision leads to in the career that it comes into.
struct Judged {
    Effect effect;
    bool consecutive_years = false;  ///< JN 五(一): years of so many points in a row lead to the row of 12
};

/// The effect of `single` points decided in `year`, over `before` points that stand. As effect_of().
Result<Judged> judge(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before,
                     const Entered& entered);
/// The same with the most of every range that the text leaves open: for the prior notice (XY 28).
Judged judge_at_most(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before);
/// What a decision that is there would lead to as the career stands now. Months or years that an operator entered stay,
/// where the rules still leave them open; `open` is what is entered for a decision that had none.
Result<Judged> judge_again(const Rules& rules, const Career& career, const Scored& decision,
                           const Entered& open = {});

/// XY 22 and when the rules began: conduct of a year after the decision, of a day after it or of another year, and
/// conduct before the rules is not scored. points_bad_day.
Result<void> check_conduct(const Rules& rules, Day decided_on, int conduct_year, std::optional<Day> conduct_on = {});

/// JN 六(三): the institution of somebody with one decision of so many points, or with so many violations in a year.
bool on_watch_list(const Rules& rules, const Career& career, int year);

}  // namespace zige::hub

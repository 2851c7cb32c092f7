#include "hub/core/rules/judging.h"

#include <algorithm>

namespace zige::hub {
namespace {

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

/// Every one of the years before had so many points, and this one has.
bool years_in_a_row(const Rules& rules, const Career& career, int year, unsigned points_of_year) {
    if (!rules.consecutive_years) return false;
    const Rules::ConsecutiveYears& wanted = rules.consecutive_years->value;
    if (wanted.years == 0 || points_of_year < wanted.points) return false;
    for (unsigned back = 1; back < wanted.years; ++back)
        if (career.points_of(year - static_cast<int>(back)) < wanted.points) return false;
    return true;
}

}  // namespace

Result<Judged> judge(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before,
                     const Entered& entered) {
    Judged judged;
    unsigned cumulative = before.counted + single;
    judged.consecutive_years = years_in_a_row(rules, career, year, before.by_decision_year + single);
    if (judged.consecutive_years) cumulative = std::max(cumulative, kMostPoints);
    ZIGE_TRY(effect, effect_of(rules, single, cumulative, entered));
    judged.effect = std::move(effect);
    return judged;
}

Result<Judged> judge_again(const Rules& rules, const Career& career, const Scored& decision, const Entered& open) {
    const Cumulative before = career.cumulative_before(rules, decision.document);
    const int year = year_of(decision.decided_on);
    auto judged = judge(rules, career, year, decision.points, before, {});
    if (judged.ok()) return judged;
    const Reading& served = decision.effect.served;
    Entered entered = open;
    if (served.months != 0 || served.ban_years != 0) entered.reason = "as served";
    if (judged.error().id == ErrorId::points_months_needed) {
        if (served.months != 0) entered.months = served.months;
        entered.ban_years.reset();
    } else if (judged.error().id == ErrorId::points_years_needed) {
        if (served.ban_years != 0) entered.ban_years = served.ban_years;
        entered.months.reset();
    } else {
        return judged;
    }
    return judge(rules, career, year, decision.points, before, entered);
}

bool on_watch_list(const Rules& rules, const Career& career, int year) {
    if (!rules.watch_list) return false;
    const Rules::Watch& watch = rules.watch_list->value;
    unsigned others = 0;
    for (const KnownDecision& known : career.decisions()) {
        if (known.withdrawn || year_of(known.decision.decided_on) != year) continue;
        if (known.decision.points >= watch.single) return true;
        ++others;
    }
    return others >= watch.violations;
}

}  // namespace zige::hub

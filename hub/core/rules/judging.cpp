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

struct Counted {
    unsigned cumulative = 0;
    bool consecutive_years = false;
};

Counted count(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before) {
    Counted counted{before.counted + single, years_in_a_row(rules, career, year, before.by_decision_year + single)};
    if (counted.consecutive_years) counted.cumulative = std::max(counted.cumulative, kMostPoints);
    return counted;
}

}  // namespace

Result<Judged> judge(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before,
                     const Entered& entered) {
    const Counted counted = count(rules, career, year, single, before);
    ZIGE_TRY(effect, effect_of(rules, single, counted.cumulative, entered));
    return Judged{std::move(effect), counted.consecutive_years};
}

Judged judge_at_most(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before) {
    const Counted counted = count(rules, career, year, single, before);
    return {effect_at_most(rules, single, counted.cumulative), counted.consecutive_years};
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

Result<void> check_conduct(const Rules& rules, Day decided_on, int conduct_year, std::optional<Day> conduct_on) {
    const Cite& cite = rules.conduct_from.cite;
    if (conduct_year > year_of(decided_on) || (conduct_on && *conduct_on > decided_on))
        return fail(ErrorId::points_bad_day, "conduct", "after the decision of " + format(decided_on));
    if (conduct_on && year_of(*conduct_on) != conduct_year)
        return fail(ErrorId::points_bad_day, "conduct", format(*conduct_on) + " is of another year");
    const bool before = conduct_on ? *conduct_on < rules.conduct_from.value
                                   : conduct_year < year_of(rules.conduct_from.value);
    if (before)
        return fail(ErrorId::points_bad_day, "conduct",
                    "before " + format(rules.conduct_from.value) + " nothing is scored; " + cite.text);
    return {};
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

#include "hub/core/rules/replay.h"

#include <algorithm>

namespace zige::hub {
namespace {

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

/// The row that the served reading came from.
const MeasureRow* row_of(const Rules& rules, const Reading& served) {
    return rules.measure(served.basis, served.points);
}

/// With the least of what the text leaves to the operator, months or years.
Result<Judged> judge_least(const Rules& rules, const Career& career, const Scored& decision, const Cumulative& before) {
    const int year = year_of(decision.decided_on);
    auto judged = judge(rules, career, year, decision.points, before, {});
    if (judged.ok()) return judged;
    for (const MeasureRow& row : rules.measures) {
        Entered entered;
        entered.reason = "least";
        if (judged.error().id == ErrorId::points_months_needed && row.months) entered.months = row.months->least;
        else if (judged.error().id == ErrorId::points_years_needed && row.ban_years)
            entered.ban_years = row.ban_years->least;
        else continue;
        auto least = judge(rules, career, year, decision.points, before, entered);
        if (least.ok()) return least;
    }
    return judged;
}

Result<ReplayedDecision> replay_one(const Rules& rules, const Career& career, const Scored& decision) {
    const Cumulative before = career.cumulative(rules, decision.decided_on, decision.conduct_year);
    ZIGE_TRY(judged, judge_least(rules, career, decision, before));
    ReplayedDecision out;
    out.document = decision.document;
    out.decided_on = decision.decided_on;
    out.points = decision.points;
    out.cumulative = before.counted + decision.points;
    out.in_force = rules.in_force(decision.decided_on);
    out.consecutive_years = judged.consecutive_years;
    if (const MeasureRow* row = row_of(rules, judged.effect.served)) {
        out.months = row->months;
        out.ban_years = row->ban_years;
    }
    out.effect = std::move(judged.effect);
    return out;
}

}  // namespace

Result<Replay> replay(const Rules& rules, std::span<const Scored> decisions, std::span<const Repaired> repairs) {
    std::vector<Scored> in_order(decisions.begin(), decisions.end());
    std::stable_sort(in_order.begin(), in_order.end(),
                     [](const Scored& a, const Scored& b) { return a.decided_on < b.decided_on; });
    Career career;
    for (const Repaired& each : repairs) ZIGE_CHECK(career.step(each));
    Replay out;
    out.profile = rules.id;
    out.version = rules.version;
    for (const Scored& each : in_order) {
        ZIGE_TRY(replayed, replay_one(rules, career, each));
        out.decisions.push_back(std::move(replayed));
        ZIGE_CHECK(career.step(each));
    }
    for (const Scored& each : in_order) {
        const int year = year_of(each.decided_on);
        out.points.emplace(year, career.points_of(year));
    }
    return out;
}

Result<Replay> replay(const Rules& rules, const Career& career) {
    std::vector<Scored> standing;
    for (const KnownDecision& known : career.decisions())
        if (!known.withdrawn) standing.push_back(known.decision);
    return replay(rules, standing, career.repairs());
}

}  // namespace zige::hub

#include "hub/core/rules/repair.h"

#include <algorithm>
#include <map>

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr unsigned kHundred = 100;
constexpr unsigned kFullPoints = 12;

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

std::string band_text(const RepairWay::Band& band) {
    return std::to_string(band.score.least) + "-" + std::to_string(band.score.most) + ": " +
           std::to_string(band.points);
}

const RepairWay* find_way(const Rules& rules, const std::string& id) {
    const auto at =
        std::find_if(rules.repair.begin(), rules.repair.end(), [&](const RepairWay& each) { return each.id == id; });
    return at == rules.repair.end() ? nullptr : &*at;
}

Error unknown_way(const Rules& rules, const std::string& id) {
    std::string known;
    for (const RepairWay& each : rules.repair) known += (known.empty() ? "" : ", ") + each.id;
    return fail(ErrorId::case_bad_field, "way",
                id + " is no way of " + rules.document + "; known: " + (known.empty() ? "none" : known));
}

/// The score lies above `below` and under `above`: either band may be meant (WH 五(一) leaves 75.5 open).
Result<unsigned> between(const RepairWay& way, const RepairWay::Band& below, const RepairWay::Band& above,
                         const RepairAsked& asked) {
    const std::string both = way.cite.text + " gives " + band_text(below) + ", " + band_text(above);
    if (!asked.entered) return fail(ErrorId::points_operator_decides, "score", both + "; enter one of them as points");
    if (*asked.entered != below.points && *asked.entered != above.points)
        return fail(ErrorId::points_out_of_range, "points", both);
    return *asked.entered;
}

/// The text gives the number, and nobody another one.
Result<unsigned> fixed_points(const RepairWay& way, const RepairAsked& asked, unsigned points) {
    if (!asked.entered || *asked.entered == points) return points;
    return fail(ErrorId::points_nothing_to_enter, "points", way.cite.text + " gives " + std::to_string(points));
}

Result<unsigned> points_of_score(const RepairWay& way, const RepairAsked& asked) {
    if (!asked.score_hundredths) return fail(ErrorId::case_bad_field, "score", way.id + " needs the score of the exam");
    const unsigned score = *asked.score_hundredths;
    const RepairWay::Band* below = nullptr;
    for (const RepairWay::Band& band : way.bands) {
        if (score < band.score.least * kHundred) {
            if (below != nullptr) return between(way, *below, band, asked);
            return fail(ErrorId::case_bad_field, "score", way.cite.text + " begins with " + band_text(band));
        }
        if (score <= band.score.most * kHundred) return fixed_points(way, asked, band.points);
        below = &band;
    }
    return fail(ErrorId::case_bad_field, "score", "over the highest band of " + way.cite.text);
}

Result<unsigned> points_asked(const RepairWay& way, const RepairAsked& asked) {
    if (!way.bands.empty()) return points_of_score(way, asked);
    if (asked.times == 0) return fail(ErrorId::case_bad_field, "times", "at least 1");
    // A text that gives 1 to 3 points by the exam without bands leaves the number to the operator (XY 33(一)).
    if (way.points_each == 0) {
        const unsigned most = way.points_a_year.value_or(kFullPoints);
        if (!asked.entered)
            return fail(ErrorId::points_operator_decides, "points",
                        way.cite.text + " allows up to " + std::to_string(most));
        if (*asked.entered == 0 || *asked.entered > most)
            return fail(ErrorId::points_out_of_range, "points", way.cite.text + " allows 1 to " + std::to_string(most));
        return *asked.entered;
    }
    return fixed_points(way, asked, way.points_each * std::min(asked.times, kFullPoints));
}

/// What the caps of the year leave of `points`.
Result<unsigned> within_caps(const RepairWay& way, const Career& career, unsigned points, Day on) {
    unsigned times = 0;
    unsigned used = 0;
    for (const Repaired& each : career.repairs()) {
        if (each.way != way.id || year_of(each.on) != year_of(on)) continue;
        ++times;
        used += each.points;
    }
    const bool all_times = way.times_a_year && times >= *way.times_a_year;
    const bool all_points = way.points_a_year && used >= *way.points_a_year;
    if (all_times || all_points)
        return fail(ErrorId::points_repair_used_up, "way",
                    way.id + " in " + std::to_string(year_of(on)) + ", " + way.cite.text);
    return way.points_a_year ? std::min(points, *way.points_a_year - used) : points;
}

Result<void> check_repairable(const Rules& rules, const Career& career, Day on) {
    if (rules.single_12_repairable.value) return {};
    for (const KnownDecision& known : career.decisions())
        if (!known.withdrawn && known.decision.points >= kFullPoints && known.decision.decided_on <= on &&
            year_of(known.decision.decided_on) == year_of(on))
            return fail(ErrorId::points_not_repairable, "person",
                        known.decision.document + ", " + rules.single_12_repairable.cite.text);
    return {};
}

/// Whose points go, and how many there are at most.
Result<std::pair<int, unsigned>> points_there(const Career& career, const RepairWay& way, const RepairAsked& asked) {
    const auto years = career.points_on(asked.on);
    unsigned all = 0;
    std::pair<int, unsigned> most;
    for (const auto& [year, points] : years) {
        all += points;
        if (points >= most.second) most = {year, points};
    }
    const std::string on = "on " + format(asked.on) + " of " + std::to_string(year_of(asked.on));
    if (all == 0)
        return fail(ErrorId::points_nothing_to_repair, "person", "no points " + on + "; " + way.cite.text);
    if (!asked.conduct_year) return std::pair(most.first, all);
    const auto named = years.find(*asked.conduct_year);
    if (named != years.end()) return std::pair<int, unsigned>(*named);
    std::string known;
    for (const auto& [year, points] : years) known += (known.empty() ? "" : ", ") + std::to_string(year);
    return fail(ErrorId::points_nothing_to_repair, "conduct_year",
                "no points " + on + " from conduct of " + std::to_string(*asked.conduct_year) + "; there are of " + known +
                    "; " + way.cite.text);
}

/// By points of that year that were there, running beyond the day of approval, not shortened before.
bool can_be_shortened(const Rules& rules, const Career& career, const KnownSanction& sanction, Day on,
                      const std::set<int>& years) {
    if (sanction.cause != SanctionCause::points || career.was_shortened(sanction.document)) return false;
    const Scored* decision = career.decision(sanction.document);
    if (decision != nullptr && rules.same_conduct_year.value && !years.contains(decision->conduct_year)) return false;
    if (decision == nullptr || decision->points >= kFullPoints || decision->decided_on > on ||
        year_of(decision->decided_on) != year_of(on))
        return false;
    const StandingInterval* interval = career.interval(sanction.document);
    if (interval == nullptr || (interval->end && *interval->end <= on + kOneDay)) return false;
    return interval->nominal_end && *interval->nominal_end > on + kOneDay;
}

void shorten(RepairPlan& plan, const Rules& rules, const StandingInterval& interval, const KnownSanction& sanction,
             Day on) {
    const unsigned months = rules.repair_cuts_months.value;
    const Day first = std::max(on + kOneDay, interval.from + kOneDay);
    const Day end = std::max(months_before(*interval.nominal_end, months), first);
    // A termination ends by a new registration only (XY 35); it may come earlier.
    if (interval.status == Standing::suspended && end == first) {
        plan.over.push_back({interval.document, end, SanctionEnd::repaired});
        return;
    }
    std::optional<Day> bar;
    if (sanction.barred_until) bar = std::max(months_before(*sanction.barred_until, months), first);
    plan.shorter.push_back({interval.document, end, bar});
}

}  // namespace

void shorten_by_repair(RepairPlan& plan, const Rules& rules, const Career& career, const KnownSanction& sanction,
                       Day on, const std::set<int>& years) {
    if (rules.repair_cuts_months.value == 0 || !can_be_shortened(rules, career, sanction, on, years)) return;
    shorten(plan, rules, *career.interval(sanction.document), sanction, on);
}

unsigned months_less(const Rules& rules, const Career& career, const Scored& decision, Day from) {
    const Reading& served = decision.effect.served;
    if (served.status != Standing::suspended || career.interval(decision.document) != nullptr) return 0;
    Career begun = career;
    SanctionBegan began;
    began.cause = SanctionCause::points;
    began.interval.status = Standing::suspended;
    began.interval.document = decision.document;
    began.interval.from = from;
    began.interval.nominal_end = from + std::chrono::days{31 * std::max(served.months, 1U)};  // only that it is there
    if (!begun.step(began).ok()) return 0;
    const std::vector<Repaired>& repairs = begun.repairs();
    for (std::size_t i = 0; i < repairs.size(); ++i) {
        RepairPlan plan;
        shorten_by_repair(plan, rules, begun, *begun.sanction(decision.document), repairs[i].on, begun.years_repaired(i));
        if (!plan.shorter.empty() || !plan.over.empty()) return std::min(rules.repair_cuts_months.value, served.months);
    }
    return 0;
}

std::vector<Repaired> not_repairable_any_more(const Rules& rules, const Career& career, std::string_view document) {
    const Scored* decision = career.decision(document);
    if (rules.single_12_repairable.value || decision == nullptr || decision->points < kFullPoints) return {};
    std::vector<Repaired> fallen;
    for (const Repaired& each : career.repairs())
        if (each.on >= decision->decided_on && year_of(each.on) == year_of(decision->decided_on)) fallen.push_back(each);
    return fallen;
}

std::vector<std::string> repairs_beyond_the_caps(const Rules& rules, const Career& career) {
    std::map<std::pair<std::string, int>, std::pair<unsigned, unsigned>> used;
    for (const Repaired& each : career.repairs()) {
        auto& [times, points] = used[{each.way, year_of(each.on)}];
        ++times;
        points += each.points;
    }
    std::vector<std::string> beyond;
    for (const auto& [key, sums] : used) {
        const RepairWay* way = find_way(rules, key.first);
        if (way == nullptr) continue;
        const std::string head = key.first + " " + std::to_string(key.second) + ": ";
        if (way->times_a_year && sums.first > *way->times_a_year)
            beyond.push_back(head + std::to_string(sums.first) + " > " + std::to_string(*way->times_a_year) + "; " + way->cite.text);
        else if (way->points_a_year && sums.second > *way->points_a_year)
            beyond.push_back(head + std::to_string(sums.second) + " > " + std::to_string(*way->points_a_year) + "; " + way->cite.text);
    }
    return beyond;
}

Result<RepairPlan> plan_repair(const Rules& rules, const Career& career, const RepairAsked& asked) {
    const RepairWay* way = find_way(rules, asked.way);
    if (way == nullptr) return unknown_way(rules, asked.way);
    ZIGE_CHECK(check_repairable(rules, career, asked.on));
    ZIGE_TRY(there, points_there(career, *way, asked));
    ZIGE_TRY(points, points_asked(*way, asked));
    ZIGE_TRY(allowed, within_caps(*way, career, points, asked.on));
    RepairPlan plan;
    plan.points = std::min(allowed, there.second);
    plan.conduct_year = there.first;
    plan.cite = way->cite;
    Career repaired = career;
    const auto taken = repaired.step(Repaired{asked.way, plan.points, asked.on, plan.conduct_year});
    expect(taken.ok(), "a repair that was allowed");
    const std::set<int> years = repaired.years_repaired(repaired.repairs().size() - 1);
    for (const KnownSanction& sanction : career.sanctions())
        shorten_by_repair(plan, rules, career, sanction, asked.on, years);
    return plan;
}

Day months_before(Day day, unsigned months) {
    using namespace std::chrono;
    const year_month_day start{day};
    const year_month_day same = start - std::chrono::months{static_cast<int>(months)};
    if (same.ok()) return local_days{same};
    return local_days{year_month_day{same.year(), same.month(), std::chrono::day{1}} + std::chrono::months{1}};
}

Result<unsigned> parse_score(std::string_view text) {
    const Error bad = fail(ErrorId::case_bad_field, "score", "0 to 100, at most two decimals");
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? std::string_view{} : text.substr(point + 1));
    if (whole.empty() || whole.size() > 3 || decimals.size() > 2 ||
        (point != std::string_view::npos && decimals.empty()))
        return bad;
    decimals.resize(2, '0');
    unsigned score = 0;
    for (const char c : std::string(whole) + decimals) {
        if (c < '0' || c > '9') return bad;
        score = score * 10 + static_cast<unsigned>(c - '0');
    }
    if (score > kHundred * kHundred) return bad;
    return score;
}

}  // namespace zige::hub

#include "hub/core/rules/career.h"

#include <algorithm>

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

Error bad_chain(const char* field, const std::string& document, const char* why) {
    return fail(ErrorId::ledger_bad_chain, field, document + " " + why);
}

/// The newest of that document, or the end.
template <class Range>
auto with_document(Range& range, std::string_view document) {
    const auto at =
        std::find_if(range.rbegin(), range.rend(), [&](const auto& each) { return each.document == document; });
    return at == range.rend() ? range.end() : std::prev(at.base());
}

/// The decision of that number that is not withdrawn; nullptr: none.
template <class Decisions>
auto standing(Decisions& decisions, std::string_view document) {
    const auto at = std::find_if(decisions.begin(), decisions.end(), [&](const KnownDecision& each) {
        return !each.withdrawn && each.decision.document == document;
    });
    return at == decisions.end() ? nullptr : &*at;
}

void insert_sorted(StandingTimeline& timeline, StandingInterval interval) {
    const auto at = std::upper_bound(timeline.begin(), timeline.end(), interval.from,
                                     [](Day from, const StandingInterval& each) { return from < each.from; });
    timeline.insert(at, std::move(interval));
}

/// A decision or a repair, as it moves the points of a year.
struct Movement {
    Day day{};
    bool repair = false;
    unsigned points = 0;
    std::optional<int> conduct_year;
};

/// What is left of the points of each conduct year.
using Balances = std::map<int, unsigned>;

unsigned sum_of(const Balances& balances) {
    unsigned sum = 0;
    for (const auto& [year, points] : balances) sum += points;
    return sum;
}

/// A point is taken back once: of the year that the repair names, then of the one that has most, of two the later.
void take_back(Balances& balances, const Movement& repair) {
    unsigned left = repair.points;
    const auto take_of = [&](unsigned& points) {
        const unsigned part = std::min(left, points);
        points -= part;
        left -= part;
    };
    if (const auto named = repair.conduct_year ? balances.find(*repair.conduct_year) : balances.end();
        named != balances.end())
        take_of(named->second);
    while (left > 0) {
        unsigned* most = nullptr;
        for (auto& [year, points] : balances)
            if (points > 0 && (most == nullptr || points >= *most)) most = &points;
        if (most == nullptr) return;
        take_of(*most);
    }
}

/// In the order of days; a repair works from the day after its approval, so decisions of its day come first.
Balances net_of(std::vector<Movement>& movements) {
    std::stable_sort(movements.begin(), movements.end(), [](const Movement& a, const Movement& b) {
        return a.day != b.day ? a.day < b.day : !a.repair && b.repair;
    });
    Balances balances;
    for (const Movement& each : movements) {
        if (each.repair) take_back(balances, each);
        else balances[each.conduct_year.value_or(0)] += each.points;
    }
    return balances;
}

}  // namespace

Result<Career> Career::of(std::span<const CareerEvent> events) {
    Career career;
    for (const CareerEvent& event : events) ZIGE_CHECK(career.step(event));
    return career;
}

Result<void> Career::step(const CareerEvent& event) {
    return std::visit([this](const auto& each) { return take(each); }, event);
}

const KnownDecision* Career::standing_decision(std::string_view document) const { return standing(decisions_, document); }

KnownDecision* Career::standing_decision(std::string_view document) { return standing(decisions_, document); }

const Scored* Career::decision(std::string_view document) const {
    const KnownDecision* known = standing_decision(document);
    return known == nullptr ? nullptr : &known->decision;
}

bool Career::is_owed(std::string_view document) const {
    const KnownDecision* known = standing_decision(document);
    return known != nullptr && is_graver(known->decision.effect.served, known->told);
}

const StandingInterval* Career::interval(std::string_view document) const {
    const auto at = with_document(timeline_, document);
    return at == timeline_.end() ? nullptr : &*at;
}

const KnownSanction* Career::sanction(std::string_view document) const {
    const auto at = with_document(sanctions_, document);
    return at == sanctions_.end() ? nullptr : &*at;
}

Result<void> Career::take(const Scored& event) {
    if (event.document.empty()) return bad_chain("document", event.document, "a decision has a number");
    if (standing_decision(event.document) != nullptr)
        return bad_chain("document", event.document, "is decided a second time");
    decisions_.push_back({event, false, false, event.effect.served});
    return {};
}

Result<void> Career::take(const Corrected& event) {
    KnownDecision* known = standing_decision(event.document);
    if (known == nullptr) return bad_chain("document", event.document, "is corrected and was never decided");
    known->decision.points = event.points;
    known->decision.effect = event.effect;
    if (!event.level.empty()) known->decision.level = event.level;
    if (event.degree) known->decision.degree = *event.degree;
    known->corrected = true;
    if (!is_graver(event.effect.served, known->told)) known->told = event.effect.served;
    return {};
}

Result<void> Career::take(const Withdrawn& event) {
    KnownDecision* known = standing_decision(event.document);
    if (known == nullptr) return bad_chain("document", event.document, "is withdrawn and was never decided");
    known->withdrawn = true;
    return {};
}

Result<void> Career::take(const Repaired& event) {
    repairs_.push_back(event);
    return {};
}

Result<void> Career::take(const SanctionBegan& event) {
    const std::string& document = event.interval.document;
    const StandingInterval* before = interval(document);
    if (before != nullptr && (!before->end || *before->end > event.interval.from))
        return bad_chain("document", document, "starts a second time");
    insert_sorted(timeline_, event.interval);
    sanctions_.push_back({document, event.cause, event.barred_until, false});
    KnownDecision* known = event.cause == SanctionCause::points ? standing_decision(document) : nullptr;
    if (known == nullptr) return {};
    if (!event.as_told) known->told = known->decision.effect.served;
    sanctions_.back().served = known->told;
    return {};
}

Result<void> Career::take(const SanctionShortened& event) {
    const auto at = with_document(timeline_, event.document);
    const auto known = with_document(sanctions_, event.document);
    if (at == timeline_.end() || known == sanctions_.end())
        return bad_chain("document", event.document, "is shortened and never started");
    // What ends with its period, by itself or restored from there, ends with the shorter one.
    if (event.nominal_end && at->end == at->nominal_end && at->end) at->end = event.nominal_end;
    if (event.nominal_end) at->nominal_end = event.nominal_end;
    if (event.barred_until) known->barred_until = event.barred_until;
    known->shortened = true;
    return {};
}

Result<void> Career::take(const SanctionOver& event) {
    const auto at = with_document(timeline_, event.document);
    const auto known = with_document(sanctions_, event.document);
    if (at == timeline_.end() || known == sanctions_.end())
        return bad_chain("document", event.document, "ends what never started");
    if (event.end <= at->from) {  // it never was: the log keeps it, and the document may start again
        timeline_.erase(at);
        sanctions_.erase(known);
        return {};
    }
    at->end = event.end;
    if (known->barred_until) known->barred_until = std::min(*known->barred_until, event.end);
    if (event.why == SanctionEnd::repaired) known->shortened = true;
    known->ended = event.why;
    return {};
}

bool Career::was_shortened(std::string_view document) const {
    return std::ranges::any_of(
        sanctions_, [&](const KnownSanction& each) { return each.document == document && each.shortened; });
}

Result<void> Career::take(const SanctionRecovered& event) {
    const StandingInterval& found = event.interval;
    const auto at = with_document(timeline_, found.document);
    if (at == timeline_.end()) {
        insert_sorted(timeline_, found);
        sanctions_.push_back({found.document, SanctionCause::order, std::nullopt, false});
        return {};
    }
    StandingInterval both = *at;
    both.status = std::max(both.status, found.status);
    both.from = std::min(both.from, found.from);
    if (!found.end || (both.end && *both.end < *found.end)) both.end = found.end;
    if (!both.nominal_end) both.nominal_end = found.nominal_end;
    timeline_.erase(at);
    insert_sorted(timeline_, std::move(both));
    return {};
}

Result<void> Career::take(const RepairWithdrawn& event) {
    const auto at = std::find(repairs_.begin(), repairs_.end(), event.repair);
    if (at == repairs_.end()) return bad_chain("way", event.repair.way, "is withdrawn and was never repaired");
    repairs_.erase(at);
    return {};
}

Balances Career::net_points(Day until, std::size_t position, int year, std::size_t repairs) const {
    std::vector<Movement> movements;
    movements.reserve(decisions_.size() + repairs_.size());
    for (std::size_t at = 0; at < decisions_.size(); ++at) {
        const KnownDecision& known = decisions_[at];
        const Scored& each = known.decision;
        const bool earlier = each.decided_on < until || (each.decided_on == until && at < position);
        if (known.withdrawn || !earlier || year_of(each.decided_on) != year) continue;
        movements.push_back({each.decided_on, false, each.points, each.conduct_year});
    }
    for (const Repaired& each : std::span(repairs_).first(std::min(repairs, repairs_.size())))
        if (each.on < until && year_of(each.on) == year)
            movements.push_back({each.on, true, each.points, each.conduct_year});
    return net_of(movements);
}

std::set<int> Career::years_repaired(std::size_t repair) const {
    const Day on = repairs_.at(repair).on;
    const Balances before = net_points(on + kOneDay, 0, year_of(on), repair);
    Balances after = net_points(on + kOneDay, 0, year_of(on), repair + 1);
    std::set<int> years;
    for (const auto& [year, points] : before)
        if (after[year] < points) years.insert(year);
    return years;
}

unsigned Career::points_of(int year) const {
    using namespace std::chrono;
    return sum_of(net_points(Day{local_days{std::chrono::year{year + 1} / January / 1}}, 0, year, repairs_.size()));
}

std::map<int, unsigned> Career::points_on(Day day) const {
    Balances balances = net_points(day + kOneDay, 0, year_of(day), repairs_.size());
    std::erase_if(balances, [](const auto& each) { return each.second == 0; });
    return balances;
}

Cumulative Career::cumulative_at(const Rules& rules, Day decided_on, int conduct_year, std::size_t position) const {
    const Balances balances = net_points(decided_on, position, year_of(decided_on), repairs_.size());
    const auto own = balances.find(conduct_year);
    Cumulative both;
    both.by_decision_year = sum_of(balances);
    both.by_conduct_year = own == balances.end() ? 0 : own->second;
    both.counted = rules.same_conduct_year.value ? both.by_conduct_year : both.by_decision_year;
    return both;
}

Cumulative Career::cumulative(const Rules& rules, Day decided_on, int conduct_year) const {
    return cumulative_at(rules, decided_on, conduct_year, decisions_.size());
}

Cumulative Career::cumulative_before(const Rules& rules, std::string_view document) const {
    const auto at = std::find_if(decisions_.begin(), decisions_.end(), [&](const KnownDecision& each) {
        return !each.withdrawn && each.decision.document == document;
    });
    expect(at != decisions_.end(), "points before a decision that does not stand");
    return cumulative_at(rules, at->decision.decided_on, at->decision.conduct_year,
                         static_cast<std::size_t>(at - decisions_.begin()));
}

std::string Bar::words() const {
    std::string text = document;
    if (dated) text += ", not before " + format(until);
    if (until_restored) text += std::string(dated ? " and" : ",") + " not before it is restored";
    return text;
}

std::optional<Bar> Career::bar_on(Day day) const {
    std::optional<Bar> gravest;
    bool until_restored = false;  // whichever of them asks for it
    const auto consider = [&](const std::string& document, Day until, bool restored, bool dated) {
        until_restored = until_restored || (until > day && restored);
        if (until > day && (!gravest || gravest->until < until)) gravest = Bar{document, until, restored, dated};
    };
    for (const StandingInterval& each : timeline_) {
        if (!each.covers(day)) continue;
        // Without an end somebody has to restore him: not today, and not before the printed end.
        const bool dated = each.end || (each.nominal_end && *each.nominal_end > day);
        consider(each.document, each.end ? *each.end : std::max(day + kOneDay, each.nominal_end.value_or(day)), !each.end,
                 dated);
    }
    for (const KnownSanction& each : sanctions_) {
        const StandingInterval* own = interval(each.document);
        if (each.barred_until && own != nullptr && own->from <= day) consider(each.document, *each.barred_until, false, true);
    }
    if (gravest) gravest->until_restored = until_restored;
    return gravest;
}

std::optional<Day> Career::barred_until(Day day) const {
    const std::optional<Bar> bar = bar_on(day);
    if (!bar) return std::nullopt;
    return bar->until;
}

}  // namespace zige::hub

#include "hub/core/rules/points.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace zige::hub {
namespace {

std::string text_of(const Range& range) {
    const std::string least = std::to_string(range.least);
    return range.fixed() ? least : least + "-" + std::to_string(range.most);
}

bool holds(const FactCondition& condition, const CaseFacts& facts) {
    const auto known = facts.find(condition.fact);
    if (known == facts.end()) return false;
    return (!condition.at_least || known->second >= *condition.at_least) &&
           (!condition.below || known->second < *condition.below);
}

bool holds(const Trigger& trigger, const CaseFacts& facts) {
    return std::ranges::any_of(trigger.any_of, [&](const std::vector<FactCondition>& all) {
        return std::ranges::all_of(all, [&](const FactCondition& each) { return holds(each, facts); });
    });
}

std::ptrdiff_t place_of(const Rules& rules, std::string_view level) {
    return std::ranges::find(rules.levels, level, &PointLevel::id) - rules.levels.begin();
}

/// A level that gives all degrees the same (一次记12分) has nothing to weigh, and is no neighbour of one that has.
bool has_degrees(const PointLevel& level) { return level.points.front() < level.points.back(); }

/// The level `steps` bands below or above; nullptr: there is none.
const PointLevel* neighbour(const Rules& rules, const PointLevel& from, int steps) {
    std::vector<const PointLevel*> bands;
    for (const PointLevel& each : rules.levels)
        if (has_degrees(each)) bands.push_back(&each);
    const auto at = std::ranges::find(bands, &from) - bands.begin() + steps;
    return at >= 0 && at < std::ssize(bands) ? bands[static_cast<std::size_t>(at)] : nullptr;
}

/// What may be given, and what is given if nobody asks for something else.
struct Choice {
    Range allowed;
    unsigned usual = 0;
};

Result<Choice> one_band_away(const Rules& rules, const PointLevel& level, ResponsibilityDegree degree, Weight weight) {
    const bool down = weight == Weight::mitigated;
    const unsigned bands = down ? rules.levels_down.value : rules.levels_up.value;
    const Cite& cite = down ? rules.levels_down.cite : rules.levels_up.cite;
    const PointLevel* other = neighbour(rules, level, down ? -static_cast<int>(bands) : static_cast<int>(bands));
    if (bands == 0 || other == nullptr)
        return fail(ErrorId::points_out_of_range, "weight",
                    std::string("no level ") + (down ? "below " : "above ") + level.id + "; " + cite.text);
    const unsigned points = other->of(degree);
    return Choice{{points, points}, points};
}

Result<Choice> choice(const Rules& rules, const PointLevel& level, ResponsibilityDegree degree, Weight weight) {
    const unsigned own = level.of(degree);
    const unsigned least = level.points.front();
    const unsigned most = level.points.back();
    if (weight == Weight::plain) return Choice{{own, own}, own};
    if (!has_degrees(level))
        return fail(ErrorId::points_out_of_range, "weight",
                    level.id + " gives " + std::to_string(own) + " to everybody; " + level.cite.text);
    if (weight == Weight::lighter) return Choice{{least, own}, least};
    if (weight == Weight::heavier) return Choice{{own, most}, most};
    return one_band_away(rules, level, degree, weight);
}

/// A row as it reads with what the operator entered. A range that is still open counts as its most: so it is asked for.
Reading read_row(const MeasureRow& row, unsigned points, const Entered& entered) {
    Reading reading;
    reading.basis = row.basis;
    reading.points = points;
    reading.measures = row.measures;
    reading.article = row.cite.article();
    if (row.months) {
        reading.status = Standing::suspended;
        reading.months = row.months->fixed() ? row.months->least : entered.months.value_or(row.months->most);
    }
    if (row.ban_years) {
        reading.status = Standing::terminated;
        reading.ban_years =
            row.ban_years->fixed() ? row.ban_years->least : entered.ban_years.value_or(row.ban_years->most);
    }
    return reading;
}

/// How grave a reading is: nothing, suspension by its months, termination by its years.
std::tuple<int, unsigned, unsigned> weight_of(const Reading& reading) {
    const int status = !reading.status ? 0 : *reading.status == Standing::suspended ? 1 : 2;
    return {status, reading.ban_years, reading.months};
}

struct Candidate {
    const MeasureRow* row = nullptr;
    Reading reading;
};

Candidate candidate(const Rules& rules, MeasureBasis basis, unsigned points, const Entered& entered) {
    Candidate found;
    found.row = rules.measure(basis, points);
    found.reading.basis = basis;
    found.reading.points = points;
    if (found.row != nullptr) found.reading = read_row(*found.row, points, entered);
    return found;
}

/// Both readings, the one that counts first.
struct Readings {
    Candidate served;
    Candidate other;

    Effect effect() && {
        Effect effect;
        effect.served = std::move(served.reading);
        if (other.row != nullptr) effect.other = std::move(other.reading);
        return effect;
    }
};

Readings readings_of(const Rules& rules, unsigned single, unsigned cumulative, const Entered& entered) {
    Candidate year = candidate(rules, MeasureBasis::cumulative, cumulative, entered);
    Candidate once = candidate(rules, MeasureBasis::single, single, entered);
    // Without the rule the row for one decision goes before the general one, where it changes the status.
    const bool single_serves = rules.longer_of_cumulative_and_single.value
                                   ? weight_of(once.reading) > weight_of(year.reading)
                                   : once.reading.status.has_value();
    if (single_serves) return {std::move(once), std::move(year)};
    return {std::move(year), std::move(once)};
}

/// Which errors a kind of entry gives.
struct EntryErrors {
    const char* field;
    ErrorId needed;
    ErrorId out_of_range;
};
constexpr EntryErrors kMonths = {"months", ErrorId::points_months_needed, ErrorId::points_months_out_of_range};
constexpr EntryErrors kYears = {"ban_years", ErrorId::points_years_needed, ErrorId::points_years_out_of_range};

Result<void> check_entry(const EntryErrors& errors, const std::optional<Range>& range, const Cite* cite,
                         const std::optional<unsigned>& entered, const std::string& reason) {
    const std::string text = cite == nullptr ? std::string() : "; " + cite->text;
    if (!range) {
        if (entered)
            return fail(ErrorId::points_nothing_to_enter, errors.field,
                        cite == nullptr ? "nothing to enter here" : "nothing to enter here; " + cite->text);
        return {};
    }
    const std::string named = text_of(*range) + text;
    if (entered && !range->holds(*entered))
        return fail(range->fixed() ? ErrorId::points_nothing_to_enter : errors.out_of_range, errors.field, named);
    if (range->fixed()) return {};
    if (!entered) return fail(errors.needed, errors.field, named);
    if (reason.empty()) return fail(errors.needed, "reason", named);
    return {};
}

}  // namespace

std::string known_levels(const Rules& rules) {
    std::string text = rules.document + " knows";
    for (const PointLevel& each : rules.levels) text += " " + each.id;
    return text;
}

Proposal propose(const Rules& rules, const CaseFacts& facts) {
    Proposal proposal;
    for (const Trigger& trigger : rules.triggers)
        if (holds(trigger, facts)) proposal.reasons.push_back({trigger.id, trigger.level, trigger.text, trigger.cite});
    std::ranges::stable_sort(proposal.reasons, std::greater{},
                             [&](const Proposal::Reason& reason) { return place_of(rules, reason.level); });
    return proposal;
}

Result<unsigned> score(const Rules& rules, std::string_view level_id, ResponsibilityDegree degree, Weight weight,
                       std::optional<unsigned> asked) {
    const PointLevel* level = rules.level(level_id);
    if (level == nullptr)
        return fail(ErrorId::points_out_of_range, "level", "no level " + std::string(level_id) + "; " + known_levels(rules));
    ZIGE_TRY(found, choice(rules, *level, degree, weight));
    const unsigned points = asked.value_or(found.usual);
    if (!found.allowed.holds(points))
        return fail(ErrorId::points_out_of_range, "points",
                    std::to_string(points) + " is not what level " + level->id + " allows here, " +
                        text_of(found.allowed) + "; " + level->cite.text);
    return points;
}

unsigned combine(const Rules& rules, std::span<const unsigned> points) {
    if (points.empty()) return 0;
    if (rules.different_violations.value == Combination::highest) return *std::ranges::max_element(points);
    return std::accumulate(points.begin(), points.end(), 0U);
}

Result<Effect> effect_of(const Rules& rules, unsigned single, unsigned cumulative, const Entered& entered) {
    Readings readings = readings_of(rules, single, cumulative, entered);
    const Candidate& served = readings.served;
    const Cite* cite = served.row == nullptr ? nullptr : &served.row->cite;
    const auto months = served.row == nullptr ? std::nullopt : served.row->months;
    const auto years = served.row == nullptr ? std::nullopt : served.row->ban_years;
    ZIGE_CHECK(check_entry(kMonths, months, cite, entered.months, entered.reason));
    ZIGE_CHECK(check_entry(kYears, years, cite, entered.ban_years, entered.reason));
    return std::move(readings).effect();
}

Effect effect_at_most(const Rules& rules, unsigned single, unsigned cumulative) {
    return readings_of(rules, single, cumulative, {}).effect();
}

bool is_graver(const Reading& one, const Reading& other) { return weight_of(one) > weight_of(other); }

}  // namespace zige::hub

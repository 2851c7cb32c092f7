#include <algorithm>

#include "hub/core/profile/rules_reader.h"
#include "hub/core/rules/wordings.h"

namespace zige::hub {
namespace {

constexpr std::size_t kMostLevels = 12;
constexpr std::size_t kMostTriggers = 200;
constexpr std::size_t kMostConditions = 12;
constexpr std::size_t kMostMeasures = 40;
constexpr std::size_t kMostWays = 20;
constexpr std::size_t kMostDeadlines = 40;
constexpr Range kPoints{1, kMostPoints};
constexpr Range kMonths{1, 24};
constexpr Range kBanYears{1, 10};
constexpr Range kScore{0, 100};
constexpr std::int64_t kMostFact = 1'000'000'000'000;

std::string text_of(const Range& range) { return std::to_string(range.least) + "-" + std::to_string(range.most); }

Result<std::string> read_text(const FileNode& row, std::string_view name) {
    ZIGE_TRY(node, row.member(name));
    return node.text();
}

/// The text under `name`, which no row before has.
template <class Rows, class Key>
Result<std::string> read_new_id(const FileNode& row, const Rows& before, Key key) {
    ZIGE_TRY(node, row.member("id"));
    ZIGE_TRY(id, node.text());
    if (std::ranges::any_of(before, [&](const auto& each) { return each.*key == id; }))
        return node.wrong("stands twice");
    return id;
}

/// One value for each degree, ascending.
Result<std::array<std::uint8_t, kDegrees>> read_degrees(const FileNode& node) {
    ZIGE_TRY(nodes, node.items(kDegrees));
    if (nodes.size() != kDegrees) return node.wrong("expected points for each of the three degrees");
    std::array<std::uint8_t, kDegrees> points{};
    std::int64_t least = kPoints.least;
    for (std::size_t i = 0; i < kDegrees; ++i) {
        ZIGE_TRY(number, nodes[i].integer(least, kPoints.most));
        points.at(i) = static_cast<std::uint8_t>(number);
        least = number;
    }
    return points;
}

/// Bands ascend without touching; a level of one number for all (一次记12分) may repeat the top of the one before.
Result<void> check_order(const FileNode& node, const std::vector<PointLevel>& before, const PointLevel& level) {
    if (before.empty()) return {};
    const unsigned last = before.back().points.back();
    const bool fixed = level.points.front() == level.points.back();
    const bool ascends = fixed ? level.points.front() >= last : level.points.front() > last;
    return ascends ? Result<void>() : node.wrong_as(ErrorId::rules_overlap, "does not lie above " + before.back().id);
}

Result<FactCondition> read_condition(const FileNode& node) {
    ZIGE_CHECK(node.only({"fact", "at_least", "below"}));
    FactCondition condition;
    ZIGE_TRY(fact_node, node.member("fact"));
    ZIGE_TRY(fact, fact_node.code<CaseFact>());
    condition.fact = fact;
    if (node.has("at_least")) {
        ZIGE_TRY(bound, node.member("at_least"));
        ZIGE_TRY(number, bound.integer(0, kMostFact));
        condition.at_least = number;
    }
    if (node.has("below")) {
        ZIGE_TRY(bound, node.member("below"));
        ZIGE_TRY(number, bound.integer(1, kMostFact));
        if (condition.at_least && *condition.at_least >= number)
            return bound.wrong_as(ErrorId::rules_overlap, "is not above at_least");
        condition.below = number;
    }
    if (!condition.at_least && !condition.below) return node.wrong("needs at_least or below");
    return condition;
}

Result<std::vector<FactCondition>> read_alternative(const FileNode& node) {
    ZIGE_TRY(nodes, node.items(kMostConditions));
    if (nodes.empty()) return node.wrong("needs a condition");
    std::vector<FactCondition> all;
    for (const FileNode& each : nodes) {
        ZIGE_TRY(condition, read_condition(each));
        const bool twice =
            std::ranges::any_of(all, [&](const FactCondition& other) { return other.fact == condition.fact; });
        if (twice) return each.wrong("its fact stands twice");
        all.push_back(condition);
    }
    return all;
}

Result<std::vector<Measure>> read_list_of_measures(const FileNode& row) {
    ZIGE_TRY(list, row.member("measures"));
    ZIGE_TRY(nodes, list.items(kMostConditions));
    if (nodes.empty()) return list.wrong("needs a measure");
    std::vector<Measure> measures;
    for (const FileNode& each : nodes) {
        ZIGE_TRY(measure, each.code<Measure>());
        if (std::ranges::count(measures, measure) > 0) return each.wrong("stands twice");
        measures.push_back(measure);
    }
    return measures;
}

/// Months belong to a suspension and years to a termination, and only to these.
Result<void> read_length(const FileNode& node, MeasureRow& row) {
    const auto has = [&](Measure measure) { return std::ranges::count(row.measures, measure) > 0; };
    const bool suspends = has(Measure::suspend);
    const bool ends = has(Measure::terminate) || has(Measure::end_agreement);
    if (suspends && ends) return node.wrong("suspends and terminates at once");
    if (node.has("months") != suspends) return node.wrong("months belong to suspend, and only there");
    if (node.has("ban_years") != ends) return node.wrong("ban_years belong to terminate or end_agreement");
    if (suspends) {
        ZIGE_TRY(months_node, node.member("months"));
        ZIGE_TRY(months, read_range(months_node, kMonths));
        row.months = months;
    }
    if (ends) {
        ZIGE_TRY(years_node, node.member("ban_years"));
        ZIGE_TRY(years, read_range(years_node, kBanYears));
        row.ban_years = years;
    }
    return {};
}

bool falls_behind(const std::optional<Range>& more, const std::optional<Range>& fewer) {
    return more && fewer && (more->least < fewer->least || more->most < fewer->most);
}

/// Fewer months or years, or none, for more points: nobody means it.
bool falls_behind(const MeasureRow& more, const MeasureRow& fewer) {
    const auto rank = [](const MeasureRow& row) { return row.ban_years ? 2 : row.months ? 1 : 0; };
    if (rank(more) != rank(fewer)) return rank(more) < rank(fewer);
    return falls_behind(more.months, fewer.months) || falls_behind(more.ban_years, fewer.ban_years);
}

Result<MeasureRow> read_measure(const FileNode& node, const std::vector<MeasureRow>& before, bool is_new) {
    MeasureRow row;
    ZIGE_TRY(basis_node, node.member("basis"));
    ZIGE_TRY(basis, basis_node.code<MeasureBasis>());
    row.basis = basis;
    ZIGE_TRY(points_node, node.member("points"));
    ZIGE_TRY(points, read_range(points_node, kPoints));
    row.points = points;
    const MeasureRow* last = nullptr;
    for (const MeasureRow& other : before) {
        if (other.basis != basis) continue;
        if (points.least <= other.points.most)
            return points_node.wrong_as(ErrorId::rules_overlap, "does not lie above " + text_of(other.points));
        last = &other;
    }
    if (is_new && last != nullptr && points.least > last->points.most + 1)
        return points_node.wrong_as(ErrorId::rules_gap, "leaves points after " + text_of(last->points) + " without measure");
    ZIGE_TRY(measures, read_list_of_measures(node));
    row.measures = std::move(measures);
    ZIGE_CHECK(read_length(node, row));
    if (is_new && last != nullptr && falls_behind(row, *last))
        return node.wrong_as(ErrorId::rules_falling, "leads to less than " + text_of(last->points));
    return row;
}

Result<std::vector<RepairWay::Band>> read_bands(const FileNode& list) {
    ZIGE_TRY(nodes, list.items(kMostConditions));
    if (nodes.empty()) return list.wrong("needs a band");
    std::vector<RepairWay::Band> bands;
    for (const FileNode& node : nodes) {
        ZIGE_CHECK(node.only({"score", "points"}));
        RepairWay::Band band;
        ZIGE_TRY(score_node, node.member("score"));
        ZIGE_TRY(score, read_range(score_node, kScore));
        if (!bands.empty() && score.least <= bands.back().score.most)
            return score_node.wrong_as(ErrorId::rules_overlap, "does not lie above " + text_of(bands.back().score));
        band.score = score;
        ZIGE_TRY(points_node, node.member("points"));
        ZIGE_TRY(points, points_node.integer(kPoints.least, kPoints.most));
        band.points = static_cast<unsigned>(points);
        bands.push_back(band);
    }
    return bands;
}

Result<void> read_reduction(const FileNode& node, RepairWay& way) {
    if (node.has("bands") == node.has("points_each")) return node.wrong("needs either bands or points_each");
    if (node.has("bands")) {
        ZIGE_TRY(list, node.member("bands"));
        ZIGE_TRY(bands, read_bands(list));
        way.bands = std::move(bands);
    } else {
        ZIGE_TRY(each, node.member("points_each"));
        ZIGE_TRY(points, each.integer(kPoints.least, kPoints.most));
        way.points_each = static_cast<unsigned>(points);
    }
    return {};
}

Result<std::optional<unsigned>> read_cap(const FileNode& row, std::string_view name) {
    std::optional<unsigned> cap;
    if (!row.has(name)) return cap;
    ZIGE_TRY(node, row.member(name));
    ZIGE_TRY(number, node.integer(1, 100));
    cap = static_cast<unsigned>(number);
    return cap;
}

}  // namespace

Result<Range> read_range(const FileNode& node, Range bounds) {
    ZIGE_TRY(nodes, node.items(2));
    if (nodes.size() != 2) return node.wrong("expected [least, most]");
    ZIGE_TRY(least, nodes[0].integer(bounds.least, bounds.most));
    ZIGE_TRY(most, nodes[1].integer(bounds.least, bounds.most));
    if (most < least) return node.wrong_as(ErrorId::rules_overlap, "ends before it begins");
    return Range{static_cast<unsigned>(least), static_cast<unsigned>(most)};
}

Result<void> read_levels(ValueReader& reader, Rules& rules) {
    ZIGE_TRY(rows, reader.rows("levels", kMostLevels, {"id", "points"}));
    for (const FileNode& node : rows) {
        PointLevel level;
        ZIGE_TRY(id, read_new_id(node, rules.levels, &PointLevel::id));
        level.id = std::move(id);
        ZIGE_TRY(points_node, node.member("points"));
        ZIGE_TRY(points, read_degrees(points_node));
        level.points = points;
        ZIGE_CHECK(check_order(points_node, rules.levels, level));
        ZIGE_TRY(cite, reader.row(node, "levels", level.id));
        level.cite = std::move(cite);
        rules.levels.push_back(std::move(level));
    }
    if (!rules.levels.empty()) return {};
    ZIGE_TRY(list, reader.part().member("levels"));
    return list.wrong("needs a level");
}

Result<void> read_triggers(ValueReader& reader, Rules& rules) {
    ZIGE_TRY(rows, reader.rows("triggers", kMostTriggers, {"id", "level", "text", "any_of"}));
    for (const FileNode& node : rows) {
        Trigger trigger;
        ZIGE_TRY(id, read_new_id(node, rules.triggers, &Trigger::id));
        trigger.id = std::move(id);
        ZIGE_TRY(level_node, node.member("level"));
        ZIGE_TRY(level, level_node.text());
        if (rules.level(level) == nullptr) return level_node.wrong("is none of the levels");
        trigger.level = std::move(level);
        ZIGE_TRY(text, read_text(node, "text"));
        trigger.text = std::move(text);
        ZIGE_TRY(any_node, node.member("any_of"));
        ZIGE_TRY(alternatives, any_node.items(kMostConditions));
        if (alternatives.empty()) return any_node.wrong("needs an alternative");
        for (const FileNode& each : alternatives) {
            ZIGE_TRY(all, read_alternative(each));
            trigger.any_of.push_back(std::move(all));
        }
        ZIGE_TRY(cite, reader.row(node, "triggers", trigger.id));
        trigger.cite = std::move(cite);
        rules.triggers.push_back(std::move(trigger));
    }
    return {};
}

Result<void> read_measures(ValueReader& reader, std::span<const std::string> articles, Rules& rules) {
    ZIGE_TRY(rows, reader.rows("measures", kMostMeasures, {"basis", "points", "measures", "months", "ban_years"}));
    for (const FileNode& node : rows) {
        ZIGE_TRY(row, read_measure(node, rules.measures, reader.is_new()));
        ZIGE_TRY(cite, reader.row(node, "measures", std::string(to_string(row.basis)) + " " + text_of(row.points)));
        row.cite = std::move(cite);
        const std::string article = row.cite.article();
        const bool sanctions = row.months || row.ban_years;
        if (sanctions && !article.empty() && std::ranges::find(articles, article) == articles.end())
            return node.wrong("what stands before the colon of its source is not in articles");
        rules.measures.push_back(std::move(row));
    }
    if (!reader.is_new()) return {};
    ZIGE_TRY(list, reader.part().member("measures"));
    return check_measures(list, rows, rules);
}

Result<void> read_causes(ValueReader& reader, Rules& rules) {
    if (!reader.part().has("causes")) return {};
    ZIGE_TRY(rows, reader.rows("causes", kMostConditions, {"cause"}));
    for (const FileNode& node : rows) {
        CauseRule rule;
        ZIGE_TRY(cause_node, node.member("cause"));
        ZIGE_TRY(cause, cause_node.code<SanctionCause>());
        if (cause == SanctionCause::order || cause == SanctionCause::points)
            return cause_node.wrong("has its article elsewhere");
        if (rules.cause(cause) != nullptr) return cause_node.wrong("stands twice");
        rule.cause = cause;
        ZIGE_TRY(cite, reader.row(node, "causes", to_string(cause)));
        rule.cite = std::move(cite);
        rules.causes.push_back(std::move(rule));
    }
    return {};
}

Result<void> read_repair(ValueReader& reader, Rules& rules) {
    ZIGE_TRY(rows,
             reader.rows("repair", kMostWays, {"id", "text", "bands", "points_each", "times_a_year", "points_a_year"}));
    for (const FileNode& node : rows) {
        RepairWay way;
        ZIGE_TRY(id, read_new_id(node, rules.repair, &RepairWay::id));
        way.id = std::move(id);
        ZIGE_TRY(text, read_text(node, "text"));
        way.text = std::move(text);
        ZIGE_CHECK(read_reduction(node, way));
        ZIGE_TRY(times, read_cap(node, "times_a_year"));
        way.times_a_year = times;
        ZIGE_TRY(points, read_cap(node, "points_a_year"));
        way.points_a_year = points;
        ZIGE_TRY(cite, reader.row(node, "repair", way.id));
        way.cite = std::move(cite);
        rules.repair.push_back(std::move(way));
    }
    return {};
}

Result<void> read_deadlines(ValueReader& reader, Rules& rules) {
    ZIGE_TRY(rows, reader.rows("deadlines", kMostDeadlines, {"kind", "days", "unit", "before"}));
    for (const FileNode& node : rows) {
        DeadlineRule row;
        ZIGE_TRY(kind_node, node.member("kind"));
        ZIGE_TRY(kind, kind_node.code<DueKind>());
        if (rules.deadline(kind) != nullptr) return kind_node.wrong("stands twice");
        row.kind = kind;
        ZIGE_TRY(days_node, node.member("days"));
        ZIGE_TRY(days, days_node.integer(0, 400));
        row.days = static_cast<unsigned>(days);
        ZIGE_TRY(unit_node, node.member("unit"));
        ZIGE_TRY(unit, unit_node.code<DayUnit>());
        row.unit = unit;
        if (node.has("before")) {
            ZIGE_TRY(before_node, node.member("before"));
            ZIGE_TRY(before, before_node.flag());
            row.before = before;
        }
        ZIGE_TRY(cite, reader.row(node, "deadlines", std::string(to_string(kind))));
        row.cite = std::move(cite);
        rules.deadlines.push_back(std::move(row));
    }
    return {};
}

Result<void> read_wordings(ValueReader& reader, Rules& rules) {
    if (!reader.part().has("wordings")) return {};
    ZIGE_TRY(rows, reader.rows("wordings", wording_places().size(), {"id", "text"}));
    for (const FileNode& node : rows) {
        Wording wording;
        ZIGE_TRY(id, read_new_id(node, rules.wordings, &Wording::id));
        const WordingPlace* place = wording_place(id);
        ZIGE_TRY(id_node, node.member("id"));
        if (place == nullptr) return id_node.wrong("is no place of a wording");
        wording.id = std::move(id);
        ZIGE_TRY(text_node, node.member("text"));
        ZIGE_TRY(text, text_node.text());
        const auto marked = text.find(kDaysMark);
        const bool once = marked != std::string::npos && text.find(kDaysMark, marked + 1) == std::string::npos;
        if (place->has_days ? !once : marked != std::string::npos)
            return text_node.wrong(place->has_days ? "needs {days} once" : "has no {days}");
        wording.text = std::move(text);
        ZIGE_TRY(cite, reader.row(node, "wordings", wording.id));
        wording.cite = std::move(cite);
        rules.wordings.push_back(std::move(wording));
    }
    return {};
}

}  // namespace zige::hub

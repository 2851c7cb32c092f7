#include "hub/core/rules/rules.h"

#include <algorithm>

namespace zige::hub {
namespace {

template <class Rows, class Match>
auto find_row(const Rows& rows, Match match) -> decltype(&rows.front()) {
    const auto at = std::ranges::find_if(rows, match);
    return at == rows.end() ? nullptr : &*at;
}

}  // namespace

std::string_view to_string(Combination value) { return value == Combination::highest ? "highest" : "sum"; }

std::string_view to_string(Overlap value) {
    if (value == Overlap::latest_end) return "latest_end";
    return value == Overlap::newest ? "newest" : "one_after_the_other";
}

std::string_view to_string(ScoreStyle value) {
    return value == ScoreStyle::counts_up ? "counts_up" : "counts_down_from_12";
}

std::string_view to_string(RatioOf value) { return value == RatioOf::people ? "people" : "occurrences"; }

std::string Cite::article() const {
    if (source == ValueSource::ours || source == ValueSource::undecided) return {};
    return text.substr(0, text.find("："));
}

const PointLevel* Rules::level(std::string_view level_id) const {
    return find_row(levels, [&](const PointLevel& row) { return row.id == level_id; });
}

const DeadlineRule* Rules::deadline(DueKind kind) const {
    return find_row(deadlines, [&](const DeadlineRule& row) { return row.kind == kind; });
}

const CauseRule* Rules::cause(SanctionCause of) const {
    return find_row(causes, [&](const CauseRule& row) { return row.cause == of; });
}

const RepairWay* Rules::repair_way(std::string_view way_id) const {
    return find_row(repair, [&](const RepairWay& row) { return row.id == way_id; });
}

const MeasureRow* Rules::measure(MeasureBasis basis, unsigned points) const {
    const unsigned looked_up = std::min(points, kMostPoints);
    return find_row(measures, [&](const MeasureRow& row) { return row.basis == basis && row.points.holds(looked_up); });
}

bool Rules::in_force(Day day) const {
    return effective_from.value <= day && (!effective_to || day < effective_to->value);
}

}  // namespace zige::hub

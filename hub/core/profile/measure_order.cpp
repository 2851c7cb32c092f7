#include <algorithm>

#include "hub/core/profile/rules_reader.h"

namespace zige::hub {
namespace {

/// How grave a row is: nothing, a suspension by its months, a termination by its years.
struct Gravity {
    int status = 0;
    Range length{};
};

Gravity gravity_of(const MeasureRow& row) {
    if (row.ban_years) return {2, *row.ban_years};
    return row.months ? Gravity{1, *row.months} : Gravity{};
}

bool is_milder(const MeasureRow& row, const MeasureRow& other) {
    const Gravity one = gravity_of(row);
    const Gravity two = gravity_of(other);
    if (one.status != two.status) return one.status < two.status;
    return one.length.least < two.length.least || one.length.most < two.length.most;
}

std::string name_of(const MeasureRow& row) {
    return std::string(to_string(row.basis)) + " " + std::to_string(row.points.least) + "-" +
           std::to_string(row.points.most);
}

/// The row that as many points of a year lead to, where it is graver than this one for one decision.
const MeasureRow* graver_of_year(const Rules& rules, const MeasureRow& row) {
    if (row.basis != MeasureBasis::single) return nullptr;
    for (unsigned points = row.points.least; points <= row.points.most; ++points) {
        const MeasureRow* of_year = rules.measure(MeasureBasis::cumulative, points);
        if (of_year != nullptr && is_milder(row, *of_year)) return of_year;
    }
    return nullptr;
}

const MeasureRow* first_of(const Rules& rules, MeasureBasis basis) {
    const auto at = std::ranges::find(rules.measures, basis, &MeasureRow::basis);
    return at == rules.measures.end() ? nullptr : &*at;
}

/// The most that the lowest level gives: from there on every text that counts up has a measure.
unsigned first_measured(const Rules& rules) {
    const auto at = std::ranges::find_if(
        rules.levels, [](const PointLevel& level) { return level.points.front() < level.points.back(); });
    return at == rules.levels.end() ? kMostPoints : at->points.back();
}

Error leaves_out(const FileNode& list, MeasureBasis basis, unsigned before) {
    return list.wrong_as(ErrorId::rules_gap, std::string(to_string(basis)) + " leaves points before " +
                                                 std::to_string(before) + " without measure");
}

/// 医保办发〔2024〕34号 29: points below 9 are told to the institution, and 12 at once terminates for 3 years. A row for one
/// decision begins where those of the year begin to change the status, or at 12.
Result<void> check_ends(const FileNode& list, const Rules& rules) {
    const MeasureRow* of_year = first_of(rules, MeasureBasis::cumulative);
    if (of_year == nullptr || of_year->points.least > first_measured(rules))
        return leaves_out(list, MeasureBasis::cumulative, of_year == nullptr ? kMostPoints : of_year->points.least);
    const MeasureRow* single = first_of(rules, MeasureBasis::single);
    const auto changes = std::ranges::find_if(rules.measures, [](const MeasureRow& row) {
        return row.basis == MeasureBasis::cumulative && gravity_of(row).status > 0;
    });
    if (single == nullptr || changes == rules.measures.end() || single->points.least == kMostPoints) return {};
    if (single->points.least > changes->points.least)
        return leaves_out(list, MeasureBasis::single, single->points.least);
    return {};
}

}  // namespace

Result<void> check_measures(const FileNode& list, std::span<const FileNode> rows, const Rules& rules) {
    const bool counts_up = rules.style.value == ScoreStyle::counts_up;
    for (const MeasureBasis basis : all<MeasureBasis>()) {
        const bool any = first_of(rules, basis) != nullptr;
        if ((any || counts_up) && rules.measure(basis, kMostPoints) == nullptr)
            return list.wrong_as(ErrorId::rules_gap, std::string(to_string(basis)) + " " + std::to_string(kMostPoints) +
                                                         " leads to nothing");
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const MeasureRow* graver = graver_of_year(rules, rules.measures[i]))
            return rows[i].wrong_as(ErrorId::rules_falling, "is milder than " + name_of(*graver));
    return counts_up ? check_ends(list, rules) : Result<void>();
}

}  // namespace zige::hub

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/core/rules/rules.h"
#include "shared/base/result.h"

namespace zige::hub {

/// What the inspection found out; what is not in it is not known.
using CaseFacts = std::map<CaseFact, std::int64_t>;

/// A band that the facts lead to, and why.
struct Proposal {
    struct Reason {
        std::string trigger;  ///< id
        std::string level;
        std::string text;
        Cite cite;
        bool operator==(const Reason&) const = default;
    };
    /// All triggers that hold, the highest level first. Empty: no proposal.
    std::vector<Reason> reasons;
    bool operator==(const Proposal&) const = default;

    const std::string* level() const { return reasons.empty() ? nullptr : &reasons.front().level; }
};

/// Proposes, never decides: a person takes the proposal over or enters another level with a reason.
Proposal propose(const Rules& rules, const CaseFacts& facts);

enum class Weight : std::uint8_t {
    plain,
    lighter,    ///< 从轻: the least of the level
    mitigated,  ///< 减轻一档
    heavier,    ///< 从重: the most of the level
    aggravated  ///< 加重一档
};

/// "信医保〔2025〕1号 knows 1-3 4-6 ...": for a person who has to name a level.
std::string known_levels(const Rules& rules);

/// Points for one person in one matter. points_out_of_range: `asked` is not what level, degree and weight allow.
/// What is allowed: plain gives the degree's own points; lighter and heavier anything of the level down or up from
/// there; mitigated and aggravated the degree's own points in the level below or above. A level that gives everybody
/// the same (一次记12分) is not weighed, and is no neighbour.
Result<unsigned> score(const Rules& rules, std::string_view level, ResponsibilityDegree degree, Weight weight,
                       std::optional<unsigned> asked);

/// Points of several violations found in one inspection (N34 26 adds, XY 22 takes the highest).
unsigned combine(const Rules& rules, std::span<const unsigned> points);

/// What one row of the table says, for these points.
struct Reading {
    MeasureBasis basis = MeasureBasis::cumulative;
    unsigned points = 0;  ///< that were looked up, not capped
    std::vector<Measure> measures;
    std::optional<Standing> status;  ///< suspended or terminated; nothing: no change
    unsigned months = 0;             ///< of a suspension
    unsigned ban_years = 0;          ///< of a termination
    std::string article;
    bool operator==(const Reading&) const = default;
};

/// What a decision leads to. `served` is the one of the readings that counts; the other is shown beside it.
struct Effect {
    Reading served;
    std::optional<Reading> other;
    bool operator==(const Effect&) const = default;
};

/// What the operator enters where a text gives a range only.
struct Entered {
    std::optional<unsigned> months;
    std::optional<unsigned> ban_years;
    std::string reason;
};

/// The effect of a decision over `single` points that makes `cumulative` points of the year (itself included). The
/// longer of both counts, if the rules say so. points_months_needed, points_months_out_of_range, points_years_*,
/// points_nothing_to_enter: `detail` names the range and its article.
Result<Effect> effect_of(const Rules& rules, unsigned single, unsigned cumulative, const Entered& entered);

/// The same with the most of every range that the text leaves open: what somebody is told before it is decided (XY 28).
Effect effect_at_most(const Rules& rules, unsigned single, unsigned cumulative);
/// A status where the other has none, terminated before suspended, more years, more months.
bool is_graver(const Reading& one, const Reading& other);

/// Both ways to count the points of a year (XY 20, 22).
struct Cumulative {
    unsigned by_decision_year = 0;
    unsigned by_conduct_year = 0;
    unsigned counted = 0;  ///< the one that the rules take
    bool operator==(const Cumulative&) const = default;
};

}  // namespace zige::hub

#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hub/core/rules/points.h"
#include "shared/base/bytes.h"
#include "shared/domain/ids.h"
#include "shared/domain/standing.h"

namespace zige::hub {

/// A scoring decision (记分处理) with the effect as it was served: a new profile never changes it (P10).
struct Scored {
    std::string document;  ///< number of the notice; one per person
    std::string institution;
    Day decided_on{};   ///< the penalty or handling was made: 记分时点 (XY 20)
    int conduct_year = 0;
    unsigned points = 0;
    std::string level;
    ResponsibilityDegree degree = ResponsibilityDegree::general;
    std::string profile;  ///< id, version and hash of what it was judged by
    std::uint32_t profile_version = 0;
    Hash256 profile_hash{};
    Effect effect;
    bool operator==(const Scored&) const = default;
};
/// The decision has other points now, as if it always had.
struct Corrected {
    std::string document;
    unsigned points = 0;
    Effect effect;
    bool operator==(const Corrected&) const = default;
};
struct Withdrawn {
    std::string document;
    bool operator==(const Withdrawn&) const = default;
};
struct Repaired {
    std::string way;
    unsigned points = 0;
    Day on{};
    bool operator==(const Repaired&) const = default;
};
/// A suspension or termination starts: by points, or for another cause.
struct SanctionBegan {
    StandingInterval interval;
    SanctionCause cause = SanctionCause::order;
    std::optional<Day> barred_until;  ///< no registration anywhere before this day
    bool operator==(const SanctionBegan&) const = default;
};
/// On the first day of the interval: it never was.
struct SanctionOver {
    std::string document;
    Day end{};
    SanctionEnd why = SanctionEnd::order;
    bool operator==(const SanctionOver&) const = default;
};
/// Found with an agent after the database was put back: the stricter of both counts (REC-4).
struct Recovered {
    StandingInterval interval;
    bool operator==(const Recovered&) const = default;
};

using CareerEvent = std::variant<Scored, Corrected, Withdrawn, Repaired, SanctionBegan, SanctionOver, Recovered>;

struct KnownDecision {
    Scored decision;  ///< as corrected
    bool withdrawn = false;
    bool corrected = false;
    bool operator==(const KnownDecision&) const = default;
};

/// A person's career (一医一档) as the events make it. Step by step or all at once gives the same (P10).
class Career {
public:
    /// ledger_bad_chain: an event that could not have been written (ends what never began, corrects what never was).
    static Result<Career> of(std::span<const CareerEvent> events);
    Result<void> step(const CareerEvent& event);

    /// Sorted by first day; what was withdrawn is not there.
    const StandingTimeline& timeline() const { return timeline_; }
    const std::vector<KnownDecision>& decisions() const { return decisions_; }
    const std::vector<Repaired>& repairs() const { return repairs_; }
    /// Net points of a year: decisions that stand, less repairs; never below 0.
    unsigned points_of(int year) const;
    /// What a new decision of that day and conduct year would add to, both readings, without itself.
    Cumulative cumulative(const Rules& rules, Day decided_on, int conduct_year) const;
    /// No registration before this day (XY 40(七)(八), 45); nothing: not barred on `day`.
    std::optional<Day> barred_until(Day day) const;
    bool operator==(const Career&) const = default;

private:
    StandingTimeline timeline_;
    std::vector<KnownDecision> decisions_;
    std::vector<Repaired> repairs_;
    std::vector<std::pair<std::string, Day>> bars_;  // document, first day on which registration is open again
};

}  // namespace zige::hub

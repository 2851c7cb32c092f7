#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
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
    Day decided_on{};  ///< the penalty or handling was made: 记分时点 (XY 20)
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
    std::string level{};                                         ///< empty: as it was
    std::optional<ResponsibilityDegree> degree = std::nullopt;  ///< nothing: as it was
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
    /// Whose points it takes back first (XY 22 counts by it); what is left over, and nothing said: of the year that
    /// has most of them then, of two the later one.
    std::optional<int> conduct_year = std::nullopt;
    bool operator==(const Repaired&) const = default;
};
/// XY 33: a single 12 is not repaired; what had been before it was corrected, or entered late, falls.
struct RepairWithdrawn {
    Repaired repair;
    bool operator==(const RepairWithdrawn&) const = default;
};
/// A suspension or termination starts: by points, or for another cause.
struct SanctionBegan {
    StandingInterval interval;
    SanctionCause cause = SanctionCause::order;
    std::optional<Day> barred_until;  ///< no registration anywhere before this day
    bool as_told = false;  ///< by what he was told of before: what the decision leads to beyond it is not served yet
    bool operator==(const SanctionBegan&) const = default;
};
/// The printed period, and with it the bar, is shorter (repair); the interval itself goes on.
struct SanctionShortened {
    std::string document;
    std::optional<Day> nominal_end;
    std::optional<Day> barred_until;
    bool operator==(const SanctionShortened&) const = default;
};
/// On the first day of the interval: it never was.
struct SanctionOver {
    std::string document;
    Day end{};
    SanctionEnd why = SanctionEnd::order;
    bool operator==(const SanctionOver&) const = default;
};
/// Found with an agent after the database was put back: the stricter of both counts (REC-4).
struct SanctionRecovered {
    StandingInterval interval;
    bool operator==(const SanctionRecovered&) const = default;
};

using CareerEvent = std::variant<Scored, Corrected, Withdrawn, Repaired, SanctionBegan, SanctionShortened, SanctionOver,
                                 SanctionRecovered, RepairWithdrawn>;

struct KnownDecision {
    Scored decision;  ///< as corrected
    bool withdrawn = false;
    bool corrected = false;
    Reading told{};  ///< what he was told that it leads to: as decided, as served since, or lighter (XY 28, 43)
    bool operator==(const KnownDecision&) const = default;
};

/// What goes with an interval of the timeline, under the same document.
struct KnownSanction {
    std::string document;
    SanctionCause cause = SanctionCause::order;
    std::optional<Day> barred_until;
    bool shortened = false;  ///< by a repair; once only
    std::optional<SanctionEnd> ended = std::nullopt;  ///< why it has, or will have, its end
    Reading served{};                                 ///< by points: what was served with it
    bool operator==(const KnownSanction&) const = default;
};

/// Why somebody may not be registered, and until when at least.
struct Bar {
    std::string document;
    Day until{};  ///< first day on which registration may be open again, as far as is known
    bool until_restored = false;  ///< it has no end of its own: somebody has to restore him first (XY 34)
    bool dated = true;            ///< false: nothing is known but that it is barred; `until` is the day after
    std::string words() const;    ///< "A, not before 2026-09-02 and not before it is restored"
    bool operator==(const Bar&) const = default;
};

/// A person's career (一医一档) as the events make it. Step by step or all at once gives the same (P10).
class Career {
public:
    /// ledger_bad_chain: an event that could not have been written (ends what never began, corrects what never was).
    static Result<Career> of(std::span<const CareerEvent> events);
    Result<void> step(const CareerEvent& event);

    /// Sorted by first day; what was withdrawn is not there.
    const StandingTimeline& timeline() const { return timeline_; }
    /// Beside the timeline, in the order in which they began.
    const std::vector<KnownSanction>& sanctions() const { return sanctions_; }
    /// By a repair, any part of what the number led to: it is so once (XY 33).
    bool was_shortened(std::string_view document) const;
    const std::vector<KnownDecision>& decisions() const { return decisions_; }
    /// Those that stand, in the order of the log.
    const std::vector<Repaired>& repairs() const { return repairs_; }
    /// Conduct years of which that repair (its place in repairs()) took points back: the one that it names, and others
    /// where it had more.
    std::set<int> years_repaired(std::size_t repair) const;

    /// The decision that stands under this number; nullptr: none, or withdrawn.
    const Scored* decision(std::string_view document) const;
    /// The newest of that number: what became graver when the first was over has a second one (XY 43).
    const StandingInterval* interval(std::string_view document) const;
    const KnownSanction* sanction(std::string_view document) const;
    /// The decision stands and leads to more than he was told: not in force before it is served (XY 28, 43).
    bool is_owed(std::string_view document) const;

    /// Net points of a year: decisions that stand, less repairs; never below 0.
    unsigned points_of(int year) const;
    /// The same at the end of a day, by conduct year; years without points are not there.
    std::map<int, unsigned> points_on(Day day) const;
    /// What a new decision of that day and conduct year would add to, both readings, without itself. A repair counts
    /// from the day after its approval. XY 22: only conduct of one year adds up among what is decided in one year (XY
    /// 20).
    Cumulative cumulative(const Rules& rules, Day decided_on, int conduct_year) const;
    /// The same for a decision that is there: what stood before it. It must stand.
    Cumulative cumulative_before(const Rules& rules, std::string_view document) const;
    /// The gravest bar to registration on `day`: a sanction that runs, or the years after a termination (XY 40(七)(八),
    /// 45). Nothing: not barred.
    std::optional<Bar> bar_on(Day day) const;
    std::optional<Day> barred_until(Day day) const;
    bool operator==(const Career&) const = default;

private:
    Result<void> take(const Scored& event);
    Result<void> take(const Corrected& event);
    Result<void> take(const Withdrawn& event);
    Result<void> take(const Repaired& event);
    Result<void> take(const SanctionBegan& event);
    Result<void> take(const SanctionShortened& event);
    Result<void> take(const SanctionOver& event);
    Result<void> take(const SanctionRecovered& event);
    Result<void> take(const RepairWithdrawn& event);
    KnownDecision* standing_decision(std::string_view document);
    const KnownDecision* standing_decision(std::string_view document) const;
    /// Position in decisions_ up to which decisions of `until` count; of the repairs the first so many.
    std::map<int, unsigned> net_points(Day until, std::size_t position, int year, std::size_t repairs) const;
    Cumulative cumulative_at(const Rules& rules, Day decided_on, int conduct_year, std::size_t position) const;

    StandingTimeline timeline_;
    std::vector<KnownSanction> sanctions_;
    std::vector<KnownDecision> decisions_;
    std::vector<Repaired> repairs_;
};

}  // namespace zige::hub

#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/core/career_ledger.h"
#include "hub/core/environment.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

/// One person's file (一医一档), as the ledger makes it.
struct CareerView {
    PersonId person;
    std::string name;
    Career career;
    std::vector<LogEvent> events;  ///< what it was made of, oldest first; merging too
    struct Year {
        unsigned points = 0;               ///< net: all that was decided in the year adds up (XY 20)
        std::map<int, unsigned> of_conduct;  ///< the other reading: conduct of each year on its own (XY 22)
    };
    std::map<int, Year> years;
    std::vector<std::string> articles;  ///< of the timeline's intervals, in its order; "" where none is named
    std::vector<std::string> institutions;
    std::optional<Bar> bar;       ///< today
    bool years_in_a_row = false;  ///< three calendar years of 9 or more (JN 五(一))
};

/// What a rebuilding found.
struct RebuildReport {
    std::uint64_t people = 0;  ///< with events
    std::uint64_t events = 0;
    std::uint64_t records = 0;
    std::uint64_t institutions = 0;
    std::vector<std::string> differing;  ///< "H4115... 17": published records that derive to other bytes, at most 100
    std::uint64_t differences = 0;
};

/// An institution many of whose people are suspended or terminated in a year (XY 41, JN 五(三)).
struct RatioView {
    std::string institution;
    std::string name;
    std::uint64_t people = 0;       ///< registered on any day of the year
    std::uint64_t occurrences = 0;  ///< sanctions that began in the year
    std::uint64_t sanctioned = 0;   ///< people who had one
    unsigned per_ten_thousand = 0;  ///< of what the rule counts
    bool in_range = false;
};

/// An institution on 重点监控 (JN 六(三)), and by whose decisions.
struct WatchView {
    std::string institution;
    std::vector<PersonId> people;
};

/// Which decisions are listed; what is empty is not asked for.
struct DecisionFilter {
    std::string who;          ///< "#id" or a code
    std::string institution;  ///< where it happened
    std::optional<Day> from;  ///< decided, both included
    std::optional<Day> to;
};
/// A decision of points and what runs by it.
struct DecisionView {
    PersonId person;
    std::string name;
    KnownDecision known;
    std::optional<StandingInterval> interval;  ///< nothing: no effect, not served, or withdrawn
    std::optional<Day> barred_until;
};

/// Reads the ledger; changes nothing. Any thread.
class Ledger {
public:
    Ledger(const Environment& env, const RuleShelf& shelf) : env_(env), shelf_(shelf) {}

    /// person_not_found, person_ambiguous, ledger_bad_chain.
    Result<CareerView> show(const std::string& who) const;
    /// Everything anew, person by person and institution by institution, against what is published (P10).
    /// `progress` gets steps done and all. ledger_bad_chain: events that could not have been written.
    Result<RebuildReport> rebuild(const std::function<void(std::size_t, std::size_t)>& progress = {}) const;
    /// All institutions with a sanction that began in that year, by the rules in force on `on`. rules_missing,
    /// rules_not_in_force; empty where the text knows no ratio.
    Result<std::vector<RatioView>> ratios(int year, Day on) const;
    /// By day, withdrawn ones too. person_not_found, person_ambiguous, institution_not_found, ledger_bad_chain.
    Result<std::vector<DecisionView>> decisions(const DecisionFilter& filter) const;

    /// Institutions where somebody was decided about in `year` as gravely or as often as the rules in force on `on` put
    /// on the watch list. Errors as ratios().
    Result<std::vector<WatchView>> watch_list(int year, Day on) const;

private:
    Environment env_;
    const RuleShelf& shelf_;
};

/// Both ends are included (民法典 1259): XY 41 is 20 % to 50 %.
bool in_ratio(const RatioRule& rule, std::uint64_t part, std::uint64_t all);

}  // namespace zige::hub

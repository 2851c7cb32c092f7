#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "hub/core/rules/career.h"
#include "hub/core/rule_shelf.h"
#include "hub/core/scoring.h"

namespace zige::hub {

/// A suspension or termination for another cause than points.
struct CauseOrder {
    std::vector<std::string> who;  ///< "#id" or codes
    SanctionCause cause = SanctionCause::agreement;
    std::string institution;  ///< of an agreement or department; else where the person works, or empty
    std::string document;     ///< of the stop (agreement, department), of the health authority's word (licence)
    std::optional<Day> from;  ///< of a licence; an agreement or department gives it by its stop
    std::optional<Day> nominal_end;
    std::optional<Day> barred_until;  ///< no registration before it; after a failed test a year, if nothing is said
    std::string reason;
};

/// XY 39: it rests on a stop of the institution's agreement or department.
inline bool by_stop(SanctionCause cause) {
    return cause == SanctionCause::agreement || cause == SanctionCause::department;
}

struct LinkedResult {
    Published published;
    bool recorded = false;
    struct Person {
        PersonId person;
        std::string name;
        StandingInterval interval;
        std::vector<std::string> institutions;
    };
    std::vector<Person> people;
};

struct MergeOrder {
    std::string who;   ///< whose file ends
    std::string into;  ///< whose file goes on
    std::string reason;
};
struct MergeResult {
    Published published;
    bool recorded = false;
    PersonId kept;
    PersonId merged;
    std::string name;
    std::map<int, unsigned> points;  ///< of both, by year: what was served stays, a person looks at it
    std::vector<std::string> repaired_twice;  ///< more repairs than the text allows in a year: a person decides
    std::vector<std::string> institutions;
    struct Joined {
        Scored decision;
        PersonId file;  ///< in which it stood
    };
    std::vector<Joined> decisions;  ///< that stand, of both files, by day
};

/// XY 17, 39, JN 三(三): what a cause leads to, and where it stands. points_no_such_cause: another status, or a failed
/// test where the text knows none.
Result<void> check_cause(const Rules& rules, SanctionCause cause, Standing status);
/// The stop of an agreement or department at an institution that suspends or terminates the responsible (XY 39).
/// sanction_not_found. Empty `document`: any that is like this.
Result<StandingInterval> stop_for(Tx& tx, const std::string& institution, SanctionCause cause,
                                  const std::string& document, std::optional<Standing> status = std::nullopt);

/// What makes somebody ineligible beside points, and what makes two files one. One change each, or a preview.
class LinkedSanctions {
public:
    LinkedSanctions(const Environment& env, Publisher& publisher, const RuleShelf& shelf)
        : env_(env), publisher_(publisher), shelf_(shelf) {}

    /// XY 39: the people who are responsible for a stopped agreement (suspended; terminated if it was ended) or
    /// department (suspended); all others stay as they are. XY 17: licence lost (terminated) or practice suspended,
    /// apart from points. JN 三(三): the agreement of a person after a failed test. sanction_not_found: no such stop
    /// there; sanction_overlaps: this document runs for the person; sanction_bad_interval; case_missing_field;
    /// case_bad_field: not a cause that this is for; points_bad_day: the first day is over a year ahead;
    /// points_not_registered_there; points_no_such_cause (a failed test where the text knows none).
    Result<LinkedResult> start(const std::string& actor, const CauseOrder& order, Run run = Run::record);
    /// Agreement, department or licence came back: eligible again from `end` on, for that cause; after a termination
    /// once he is registered anew (XY 35). sanction_not_found, sanction_bad_interval; points_barred: its years run.
    Result<LinkedResult> end(const std::string& actor, const std::vector<std::string>& who, const std::string& document,
                             Day end, const std::string& reason, Run run = Run::record);
    /// Two files prove to be one person: events of both count, registrations and codes move. ledger_bad_chain: the file
    /// would contradict itself (one document in both); case_bad_field: the same file, or two registrations that run at
    /// one institution; case_missing_field: no reason. Who has an identity document is kept.
    Result<MergeResult> merge(const std::string& actor, const MergeOrder& order, Run run = Run::record);

private:
    Environment env_;
    Publisher& publisher_;
    const RuleShelf& shelf_;
};

}  // namespace zige::hub

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/publisher.h"
#include "hub/core/rule_shelf.h"
#include "hub/core/rules/career.h"
#include "hub/core/rules/repair.h"
#include "hub/core/rules/restoration.h"

namespace zige::hub {

/// Whether a call only says what it would do.
enum class Run : std::uint8_t { record, preview };

/// One violation of one person: a level of the text, or none if the facts' proposal is taken over.
struct Violation {
    std::string level;
    Weight weight = Weight::plain;
    std::optional<unsigned> points;  ///< asked for, within what level, degree and weight allow
};

/// When and how a notice (处理通知书) takes effect.
struct Service {
    std::optional<Day> served_on;     ///< delivered to the institution; nothing: not yet, see Scoring::serve()
    std::optional<Day> printed_from;  ///< only with served_on: the notice prints another first day than the one after service
    std::optional<Day> printed_end;   ///< and another end: the first day after the printed period
    std::string forced_dates{};       ///< why days outside the usual range are right; kept in the log
};

struct PersonOrder {
    std::string who;       ///< "#id" or a code, as Registry::find_person_id takes it
    std::string document;  ///< number of his notice
    ResponsibilityDegree degree = ResponsibilityDegree::general;
    std::vector<Violation> violations;  ///< of one inspection; combined as the text says (XY 22, N34 26)
    Entered entered;                    ///< months or years where the text gives a range
    Entered later;                      ///< the same for decisions that are corrected with it
    Service service;
};

/// One matter: what was found out at an institution, and who is responsible (XY 21).
struct MatterOrder {
    std::string institution;  ///< where it happened
    Day decided_on{};         ///< of the penalty or handling (XY 20)
    int conduct_year = 0;
    std::optional<Day> conduct_on;  ///< last day of the conduct, if it is known so exactly
    CaseFacts facts;                ///< for the proposal; may be empty
    std::vector<PersonOrder> people;
    std::string reference;    ///< number of the case, kept in the log; may be empty
    std::string late_reason;  ///< why it is entered after decisions of a later day
    std::string unregistered_reason{};  ///< why somebody is responsible where he never was registered (XY 9)
};

/// What is done to one person's file.
struct PersonOutcome {
    PersonId person;
    std::string name;
    Scored decision;  ///< as it stands now
    Proposal proposal;
    Cumulative before;                         ///< points of the year without this decision, both readings
    unsigned points_of_year = 0;               ///< net, after it
    unsigned points_of_conduct_year = 0;       ///< of it from conduct of the decision's conduct year
    bool readings_differ = false;              ///< XY 20 and XY 22 count differently: shown to the operator
    bool consecutive_years = false;            ///< three years of so many points led to the effect (JN 五(一))
    bool watch_list = false;                   ///< the institution belongs on 重点监控 now (JN 六(三))
    std::optional<StandingInterval> interval;  ///< of this decision, as it runs now; nothing: no effect, or not served
    std::optional<Day> barred_until;
    std::vector<Scored> later;              ///< decisions whose effect changes with it
    std::vector<Repaired> repairs_fallen;   ///< XY 33: a single 12 is not repaired
    std::vector<std::string> registered_again;  ///< where his registration runs on: the termination never was
    std::vector<std::string> owed;  ///< that lead to more than was told: in force once served (XY 28, 43)
    bool withdrawn = false;                     ///< `decision` is what it was
    std::vector<std::string> institutions;  ///< all that are touched
};

struct ScoringResult {
    Published published;  ///< of a preview: nothing
    bool recorded = false;
    std::vector<PersonOutcome> people;
    std::string profile;  ///< what it was judged by
    std::uint32_t profile_version = 0;
};

struct ServeOrder {
    std::string who;
    std::string document;
    Service service;  ///< served_on is needed
};

/// A decision gets other points (appeal upheld in part, XY 31), as if it had always had them.
struct CorrectOrder {
    std::string who;
    std::string document;
    ResponsibilityDegree degree = ResponsibilityDegree::general;
    std::vector<Violation> violations;
    Entered entered;
    Entered later;  ///< for decisions that are corrected with it
    std::string reason;
    Service service;  ///< of what the correction makes graver; nothing: not yet
};

struct WithdrawOrder {
    std::string who;
    std::string document;
    std::string reason;
};

struct RepairOrder {
    std::string who;
    RepairAsked asked;
    std::string reason;
    Entered later{};  ///< for decisions of a later day that are judged again
};
struct RepairOutcome {
    Published published;
    bool recorded = false;
    PersonId person;
    std::string name;
    RepairPlan plan;
    unsigned points_of_year = 0;  ///< after it
    std::vector<Scored> later;    ///< decisions of a later day whose effect changes with it
    std::vector<std::string> institutions;
};

struct RestoreOrder {
    std::string who;
    RestorationAsked asked;  ///< evaluated and passed
    std::string reason;
};
struct RestoreOutcome {
    Published published;
    bool recorded = false;
    PersonId person;
    std::string name;
    RestorationPlan plan;
    std::vector<std::string> institutions;
};

/// Points and what follows from them (记分处理): each call is one change of the hub, or a preview of it. Any thread.
/// Errors name field, article and document; nothing is changed then.
class Scoring {
public:
    Scoring(const Environment& env, Publisher& publisher, const RuleShelf& shelf)
        : env_(env), publisher_(publisher), shelf_(shelf) {}

    /// Judged by the rules in force on the decision's day. points_decided_ahead (after the hub's day), points_bad_day
    /// (days that contradict each other; earlier than a decision that is there, without late_reason; conduct before
    /// the rules), points_document_used, points_out_of_range, points_months_*, points_years_*, rules_not_in_force,
    /// rules_missing, person_not_found, person_ambiguous, institution_not_found, case_missing_field;
    /// points_not_registered_there (without unregistered_reason), points_document_of_another: one number for two people
    /// is one document only within one matter, or with the same reference, institution and day.
    /// This and the others below: points_held_by_case.
    Result<ScoringResult> decide(const std::string& actor, const MatterOrder& order, Run run = Run::record);
    /// Begins the sanction of a decision, the day after service; of one that became graver, what goes beyond it.
    /// points_decision_unknown, points_decision_withdrawn, points_bad_day, sanction_overlaps (it runs already),
    /// points_not_suspended (it leads to none), points_graver_than_told (XY 28: no prior notice of what is graver).
    Result<ScoringResult> serve(const std::string& actor, const ServeOrder& order, Run run = Run::record);
    /// By the rules that it was judged by. Later decisions of the year whose effect rested on it change with it. What is
    /// milder applies at once, what is graver once it is served: with the correction or by serve().
    Result<ScoringResult> correct(const std::string& actor, const CorrectOrder& order, Run run = Run::record);
    /// As if it had never been: intervals and points go, the log keeps it.
    Result<ScoringResult> withdraw(const std::string& actor, const WithdrawOrder& order, Run run = Run::record);
    /// By the rules in force on the day of approval, which is not ahead. As plan_repair().
    Result<RepairOutcome> repair(const std::string& actor, const RepairOrder& order, Run run = Run::record);
    /// By the rules of the decision, if it was by points; else by those of the day of evaluation. As
    /// plan_restoration().
    Result<RestoreOutcome> restore(const std::string& actor, const RestoreOrder& order, Run run = Run::record);

    // The same inside a change that does more (a step of a case): `published` stays empty.
    Result<ScoringResult> decide_in(Change& change, const MatterOrder& order);
    Result<ScoringResult> serve_in(Change& change, const ServeOrder& order);
    Result<ScoringResult> correct_in(Change& change, const CorrectOrder& order);
    Result<ScoringResult> withdraw_in(Change& change, const WithdrawOrder& order);
    Result<RepairOutcome> repair_in(Change& change, const RepairOrder& order);
    Result<RestoreOutcome> restore_in(Change& change, const RestoreOrder& order);

private:
    template <class Plan>
    Result<ScoringResult> change(const std::string& actor, Run run, const Plan& plan);
    template <class Plan>
    Result<ScoringResult> change_in(Change& change, const Plan& plan);

    Environment env_;
    Publisher& publisher_;
    const RuleShelf& shelf_;
};

}  // namespace zige::hub

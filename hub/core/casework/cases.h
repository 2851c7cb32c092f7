#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/casework/case_acts.h"
#include "hub/core/casework/case_file.h"
#include "hub/core/casework/limits.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

struct CaseOrder {
    CaseKind kind = CaseKind::scoring;
    std::string institution;
    std::vector<std::string> people;  ///< "#id" or codes, as Registry::find_person_id takes them
    std::optional<Day> on;            ///< of the application or the matter's arrival; today by default
    std::string text;
    std::string document;
    std::string reviewer;
    std::string filing;
};

struct StepOrder {
    std::uint64_t number = 0;  ///< of the case
    CaseStep step = CaseStep::facts;
    std::vector<std::string> people;  ///< empty: everybody in the case who is not done
    std::optional<Day> on;
    Fields entries;
};

struct StepResult {
    CaseFile file;  ///< as it stands now
    std::uint64_t first_step = 0;  ///< number of the first step that was taken; 0: the case was opened
    Published published;
};

/// A case with what runs in it.
struct CaseView {
    CaseFile file;
    struct OfPerson {
        std::vector<CaseDue> dues;
        std::vector<CaseStep> possible;
        std::optional<std::string> proposed_level;  ///< that the facts lead to
        std::string proposed_why;
    };
    std::vector<OfPerson> people;  ///< beside file.people
};

/// Casework (办案): each step is one change of the hub, with the person's file in the same transaction. Any thread.
class Cases {
public:
    Cases(const Environment& env, Publisher& publisher, const RuleShelf& shelf, const CaseActs& acts)
        : env_(env), publisher_(publisher), shelf_(shelf), acts_(acts) {}

    /// case_missing_field (person, text, institution, document of an application), case_bad_field (too many people,
    /// one twice, several in an application, not registered at the institution, a day ahead), institution_not_found,
    /// points_decision_unknown (a case of points about a notice that there is not), person_not_found,
    /// person_ambiguous, rules_missing, rules_not_in_force.
    Result<StepResult> open(const std::string& actor, const CaseOrder& order);
    /// What check_step() and CaseActs::act() say; case_not_found; case_missing_field "person": the entries are of one
    /// person, and there are several. All of it is done or nothing.
    Result<StepResult> step(const std::string& actor, const StepOrder& order);
    /// case_not_found, and the shelf's errors.
    Result<CaseView> show(std::uint64_t number) const;
    /// Ascending numbers. `who`: only those of this person.
    Result<std::vector<CaseView>> list(bool closed_too, const std::optional<std::string>& who) const;

    // The same inside a change that does more.
    Result<CaseFile> open_in(Change& change, const std::string& actor, const CaseOrder& order) const;
    Result<CaseFile> step_in(Change& change, const std::string& actor, const StepOrder& order) const;

private:
    Result<CaseView> view(Tx& tx, CaseFile file) const;

    Environment env_;
    Publisher& publisher_;
    const RuleShelf& shelf_;
    const CaseActs& acts_;
};

}  // namespace zige::hub

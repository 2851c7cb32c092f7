#pragma once

#include "hub/core/casework/case_acts.h"
#include "hub/core/rule_shelf.h"
#include "hub/core/scoring.h"

namespace zige::hub {

/// Steps of cases as changes of careers: points by Scoring, suspensions and terminations without points as events of
/// the ledger. Errors are theirs.
class ScoringActs : public CaseActs {
public:
    ScoringActs(const Environment& env, Scoring& scoring, const RuleShelf& shelf)
        : env_(env), scoring_(scoring), shelf_(shelf) {}

    Result<Fields> act(Change& change, const CaseFile& file, const CasePerson& person,
                       const StepTaken& step) const override;

private:
    Result<Fields> of_points(Change& change, const CaseFile& file, const CasePerson& person,
                             const StepTaken& step) const;
    Result<Fields> of_status(Change& change, const CaseFile& file, const CasePerson& person,
                             const StepTaken& step) const;
    Result<Fields> begin_status(Change& change, const CaseFile& file, const CasePerson& person,
                                const StepTaken& step) const;
    Result<Fields> change_status(Change& change, const CaseFile& file, const CasePerson& person,
                                 const StepTaken& step) const;
    Result<Fields> of_repair(Change& change, const CasePerson& person, const StepTaken& step) const;
    Result<Fields> of_restoration(Change& change, const CaseFile& file, const CasePerson& person,
                                  const StepTaken& step) const;
    Result<Fields> decide_points(Change& change, const CaseFile& file, const CasePerson& person,
                                 const StepTaken& step) const;
    Result<Fields> serve_points(Change& change, const CaseFile& file, const CasePerson& person,
                                const StepTaken& step) const;
    Result<Fields> correct_points(Change& change, const CaseFile& file, const CasePerson& person,
                                  const StepTaken& step) const;
    Result<Fields> withdraw_points(Change& change, const CaseFile& file, const CasePerson& person,
                                   const StepTaken& step) const;
    /// XY 22 and when the rules began: what is scored at all.
    Result<Fields> check_facts(Change& change, const StepTaken& step) const;
    /// XY 28: the effect as it would be now.
    Result<Fields> tell(Change& change, const CasePerson& person) const;
    /// XY 22: what level, degree and weight allow, before anybody is told.
    Result<Fields> check_proposal(Change& change, const CasePerson& person, const StepTaken& step) const;

    Environment env_;
    Scoring& scoring_;
    const RuleShelf& shelf_;
};

}  // namespace zige::hub

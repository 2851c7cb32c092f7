#pragma once

#include "hub/core/casework/case_file.h"
#include "hub/core/publisher.h"

namespace zige::hub {

/// What steps of cases do to the people's files: decide, serve, correct and withdraw record points, suspensions,
/// repairs and restorations.
class CaseActs {
public:
    virtual ~CaseActs() = default;
    /// Inside the change of the step, which is checked already and not yet in the track; nothing is done for a step
    /// that has no effect. The answer is the step's outcome: "effect" (none, suspended, terminated, normal), "from",
    /// "end", "points_of_year" ... An error takes the whole change back.
    virtual Result<Fields> act(Change& change, const CaseFile& file, const CasePerson& person,
                               const StepTaken& step) const = 0;
};

}  // namespace zige::hub

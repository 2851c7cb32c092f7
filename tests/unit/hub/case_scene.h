#pragma once

#include "hub/core/casework/entries.h"
#include "hub/core/casework/limits.h"
#include "tests/unit/hub/hub_fixture.h"

namespace zige::hub::testing {

/// The parts of Xinyang's rules that the procedure looks at.
Rules procedure_rules();
/// Likewise as 34号 has them: an appeal needs the stamp, 20 working days to handle it, an appraisal is not counted.
Rules national_procedure_rules();

/// Values for what the step must have.
Fields entries_for(CaseStep step, CaseKind kind, Opinion opinion = Opinion::none);
StepTaken step_of(CaseStep step, CaseKind kind, std::string_view on, const std::string& actor = "李审核",
                  Opinion opinion = Opinion::none);
/// With one entry set to another value.
StepTaken with(StepTaken step, std::string_view name, std::string_view value);

/// A track on which steps are taken one by one, each by the rules.
struct TrackScene {
    explicit TrackScene(CaseKind kind = CaseKind::scoring, Rules its_rules = procedure_rules());

    Result<const StepRule*> check(const StepTaken& step, std::string_view today = "2026-12-31") const;
    /// Fails the test if the procedure refuses it.
    TrackScene& take(StepTaken step);
    TrackScene& take(CaseStep step, std::string_view on, const std::string& actor = "李审核",
                     Opinion opinion = Opinion::none);
    /// Facts, hearing, proposal of so many points by 张拟稿, prior notice on 2026-03-06.
    TrackScene& to_noticed(unsigned points);
    /// to_noticed, waived, decided on 03-16, issued 03-17, served 03-18 with a suspension.
    TrackScene& to_served();
    ErrorId refused(const StepTaken& step, std::string_view today = "2026-12-31") const;

    Rules rules;
    Track track;
};

}  // namespace zige::hub::testing

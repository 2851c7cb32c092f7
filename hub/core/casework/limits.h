#pragma once

#include <optional>
#include <vector>

#include "hub/core/casework/procedure.h"

namespace zige::hub {

/// A time limit of the procedure: which step starts it, and while which states it runs.
struct LimitRule {
    DueKind due = DueKind::appeal;
    SetOf<CaseKind> kinds;
    std::optional<CaseStep> started_by;  ///< nothing: the application itself
    SetOf<CaseState> runs_in;
    StepBy by = StepBy::bureau;
    bool is_right = false;  ///< may be let pass: nobody is late
};
std::span<const LimitRule> limit_rules();

/// What runs in a case now.
struct CaseDue {
    DueKind kind = DueKind::appeal;
    std::optional<DueDate> due;  ///< nothing: no number, or the clock is stopped
    bool stopped = false;        ///< by an expert appraisal
    StepBy by = StepBy::bureau;
    bool is_right = false;
    std::string article;
};
std::vector<CaseDue> limits_of(const Track& track, const Setting& setting);
/// The limit that `started_by` started, whether it still runs or not; nothing: it was not started, or has no number.
std::optional<DueDate> limit_started(const Track& track, DueKind kind, const Setting& setting);
/// The limits that this step starts, as they are shown now.
std::vector<std::pair<DueKind, DueDate>> limits_to_show(const Track& track, const StepTaken& step,
                                                        const Setting& setting);

}  // namespace zige::hub

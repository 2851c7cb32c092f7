#pragma once

#include "shared/domain/findings.h"

namespace zige {

/// What to do next: of the gravest ground. A line that passes as an emergency needs its evidence; one that no emergency
/// frees is claimed by the patient by hand (2号令 42, 43).
Advice advice_on(const Decision& decision, bool emergency_claimed, const Moment& now);

/// Sets `served`: observe and warn never refuse, and say so by a ground of their own.
void serve(Decision& decision, Mode mode, Findings& findings);

}  // namespace zige

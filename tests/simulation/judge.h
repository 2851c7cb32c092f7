#pragma once

#include "agent/core/gate.h"

namespace zige::simulation {

/// What stood beside the copy when an answer was given.
struct Beside {
    const Overlay& overlay;
    bool clock_known = true;  ///< the age of the copy counts
};

/// P1 and P11 for each line of an answer, by a judge that knows nothing of decide(): reads the copy's records one by
/// one. Throws CppUnit's assertion with the promise in its text.
void check_answer(const agent::ClaimAnswer& answer, const agent::Claim& claim, const Beside& beside);

/// People in this role may be of other institutions: they are judged by the day of the prescription.
bool is_external(Role role);
Day day_of_person(const FeeLine& line, Role role);

}  // namespace zige::simulation

#pragma once

#include "shared/domain/findings.h"
#include "shared/domain/resolve.h"

namespace zige {

/// What all steps of one decision look at.
struct Inquiry {
    const FeeLine& line;
    const Copy& copy;
    const Overlay& overlay;
    const Moment& now;
    Day day{};  ///< of the fee
};

/// The agreement, and the department that the line names, where they are stopped at the fee's time.
void find_stops(const Inquiry& inquiry, Findings& findings);

/// One person of the line: who it is and what stands against it at the fee's time, after the effect of the role.
PersonVerdict judge_person(const Inquiry& inquiry, std::int8_t index, Findings& findings);

/// What a ground about the whole line comes to: a visit or an admission is never refused or held.
Outcome line_outcome(const Inquiry& inquiry, Outcome outcome);

}  // namespace zige

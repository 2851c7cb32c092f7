#pragma once

#include "shared/domain/findings.h"
#include "shared/domain/grounds.h"

namespace zige {

/// At a pharmacy a prescription is dispensed by who has signed on (药师在岗), unless the line names the pharmacist.
/// Nobody who may on duty at the fee's time: a prescription is held, what is sold over the counter passes.
void judge_duty(const Inquiry& inquiry, Findings& findings);

}  // namespace zige

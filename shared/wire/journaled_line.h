#pragma once

#include "shared/domain/fee_line.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// What was asked about a fee line, as the journal holds it, and back. decide() finds the same in the line that comes
/// back as in the one that went in. Claim, line id, key and verdicts are the caller's to fill.
DecisionEntry journaled(const FeeLine& line);

/// Views live as long as `entry`. People beyond kMaxPeoplePerLine are left out: no line has them.
FeeLine line_of(const DecisionEntry& entry);

}  // namespace zige::wire

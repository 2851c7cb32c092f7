#pragma once

#include "shared/domain/decide.h"

namespace zige {

/// Whether a line that was served so may be sent on: it passes, or is no business of the gate.
inline bool may_settle(Outcome served) { return passes(served) || served == Outcome::not_judged; }

}  // namespace zige

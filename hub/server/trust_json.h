#pragma once

#include "hub/core/trust_draft.h"
#include "shared/poco/json.h"

namespace zige::hub {

/// What a root holder is asked to sign: how the next trust document differs from the one before, who has signed and who
/// still has to. For the printer and for --json.
Json draft_json(const DraftContent& content);

}  // namespace zige::hub

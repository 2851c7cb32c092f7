#pragma once

#include "hub/core/ports/store.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Fills config, records and patches of a delta to `to` from a state with number `from` (nothing: a snapshot). Only the
/// standing differs: a patch, else the whole record; intermediate states are skipped (state-based).
Result<void> fill_delta(Tx& tx, const std::string& institution, const std::optional<wire::State>& from,
                        const wire::State& to, wire::Delta& delta);

}  // namespace zige::hub

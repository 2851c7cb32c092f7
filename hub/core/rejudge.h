#pragma once

#include <memory>

#include "hub/core/hub_log.h"
#include "hub/core/ports/store.h"
#include "shared/domain/copy.h"
#include "shared/domain/decide.h"
#include "shared/ports/crypto.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// The institution as the hub knows it now: profile in force, today's timelines, region ineligible set.
Result<std::shared_ptr<const Copy>> copy_of_today(Tx& tx, const HubLog& log, const Hasher& hasher,
                                                  const std::string& institution);

/// decide() on a journaled line against `copy`, at the times that the line names. The copy's age takes no part: the hub
/// is never stale. What only the agent could see (the visit, a former refusal, who had signed on) stays as it was journaled.
Decision judge_again(const wire::DecisionEntry& entry, const Copy& copy);

}  // namespace zige::hub

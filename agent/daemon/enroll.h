#pragma once

#include "agent/daemon/options.h"
#include "agent/daemon/owned_agent.h"
#include "agent/daemon/run.h"

namespace zige::daemon {

/// `zige-agent enroll`: over the line with a slip; without a line by a request (--out) and its answer (--reply), which
/// travel as files.
Result<Exit> enroll(const Invocation& command, const Folder& folder, const Surroundings& with);

}  // namespace zige::daemon

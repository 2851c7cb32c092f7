#pragma once

#include <optional>

#include "agent/daemon/options.h"
#include "agent/daemon/requests.h"

namespace zige::daemon {

/// What follows a decision: evidence of an emergency, reversal. In the order of the help.
std::span<const CommandSpec> followup_commands();
/// The request of one of them; nothing for another command.
Result<std::optional<ApiRequest>> followup_request_of(const Invocation& command);

}  // namespace zige::daemon

#pragma once

#include <optional>

#include "agent/daemon/requests.h"

namespace zige::daemon {

/// The request of a command of commands_filing.h; nothing for another command. As request_of().
Result<std::optional<ApiRequest>> filing_request_of(const Invocation& command, std::istream& in);

}  // namespace zige::daemon

#pragma once

#include <istream>
#include <optional>
#include <span>

#include "agent/daemon/options.h"
#include "agent/daemon/service.h"

namespace zige::daemon {

/// clerk: 经办人 and their PINs.
std::span<const CommandSpec> clerk_commands();
/// Nothing when the command is none of them. A PIN comes from a file, standard input or the terminal, never from an
/// argument. usage_missing_argument, usage_bad_argument; the errors of Files.
Result<std::optional<ApiRequest>> clerk_request_of(const Invocation& command, std::istream& in);

}  // namespace zige::daemon

#pragma once

#include "agent/daemon/options.h"

namespace zige::daemon {

/// The commands by which an institution files, in the order of the help.
std::span<const CommandSpec> filing_commands();

}  // namespace zige::daemon

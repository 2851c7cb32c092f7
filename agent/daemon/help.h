#pragma once

#include <string>

#include "agent/daemon/options.h"

namespace zige::daemon {

/// All commands, or one command with its options; with the exit codes.
std::string help_text(const CommandSpec* command, Lang lang);

std::string version_text();  ///< "0.1.0"

}  // namespace zige::daemon

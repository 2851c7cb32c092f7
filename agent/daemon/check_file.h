#pragma once

#include "agent/daemon/options.h"
#include "agent/daemon/run.h"
#include "agent/daemon/service.h"

namespace zige::daemon {

/// A month's file before declaring (XY 49): each row is asked as POST /v1/check asks it, nothing is recorded. The
/// heading names the fields of the local interface. Progress goes to `err`, a summary to `out`, every row's answer to
/// the file of
/// --out. Exit::refused: a row was refused, held or could not be read; the file is written in any case.
Result<Exit> check_file(const Invocation& command, AgentService& service, const Surroundings& with);

}  // namespace zige::daemon

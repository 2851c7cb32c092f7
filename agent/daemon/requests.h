#pragma once

#include <istream>

#include "agent/daemon/options.h"
#include "agent/daemon/service.h"
#include "shared/base/time.h"

namespace zige::daemon {

/// The call of the local interface that a command stands for. `in` is read when the command takes its JSON from it;
/// `now` is the fee time of a check that names none. usage_*, file_*.
Result<ApiRequest> request_of(const Invocation& command, std::istream& in, Instant now);

/// A whole file, or all of `in` when `path` is "-". file_not_found, file_too_large, file_io.
Result<std::string> read_input(const std::string& path, std::istream& in, std::size_t limit);

/// An error of the service in the words of the command line: the field that a till would have sent becomes the option
/// or argument that was typed or left out.
Error as_typed(const Invocation& command, Error error);

}  // namespace zige::daemon

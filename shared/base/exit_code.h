#pragma once

#include "shared/base/codes.h"

namespace zige {

/// What zige-agent and zige-hub end with; docs/operations.md lists them for operators (a test compares).
enum class Exit : int {
    ok = 0,
    refused = 1,  ///< the answer is no: deny, hold, account_only, or an act that the present state forbids
    usage = 2,    ///< the call or its input is wrong
    not_found = 3,
    busy = 4,         ///< another process owns the data folder
    io = 5,           ///< disk, database, damaged data or a defect of the program
    untrusted = 6,    ///< a signature, key or permission is wrong
    unavailable = 7,  ///< no connection, the hub is overloaded or does not publish, no copy yet
    not_set_up = 8,   ///< the agent is not enrolled, the hub is not initialised
};

/// By what a caller can do about an error, and for a few errors by what they say of the folder or the state. `clear`
/// ends with `refused` only when a line was refused or held: no error that it may give maps to it.
Exit exit_of(ErrorId error);

}  // namespace zige

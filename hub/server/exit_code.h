#pragma once

#include "shared/base/codes.h"

namespace zige::hub {

/// What the program ends with; the agent's program uses the same numbers. docs/operations.md lists them for operators.
enum class Exit : int {
    ok = 0,
    refused = 1,  ///< the answer is no: a chain that does not verify, an operation that the hub's state forbids
    usage = 2,    ///< the call or its input is wrong
    not_found = 3,
    busy = 4,         ///< another process owns the data folder
    io = 5,           ///< disk, database or a defect of the program
    untrusted = 6,    ///< a signature, key or permission is wrong
    unavailable = 7,  ///< no connection, or the hub does not publish
    not_initialised = 8,
};

Exit exit_of(ErrorId error);

}  // namespace zige::hub

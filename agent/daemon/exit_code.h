#pragma once

#include "shared/base/codes.h"

namespace zige::daemon {

/// What a program ends with; the hub's program uses the same numbers.
enum class Exit : int {
    ok = 0,
    refused = 1,  ///< the answer is deny, hold or account_only; or a verification found damage
    usage = 2,    ///< the call or its input is wrong
    not_found = 3,
    busy = 4,         ///< another process owns the data folder
    io = 5,           ///< disk, database or a defect of the program
    untrusted = 6,    ///< a signature, key or permission is wrong
    unavailable = 7,  ///< no connection, or no copy yet
    not_enrolled = 8,
};

Exit exit_of(ErrorId error);

}  // namespace zige::daemon

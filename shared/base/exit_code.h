#pragma once

#include "shared/base/errc.h"

namespace zige {

/// What zige-agent and zige-hub end with; docs/operations.md lists them for operators.
enum class Exit : int {
    ok = 0,
    refused = 1,      ///< the answer is no: deny, hold, account_only, a chain that does not verify, an act that the state forbids
    usage = 2,        ///< the call or its input is wrong
    not_found = 3,
    busy = 4,         ///< another process owns the data folder
    io = 5,           ///< disk, database or a defect of the program
    untrusted = 6,    ///< a signature, key or permission is wrong
    unavailable = 7,  ///< no connection, no copy yet, or the hub does not publish
    not_set_up = 8,   ///< the agent is not enrolled, the hub is not initialised
};

/// By what a caller can do about an error; each program adds what it knows better.
constexpr Exit exit_of(Errc code) {
    switch (code) {
    case Errc::invalid: return Exit::usage;
    case Errc::not_found: return Exit::not_found;
    case Errc::busy: return Exit::busy;
    case Errc::untrusted: return Exit::untrusted;
    case Errc::unavailable:
    case Errc::gap:
    case Errc::stale: return Exit::unavailable;
    case Errc::corrupt:
    case Errc::io:
    case Errc::unsupported:
    case Errc::internal: return Exit::io;
    }
    return Exit::io;
}

}  // namespace zige

#include "agent/daemon/exit_code.h"

namespace zige::daemon {

Exit exit_of(ErrorId error) {
    if (error == ErrorId::agent_not_enrolled) return Exit::not_enrolled;
    switch (errc_of(error)) {
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

}  // namespace zige::daemon

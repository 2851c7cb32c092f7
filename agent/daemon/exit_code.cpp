#include "agent/daemon/exit_code.h"

namespace zige::daemon {

Exit exit_of(ErrorId error) {
    if (error == ErrorId::agent_not_enrolled) return Exit::not_set_up;
    return zige::exit_of(errc_of(error));
}

}  // namespace zige::daemon

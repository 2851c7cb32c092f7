#pragma once

#include <chrono>

#include "shared/ports/random.h"

namespace zige::daemon {

/// How long to wait after a sync that went well: `interval`, or until the hub's contact slot when that is later; at
/// most a day; up to a tenth more or less by chance, so that the agents of a county do not come together.
std::chrono::milliseconds next_sync_after(std::chrono::seconds interval, std::chrono::seconds until_slot,
                                          Random& random);

}  // namespace zige::daemon

#pragma once

#include <memory>

#include "shared/ports/clock.h"

namespace zige {

/// CLOCK_REALTIME, CLOCK_BOOTTIME and the kernel's boot id. The only place that reads the wall clock.
std::unique_ptr<Clock> make_system_clock();

}  // namespace zige

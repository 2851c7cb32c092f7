#pragma once

#include <chrono>
#include <cstdint>

#include "shared/base/time.h"

namespace zige {

/// The three clocks of a PC. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant wall() const = 0;                          ///< CLOCK_REALTIME: a claim, may be wrong
    virtual std::chrono::milliseconds since_boot() const = 0;  ///< CLOCK_BOOTTIME: runs through sleep
    virtual std::uint64_t boot_id() const = 0;                 ///< changes with each boot
};

}  // namespace zige

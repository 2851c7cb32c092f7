#include "agent/daemon/schedule.h"

#include <algorithm>
#include <array>

namespace zige::daemon {

std::chrono::milliseconds next_sync_after(std::chrono::seconds interval, std::chrono::seconds until_slot,
                                          Random& random) {
    constexpr std::chrono::seconds kLongest = std::chrono::hours(24);
    const std::chrono::milliseconds wait = std::min(std::max(interval, until_slot), kLongest);
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    const int chance = std::to_integer<int>(bytes[0]) * 256 + std::to_integer<int>(bytes[1]);
    const std::chrono::milliseconds spread = wait / 10;
    return wait - spread + spread * 2 * chance / 65535;
}

}  // namespace zige::daemon

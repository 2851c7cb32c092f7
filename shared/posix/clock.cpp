#include "shared/posix/clock.h"

#include <charconv>
#include <ctime>
#include <fstream>
#include <string>

#include "shared/base/result.h"

namespace zige {

namespace {

timespec read_clock(clockid_t clock) {
    timespec now{};
    expect(clock_gettime(clock, &now) == 0, "clock_gettime failed");
    return now;
}

/// The first 64 bits of the kernel's random id of this boot: "5f0c8a33-1b2c-4d..."
std::uint64_t read_boot_id() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string text;
    std::getline(file, text);
    std::erase(text, '-');
    std::uint64_t id = 0;
    expect(text.size() >= 16, "no boot id in /proc/sys/kernel/random");
    const auto parsed = std::from_chars(text.data(), text.data() + 16, id, 16);
    expect(parsed.ec == std::errc{} && parsed.ptr == text.data() + 16, "the boot id is not hexadecimal");
    return id;
}

class SystemClock : public Clock {
public:
    SystemClock() : boot_id_(read_boot_id()) {}

    Instant wall() const override { return Instant{std::chrono::seconds(read_clock(CLOCK_REALTIME).tv_sec)}; }

    std::chrono::milliseconds since_boot() const override {
        const timespec now = read_clock(CLOCK_BOOTTIME);
        return std::chrono::seconds(now.tv_sec) +
               std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(now.tv_nsec));
    }

    std::uint64_t boot_id() const override { return boot_id_; }

private:
    std::uint64_t boot_id_;
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() { return std::make_unique<SystemClock>(); }

}  // namespace zige

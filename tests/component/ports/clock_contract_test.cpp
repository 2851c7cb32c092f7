#include "shared/posix/clock.h"
#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;
using namespace std::chrono_literals;

namespace {

Instant at(std::string_view text) { return parse_time(text, "test").value(); }

std::unique_ptr<Clock> fake() { return std::make_unique<FakeClock>(at("2026-11-22 09:00:00")); }

struct Row {
    const char* name;
    std::unique_ptr<Clock> (*make)();
};
const Row kBoth[] = {{"system", make_system_clock}, {"fake", fake}};

}  // namespace

TEST_EACH(ClockContract, does_not_go_back_within_a_boot, kBoth) {
    const auto clock = row.make();
    const auto first = clock->since_boot();
    CPPUNIT_ASSERT(first > 0ms);
    CPPUNIT_ASSERT(clock->since_boot() >= first);
    CPPUNIT_ASSERT(clock->wall() > at("2000-01-01 00:00:00"));
}
TEST_EACH(ClockContract, names_one_boot_always_alike, kBoth) {
    const auto clock = row.make();
    CPPUNIT_ASSERT(clock->boot_id() != 0);
    CPPUNIT_ASSERT_EQUAL(clock->boot_id(), row.make()->boot_id());
}

TEST(FakeClock, stands_still_until_told) {
    FakeClock clock(at("2026-11-22 09:00:00"));
    const auto booted = clock.since_boot();
    clock.advance(90s);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-22 09:01:30"), format(clock.wall()));
    CPPUNIT_ASSERT(clock.since_boot() - booted == 90s);
    clock.set_wall(at("2009-01-01 00:00:00"));
    CPPUNIT_ASSERT(clock.since_boot() - booted == 90s);
}
TEST(FakeClock, reboots_into_another_boot) {
    FakeClock clock(at("2026-11-22 09:00:00"));
    const auto boot = clock.boot_id();
    clock.advance(1h);
    clock.reboot(12h);
    CPPUNIT_ASSERT(clock.boot_id() != boot);
    CPPUNIT_ASSERT(clock.since_boot() < 1min);
    CPPUNIT_ASSERT_EQUAL(std::string("2026-11-22 22:00:00"), format(clock.wall()));
    clock.reboot(12h, at("2010-01-01 00:00:00"));
    CPPUNIT_ASSERT_EQUAL(std::string("2010-01-01 00:00:00"), format(clock.wall()));
}

#include "hub/server/rate_limit.h"

#include "tests/support/testing.h"

using zige::hub::RateLimit;
using namespace std::chrono_literals;

namespace {

int allowed(RateLimit& limit, const std::string& address, std::chrono::milliseconds now, int times) {
    int count = 0;
    for (int i = 0; i < times; ++i) count += limit.allows(address, now);
    return count;
}

}  // namespace

TEST(HubRateLimit, lets_so_many_through_at_once_and_so_many_a_minute) {
    RateLimit limit({5, 100});
    CPPUNIT_ASSERT_EQUAL(5, allowed(limit, "10.0.0.1", 0ms, 20));
    CPPUNIT_ASSERT_EQUAL(1, allowed(limit, "10.0.0.1", 12s, 20));
    CPPUNIT_ASSERT_EQUAL(5, allowed(limit, "10.0.0.1", 10min, 20));
}

TEST(HubRateLimit, one_address_does_not_use_up_what_another_has) {
    RateLimit limit({5, 100});
    CPPUNIT_ASSERT_EQUAL(5, allowed(limit, "10.0.0.1", 0ms, 20));
    CPPUNIT_ASSERT_EQUAL(5, allowed(limit, "10.0.0.2", 0ms, 20));
}

TEST(HubRateLimit, all_addresses_together_have_a_limit) {
    RateLimit limit({5, 12});
    int count = 0;
    for (int i = 0; i < 20; ++i) count += allowed(limit, "10.0.0." + std::to_string(i), 0ms, 20);
    CPPUNIT_ASSERT_EQUAL(12, count);
}

#include "hub/core/clock_guard.h"

#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Instant kStart = at("2026-03-02 08:00:00");

Result<Published> any_change(HubFixture& f) {
    return f.hub().registry().set_mode(kOperator, kHospital, Mode::warn, std::nullopt);
}

std::vector<LogEvent> events(HubFixture& f, HubEvent kind) {
    std::vector<LogEvent> found;
    for (LogEvent& event : must(f.hub().log(0, 10'000)))
        if (event.event == kind) found.push_back(std::move(event));
    return found;
}

Instant time_of_head(HubFixture& f) {
    return must(wire::decode_head(open(f, MessageType::head, must(f.hub().feed().head(kHospital))))).hub_time;
}

struct Step {
    const char* name;
    bool reboot;
    std::chrono::seconds off;  ///< of the wall clock, from where it should be (after a reboot: from the last time)
    bool refused;
    Instant signs;  ///< with, when it is not refused
};
const Step kSteps[] = {
    {"an_hour_ahead", false, hours{1}, false, kStart + hours{1}},
    {"an_hour_and_a_second_ahead", false, hours{1} + std::chrono::seconds{1}, true, {}},
    {"the_year_2036", false, days{3653}, true, {}},
    {"an_hour_behind", false, -hours{1}, false, kStart},
    {"an_hour_and_a_second_behind", false, -hours{1} - std::chrono::seconds{1}, true, {}},
    {"the_year_2009", false, -days{6270}, true, {}},
    {"off_for_a_week", true, days{7}, false, kStart + days{7}},
    {"off_for_more_than_a_week", true, days{7} + std::chrono::seconds{1}, true, {}},
    {"three_days_behind_after_a_reboot", true, -days{3}, false, kStart},
    {"a_dead_battery", true, -days{6270}, true, {}},
};

TEST_EACH(ClockGuard, judges_the_clock_of_the_server, kSteps) {
    FakeClock clock(kStart);
    ClockGuard guard(clock);
    CPPUNIT_ASSERT(must(guard.now()) == kStart);
    if (row.reboot) clock.reboot(hours{1}, kStart + row.off);
    else clock.set_wall(kStart + row.off);
    const auto now = guard.now();
    CPPUNIT_ASSERT_EQUAL(row.refused, guard.status().refused);
    CPPUNIT_ASSERT_EQUAL(!row.refused, now.ok());
    CPPUNIT_ASSERT_EQUAL(row.refused, !guard.check(kStart).ok());
    if (row.refused) CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, now.error().id);
    else CPPUNIT_ASSERT(*now == row.signs);
    CPPUNIT_ASSERT(guard.status().running >= kStart);
}

TEST(ClockGuard, lets_time_pass) {
    FakeClock clock(kStart);
    ClockGuard guard(clock);
    must(guard.now());
    for (int day = 0; day < 400; ++day) clock.advance(hours{24});
    CPPUNIT_ASSERT(must(guard.now()) == kStart + days{400});
}

TEST(ClockGuard, takes_many_small_steps_for_one_jump) {
    FakeClock clock(kStart);
    ClockGuard guard(clock);
    must(guard.now());
    clock.set_wall(kStart + minutes{40});
    CPPUNIT_ASSERT(guard.now().ok());
    clock.set_wall(kStart + minutes{80});
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, guard.now().error().id);
}

TEST(ClockGuard, refuses_a_message_later_than_its_own_time) {
    FakeClock clock(kStart);
    ClockGuard guard(clock);
    must(guard.now());
    CPPUNIT_ASSERT(guard.check(kStart + hours{1}).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, guard.check(kStart + hours{2}).error().id);
}

TEST(ClockGuard, reads_only_what_it_wrote) {
    FakeClock clock(kStart);
    for (const char* text : {"", "1 2 3", "1 2 3 4 5", "a b c d"}) {
        ClockGuard guard(clock);
        CPPUNIT_ASSERT_EQUAL(ErrorId::store_corrupt, guard.restore(to_bytes(text)).error().id);
    }
}

TEST(ClockGuard, stops_everything_that_is_signed_or_logged) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f, kHospital);
    const Instant before = time_of_head(f);
    f.clock.set_wall(kStart + days{3653});
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, f.hub().feed().head(kHospital).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, f.hub().feed().update(kHospital, wire::kGenesis).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, any_change(f).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, agent.sync(agent.request()).error().id);
    const auto sealed = f.hub().trust().sign(MessageType::head, to_bytes("x"), kStart);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, sealed.error().id);
    const auto refused = events(f, HubEvent::clock_refused);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, refused.size());  // once, not for each request
    const auto incidents = must(f.hub().incidents().list(false));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, incidents.size());
    CPPUNIT_ASSERT_EQUAL(IncidentKind::clock_jump_refused, incidents[0].kind);
    CPPUNIT_ASSERT_EQUAL(format(kStart + days{3653}), std::string(incidents[0].evidence.text("wall")));
    CPPUNIT_ASSERT(refused[0].at >= before && refused[0].at < kStart + hours{1});
    f.clock.set_wall(kStart + minutes{5});  // somebody put it right
    CPPUNIT_ASSERT(any_change(f).ok());
    CPPUNIT_ASSERT(time_of_head(f) == kStart + minutes{5});
}

TEST(ClockGuard, still_refuses_after_a_restart_of_the_service) {
    HubFixture f;
    f.add(kHospital);
    f.clock.set_wall(kStart + days{3653});
    must(f.reopen());
    CPPUNIT_ASSERT(f.hub().clock().refused);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_clock_jumped, any_change(f).error().id);
}

TEST(ClockGuard, goes_on_when_an_operator_confirms) {
    HubFixture f;
    f.add(kHospital);
    f.clock.set_wall(kStart + days{30});
    CPPUNIT_ASSERT(!any_change(f).ok());
    must(f.hub().confirm_clock("王五", "主板电池更换"));
    CPPUNIT_ASSERT(any_change(f).ok());
    CPPUNIT_ASSERT(time_of_head(f) == kStart + days{30});
    const auto confirmed = events(f, HubEvent::clock_confirmed);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, confirmed.size());
    CPPUNIT_ASSERT_EQUAL(std::string("王五"), confirmed[0].actor);
    CPPUNIT_ASSERT(confirmed[0].at == kStart + days{30});
    CPPUNIT_ASSERT(must(f.hub().incidents().list(false)).empty());  // and with it what it stopped for
    CPPUNIT_ASSERT_EQUAL(std::string("主板电池更换"), must(f.hub().incidents().list(true)).at(0).resolution);
    must(f.reopen());
    CPPUNIT_ASSERT(any_change(f).ok());
}

TEST(ClockGuard, logs_what_passes_after_a_reboot) {
    HubFixture f;
    f.add(kHospital);
    f.clock.reboot(days{6});
    must(f.reopen());
    CPPUNIT_ASSERT(f.hub().clock().jump.has_value());
    CPPUNIT_ASSERT(any_change(f).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events(f, HubEvent::clock_jumped).size());
    CPPUNIT_ASSERT(!f.hub().clock().jump);
    f.clock.advance(hours{30});
    CPPUNIT_ASSERT(any_change(f).ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events(f, HubEvent::clock_jumped).size());
}

TEST(ClockGuard, never_signs_an_earlier_time_than_before) {
    HubFixture f;
    f.add(kHospital);
    const Instant before = time_of_head(f);
    f.clock.reboot(minutes{1}, kStart - days{2});
    must(f.reopen());
    CPPUNIT_ASSERT(time_of_head(f) == before);
    CPPUNIT_ASSERT(f.hub().clock().jump.has_value());  // and says so
    f.clock.advance(hours{24});
    CPPUNIT_ASSERT(time_of_head(f) == before);
    f.clock.advance(hours{48});
    CPPUNIT_ASSERT(time_of_head(f) > before);
}

TEST(ClockGuard, keeps_the_time_of_each_change_over_a_crash) {
    HubFixture f;
    f.add(kHospital);
    f.clock.advance(std::chrono::seconds{20});
    CPPUNIT_ASSERT(any_change(f).ok());
    const Instant before = time_of_head(f);
    f.clock.set_wall(kStart);  // the server's clock is put right by seconds, and the service starts anew
    must(f.reopen());
    CPPUNIT_ASSERT(time_of_head(f) == before);
}

}  // namespace
}  // namespace zige::hub::testing

#include "agent/core/time_guard.h"

#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr const char* kStart = "2026-09-01 08:00:00";

struct Pc {
    Pc() { open(); }
    void open(Instant floor = {}) {
        guard.reset();
        store.reset();
        store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        guard = agent::TimeGuard::open(clock, *store, floor).value();
    }
    /// The program ends in order, the PC is off, the program starts.
    void off(seconds for_how_long, std::optional<Instant> wall = {}) {
        CPPUNIT_ASSERT(guard->tick(true).ok());
        clock.reboot(for_how_long, wall);
        open();
    }
    bool hear(const char* hub_time) { return guard->accept(at(hub_time), key).ok(); }
    agent::TimeGuard::Status now() const { return guard->status(); }

    std::shared_ptr<PowerDisk> disk = std::make_shared<PowerDisk>();
    MemoryVfs vfs{disk};
    FakeClock clock{at(kStart)};
    wire::OnlineKey key{1, {}, at("2026-08-01 00:00:00"), at("2026-10-30 00:00:00")};
    std::unique_ptr<agent::ReplicaStore> store;
    std::unique_ptr<agent::TimeGuard> guard;
};

}  // namespace

TEST(TimeGuard, knows_nothing_before_it_heard_the_hub) {
    Pc pc;
    CPPUNIT_ASSERT(pc.now().unknown);
    CPPUNIT_ASSERT(pc.hear(kStart));
    CPPUNIT_ASSERT(!pc.now().unknown);
    CPPUNIT_ASSERT(!pc.now().suspect);
}

TEST(TimeGuard, trusted_time_only_rises) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    CPPUNIT_ASSERT(pc.hear("2026-08-31 08:00:00"));
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().trusted);
    CPPUNIT_ASSERT(pc.hear("2026-09-01 09:00:00"));
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 09:00:00"), pc.now().running);
}

TEST(TimeGuard, a_time_that_is_not_on_disk_does_not_count) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.disk->fill_up_at_write(pc.disk->counts().writes + 1);
    CPPUNIT_ASSERT(!pc.hear("2026-09-01 09:00:00"));
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().running);
    pc.disk->free_space();
    CPPUNIT_ASSERT(pc.hear("2026-09-01 09:00:00"));
    pc.open();  // killed before anything else
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 09:00:00"), pc.now().running);
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 09:00:00"), pc.now().trusted);
}

TEST(TimeGuard, takes_no_time_outside_the_key_that_signed_it) {
    Pc pc;
    CPPUNIT_ASSERT(!pc.hear("2026-07-31 23:59:59"));
    CPPUNIT_ASSERT(!pc.hear("2026-10-30 00:00:01"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, pc.guard->accept(at("2036-01-01 00:00:00"), pc.key).error().id);
    CPPUNIT_ASSERT_EQUAL(Instant{}, pc.now().trusted);
}

TEST(TimeGuard, runs_with_boot_time_and_not_with_the_wall) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.clock.advance(hours{3});
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 11:00:00"), pc.now().running);
    pc.clock.set_wall(at("2026-09-05 00:00:00"));
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 11:00:00"), pc.now().running);
}

TEST(TimeGuard, a_night_switched_off_is_no_suspicion) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.clock.advance(hours{9});
    pc.off(hours{15});
    CPPUNIT_ASSERT(!pc.now().suspect);
    CPPUNIT_ASSERT(!pc.now().unknown);
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 17:00:00"), pc.now().running);
    CPPUNIT_ASSERT_EQUAL(at("2026-09-02 08:00:00"), pc.now().wall);
}

TEST(TimeGuard, a_dead_battery_is_suspect_until_the_hub_is_heard_and_the_clock_set) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.off(hours{15}, at("2009-01-01 00:00:00"));
    CPPUNIT_ASSERT(pc.now().suspect);
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().running);
    CPPUNIT_ASSERT(pc.hear("2026-09-01 23:10:00"));
    CPPUNIT_ASSERT_MESSAGE("the wall is still wrong", pc.now().suspect);
    pc.clock.set_wall(at("2026-09-01 23:11:00"));
    CPPUNIT_ASSERT_MESSAGE("it jumped within one boot", pc.now().suspect);
    CPPUNIT_ASSERT(pc.hear("2026-09-01 23:11:00"));
    CPPUNIT_ASSERT(!pc.now().suspect);
}

TEST(TimeGuard, a_far_future_is_unknown_and_pulls_nothing_along) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.off(hours{1}, at("2036-01-01 00:00:00"));
    CPPUNIT_ASSERT(pc.now().unknown);
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().running);
    pc.off(hours{1}, at("2026-09-01 10:00:00"));
    CPPUNIT_ASSERT(!pc.now().unknown);
    CPPUNIT_ASSERT(!pc.now().suspect);
}

TEST(TimeGuard, a_wall_set_back_is_suspect_from_ten_minutes_on) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.clock.set_wall(at(kStart) - minutes{10});
    CPPUNIT_ASSERT(!pc.now().suspect);
    pc.clock.set_wall(at(kStart) - minutes{10} - seconds{1});
    CPPUNIT_ASSERT(pc.now().suspect);
}

TEST(TimeGuard, a_wall_set_forward_within_one_boot_is_suspect) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.clock.advance(hours{1});
    pc.clock.set_wall(at("2026-09-01 09:10:01"));
    CPPUNIT_ASSERT(pc.now().suspect);
    pc.clock.set_wall(at("2026-09-01 09:10:00"));
    CPPUNIT_ASSERT(!pc.now().suspect);
}

TEST(TimeGuard, sixty_days_ahead_are_believed_and_no_more) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.off(hours{24 * 60});
    CPPUNIT_ASSERT(!pc.now().unknown);
    pc.clock.set_wall(at(kStart) + hours{24 * 60} + seconds{1});
    CPPUNIT_ASSERT(pc.now().unknown);
}

TEST(TimeGuard, persists_each_minute_and_survives_a_crash) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    CPPUNIT_ASSERT(pc.guard->tick().ok());
    for (int i = 0; i < 100; ++i) {
        pc.clock.advance(seconds{7});
        CPPUNIT_ASSERT(pc.guard->tick().ok());
    }
    pc.clock.reboot(hours{1});  // no last tick
    pc.open();
    CPPUNIT_ASSERT(pc.now().running <= at(kStart) + seconds{700});
    CPPUNIT_ASSERT(pc.now().running > at(kStart) + seconds{700} - minutes{1} - seconds{7});
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().trusted);
}

TEST(TimeGuard, a_restart_within_one_boot_loses_no_second) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    CPPUNIT_ASSERT(pc.guard->tick(true).ok());
    pc.clock.advance(hours{5});
    pc.open();
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 13:00:00"), pc.now().running);
}

TEST(TimeGuard, an_anchor_ahead_is_a_floor) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    CPPUNIT_ASSERT(pc.guard->tick(true).ok());
    pc.clock.reboot(hours{1});
    pc.open(at("2026-09-03 00:00:00"));
    CPPUNIT_ASSERT_EQUAL(at("2026-09-03 00:00:00"), pc.now().running);
    CPPUNIT_ASSERT_MESSAGE("the wall lies behind it", pc.now().suspect);
}
TEST(TimeGuard, a_trusted_time_of_a_minute_is_on_disk_when_it_counts) {
    Pc pc;
    CPPUNIT_ASSERT(pc.hear(kStart));
    pc.clock.advance(hours{1});  // running time is far beyond what is heard
    CPPUNIT_ASSERT(pc.hear("2026-09-01 08:00:59"));
    pc.open();
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().trusted);
    CPPUNIT_ASSERT(pc.hear("2026-09-01 08:00:59"));
    CPPUNIT_ASSERT(pc.hear("2026-09-01 08:01:00"));
    pc.open();
    CPPUNIT_ASSERT_EQUAL(at("2026-09-01 08:01:00"), pc.now().trusted);
}

/// Times are those of the last entry of the journal, in chapter 4.
struct Journaled {
    const char* name;
    const char* trusted;
    bool heard;  // there is a trusted time on disk
    bool reset;  // root set the time back since
    bool put_back;
};
const Journaled kJournaled[] = {
    {"at_the_same_time", kStart, true, false, false},
    {"before", "2026-08-30 08:00:00", true, false, false},
    {"within_the_minute", "2026-09-01 08:01:00", true, false, false},
    {"after_the_minute", "2026-09-01 08:01:01", true, false, true},
    {"where_the_database_was_lost", "2026-09-01 08:01:01", false, false, false},
    {"before_root_set_the_time_back", "2026-10-01 08:00:00", true, true, false},
};
TEST_EACH(TimeGuard, finds_a_copy_put_back_by_an_entry, kJournaled) {
    Pc pc;
    if (row.heard) CPPUNIT_ASSERT(pc.hear(kStart));
    if (row.reset) pc.guard->lower(at(kStart));
    pc.guard->compare(at(row.trusted), Chapter{4});
    CPPUNIT_ASSERT_EQUAL(row.put_back, pc.guard->copy_put_back(Chapter{4}));
    CPPUNIT_ASSERT(!pc.guard->copy_put_back(Chapter{5}));
    const Instant known = row.reset ? at(kStart) : std::max(at(row.trusted), row.heard ? at(kStart) : Instant{});
    CPPUNIT_ASSERT_EQUAL(known, pc.now().trusted);
    pc.off(hours{1});
    CPPUNIT_ASSERT_EQUAL(row.put_back, pc.guard->copy_put_back(Chapter{4}));
    CPPUNIT_ASSERT(!pc.guard->copy_put_back(Chapter{}));
}

TEST(TimeGuard, reads_what_an_earlier_program_wrote) {
    Pc pc;
    const std::string trusted = std::to_string(at(kStart).time_since_epoch().count());
    const std::string value = trusted + " " + trusted + " 1 0 0 0 0 0";
    CPPUNIT_ASSERT(pc.store->set_value("clock", as_bytes(value)).ok());
    pc.open();
    CPPUNIT_ASSERT_EQUAL(at(kStart), pc.now().trusted);
    CPPUNIT_ASSERT(!pc.guard->copy_put_back(Chapter{}));
}

#include <algorithm>

#include "tests/simulation/expect.h"
#include "tests/simulation/story.h"

namespace zige::simulation {

using namespace std::chrono_literals;

void Story::restart_hub() {
    hub_.kill();
    require(hub_.start());
    note_published();
}

/// What was filed and waits for the hub counts after a restart as before (P2).
void Story::restart_agent(Site& site) {
    const auto before = (*site.machine->agent().desk())->overlay();
    site.machine->stop();
    require(site.machine->start());
    const auto after = (*site.machine->agent().desk())->overlay();
    CPPUNIT_ASSERT_MESSAGE("P2: filings that wait are forgotten by a restart", before->entries == after->entries);
    site.truth.check_journal(site.machine->agent());
}

void Story::work_on(Site& site, int calls) {
    for (int i = 0; i < calls && site.machine->disk().has_power() && hub_.disk().has_power(); ++i) {
        if (draw(2) == 0) clear(site);
        else sync(site);
        (void)site.machine->agent().tick();
    }
}

/// The power goes at one of the next operations of the disk, in the middle of whatever the PC does then: writes before
/// it land whole, torn, or not at all.
void Story::cut_power(Site& site) {
    testing::PowerDisk& disk = site.machine->disk();
    disk.cut_power_at_operation(disk.counts().operations() + 1 + draw(60));
    work_on(site, 6);
    ++summary_.power_cuts;
    site.machine->lose_power(std::chrono::seconds(draw(12 * 3600)));
}

void Story::cut_hub_power() {
    testing::PowerDisk& disk = hub_.disk();
    disk.cut_power_at_operation(disk.counts().operations() + 1 + draw(60));
    for (int i = 0; i < 4; ++i) work_on(any_site(), 1);
    if (!disk.has_power() && draw(3) == 0) work_on(any_site(), 1);
    ++summary_.power_cuts;
    const std::chrono::seconds off(draw(12 * 3600));
    hub_.lose_power(off);
    hub_.clock().set_wall(now_);
    require(hub_.start());
    confirm_hub_clock();
    note_published();
}

/// After a reboot the guard believes a week; an operator who looked at the clock says the rest.
void Story::confirm_hub_clock() {
    hub_.clock().set_wall(now_);
    if (hub_.hub().clock().refused) require(hub_.hub().confirm_clock("simulation", "looked at it"));
    if (hub_.hub().stopped()) return;
    (void)hub_.hub().feed().head("H41150000001");  // the guard sees the new boot while the clock is right
}

void Story::fill_disk(Site& site) {
    testing::PowerDisk& disk = site.machine->disk();
    disk.fill_up_at_write(disk.counts().writes + 1 + draw(30));
    work_on(site, 4);
    depart(site);
    disk.free_space();
}

void Story::fill_hub_disk() {
    testing::PowerDisk& disk = hub_.disk();
    disk.fill_up_at_write(disk.counts().writes + 1 + draw(40));
    for (int i = 0; i < 4; ++i) work_on(any_site(), 1);
    disk.free_space();
}

void Story::set_clock(Site& site) {
    testing::FakeClock& clock = site.machine->clock();
    switch (draw(5)) {
        case 0: clock.set_wall(*parse_time("2009-01-01 00:00:00", "wall")); break;
        case 1: clock.set_wall(*parse_time("2036-02-07 14:28:15", "wall")); break;
        case 2: clock.set_wall(now_ - std::chrono::hours(draw(24 * 400))); break;
        default: clock.set_wall(now_); break;
    }
}

/// Within one boot the guard lets an hour pass and refuses the rest until the clock is right again.
void Story::set_hub_clock() {
    const Instant wrong[] = {now_ + 30min, now_ - 30min, now_ + std::chrono::hours(2 + draw(24 * 3650)),
                             now_ - std::chrono::hours(2 + draw(24 * 3650))};
    hub_.clock().set_wall(draw(2) == 0 ? now_ : wrong[draw(4)]);
}

void Story::change_line() {
    Faults faults;
    if (draw(3) != 0) {
        const auto up_to = [&](std::uint64_t most) { return static_cast<unsigned>(draw(3) == 0 ? 0 : draw(most)); };
        faults.lose_request = up_to(30);
        faults.lose_answer = up_to(30);
        faults.late = up_to(30);
        faults.duplicate = up_to(40);
        faults.damage = up_to(25);
        faults.replay = up_to(25);
        faults.mix = up_to(15);
    }
    network_.set_faults(faults);
    for (Site& site : sites_) network_.partition(site.machine->name(), draw(6) == 0);
}

}  // namespace zige::simulation

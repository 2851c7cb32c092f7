#include "tests/fault/agent/scenario.h"
#include "tests/support/replaced_pc.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// The new PC has everything that the old one had, once, and the hub has it too.
void judge(Replaced& f, std::uint64_t old_size, const std::string& where) {
    CPPUNIT_ASSERT_MESSAGE(where + ": not enrolled", f.pc.agent->enrolled());
    const auto verified = f.pc.journal().verify();
    CPPUNIT_ASSERT_MESSAGE(where + ": " + (verified ? "" : verified.error().describe()), verified.ok());
    f.pc.sync();
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, old_size, std::uint64_t{f.pc.old_entries_at_hub().size()});
    CPPUNIT_ASSERT_MESSAGE(where + ": forked", !f.hub.forked);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, std::uint64_t{0}, f.pc.agent->status().journal.unheld);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, std::size_t{0}, f.pc.agent->status().filings_waiting);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, std::size_t{1}, f.hub.filings.size());
    for (const auto& [key, code] : {std::pair("first", "D411502000003"), std::pair("second", "D411502000001")}) {
        const agent::ClaimLine lines[] = {{"1", AgentFixture::line(code)}};
        const auto again = f.pc.agent->gate().value()->clear({"C-1", key, lines});
        CPPUNIT_ASSERT_MESSAGE(where + ": answered decision lost: " + key, again.ok() && again->repeated);
    }
}

std::uint64_t operations_of(PowerDisk& (*disk)(Replaced&)) {
    Replaced f;
    const auto before = disk(f).counts().operations();
    CPPUNIT_ASSERT(f.pc.enrol().ok());
    return disk(f).counts().operations() - before;
}

PowerDisk& new_disk(Replaced& f) { return *f.pc.disk; }
PowerDisk& old_disk(Replaced& f) { return *f.disk; }

}  // namespace

TEST(ReplacedPc, cut_short_by_the_power_of_the_new_pc_goes_on_when_it_is_back) {
    const std::uint64_t operations = operations_of(new_disk);
    CPPUNIT_ASSERT(operations > 10);
    for (std::uint64_t cut = 1; cut <= operations; cut += step_of_sweep(2)) {
        Replaced f(cut);
        const std::uint64_t old_size = f.journal().status().size;
        f.pc.disk->cut_power_at_operation(f.pc.disk->counts().operations() + cut);
        CPPUNIT_ASSERT(!f.pc.enrol().ok() || !f.pc.disk->has_power());
        const std::string where = "cut at operation " + std::to_string(cut);
        CPPUNIT_ASSERT_MESSAGE(where + ": the power was not cut", !f.pc.disk->has_power());
        f.pc.stop();
        f.pc.disk->reboot();
        f.pc.start();
        if (!f.pc.agent->enrolled()) {
            const auto done = f.pc.enrol();
            CPPUNIT_ASSERT_MESSAGE(where + ": " + (done ? "" : done.error().describe()), done.ok());
        }
        judge(f, old_size, where);
    }
}

TEST(ReplacedPc, cut_short_by_the_power_of_the_old_disk_goes_on_when_it_is_back) {
    const std::uint64_t operations = operations_of(old_disk);
    CPPUNIT_ASSERT(operations > 1);  // signatures, and the word
    for (std::uint64_t cut = 1; cut <= operations; ++cut) {
        Replaced f(cut);
        const std::uint64_t old_size = f.journal().status().size;
        f.disk->cut_power_at_operation(f.disk->counts().operations() + cut);
        const auto first = f.pc.enrol();
        f.stop();
        f.disk->reboot();
        f.start();
        const std::string where = "cut at operation " + std::to_string(cut);
        if (!first.ok()) {
            CPPUNIT_ASSERT_MESSAGE(where, !f.pc.agent->enrolled());
            const auto done = f.pc.enrol();
            CPPUNIT_ASSERT_MESSAGE(where + ": " + (done ? "" : done.error().describe()), done.ok());
        }
        judge(f, old_size, where);
        f.restart();
        CPPUNIT_ASSERT_MESSAGE(where, f.agent->status().revoked.has_value());
    }
}

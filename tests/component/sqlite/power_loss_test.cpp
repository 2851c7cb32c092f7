#include <optional>

#include "shared/sqlite/database.h"
#include "tests/support/memory_vfs.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::sqlite;
using zige::testing::MemoryVfs;
using zige::testing::PowerDisk;

namespace {

constexpr int kTransactions = 12;
const Migration kSteps[] = {{1, "CREATE TABLE pair (half INTEGER, no INTEGER, filler TEXT) STRICT"}};

OpenOptions options(const MemoryVfs& vfs, Synchronous synchronous) {
    OpenOptions options;
    options.path = "/d/t.db";
    options.vfs = vfs.name();
    options.synchronous = synchronous;
    return options;
}

Result<void> write_pair(Database& database, std::int64_t no) {
    ZIGE_TRY(transaction, Transaction::begin(database));
    ZIGE_TRY(statement, database.prepare("INSERT INTO pair VALUES (?1, ?2, ?3)"));
    const std::string filler(3'000, 'f');
    ZIGE_CHECK(statement.run({1, no, filler}));
    ZIGE_CHECK(statement.run({2, no, filler}));
    return transaction.commit();
}

/// The last transaction that was confirmed before the power went.
int run_until_cut(const OpenOptions& how) {
    int confirmed = 0;
    auto database = Database::open(how);
    if (!database.ok() || !database.value()->migrate(kSteps).ok()) return 0;
    for (int no = 1; no <= kTransactions; ++no) {
        if (!write_pair(*database.value(), no).ok()) return confirmed;
        confirmed = no;
        if (no % 5 == 0 && !database.value()->checkpoint().ok()) return confirmed;
    }
    return confirmed;
}

/// What is wrong after the reboot; nothing if all is as promised.
std::optional<std::string> judge(const OpenOptions& how, int confirmed) {
    auto database = Database::open(how);
    if (!database.ok()) return database.error().describe();
    if (auto checked = database.value()->check_integrity(); !checked.ok()) return checked.error().describe();
    if (auto migrated = database.value()->migrate(kSteps); !migrated.ok()) return migrated.error().describe();
    const auto found =
        database.value()->integer("SELECT count(DISTINCT no) FROM pair WHERE no <= " + std::to_string(confirmed));
    if (!found.ok()) return found.error().describe();
    if (found.value() != confirmed) return "lost " + std::to_string(confirmed - found.value()) + " confirmed";
    const auto halves =
        database.value()->integer("SELECT count(*) FROM (SELECT 1 FROM pair GROUP BY no HAVING count(*) <> 2)");
    if (!halves.ok() || halves.value() != 0) return "a transaction is there by half";
    return {};
}

struct Tally {
    int runs = 0;
    int broken = 0;
    std::string first;
};

/// Cuts at each operation of the run, one run per cut, and once with another seed.
Tally sweep(Synchronous synchronous, bool ignore_syncs) {
    Tally tally;
    for (std::uint64_t cut = 1;; ++cut) {
        for (std::uint64_t seed : {cut, cut + 1'000}) {
            auto disk = std::make_shared<PowerDisk>(seed);
            MemoryVfs vfs(disk);
            disk->cut_power_at_operation(cut);
            disk->ignore_syncs(ignore_syncs);
            const int confirmed = run_until_cut(options(vfs, synchronous));
            const bool was_cut = !disk->has_power();
            disk->cut_power_now();
            disk->reboot();
            ++tally.runs;
            if (const auto wrong = judge(options(vfs, synchronous), confirmed)) {
                if (tally.broken++ == 0)
                    tally.first = "cut " + std::to_string(cut) + " seed " + std::to_string(seed) + ": " + *wrong;
            }
            if (!was_cut) return tally;
        }
    }
}

}  // namespace

TEST(PowerLoss, takes_nothing_that_was_committed_with_full_sync) {
    const Tally tally = sweep(Synchronous::full, false);
    CPPUNIT_ASSERT_EQUAL(std::string(), tally.first);
    CPPUNIT_ASSERT(tally.runs > 100);
}
// These two show that the disk in memory would notice: without them the test above could pass for nothing.
TEST(PowerLoss, is_noticed_when_commits_are_not_synced) { CPPUNIT_ASSERT(sweep(Synchronous::off, false).broken > 10); }
TEST(PowerLoss, is_noticed_when_the_disk_lies_about_syncs) {
    CPPUNIT_ASSERT(sweep(Synchronous::full, true).broken > 10);
}
TEST(PowerLoss, takes_late_commits_with_normal_sync) {  // why FULL and not SQLite's advice for WAL
    CPPUNIT_ASSERT(sweep(Synchronous::normal, false).broken > 10);
}

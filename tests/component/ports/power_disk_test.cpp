#include "tests/support/power_disk.h"

#include <set>

#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr const char* kFile = "/d/f";

PowerDisk::Handle file_on(PowerDisk& disk, std::string_view content) {
    PowerDisk::Handle file;
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.open(kFile, true, file));
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.write(file, 0, as_bytes(content)));
    return file;
}

/// What a reader finds: nothing when there is no such file.
std::string find(PowerDisk& disk, const std::string& path = kFile) {
    const auto files = disk.image("");
    const auto found = files.find(path);
    return found == files.end() ? "(no file)" : std::string(as_text(found->second));
}

}  // namespace

TEST(PowerDisk, keeps_what_was_synced_with_its_name) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        PowerDisk disk(seed);
        const auto file = file_on(disk, "safe");
        disk.sync(file);
        disk.sync_folder(kFile);
        disk.cut_power_now();
        disk.reboot();
        CPPUNIT_ASSERT_EQUAL(std::string("safe"), find(disk));
    }
}
TEST(PowerDisk, may_lose_all_that_was_not_synced) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        PowerDisk disk(seed);
        const auto file = file_on(disk, "old");
        disk.sync(file);
        disk.sync_folder(kFile);
        disk.write(file, 0, as_bytes("NEW"));
        disk.cut_power_now();
        disk.reboot();
        seen.insert(find(disk));
    }
    CPPUNIT_ASSERT_EQUAL(std::set<std::string>({"NEW", "old"}), seen);
}
TEST(PowerDisk, may_lose_a_name_whose_folder_was_not_synced) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        PowerDisk disk(seed);
        disk.sync(file_on(disk, "x"));
        disk.cut_power_now();
        disk.reboot();
        seen.insert(find(disk));
    }
    CPPUNIT_ASSERT_EQUAL(std::set<std::string>({"(no file)", "x"}), seen);
}
TEST(PowerDisk, tears_a_write_between_sectors) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        PowerDisk disk(seed);
        const auto file = file_on(disk, std::string(512, 'a') + "b");
        disk.sync(file);
        disk.sync_folder(kFile);
        disk.write(file, 0, as_bytes(std::string(512, 'A') + "B"));
        disk.cut_power_now();
        disk.reboot();
        const std::string found = find(disk);
        seen.insert({found.front(), found.back()});
        CPPUNIT_ASSERT_EQUAL(std::string(512, found.front()), found.substr(0, 512));
    }
    CPPUNIT_ASSERT_EQUAL(std::set<std::string>({"ab", "AB", "Ab", "aB"}), seen);
}
TEST(PowerDisk, does_nothing_from_the_cut_on) {
    PowerDisk disk;
    const auto file = file_on(disk, "1");
    disk.cut_power_at_write(3);
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.write(file, 1, as_bytes("2")));
    CPPUNIT_ASSERT_EQUAL(DiskError::no_power, disk.write(file, 2, as_bytes("3")));
    CPPUNIT_ASSERT_EQUAL(DiskError::no_power, disk.sync(file));
    CPPUNIT_ASSERT(!disk.has_power());
    disk.reboot();
    CPPUNIT_ASSERT_EQUAL(DiskError::no_power, disk.write(file, 0, as_bytes("dead handle")));
}
TEST(PowerDisk, cuts_at_a_sync_before_it_is_done) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        PowerDisk disk(seed);
        disk.cut_power_at_sync(1);
        CPPUNIT_ASSERT_EQUAL(DiskError::no_power, disk.sync(file_on(disk, "x")));
        disk.reboot();
        seen.insert(find(disk));
    }
    CPPUNIT_ASSERT(seen.contains("(no file)"));
}
TEST(PowerDisk, fills_up_and_frees_itself) {
    PowerDisk disk;
    const auto file = file_on(disk, "1234");
    disk.fill_up_at_write(2);
    CPPUNIT_ASSERT_EQUAL(DiskError::full, disk.write(file, 0, as_bytes("longer")));
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.write(file, 0, as_bytes("over")));
    disk.free_space();
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.write(file, 4, as_bytes("5")));
    CPPUNIT_ASSERT_EQUAL(std::string("over5"), find(disk));
}
TEST(PowerDisk, fails_one_read) {
    PowerDisk disk;
    const auto file = file_on(disk, "1234");
    Bytes out(4);
    std::size_t got = 0;
    disk.fail_read_in(2);
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.read(file, 0, out, got));
    CPPUNIT_ASSERT_EQUAL(DiskError::io, disk.read(file, 0, out, got));
    CPPUNIT_ASSERT_EQUAL(DiskError::none, disk.read(file, 0, out, got));
}
TEST(PowerDisk, puts_a_folder_back) {
    PowerDisk disk;
    auto file = file_on(disk, "monday");
    const auto monday = disk.image("/d/");
    disk.write(file, 0, as_bytes("friday"));
    disk.restore("/d/", monday);
    CPPUNIT_ASSERT_EQUAL(std::string("monday"), find(disk));
    CPPUNIT_ASSERT_EQUAL(DiskError::no_power, disk.write(file, 0, as_bytes("x")));
    disk.restore("/clone/", monday);
    CPPUNIT_ASSERT_EQUAL(std::string("monday"), find(disk, "/clone/f"));
}

/// Each cut of a replacement leaves the old content or the new one, whole.
TEST(MemoryFiles, replaces_a_file_whole_or_not_at_all) {
    const Bytes before(1'500, std::byte{'o'}), after(2'500, std::byte{'n'});
    bool finished = false;
    for (std::uint64_t cut = 1; !finished; ++cut) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            auto disk = std::make_shared<PowerDisk>(seed);
            MemoryFiles files(disk);
            CPPUNIT_ASSERT(files.write(kFile, before).ok());
            disk->cut_power_at_operation(disk->counts().operations() + cut);
            finished = files.write(kFile, after).ok();
            disk->cut_power_now();
            disk->reboot();
            const Bytes found = files.read(kFile, 5'000).value();
            CPPUNIT_ASSERT_MESSAGE("cut " + std::to_string(cut), found == after || (!finished && found == before));
        }
        CPPUNIT_ASSERT(cut < 20);
    }
}
TEST(MemoryFiles, forgets_its_locks_with_the_power) {
    auto disk = std::make_shared<PowerDisk>();
    MemoryFiles files(disk), other(disk);
    auto held = files.lock("/d/lock");
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_locked, other.lock("/d/lock").error().id);
    disk->cut_power_now();
    disk->reboot();
    auto next = other.lock("/d/lock");
    CPPUNIT_ASSERT(next.ok());
    held.value().reset();  // belongs to the time before and gives nothing back now
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_locked, files.lock("/d/lock").error().id);
}

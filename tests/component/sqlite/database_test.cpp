#include "shared/sqlite/database.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/support/memory_vfs.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::sqlite;
using zige::testing::MemoryVfs;
using zige::testing::PowerDisk;
using zige::testing::TempDir;

namespace {

const Migration kSteps[] = {
    {1, "CREATE TABLE person (no INTEGER PRIMARY KEY, name TEXT NOT NULL, photo BLOB) STRICT"},
    {2, "ALTER TABLE person ADD COLUMN dept TEXT; CREATE INDEX by_name ON person(name)"},
};

/// A database on the real disk and one on the disk in memory.
struct Fixture {
    std::unique_ptr<TempDir> folder;
    std::unique_ptr<MemoryVfs> vfs;
    OpenOptions options;

    std::unique_ptr<Database> open(std::span<const Migration> steps = kSteps) const {
        auto database = Database::open(options).value();
        CPPUNIT_ASSERT(database->migrate(steps).ok());
        return database;
    }
};

Fixture on_disk() {
    auto folder = std::make_unique<TempDir>();
    OpenOptions options;
    options.path = *folder / "t.db";
    return {std::move(folder), nullptr, options};
}
Fixture in_memory() {
    auto vfs = std::make_unique<MemoryVfs>(std::make_shared<PowerDisk>());
    OpenOptions options;
    options.path = "/t.db";
    options.vfs = vfs->name();
    return {nullptr, std::move(vfs), options};
}

struct Row {
    const char* name;
    Fixture (*make)();
};
const Row kBoth[] = {{"on_disk", on_disk}, {"in_memory", in_memory}};

Result<void> insert(Database& database, std::int64_t no, std::string_view name) {
    ZIGE_TRY(statement, database.prepare("INSERT INTO person (no, name) VALUES (?1, ?2)"));
    return statement.run({no, name});
}
std::int64_t count(Database& database) { return database.integer("SELECT count(*) FROM person").value(); }

}  // namespace

TEST_EACH(Database, gives_back_each_kind_of_value, kBoth) {
    const Fixture at = row.make();
    const auto database = at.open();
    auto write = database->prepare("INSERT INTO person (no, name, photo, dept) VALUES (?1, ?2, ?3, ?4)").value();
    CPPUNIT_ASSERT(write.run({1, "王五", to_bytes("\x01\x02"), nullptr}).ok());
    CPPUNIT_ASSERT(write.run({std::int64_t{-9'000'000'000}, std::string_view{}, ByteView{}, "内科"}).ok());
    auto read = database->prepare("SELECT no, name, photo, dept FROM person ORDER BY no DESC").value();
    CPPUNIT_ASSERT(read.step().value());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, read.integer(0));
    CPPUNIT_ASSERT_EQUAL(to_bytes("\x01\x02"), to_bytes(read.blob(2)));
    CPPUNIT_ASSERT(read.is_null(3));
    CPPUNIT_ASSERT(read.step().value());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{-9'000'000'000}, read.integer(0));
    CPPUNIT_ASSERT_EQUAL(std::string(), std::string(read.text(1)));
    CPPUNIT_ASSERT(!read.is_null(2) && read.blob(2).empty());
    CPPUNIT_ASSERT(!read.step().value());
}
TEST_EACH(Database, keeps_what_was_committed_and_nothing_else, kBoth) {
    const Fixture at = row.make();
    {
        const auto database = at.open();
        auto kept = Transaction::begin(*database).value();
        CPPUNIT_ASSERT(insert(*database, 1, "kept").ok());
        CPPUNIT_ASSERT(kept.commit().ok());
        auto dropped = Transaction::begin(*database).value();
        CPPUNIT_ASSERT(insert(*database, 2, "dropped").ok());
    }
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*at.open()));
}
TEST_EACH(Database, takes_one_writer_at_a_time, kBoth) {
    Fixture at = row.make();
    const auto first = at.open();
    at.options.busy_timeout = std::chrono::milliseconds(0);
    const auto second = Database::open(at.options).value();
    {
        auto writing = Transaction::begin(*first).value();
        CPPUNIT_ASSERT_EQUAL(ErrorId::db_busy, Transaction::begin(*second).error().id);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, count(*second));
    }
    CPPUNIT_ASSERT(Transaction::begin(*second).ok());
}
TEST_EACH(Database, shows_readers_the_last_commit, kBoth) {
    const Fixture at = row.make();
    const auto writer = at.open();
    const auto reader = at.open();
    for (int no = 1; no <= 300; ++no) {
        CPPUNIT_ASSERT(insert(*writer, no, std::string(1'000, 'n')).ok());
        if (no % 100 == 0) CPPUNIT_ASSERT(writer->checkpoint().ok());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{no}, count(*reader));
    }
    CPPUNIT_ASSERT(reader->check_integrity().ok());
}
TEST_EACH(Database, names_what_is_wrong, kBoth) {
    const Fixture at = row.make();
    const auto database = at.open();
    CPPUNIT_ASSERT(insert(*database, 1, "a").ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_constraint, insert(*database, 1, "b").error().id);
    const auto wrong_type =
        database->prepare("INSERT INTO person (no, name) VALUES (?1, ?2)").value().run({2, Bytes(1)});
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_constraint, wrong_type.error().id);  // STRICT
    const Error no_table = database->prepare("SELECT * FROM nobody").error();
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, no_table.id);
    CPPUNIT_ASSERT(no_table.detail.find("no such table: nobody") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, database->integer("SELECT 1 WHERE 0").error().id);
    CPPUNIT_ASSERT_THROW((void)database->prepare("SELECT 1; SELECT 2"), Bug);
    CPPUNIT_ASSERT_THROW((void)database->prepare("SELECT ?1").value().run(), Bug);
}
TEST_EACH(Database, prepares_a_statement_once, kBoth) {
    const Fixture at = row.make();
    const auto database = at.open();
    for (int no = 1; no <= 3; ++no) {
        auto one = database->prepare("SELECT ?1").value();
        auto two = database->prepare("SELECT ?1").value();  // while the first is out
        CPPUNIT_ASSERT(one.bind({no}).ok() && two.bind({-no}).ok());
        CPPUNIT_ASSERT(one.step().value() && two.step().value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{no}, one.integer(0));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-no}, two.integer(0));
    }
}
TEST_EACH(Database, migrates_from_each_version, kBoth) {
    const Fixture at = row.make();
    const std::span all(kSteps);
    {
        const auto old = at.open(all.first(1));
        CPPUNIT_ASSERT(insert(*old, 1, "old row").ok());
    }
    const auto database = at.open(all);
    CPPUNIT_ASSERT_EQUAL(2, database->schema_version().value());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*database));
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_newer_schema, database->migrate(all.first(1)).error().id);
}
TEST_EACH(Database, changes_nothing_when_a_migration_fails, kBoth) {
    const Fixture at = row.make();
    const Migration broken[] = {kSteps[0], {2, "CREATE TABLE half (a INTEGER) STRICT; CREATE NONSENSE"}};
    const auto database = at.open(std::span(kSteps).first(1));
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, database->migrate(broken).error().id);
    CPPUNIT_ASSERT_EQUAL(1, database->schema_version().value());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                         database->integer("SELECT count(*) FROM sqlite_schema WHERE name='half'").value());
}

TEST(Database, says_that_a_file_is_no_database) {
    const Fixture at = on_disk();
    std::ofstream(at.options.path) << std::string(4'096, 'x');
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_corrupt, Database::open(at.options).error().id);
}
TEST(Database, says_that_a_page_is_damaged) {
    Fixture at = on_disk();
    {
        const auto database = at.open();
        for (int no = 1; no <= 500; ++no) CPPUNIT_ASSERT(insert(*database, no, "somebody").ok());
        CPPUNIT_ASSERT(database->checkpoint().ok());
    }
    std::fstream file(at.options.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4'096);
    file << std::string(4'096, '\xff');
    file.close();
    at.options.create = false;
    const auto database = Database::open(at.options).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_corrupt, database->check_integrity().error().id);
}
TEST(Database, is_not_created_unless_asked) {
    Fixture at = on_disk();
    at.options.create = false;
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, Database::open(at.options).error().id);
}
TEST(Database, says_that_the_disk_is_full_and_goes_on_when_it_is_not) {
    const Fixture at = in_memory();
    const auto database = at.open();
    at.vfs->disk().fill_up_at_write(at.vfs->disk().counts().writes + 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::file_disk_full, insert(*database, 1, "a").error().id);
    at.vfs->disk().free_space();
    CPPUNIT_ASSERT(insert(*database, 1, "a").ok());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*database));
}
TEST(Database, says_that_the_disk_cannot_be_read) {
    const Fixture at = in_memory();
    CPPUNIT_ASSERT(insert(*at.open(), 1, "a").ok());
    at.vfs->disk().fail_read_in(2);
    auto opened = Database::open(at.options);
    CPPUNIT_ASSERT(!opened.ok() || !opened.value()->integer("SELECT count(*) FROM person").ok());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*at.open()));
}

namespace {

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

}  // namespace

TEST(Database, opened_read_only_is_read_and_leaves_no_trace) {
    Fixture fixture = on_disk();
    fixture.options.path = *fixture.folder / "a 100% ?#.db";
    CPPUNIT_ASSERT(insert(*fixture.open(), 1, "张三").ok());
    const auto before = names_in(fixture.folder->path());
    fixture.options.read_only = true;
    const auto database = fixture.open();
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*database));
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, insert(*database, 2, "李四").error().id);
    CPPUNIT_ASSERT_EQUAL(before, names_in(fixture.folder->path()));
}

TEST(Database, opened_read_only_shows_what_stands_in_the_log_of_a_program_that_died) {
    Fixture fixture = on_disk();
    const auto writer = fixture.open();
    CPPUNIT_ASSERT(insert(*writer, 1, "张三").ok());
    const TempDir copy;
    for (const char* part : {"t.db", "t.db-wal", "t.db-shm"})
        std::filesystem::copy(*fixture.folder / part, copy / part);
    const auto database = Database::open({.path = copy / "t.db", .vfs = {}, .read_only = true}).value();
    CPPUNIT_ASSERT(database->migrate(kSteps).ok());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(*database));
}

TEST(Database, opened_read_only_is_not_migrated) {
    Fixture fixture = on_disk();
    (void)fixture.open(std::span(kSteps).first(1));
    fixture.options.read_only = true;
    const auto database = Database::open(fixture.options).value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_failed, database->migrate(kSteps).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::db_newer_schema, database->migrate({}).error().id);
}

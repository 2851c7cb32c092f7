#include "hub/store/sqlite_store.h"

#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <thread>

#include "hub/core/hub_values.h"
#include "hub/core/schema.h"
#include "hub/core/statements.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

namespace zige::hub {
namespace {

using zige::testing::TempDir;

std::unique_ptr<Store> open(const TempDir& folder) {
    auto store = make_sqlite_store({folder / "hub.db"});
    if (!store.ok()) throw std::runtime_error(store.error().describe());
    return std::move(*store);
}

std::uint64_t publish_number(Store& store) {
    auto number = read_from(store, [](Tx& tx) { return get_number(tx, HubValue::publish); });
    CPPUNIT_ASSERT(number.ok());
    return *number;
}
Result<void> set_publish(Store& store, std::uint64_t number) {
    return store.write([number](Tx& tx) { return set_number(tx, HubValue::publish, number); });
}

void raw(const TempDir& folder, const char* text) {
    sqlite3* database = nullptr;
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open((folder / "hub.db").c_str(), &database));
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_exec(database, text, nullptr, nullptr, nullptr));
    sqlite3_close(database);
}

TEST(HubStore, keeps_numbers_texts_bytes_and_nothing) {
    TempDir folder;
    const auto store = open(folder);
    const Bytes all_bytes = [] {
        Bytes bytes;
        for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::byte>(i));
        return bytes;
    }();
    CPPUNIT_ASSERT(store
                       ->write([&](Tx& tx) -> Result<void> {
                           ZIGE_CHECK(set_number(tx, HubValue::epoch, std::uint64_t{1} << 62));
                           ZIGE_CHECK(set_bytes(tx, HubValue::config, all_bytes));
                           return tx.exec(Sql::department_put, {sql("H1"), sql("A03"), sql("心内科 'O\"Neil; --")});
                       })
                       .ok());
    CPPUNIT_ASSERT(store
                       ->read([&](Tx& tx) -> Result<void> {
                           CPPUNIT_ASSERT_EQUAL(std::uint64_t{1} << 62, get_number(tx, HubValue::epoch).value());
                           CPPUNIT_ASSERT(get_bytes(tx, HubValue::config).value() == all_bytes);
                           CPPUNIT_ASSERT(!get_bytes(tx, HubValue::epoch).value());  // null
                           CPPUNIT_ASSERT_EQUAL(std::string("心内科 'O\"Neil; --"),
                                                tx.first(Sql::departments_of, {sql("H1")}).value()->text(1));
                           return {};
                       })
                       .ok());
}

TEST(HubStore, rolls_back_when_the_work_fails) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(set_publish(*store, 1).ok());
    const auto failed = store->write([](Tx& tx) -> Result<void> {
        ZIGE_CHECK(set_number(tx, HubValue::publish, 2));
        return fail(ErrorId::system_failed);
    });
    CPPUNIT_ASSERT_EQUAL(ErrorId::system_failed, failed.error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, publish_number(*store));
}

TEST(HubStore, rolls_back_when_the_work_throws) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(set_publish(*store, 1).ok());
    CPPUNIT_ASSERT_THROW(static_cast<void>(store->write([](Tx& tx) -> Result<void> {
                             ZIGE_CHECK(set_number(tx, HubValue::publish, 2));
                             throw Bug("half way");
                         })),
                         Bug);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, publish_number(*store));
    CPPUNIT_ASSERT(set_publish(*store, 3).ok());  // the store still works
}

TEST(HubStore, names_the_statement_that_failed) {
    TempDir folder;
    const auto store = open(folder);
    const auto twice = store->write([](Tx& tx) -> Result<void> {
        for (int i = 0; i < 2; ++i) ZIGE_CHECK(tx.exec(Sql::trust_put, {sql(std::uint32_t{1}), sql(Bytes(3))}));
        return {};
    });
    CPPUNIT_ASSERT_EQUAL(ErrorId::store_failed, twice.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("trust_put"), twice.error().field);
}

TEST(HubStore, runs_a_statement_again_with_values_of_other_kinds) {
    TempDir folder;
    const auto store = open(folder);
    const auto kept = [&](const SqlValue& number) {
        return read_from(*store, [&](Tx& tx) { return tx.query(Sql::kept_of, {number}); }).value();
    };
    CPPUNIT_ASSERT(store
                       ->write([](Tx& tx) -> Result<void> {
                           const Bytes all(70'000, std::byte{7});
                           ZIGE_CHECK(set_bytes(tx, HubValue::config, all));
                           ZIGE_CHECK(tx.exec(Sql::value_set_content, {sql("config"), SqlValue{}}));
                           CPPUNIT_ASSERT(!get_bytes(tx, HubValue::config).value());
                           ZIGE_CHECK(set_bytes(tx, HubValue::config, Bytes(3)));
                           CPPUNIT_ASSERT_EQUAL(std::size_t{3}, get_bytes(tx, HubValue::config).value()->size());
                           for (std::uint32_t no = 1; no <= 3; ++no)
                               ZIGE_CHECK(tx.exec(Sql::kept_put, {sql(no == 3 ? "H2" : "H1"), sql(no), sql(all)}));
                           return {};
                       })
                       .ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, kept(sql("H1")).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, kept(sql("H2")).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, kept(sql("H3")).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, kept(sql("H1")).size());
}

TEST(HubStore, goes_on_in_the_transaction_in_which_a_statement_failed) {
    TempDir folder;
    const auto store = open(folder);
    const auto trust = [](Tx& tx, std::uint32_t version) {
        return tx.exec(Sql::trust_put, {sql(version), sql(Bytes(3))});
    };
    for (const std::uint32_t version : {1U, 2U})  // what failed runs again, in the next transaction too
        CPPUNIT_ASSERT(store
                           ->write([&](Tx& tx) -> Result<void> {
                               ZIGE_CHECK(tx.exec(Sql::savepoint, {}));
                               ZIGE_CHECK(trust(tx, version + 10));
                               CPPUNIT_ASSERT_EQUAL(ErrorId::store_failed, trust(tx, version + 10).error().id);
                               ZIGE_CHECK(tx.exec(Sql::savepoint_back, {}));
                               ZIGE_CHECK(tx.exec(Sql::savepoint_release, {}));
                               return trust(tx, version);
                           })
                           .ok());
    const Rows rows = read_from(*store, [](Tx& tx) { return tx.query(Sql::trust_all, {}); }).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, rows.size());
}

TEST(HubStore, holds_nothing_open_between_transactions) {
    TempDir folder;
    const auto store = open(folder);
    const auto twice = [](Tx& tx) -> Result<void> {
        for (int i = 0; i < 2; ++i) ZIGE_CHECK(tx.exec(Sql::trust_put, {sql(std::uint32_t{1}), sql(Bytes(3))}));
        return {};
    };
    CPPUNIT_ASSERT(!store->write(twice).ok());
    CPPUNIT_ASSERT(!store->read(twice).ok());
    CPPUNIT_ASSERT(set_publish(*store, 7).ok());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, publish_number(*store));
    sqlite3* database = nullptr;
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open((folder / "hub.db").c_str(), &database));
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK,  // busy while a reader or a writer is under way
                         sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr));
    sqlite3_close(database);
}

TEST(HubStore, prepares_anew_when_another_program_changed_the_schema) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(set_publish(*store, 1).ok());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, publish_number(*store));
    raw(folder, "CREATE INDEX of_a_later_release ON hub_values (number)");
    CPPUNIT_ASSERT(set_publish(*store, 2).ok());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, publish_number(*store));
}

TEST(HubStore, takes_as_many_parameters_as_a_statement_has) {
    TempDir folder;
    const auto store = open(folder);
    for (const std::vector<SqlValue>& params : {std::vector<SqlValue>{}, {sql("a"), sql("b")}})
        CPPUNIT_ASSERT_THROW(static_cast<void>(store->read([&](Tx& tx) -> Result<void> {
                                 auto rows = tx.query(Sql::value_get, params);
                                 return rows.ok() ? Result<void>() : rows.error();
                             })),
                             Bug);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, publish_number(*store));
}

TEST(HubStore, shows_a_reader_one_moment_while_somebody_writes) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(set_publish(*store, 1).ok());
    CPPUNIT_ASSERT(store
                       ->read([&](Tx& tx) -> Result<void> {
                           CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, get_number(tx, HubValue::publish).value());
                           std::thread([&] { CPPUNIT_ASSERT(set_publish(*store, 2).ok()); }).join();
                           CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, get_number(tx, HubValue::publish).value());
                           return {};
                       })
                       .ok());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, publish_number(*store));
}

TEST(HubStore, lets_a_reader_write_nothing) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(!store->read([](Tx& tx) { return set_number(tx, HubValue::publish, 2); }).ok());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, publish_number(*store));
}

TEST(HubStore, belongs_to_its_owner_alone) {
    TempDir folder;
    const auto store = open(folder);
    CPPUNIT_ASSERT(set_publish(*store, 1).ok());
    using std::filesystem::perms;
    for (const char* file : {"hub.db", "hub.db-wal"}) {
        const perms rights = std::filesystem::status(folder / file).permissions();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(file, 0, static_cast<int>(rights & (perms::group_all | perms::others_all)));
    }
}

TEST(HubStore, refuses_the_database_of_a_newer_program) {
    TempDir folder;
    open(folder).reset();
    raw(folder, "PRAGMA user_version = 999");
    CPPUNIT_ASSERT_EQUAL(ErrorId::store_newer_schema, make_sqlite_store({folder / "hub.db"}).error().id);
}

TEST(HubStore, finds_older_events_by_the_number_of_their_notice) {
    TempDir folder;
    open(folder).reset();
    raw(folder, "DROP TABLE notice_numbers; PRAGMA user_version = 10");  // as the program before left it
    raw(folder,
        "INSERT INTO log VALUES (1, 0, 63, 'a', 'H1', 0, 7, 'document=A' || char(10) || 'points=9' || char(10), x'00'), "
        "(2, 0, 16, 'a', '', 0, 8, 'status=suspended' || char(10) || 'document=B\\n\\\\n' || char(10), x'00'), "
        "(3, 0, 63, 'a', 'H1', 0, 9, 'document=AB' || char(10) || 'old_document=A' || char(10), x'00'), "
        "(4, 0, 64, 'a', 'H1', 0, 7, 'document=A' || char(10), x'00')");
    const auto store = open(folder);
    const auto people = [&](const char* document, std::int64_t event) {
        auto rows = read_from(*store, [&](Tx& tx) { return tx.query(Sql::log_of_notice, {sql(document), event}); });
        CPPUNIT_ASSERT(rows.ok());
        std::vector<std::int64_t> found;
        for (const Row& row : *rows) found.push_back(row.number(6));
        return found;
    };
    CPPUNIT_ASSERT(people("A", 63) == std::vector<std::int64_t>{7});
    CPPUNIT_ASSERT(people("AB", 63) == std::vector<std::int64_t>{9});
    CPPUNIT_ASSERT(people("B\n\\n", 16) == std::vector<std::int64_t>{8});
    CPPUNIT_ASSERT(people("A", 16).empty());
}

TEST(HubStore, opens_again_with_what_it_had) {
    TempDir folder;
    {
        const auto store = open(folder);
        CPPUNIT_ASSERT(set_publish(*store, 7).ok());
    }
    const auto store = open(folder);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, publish_number(*store));
}

}  // namespace
}  // namespace zige::hub

#include "hub/store/prepared.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

#include "hub/store/sqlite_store.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

namespace zige::hub {
namespace {

/// How often a statement of the session ran since it was prepared; -1: the session has none like it.
int runs_of(Poco::Data::Session& session, std::string_view text) {
    sqlite3* database = Poco::Data::SQLite::Utility::dbHandle(session);
    for (sqlite3_stmt* each = sqlite3_next_stmt(database, nullptr); each != nullptr;
         each = sqlite3_next_stmt(database, each))
        if (sqlite3_sql(each) == text) return sqlite3_stmt_status(each, SQLITE_STMTSTATUS_RUN, 0);
    return -1;
}

struct OpenConnection {
    OpenConnection() {
        CPPUNIT_ASSERT(make_sqlite_store({folder / "hub.db"}).ok());
        connection = std::make_unique<Connection>(Poco::Data::Session("SQLite", (folder / "hub.db").string()));
    }
    zige::testing::TempDir folder;
    std::unique_ptr<Connection> connection;
};

TEST(Prepared, is_prepared_once_and_run_many_times) {
    OpenConnection f;
    const Statement& set = statement(Sql::value_set_number);
    for (std::int64_t number = 1; number <= 100; ++number) {
        f.connection->run("BEGIN IMMEDIATE");
        f.connection->run(set, {sql("publish"), number});
        const Rows rows = f.connection->run(statement(Sql::value_get), {sql("publish")});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rows.size());
        CPPUNIT_ASSERT_EQUAL(number, rows.front().number(0));
        f.connection->run("COMMIT");
    }
    Poco::Data::Session& session = f.connection->session();
    for (const std::string_view text : {set.text, statement(Sql::value_get).text, std::string_view("COMMIT")})
        CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(text), 100, runs_of(session, text));
}

TEST(Prepared, is_forgotten_when_it_throws) {
    OpenConnection f;
    const Statement& put = statement(Sql::trust_put);
    f.connection->run(put, {std::int64_t{1}, Bytes(3)});
    CPPUNIT_ASSERT_EQUAL(1, runs_of(f.connection->session(), put.text));
    CPPUNIT_ASSERT_THROW(f.connection->run(put, {std::int64_t{1}, Bytes(3)}), Poco::Exception);
    CPPUNIT_ASSERT_EQUAL(-1, runs_of(f.connection->session(), put.text));
    f.connection->run(put, {std::int64_t{2}, Bytes(3)});
    CPPUNIT_ASSERT_EQUAL(1, runs_of(f.connection->session(), put.text));
}

}  // namespace
}  // namespace zige::hub

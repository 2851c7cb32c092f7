#include "hub/core/statements.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "hub/core/schema.h"
#include "hub/store/sqlite_store.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

namespace zige::hub {
namespace {

struct Placeholders {
    std::size_t count = 0;
    bool in_order = true;
};

/// "$1", "$2" ... as they stand in the text.
Placeholders placeholders_of(std::string_view text) {
    Placeholders found;
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        const std::string expected = std::to_string(++found.count);
        const std::size_t end = text.find_first_not_of("0123456789", at + 1);
        found.in_order = found.in_order && text.substr(at + 1, end - at - 1) == expected;
    }
    return found;
}

TEST(Statements, number_their_placeholders_in_order_and_use_each_once) {
    for (const Statement& each : statements()) CPPUNIT_ASSERT_MESSAGE(each.name, placeholders_of(each.text).in_order);
}

TEST(Statements, are_all_prepared_by_sqlite_with_the_columns_that_they_name) {
    zige::testing::TempDir folder;
    CPPUNIT_ASSERT(make_sqlite_store({folder / "hub.db"}).ok());
    sqlite3* database = nullptr;
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open((folder / "hub.db").c_str(), &database));
    for (const Statement& each : statements()) {
        sqlite3_stmt* prepared = nullptr;
        const int done = sqlite3_prepare_v2(database, std::string(each.text).c_str(), -1, &prepared, nullptr);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(each.name) + ": " + sqlite3_errmsg(database), SQLITE_OK, done);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(each.name, each.columns.size(),
                                     static_cast<std::size_t>(sqlite3_column_count(prepared)));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(each.name, placeholders_of(each.text).count,
                                     static_cast<std::size_t>(sqlite3_bind_parameter_count(prepared)));
        sqlite3_finalize(prepared);
    }
    sqlite3_close(database);
}

/// How SQLite goes about a statement, without any figure of how many rows there are.
std::string plan_of(const Statement& each) {
    zige::testing::TempDir folder;
    CPPUNIT_ASSERT(make_sqlite_store({folder / "hub.db"}).ok());
    sqlite3* database = nullptr;
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_open((folder / "hub.db").c_str(), &database));
    sqlite3_stmt* prepared = nullptr;
    const std::string text = "EXPLAIN QUERY PLAN " + std::string(each.text);
    CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_prepare_v2(database, text.c_str(), -1, &prepared, nullptr));
    std::string plan;
    while (sqlite3_step(prepared) == SQLITE_ROW)
        plan += reinterpret_cast<const char*>(sqlite3_column_text(prepared, 3)) + std::string("\n");
    sqlite3_finalize(prepared);
    sqlite3_close(database);
    return plan;
}

/// A province has millions of events of a kind, and a few of a person.
const std::vector<Sql> kOfPeople = {Sql::log_sanctions_of_person, Sql::log_career_of_person,
                                    Sql::log_sanctions_at_institution, Sql::log_careers_of_people,
                                    Sql::namesakes_sanctioned_at};

TEST(Statements, about_people_read_the_log_person_by_person) {
    for (const Sql id : kOfPeople) {
        const std::string plan = plan_of(statement(id));
        const std::string what = std::string(statement(id).name) + ":\n" + plan;
        CPPUNIT_ASSERT_MESSAGE(what, plan.find("log_person") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(what, plan.find("log_event") == std::string::npos);
    }
}

/// A PostgreSQL 15 of its own, on a Unix socket in a folder of its own, gone with the object.
class PostgresServer {
public:
    PostgresServer() {
        if (std::system(("test -x " + kBin + "initdb").c_str()) != 0)
            zige::testing::skip("PostgreSQL 15 is not installed");
        if (geteuid() == 0) as_ = "runuser -u postgres -- ";  // it refuses to run as root
        folder_ = output_of(as_ + "mktemp -d -t hub-postgres.XXXXXX");
        CPPUNIT_ASSERT(!folder_.empty());
        run(kBin + "initdb -D " + folder_ + "/data -U zige -A trust --no-sync -E UTF8 --locale=C");
        run(kBin + "pg_ctl -D " + folder_ + "/data -w -l " + folder_ + "/log -o \"-k " + folder_ +
            " -c listen_addresses='' -c fsync=off\" start");
    }
    ~PostgresServer() {
        static_cast<void>(
            std::system((as_ + kBin + "pg_ctl -D " + folder_ + "/data -m immediate -w stop >/dev/null 2>&1").c_str()));
        static_cast<void>(std::system((as_ + "rm -rf " + folder_).c_str()));
    }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// What psql says of the script; empty if nothing failed.
    std::string complaints_about(const std::string& script) const {
        zige::testing::TempDir folder;
        const std::filesystem::path file = folder / "script.sql";
        std::ofstream(file) << script;
        return output_of("psql -X -q -v ON_ERROR_STOP=1 -h " + folder_ + " -U zige postgres <" + file.string() +
                         " 2>&1");
    }

private:
    inline static const std::string kBin = "/usr/lib/postgresql/15/bin/";

    void run(const std::string& command) const {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system((as_ + command + " >/dev/null 2>&1").c_str()));
    }
    static std::string output_of(const std::string& command) {
        FILE* pipe = popen(command.c_str(), "r");
        CPPUNIT_ASSERT(pipe != nullptr);
        std::string text;
        for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
        pclose(pipe);
        while (!text.empty() && text.back() == '\n') text.pop_back();
        return text;
    }

    std::string as_;
    std::string folder_;
};

TEST(Statements, are_all_prepared_by_postgresql) {
    const PostgresServer server;
    std::string schema;
    for (const Migration& step : migrations())
        for (const std::string_view ddl : step.statements) schema += in_dialect(ddl, Dialect::postgresql) + ";\n";
    CPPUNIT_ASSERT_EQUAL(std::string(), server.complaints_about(schema));
    // SQL's PREPARE takes no commands of a transaction: they are run in one, in the order of their ids.
    std::string script;
    std::string commands = "BEGIN;\n";
    for (const Statement& each : statements())
        if (each.id == Sql::savepoint || each.id == Sql::savepoint_back || each.id == Sql::savepoint_release)
            commands += std::string(each.text) + ";\n";
        else
            script += "PREPARE s_" + std::string(each.name) + " AS " + std::string(each.text) + ";\n";
    CPPUNIT_ASSERT_EQUAL(std::string(), server.complaints_about(commands + "COMMIT;\n"));
    CPPUNIT_ASSERT_EQUAL(std::string(), server.complaints_about(script));
    CPPUNIT_ASSERT(!server.complaints_about("PREPARE wrong AS SELECT nothing FROM log;").empty());
}

}  // namespace
}  // namespace zige::hub

#include "hub/store/sqlite_store.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <fstream>
#include <mutex>

#include "hub/core/schema.h"
#include "hub/core/statements.h"
#include "hub/store/prepared.h"

namespace zige::hub {
namespace {

using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;

constexpr const char* kBusyTimeout = "PRAGMA busy_timeout = 5000";  // ms; another process may look at the file

/// Runs `work` and turns what Poco throws into an Error, once.
template <class Work>
auto guarded(const std::string& doing, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const Poco::Data::SQLite::DBLockedException& e) {
        return fail(ErrorId::db_busy, doing, e.displayText());
    } catch (const Poco::Data::SQLite::TableLockedException& e) {
        return fail(ErrorId::db_busy, doing, e.displayText());
    } catch (const Poco::Data::SQLite::CorruptImageException& e) {
        return fail(ErrorId::store_corrupt, doing, e.displayText());
    } catch (const Poco::Exception& e) {
        return fail(ErrorId::store_failed, doing, e.displayText());
    }
}

class SqliteTx : public Tx {
public:
    explicit SqliteTx(Connection& connection) : connection_(connection) {}

    Result<void> exec(Sql id, const std::vector<SqlValue>& params) override {
        auto done = query(id, params);
        return done.ok() ? Result<void>() : done.error();
    }

    Result<Rows> query(Sql id, const std::vector<SqlValue>& params) override {
        const Statement& entry = statement(id);
        return guarded(entry.name, [&]() -> Result<Rows> { return connection_.run(entry, params); });
    }

private:
    Connection& connection_;
};

Result<void> run(Connection& connection, const char* command) {
    return guarded(command, [&]() -> Result<void> {
        connection.run(command);
        return {};
    });
}

/// Begins, runs `work`, commits; rolls back when work fails or throws.
Result<void> in_transaction(Connection& connection, const char* begin, const Store::Work& work) {
    ZIGE_CHECK(run(connection, begin));
    SqliteTx tx(connection);
    Result<void> done;
    try {
        done = work(tx);
    } catch (...) {
        static_cast<void>(run(connection, "ROLLBACK"));  // what was thrown says more
        throw;
    }
    if (done.ok()) done = run(connection, "COMMIT");
    if (!done.ok()) static_cast<void>(run(connection, "ROLLBACK"));  // SQLite may have rolled back by itself
    return done;
}

/// Once, as the session opens or its schema changes.
void run(Poco::Data::Session& session, const std::string& text) { session << text, now; }

class SqliteStore : public Store {
public:
    explicit SqliteStore(std::string file) : file_(std::move(file)), writer_(open_session()) {
        run(writer_.session(), "PRAGMA journal_mode = WAL");
    }

    Result<void> write(const Work& work) override {
        const std::scoped_lock lock(writer_mutex_);
        return in_transaction(writer_, "BEGIN IMMEDIATE", work);
    }

    Result<void> read(const Work& work) override {
        std::unique_ptr<Connection> reader;
        ZIGE_CHECK(take_reader(reader));
        auto done = in_transaction(*reader, "BEGIN", work);
        const std::scoped_lock lock(readers_mutex_);
        readers_.push_back(std::move(reader));
        return done;
    }

    Result<void> migrate() {
        int present = 0;
        writer_.session() << "PRAGMA user_version", into(present), now;
        if (present > migrations().back().version)
            return fail(ErrorId::store_newer_schema, "schema", std::to_string(present));
        for (const Migration& step : migrations())
            if (step.version > present) ZIGE_CHECK(apply(step));
        return {};
    }

private:
    Poco::Data::Session open_session() const {
        Poco::Data::Session session("SQLite", file_);
        run(session, kBusyTimeout);
        run(session, "PRAGMA synchronous = FULL");
        return session;
    }

    Result<void> take_reader(std::unique_ptr<Connection>& reader) {
        const std::scoped_lock lock(readers_mutex_);
        if (!readers_.empty()) {
            reader = std::move(readers_.back());
            readers_.pop_back();
            return {};
        }
        return guarded("open", [&]() -> Result<void> {
            reader = std::make_unique<Connection>(open_session());
            run(reader->session(), "PRAGMA query_only = ON");
            return {};
        });
    }

    Result<void> apply(const Migration& step) {
        return in_transaction(writer_, "BEGIN IMMEDIATE", [&](Tx&) -> Result<void> {
            return guarded("migrate to " + std::to_string(step.version), [&]() -> Result<void> {
                for (const std::string_view ddl : step.statements)
                    run(writer_.session(), in_dialect(ddl, Dialect::sqlite));
                run(writer_.session(), "PRAGMA user_version = " + std::to_string(step.version));
                return {};
            });
        });
    }

    std::string file_;
    std::mutex writer_mutex_;  // one writer
    Connection writer_;
    std::mutex readers_mutex_;                          // guards readers_
    std::vector<std::unique_ptr<Connection>> readers_;  // idle ones
};

/// SQLite gives its other files the rights of this one: names and hashes of people are for the owner alone.
Result<void> create_private(const std::filesystem::path& file) {
    std::error_code error;
    if (std::filesystem::exists(file, error)) return {};
    if (!std::ofstream(file, std::ios::binary)) return fail(ErrorId::store_failed, "create", file.string());
    using std::filesystem::perms;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write, error);
    if (error) return fail(ErrorId::store_failed, "permissions", error.message());
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> make_sqlite_store(const SqliteStoreOptions& options) {
    ZIGE_CHECK(create_private(options.file));
    return guarded("open " + options.file.string(), [&]() -> Result<std::unique_ptr<Store>> {
        Poco::Data::SQLite::Connector::registerConnector();
        auto store = std::make_unique<SqliteStore>(options.file.string());
        ZIGE_CHECK(store->migrate());
        return std::unique_ptr<Store>(std::move(store));
    });
}

Result<void> copy_sqlite_store(const std::filesystem::path& file, const std::filesystem::path& copy) {
    return guarded("backup", [&]() -> Result<void> {
        Poco::Data::SQLite::Connector::registerConnector();
        Poco::Data::Session session("SQLite", file.string());
        run(session, kBusyTimeout);
        std::string target = copy.string();
        Poco::Data::Statement vacuum(session);
        vacuum << "VACUUM INTO ?", Poco::Data::Keywords::use(target);
        vacuum.execute();
        std::filesystem::permissions(copy, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return {};
    });
}

}  // namespace zige::hub

#include "hub/store/sqlite_store.h"

#include <Poco/Data/LOB.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <fstream>
#include <list>
#include <mutex>

#include "hub/core/schema.h"
#include "hub/core/statements.h"

namespace zige::hub {
namespace {

using Poco::Data::Keywords::bind;
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

void bind_value(Poco::Data::Statement& statement, const SqlValue& value) {
    struct Binder {
        Poco::Data::Statement& to;
        void operator()(std::monostate) const { to, bind(Poco::Nullable<Poco::Int64>()); }
        void operator()(std::int64_t number) const { to, bind(static_cast<Poco::Int64>(number)); }
        void operator()(const std::string& text) const { to, bind(text); }
        void operator()(const Bytes& bytes) const {
            to, bind(Poco::Data::BLOB(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
        }
    };
    std::visit(Binder{statement}, value);
}

/// One column of an answer, of one kind in all rows.
struct ColumnValues {
    char kind = 'n';
    std::vector<Poco::Nullable<Poco::Int64>> numbers;
    std::vector<Poco::Nullable<std::string>> texts;
    std::vector<Poco::Nullable<Poco::Data::BLOB>> blobs;

    void extract(Poco::Data::Statement& statement) {
        if (kind == 'n') statement, into(numbers);
        else if (kind == 't') statement, into(texts);
        else statement, into(blobs);
    }
    std::size_t size() const { return kind == 'n' ? numbers.size() : kind == 't' ? texts.size() : blobs.size(); }
    SqlValue at(std::size_t row) const {
        if (kind == 'n') return numbers[row].isNull() ? SqlValue{} : SqlValue{std::int64_t{numbers[row].value()}};
        if (kind == 't') return texts[row].isNull() ? SqlValue{} : SqlValue{texts[row].value()};
        if (blobs[row].isNull()) return {};
        const Poco::Data::BLOB& blob = blobs[row].value();
        const auto* data = reinterpret_cast<const std::byte*>(blob.rawContent());
        return Bytes(data, data + blob.size());
    }
};

class SqliteTx : public Tx {
public:
    explicit SqliteTx(Poco::Data::Session& session) : session_(session) {}

    Result<void> exec(Sql id, const std::vector<SqlValue>& params) override {
        const Statement& entry = statement(id);
        return guarded(entry.name, [&]() -> Result<void> {
            Poco::Data::Statement prepared(session_);
            prepared << std::string(entry.text);
            for (const SqlValue& value : params) bind_value(prepared, value);
            prepared.execute();
            return {};
        });
    }

    Result<Rows> query(Sql id, const std::vector<SqlValue>& params) override {
        const Statement& entry = statement(id);
        return guarded(entry.name, [&]() -> Result<Rows> {
            Poco::Data::Statement prepared(session_);
            prepared << std::string(entry.text);
            for (const SqlValue& value : params) bind_value(prepared, value);
            std::list<ColumnValues> columns;  // Poco keeps references
            for (const char kind : entry.columns) columns.push_back({kind, {}, {}, {}});
            for (ColumnValues& column : columns) column.extract(prepared);
            prepared.execute();
            return rows_of(columns);
        });
    }

private:
    static Rows rows_of(const std::list<ColumnValues>& columns) {
        Rows rows;
        const std::size_t count = columns.empty() ? 0 : columns.front().size();
        rows.reserve(count);
        for (std::size_t row = 0; row < count; ++row) {
            std::vector<SqlValue> values;
            values.reserve(columns.size());
            for (const ColumnValues& column : columns) values.push_back(column.at(row));
            rows.emplace_back(std::move(values));
        }
        return rows;
    }

    Poco::Data::Session& session_;
};

void run(Poco::Data::Session& session, const std::string& text) { session << text, now; }

/// Begins, runs `work`, commits; rolls back when work fails or throws.
Result<void> in_transaction(Poco::Data::Session& session, const char* begin, const Store::Work& work) {
    const auto roll_back = [&session] {
        return guarded("rollback", [&session]() -> Result<void> {
            run(session, "ROLLBACK");
            return {};
        });
    };
    ZIGE_CHECK(guarded("begin", [&]() -> Result<void> {
        run(session, begin);
        return {};
    }));
    SqliteTx tx(session);
    Result<void> done;
    try {
        done = work(tx);
    } catch (...) {
        static_cast<void>(roll_back());  // what was thrown says more
        throw;
    }
    if (done.ok())
        done = guarded("commit", [&]() -> Result<void> {
            run(session, "COMMIT");
            return {};
        });
    if (!done.ok()) static_cast<void>(roll_back());  // SQLite may have rolled back by itself
    return done;
}

class SqliteStore : public Store {
public:
    explicit SqliteStore(std::string file) : file_(std::move(file)), writer_(open_session()) {
        run(writer_, "PRAGMA journal_mode = WAL");
    }

    Result<void> write(const Work& work) override {
        const std::scoped_lock lock(writer_mutex_);
        return in_transaction(writer_, "BEGIN IMMEDIATE", work);
    }

    Result<void> read(const Work& work) override {
        std::unique_ptr<Poco::Data::Session> session;
        ZIGE_CHECK(take_reader(session));
        auto done = in_transaction(*session, "BEGIN", work);
        const std::scoped_lock lock(readers_mutex_);
        readers_.push_back(std::move(session));
        return done;
    }

    Result<void> migrate() {
        int present = 0;
        writer_ << "PRAGMA user_version", into(present), now;
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

    Result<void> take_reader(std::unique_ptr<Poco::Data::Session>& session) {
        const std::scoped_lock lock(readers_mutex_);
        if (!readers_.empty()) {
            session = std::move(readers_.back());
            readers_.pop_back();
            return {};
        }
        return guarded("open", [&]() -> Result<void> {
            session = std::make_unique<Poco::Data::Session>(open_session());
            run(*session, "PRAGMA query_only = ON");
            return {};
        });
    }

    Result<void> apply(const Migration& step) {
        return in_transaction(writer_, "BEGIN IMMEDIATE", [&](Tx&) -> Result<void> {
            return guarded("migrate to " + std::to_string(step.version), [&]() -> Result<void> {
                for (const std::string_view ddl : step.statements) run(writer_, in_dialect(ddl, Dialect::sqlite));
                run(writer_, "PRAGMA user_version = " + std::to_string(step.version));
                return {};
            });
        });
    }

    std::string file_;
    std::mutex writer_mutex_;  // one writer
    Poco::Data::Session writer_;
    std::mutex readers_mutex_;                                   // guards readers_
    std::vector<std::unique_ptr<Poco::Data::Session>> readers_;  // idle ones
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

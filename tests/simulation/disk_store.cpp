#include "tests/simulation/disk_store.h"

#include <sqlite3.h>

#include <vector>

#include "hub/core/schema.h"
#include "hub/core/statements.h"

namespace zige::simulation {
namespace {

using hub::Sql;
using hub::SqlValue;

class Connection {
public:
    ~Connection() {
        for (sqlite3_stmt* each : prepared_) sqlite3_finalize(each);
        sqlite3_close_v2(handle_);
    }
    Connection() : prepared_(hub::statements().size()) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Result<void> open(const std::string& file, const std::string& vfs) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(file.c_str(), &handle_, flags, vfs.c_str()) != SQLITE_OK) return failed("open");
        return execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    }

    Result<void> execute(const std::string& text) {
        if (sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failed(text);
        return {};
    }

    Result<hub::Rows> run(Sql id, const std::vector<SqlValue>& params) {
        ZIGE_TRY(statement, prepared(id));
        for (std::size_t i = 0; i < params.size(); ++i) bind(statement, static_cast<int>(i + 1), params[i]);
        hub::Rows rows;
        int code = sqlite3_step(statement);
        for (; code == SQLITE_ROW; code = sqlite3_step(statement)) rows.push_back(row_of(statement));
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        if (code != SQLITE_DONE) return failed(hub::statement(id).name);
        return rows;
    }

    Result<int> schema() {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, "PRAGMA user_version", -1, &statement, nullptr) != SQLITE_OK)
            return failed("user_version");
        const bool there = sqlite3_step(statement) == SQLITE_ROW;
        const int version = there ? sqlite3_column_int(statement, 0) : 0;
        sqlite3_finalize(statement);
        return there ? Result<int>(version) : failed("user_version");
    }

private:
    Error failed(std::string_view doing) const {
        return fail(sqlite3_errcode(handle_) == SQLITE_CORRUPT ? ErrorId::store_corrupt : ErrorId::store_failed,
                    std::string(doing.substr(0, 60)), sqlite3_errmsg(handle_));
    }

    Result<sqlite3_stmt*> prepared(Sql id) {
        sqlite3_stmt*& statement = prepared_[static_cast<std::size_t>(id)];
        if (statement != nullptr) return statement;
        const std::string text(hub::statement(id).text);
        if (sqlite3_prepare_v3(handle_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            return failed(text);
        return statement;
    }

    static void bind(sqlite3_stmt* to, int at, const SqlValue& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(to, at, *number);
        else if (const auto* text = std::get_if<std::string>(&value))
            sqlite3_bind_text(to, at, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
        else if (const auto* bytes = std::get_if<Bytes>(&value))
            sqlite3_bind_blob(to, at, bytes->empty() ? static_cast<const void*>("") : bytes->data(),
                              static_cast<int>(bytes->size()), SQLITE_TRANSIENT);
        else sqlite3_bind_null(to, at);
    }

    static hub::Row row_of(sqlite3_stmt* from) {
        std::vector<SqlValue> values;
        for (int i = 0; i < sqlite3_column_count(from); ++i) {
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(from, i));
            switch (sqlite3_column_type(from, i)) {
                case SQLITE_INTEGER: values.emplace_back(std::int64_t{sqlite3_column_int64(from, i)}); break;
                case SQLITE_TEXT:
                    values.emplace_back(std::string(reinterpret_cast<const char*>(sqlite3_column_text(from, i)), size));
                    break;
                case SQLITE_BLOB: {
                    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(from, i));
                    values.emplace_back(Bytes(data, data + size));
                    break;
                }
                default: values.emplace_back();
            }
        }
        return hub::Row(std::move(values));
    }

    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> prepared_;  // by statement id
};

class DiskTx : public hub::Tx {
public:
    explicit DiskTx(Connection& connection) : connection_(connection) {}
    Result<void> exec(Sql id, const std::vector<SqlValue>& params) override {
        ZIGE_CHECK(connection_.run(id, params));
        return {};
    }
    Result<hub::Rows> query(Sql id, const std::vector<SqlValue>& params) override {
        return connection_.run(id, params);
    }

private:
    Connection& connection_;
};

class DiskStore : public hub::Store {
public:
    DiskStore(std::string file, std::string vfs) : file_(std::move(file)), vfs_(std::move(vfs)) {}

    Result<void> open() {
        ZIGE_CHECK(writer_.open(file_, vfs_));
        ZIGE_TRY(present, writer_.schema());
        for (const hub::Migration& step : hub::migrations())
            if (step.version > present) ZIGE_CHECK(migrate(step));
        return {};
    }

    Result<void> write(const Work& work) override { return in_transaction(writer_, "BEGIN IMMEDIATE", work); }

    /// A read inside of another one has its own connection, as in the real store.
    Result<void> read(const Work& work) override {
        std::unique_ptr<Connection> reader;
        if (idle_.empty()) {
            reader = std::make_unique<Connection>();
            ZIGE_CHECK(reader->open(file_, vfs_));
        } else {
            reader = std::move(idle_.back());
            idle_.pop_back();
        }
        auto done = in_transaction(*reader, "BEGIN", work);
        idle_.push_back(std::move(reader));
        return done;
    }

private:
    Result<void> migrate(const hub::Migration& step) {
        return in_transaction(writer_, "BEGIN IMMEDIATE", [&](hub::Tx&) -> Result<void> {
            for (const std::string_view ddl : step.statements)
                ZIGE_CHECK(writer_.execute(hub::in_dialect(ddl, hub::Dialect::sqlite)));
            return writer_.execute("PRAGMA user_version = " + std::to_string(step.version));
        });
    }

    static Result<void> in_transaction(Connection& connection, const char* begin, const Work& work) {
        ZIGE_CHECK(connection.execute(begin));
        DiskTx tx(connection);
        Result<void> done;
        try {
            done = work(tx);
        } catch (...) {
            (void)connection.execute("ROLLBACK");  // what was thrown says more
            throw;
        }
        if (done.ok()) done = connection.execute("COMMIT");
        if (!done.ok()) (void)connection.execute("ROLLBACK");
        return done;
    }

    std::string file_;
    std::string vfs_;
    Connection writer_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace

Result<std::unique_ptr<hub::Store>> open_disk_store(const std::string& file, const std::string& vfs) {
    auto store = std::make_unique<DiskStore>(file, vfs);
    ZIGE_CHECK(store->open());
    return std::unique_ptr<hub::Store>(std::move(store));
}

}  // namespace zige::simulation

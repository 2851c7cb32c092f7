#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace zige::sqlite {

/// What can be bound to a parameter. Text and bytes must live until the next reset.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, ByteView>;

/// What a power cut may take: `full` nothing that was committed; the others are there for tests.
enum class Synchronous { off, normal, full };

struct OpenOptions {
    std::filesystem::path path;
    bool create = true;
    Synchronous synchronous = Synchronous::full;
    std::chrono::milliseconds busy_timeout{2'000};
    std::string vfs;             ///< empty: the system's
    std::int64_t cache_kib = 0;  ///< page cache; 0: SQLite's own choice
    /// For a disk that cannot be written: nothing is made or changed, not even beside the file. A write is db_failed.
    bool read_only = false;
};

/// The step from user_version `to - 1` to `to`, in one transaction.
struct Migration {
    int to;
    std::string_view sql;
};

class Database;

/// A prepared statement; goes back to its database's cache when destroyed, so it must not outlive the database.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// Binds ?1, ?2, ... in order, after a reset. A number of values that differs from the statement's is a Bug.
    Result<void> bind(std::initializer_list<Value> values);
    /// True: a row is there. False: done. The columns are valid until the next step, reset or bind.
    Result<bool> step();
    /// bind(), step() to the end, reset().
    Result<void> run(std::initializer_list<Value> values = {});
    void reset();

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    ByteView blob(int column) const;

private:
    friend class Database;
    Statement(Database& database, std::string sql, sqlite3_stmt* handle);

    Database* database_;
    std::string sql_;
    sqlite3_stmt* handle_;
};

/// One connection: WAL, strict about types by the tables' own STRICT, foreign keys on. One thread at a time.
/// Every call may fail with db_failed, db_corrupt (rebuild), file_disk_full or db_busy; a broken constraint is
/// db_constraint. SQLite's message stands in `detail`.
class Database {
public:
    static Result<std::unique_ptr<Database>> open(const OpenOptions& options);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Brings an empty or older database to the last of `steps`, which count 1, 2, 3, ...
    /// db_newer_schema: it was written by a newer program; nothing is changed. Opened read-only it must be there
    /// already.
    Result<void> migrate(std::span<const Migration> steps);
    Result<int> schema_version();

    /// From the cache, or newly compiled.
    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters and rows.
    Result<void> execute(const std::string& sql);
    /// The one integer of the first row; no row is db_failed.
    Result<std::int64_t> integer(std::string_view sql);

    std::int64_t changes() const;  ///< rows of the last INSERT, UPDATE or DELETE
    std::int64_t last_insert_rowid() const;
    /// db_corrupt with what is wrong; reads everything.
    Result<void> check_integrity();
    /// Moves the WAL into the database and cuts it to nothing.
    Result<void> checkpoint();

private:
    friend class Statement;
    friend class Transaction;
    Database(sqlite3* handle, bool read_only);
    Result<void> check_schema(int last);
    Error last_error(int code, std::string_view doing) const;
    Result<void> configure(const OpenOptions& options);
    void give_back(std::string sql, sqlite3_stmt* handle);

    sqlite3* handle_;
    bool read_only_;
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>> idle_;
};

/// BEGIN IMMEDIATE; rolls back unless commit() succeeded. Committed means on disk (Synchronous::full).
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database& database);
    Database* database_;
};

}  // namespace zige::sqlite

#include "shared/sqlite/database.h"

#include <sqlite3.h>

#include <utility>

namespace zige::sqlite {

namespace {

ErrorId id_of(int code) {
    switch (code & 0xff) {  // the primary code of an extended one
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return ErrorId::db_busy;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorId::db_corrupt;
        case SQLITE_FULL: return ErrorId::file_disk_full;
        case SQLITE_CONSTRAINT: return ErrorId::db_constraint;
        default: return ErrorId::db_failed;
    }
}

const char* pragma_of(Synchronous synchronous) {
    switch (synchronous) {
        case Synchronous::off: return "PRAGMA synchronous=OFF";
        case Synchronous::normal: return "PRAGMA synchronous=NORMAL";
        case Synchronous::full: return "PRAGMA synchronous=FULL";
    }
    throw Bug("unknown Synchronous");
}

Error newer_schema(int version, int last) {
    return fail(ErrorId::db_newer_schema, "",
                "schema " + std::to_string(version) + ", this program knows " + std::to_string(last));
}

/// A file URI for a disk that nobody writes: without a log beside it the file alone is the whole database.
std::string read_only_uri(const std::filesystem::path& path) {
    std::error_code ignored;  // then SQLite says what is wrong
    const bool has_log = std::filesystem::exists(path.string() + "-wal", ignored);
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        constexpr std::string_view kSpecial = "%?#";
        if (kSpecial.find(c) == std::string_view::npos) uri += c;
        else uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    }
    return uri + (has_log ? "?mode=ro" : "?mode=ro&immutable=1");
}

}  // namespace

Database::Database(sqlite3* handle, bool read_only) : handle_(handle), read_only_(read_only) {}

Database::~Database() {
    for (auto& [sql, handles] : idle_)
        for (sqlite3_stmt* handle : handles) sqlite3_finalize(handle);
    // v2 lets a statement that is still out finish later instead of leaking the connection.
    sqlite3_close_v2(handle_);
}

Result<std::unique_ptr<Database>> Database::open(const OpenOptions& options) {
    sqlite3* handle = nullptr;
    const int access = options.read_only ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                         : SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
    const int flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const std::string name = options.read_only ? read_only_uri(options.path) : options.path.string();
    const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
    const int code = sqlite3_open_v2(name.c_str(), &handle, flags, vfs);
    std::unique_ptr<Database> database(new Database(handle, options.read_only));
    if (handle == nullptr) return fail(ErrorId::db_failed, "", "memory for a database");
    if (code != SQLITE_OK) return database->last_error(code, "opening " + options.path.string());
    ZIGE_CHECK(database->configure(options));
    return database;
}

Result<void> Database::configure(const OpenOptions& options) {
    sqlite3_busy_timeout(handle_, static_cast<int>(options.busy_timeout.count()));
    if (!read_only_) {
        ZIGE_TRY(mode, prepare("PRAGMA journal_mode=WAL"));
        ZIGE_TRY(row, mode.step());
        if (!row || mode.text(0) != "wal")
            return fail(ErrorId::db_failed, "", "no write-ahead log on this file system");
    }
    ZIGE_CHECK(execute(pragma_of(options.synchronous)));
    ZIGE_CHECK(execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF"));
    if (options.cache_kib > 0) ZIGE_CHECK(execute("PRAGMA cache_size=-" + std::to_string(options.cache_kib)));
    return {};
}

Error Database::last_error(int code, std::string_view doing) const {
    return fail(id_of(code), "",
                std::string(doing) + ": " + sqlite3_errmsg(handle_) + " (" + std::to_string(code) + ")");
}

Result<int> Database::schema_version() {
    ZIGE_TRY(version, integer("PRAGMA user_version"));
    return static_cast<int>(version);
}

Result<void> Database::check_schema(int last) {
    ZIGE_TRY(version, schema_version());
    if (version > last) return newer_schema(version, last);
    if (version == last) return {};
    return fail(ErrorId::db_failed, "", "the disk is read-only, and the database of an older program");
}

Result<void> Database::migrate(std::span<const Migration> steps) {
    const int last = steps.empty() ? 0 : steps.back().to;
    if (read_only_) return check_schema(last);
    ZIGE_TRY(transaction, Transaction::begin(*this));
    ZIGE_TRY(version, schema_version());
    if (version > last) return newer_schema(version, last);
    int expected = 0;
    for (const Migration& step : steps) {
        expect(step.to == ++expected, "migrations do not count 1, 2, 3");
        if (step.to <= version) continue;
        ZIGE_CHECK(execute(std::string(step.sql)));
        ZIGE_CHECK(execute("PRAGMA user_version=" + std::to_string(step.to)));
    }
    return transaction.commit();
}

Result<Statement> Database::prepare(std::string_view sql) {
    std::string key(sql);
    if (auto found = idle_.find(key); found != idle_.end() && !found->second.empty()) {
        sqlite3_stmt* handle = found->second.back();
        found->second.pop_back();
        return Statement(*this, std::move(key), handle);
    }
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(handle_, key.c_str(), static_cast<int>(key.size() + 1),
                                        SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    if (code != SQLITE_OK) return last_error(code, "preparing " + key);
    Statement statement(*this, std::move(key), handle);
    expect(handle != nullptr && *tail == '\0', "prepare() takes exactly one statement");
    return statement;
}

void Database::give_back(std::string sql, sqlite3_stmt* handle) { idle_[std::move(sql)].push_back(handle); }

Result<void> Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return last_error(code, "running " + sql.substr(0, 100));
    return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
    ZIGE_TRY(statement, prepare(sql));
    ZIGE_TRY(row, statement.step());
    if (!row) return fail(ErrorId::db_failed, "", "no row: " + std::string(sql));
    return statement.integer(0);
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

std::int64_t Database::last_insert_rowid() const { return sqlite3_last_insert_rowid(handle_); }

Result<void> Database::check_integrity() {
    ZIGE_TRY(statement, prepare("PRAGMA integrity_check(1)"));
    ZIGE_TRY(row, statement.step());
    if (!row || statement.text(0) != "ok")
        return fail(ErrorId::db_corrupt, "", row ? std::string(statement.text(0)) : "no answer to integrity_check");
    return {};
}

Result<void> Database::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return last_error(code, "checkpoint");
    return {};
}

}  // namespace zige::sqlite

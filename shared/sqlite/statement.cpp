#include <sqlite3.h>

#include <utility>

#include "shared/sqlite/database.h"

namespace zige::sqlite {

namespace {

int bind_one(sqlite3_stmt* handle, int at, std::nullptr_t) { return sqlite3_bind_null(handle, at); }

int bind_one(sqlite3_stmt* handle, int at, std::int64_t value) { return sqlite3_bind_int64(handle, at, value); }

// An empty view may have a null address, which SQLite would take for NULL.
int bind_one(sqlite3_stmt* handle, int at, std::string_view text) {
    return sqlite3_bind_text64(handle, at, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int bind_one(sqlite3_stmt* handle, int at, ByteView bytes) {
    if (bytes.empty()) return sqlite3_bind_zeroblob(handle, at, 0);
    return sqlite3_bind_blob64(handle, at, bytes.data(), bytes.size(), SQLITE_STATIC);
}

}  // namespace

Statement::Statement(Database& database, std::string sql, sqlite3_stmt* handle)
    : database_(&database), sql_(std::move(sql)), handle_(handle) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), sql_(std::move(other.sql_)), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() {
    if (handle_ == nullptr) return;
    reset();
    database_->give_back(std::move(sql_), handle_);
}

Result<void> Statement::bind(std::initializer_list<Value> values) {
    reset();
    expect(static_cast<int>(values.size()) == sqlite3_bind_parameter_count(handle_),
           "another number of values than of parameters");
    int at = 0;
    for (const Value& value : values) {
        ++at;
        const int code = std::visit([&](const auto& each) { return bind_one(handle_, at, each); }, value);
        if (code != SQLITE_OK) return database_->last_error(code, "binding ?" + std::to_string(at) + " of " + sql_);
    }
    return {};
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    Error error = database_->last_error(code, sql_);
    reset();
    return error;
}

Result<void> Statement::run(std::initializer_list<Value> values) {
    ZIGE_CHECK(bind(values));
    for (bool row = true; row;) {
        ZIGE_TRY(another, step());
        row = another;
    }
    reset();
    return {};
}

void Statement::reset() {
    sqlite3_reset(handle_);  // repeats the error of the last step, which was returned there
    sqlite3_clear_bindings(handle_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string_view Statement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(handle_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

ByteView Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(handle_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const std::byte*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

}  // namespace zige::sqlite

#include <sqlite3.h>

#include <utility>

#include "shared/sqlite/database.h"

namespace zige::sqlite {

Transaction::Transaction(Database& database) : database_(&database) {}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

// IMMEDIATE: a deferred one that reads and then writes is refused at once when another writer was faster.
Result<Transaction> Transaction::begin(Database& database) {
    ZIGE_TRY(statement, database.prepare("BEGIN IMMEDIATE"));
    ZIGE_CHECK(statement.run());
    return Transaction(database);
}

Transaction::~Transaction() {
    // SQLite rolls back by itself after some errors; then there is nothing left to do.
    if (database_ == nullptr || sqlite3_get_autocommit(database_->handle_) != 0) return;
    sqlite3_exec(database_->handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
    expect(database_ != nullptr, "commit() twice");
    ZIGE_TRY(statement, database_->prepare("COMMIT"));
    ZIGE_CHECK(statement.run());
    database_ = nullptr;
    return {};
}

}  // namespace zige::sqlite

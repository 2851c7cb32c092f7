#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige::hub {

enum class Sql : std::uint16_t;  ///< the table of statements: hub/core/statements.h

/// A value as the database keeps it: null, BIGINT, TEXT (UTF-8, no NUL) or BYTEA.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

SqlValue sql(std::int64_t number);
SqlValue sql(std::uint64_t number);  ///< at most 2^63-1
SqlValue sql(std::uint32_t number);
SqlValue sql(std::string text);
SqlValue sql(std::string_view text);
SqlValue sql(const char* text);
SqlValue sql(ByteView bytes);
SqlValue sql(const Bytes& bytes);
SqlValue sql(const Hash256& hash);
SqlValue sql(Day day);       ///< days since 1970-01-01
SqlValue sql(Instant when);  ///< seconds since 1970-01-01 UTC
SqlValue sql(std::optional<Day> day);
SqlValue sql(bool value);

/// One row of an answer. A value of another kind than asked for is a Bug: the statement table and the code disagree.
class Row {
public:
    explicit Row(std::vector<SqlValue> values) : values_(std::move(values)) {}
    bool is_null(std::size_t column) const;
    std::int64_t number(std::size_t column) const;
    std::uint64_t unsigned_number(std::size_t column) const;
    std::uint32_t small(std::size_t column) const;  ///< Errc of a bug, not of data: ids are made by the program
    bool flag(std::size_t column) const { return number(column) != 0; }
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;
    Hash256 hash(std::size_t column) const;
    Day day(std::size_t column) const;
    std::optional<Day> maybe_day(std::size_t column) const;
    Instant instant(std::size_t column) const;

private:
    std::vector<SqlValue> values_;
};
using Rows = std::vector<Row>;

/// One transaction. Valid inside the call that hands it out, on that thread.
class Tx {
public:
    virtual ~Tx() = default;
    virtual Result<void> exec(Sql statement, const std::vector<SqlValue>& params) = 0;
    virtual Result<Rows> query(Sql statement, const std::vector<SqlValue>& params) = 0;
    /// The first row, if there is one.
    Result<std::optional<Row>> first(Sql statement, const std::vector<SqlValue>& params);
};

/// The hub's database. Any thread. One writer at a time; readers see the last committed state.
/// store_failed, store_corrupt, db_busy.
class Store {
public:
    virtual ~Store() = default;
    using Work = std::function<Result<void>(Tx&)>;
    /// Takes the write lock first, then runs `work`; durable on return. An error or exception of `work` rolls back.
    virtual Result<void> write(const Work& work) = 0;
    virtual Result<void> read(const Work& work) = 0;
};

/// What `work` (Tx& -> Result<T>) finds in one reading transaction.
template <class Work>
std::invoke_result_t<Work, Tx&> read_from(Store& store, Work&& work) {
    std::optional<std::invoke_result_t<Work, Tx&>> found;
    auto done = store.read([&](Tx& tx) -> Result<void> {
        found.emplace(work(tx));
        if (!found->ok()) return found->error();
        return {};
    });
    if (!done.ok()) return done.error();
    return std::move(*found);
}

}  // namespace zige::hub

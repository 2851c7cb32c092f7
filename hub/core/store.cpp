#include "hub/core/ports/store.h"

#include <limits>

namespace zige::hub {

SqlValue sql(std::int64_t number) { return number; }
SqlValue sql(std::uint64_t number) {
    expect(number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()), "number for the database");
    return static_cast<std::int64_t>(number);
}
SqlValue sql(std::uint32_t number) { return static_cast<std::int64_t>(number); }
SqlValue sql(std::string text) {
    expect(text.find('\0') == std::string::npos, "NUL in a text for the database");
    return text;
}
SqlValue sql(std::string_view text) { return sql(std::string(text)); }
SqlValue sql(const char* text) { return sql(std::string(text)); }
SqlValue sql(ByteView bytes) {
    expect(!bytes.empty(), "empty bytes for the database");
    return to_bytes(bytes);
}
SqlValue sql(const Bytes& bytes) { return sql(ByteView(bytes)); }
SqlValue sql(const Hash256& hash) { return sql(ByteView(hash)); }
SqlValue sql(Day day) { return static_cast<std::int64_t>(day.time_since_epoch().count()); }
SqlValue sql(Instant when) { return static_cast<std::int64_t>(when.time_since_epoch().count()); }
SqlValue sql(std::optional<Day> day) { return day ? sql(*day) : SqlValue{}; }
SqlValue sql(bool value) { return static_cast<std::int64_t>(value ? 1 : 0); }

namespace {

template <class T>
const T& as(const std::vector<SqlValue>& values, std::size_t column) {
    expect(column < values.size(), "column of a row");
    const T* value = std::get_if<T>(&values[column]);
    expect(value != nullptr, "kind of a column");
    return *value;
}

}  // namespace

bool Row::is_null(std::size_t column) const {
    expect(column < values_.size(), "column of a row");
    return std::holds_alternative<std::monostate>(values_[column]);
}
std::int64_t Row::number(std::size_t column) const { return as<std::int64_t>(values_, column); }
std::uint64_t Row::unsigned_number(std::size_t column) const {
    const std::int64_t value = number(column);
    expect(value >= 0, "negative number in the database");
    return static_cast<std::uint64_t>(value);
}
std::uint32_t Row::small(std::size_t column) const {
    const std::uint64_t value = unsigned_number(column);
    expect(value <= std::numeric_limits<std::uint32_t>::max(), "number over 32 bits in the database");
    return static_cast<std::uint32_t>(value);
}
const std::string& Row::text(std::size_t column) const { return as<std::string>(values_, column); }
const Bytes& Row::bytes(std::size_t column) const { return as<Bytes>(values_, column); }
Hash256 Row::hash(std::size_t column) const {
    const auto hash = to_hash(bytes(column));
    expect(hash.has_value(), "hash in the database");
    return *hash;
}
Day Row::day(std::size_t column) const { return Day{std::chrono::days{number(column)}}; }
std::optional<Day> Row::maybe_day(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return day(column);
}
Instant Row::instant(std::size_t column) const { return Instant{std::chrono::seconds{number(column)}}; }

Result<std::optional<Row>> Tx::first(Sql statement, const std::vector<SqlValue>& params) {
    ZIGE_TRY(rows, query(statement, params));
    if (rows.empty()) return std::optional<Row>{};
    return std::optional<Row>(std::move(rows.front()));
}

}  // namespace zige::hub

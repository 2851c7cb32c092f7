#pragma once

#include <optional>

#include "shared/wire/cbor.h"
#include "shared/wire/codec.h"

namespace zige::wire {

/// Parts that several messages share. write() appends one item; read_x() reads one (field names go into errors).

inline constexpr std::int64_t kMaxInstantSeconds = 253'402'300'799;  ///< 9999-12-31 23:59:59 UTC
inline constexpr Day kDayZero{std::chrono::year{kMinYear} / 1 / 1};  ///< days in records count from here

/// Seconds since 1970; a clock outside 1970..9999 is written as the nearest end of it.
void write(Writer&, Instant);
Instant read_instant(Reader&, std::string_view field);
/// Signed seconds since `base`.
void write_after(Writer&, Instant value, Instant base);
Instant read_instant_after(Reader&, std::string_view field, Instant base);

/// Signed days since `base`; kMinYear..kMaxYear.
void write(Writer&, Day value, Day base);
Day read_day(Reader&, std::string_view field, Day base);
void write(Writer&, const std::optional<Day>& value, Day base);  ///< null: none
std::optional<Day> read_optional_day(Reader&, std::string_view field, Day base);
/// The last day of an interval that begins at `base`; before it is wire_bad_value (FIL-3).
std::optional<Day> read_last_day(Reader&, std::string_view field, Day base);

void write(Writer&, const Times&);
Times read_times(Reader&);

void write(Writer&, const Hash256&);
Hash256 read_hash(Reader&, std::string_view field);
/// null stands for zeros, which as 32 bytes are refused.
void write_or_null(Writer&, const Hash256&);
Hash256 read_hash_or_null(Reader&, std::string_view field);

void write(Writer&, const InstitutionCode&);
InstitutionCode read_institution_code(Reader&, std::string_view field);
RecordNo read_record_no(Reader&, std::string_view field, std::uint32_t min = 0);
Uuid read_uuid(Reader&, std::string_view field);
std::string read_text(Reader&, std::string_view field, std::size_t max_bytes = kMaxText, std::size_t min_bytes = 0);
Bytes read_bytes(Reader&, std::string_view field, std::size_t max_bytes, std::size_t min_bytes = 0);

template <class Enum>
void write_code(Writer& out, Enum value) {
    out.uint(static_cast<std::uint64_t>(value));
}
/// CBOR-11: a number of a code that we do not know is wire_bad_value.
template <class Enum>
Enum read_code(Reader& in, std::string_view field) {
    const std::uint64_t number = in.uint(field, 0xffff);
    const auto code = from_number<Enum>(number);
    if (in.ok() && !code) in.fail(ErrorId::wire_bad_value, field, "no code has the number " + std::to_string(number));
    return code.value_or(Enum{});
}

/// The intervals of a timeline, each an array; `base` is what their `from` counts from.
void write(Writer&, const StandingInterval&, Day base);
StandingInterval read_standing_interval(Reader&, Day base);

void write(Writer&, const State&);
State read_state(Reader&);
void write(Writer&, const Segment&);
Segment read_segment(Reader&);
void write(Writer&, const IneligibleEntry&);
void write(Writer&, const StateProof&);
StateProof read_state_proof(Reader&, std::string_view field);
AgentId read_agent_id(Reader&, std::string_view field);
Chapter read_chapter_no(Reader&, std::string_view field);

/// First item of messages that travel outside an envelope. Above kFormatVersion: wire_unknown_version (VER-2).
inline constexpr std::uint64_t kFormatVersion = 1;
void write_format(Writer&);
void read_format(Reader&);

/// A record with its number replaced by `number`: as a leaf the number itself, as a row of a delta the difference.
void write_record(Writer&, const Record&, std::uint64_t number);

/// Reads a whole message of at most `limit` bytes.
template <class Read>
auto decode_whole(ByteView bytes, std::size_t limit, std::string_view message, Read read)
    -> Result<decltype(read(std::declval<Reader&>()))> {
    if (bytes.size() > limit) return fail(ErrorId::wire_too_large, std::string(message));  // LIMIT-1
    Reader in(bytes);
    Result<decltype(read(in))> value(read(in));
    if (auto end = in.finish(message); !end.ok()) return std::move(end).error();
    return value;
}

}  // namespace zige::wire

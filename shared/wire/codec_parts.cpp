#include "shared/wire/codec_parts.h"

#include <algorithm>

namespace zige::wire {
namespace {

constexpr std::int64_t kMaxDayDistance = 3'000'000;
constexpr Day kLastDay{std::chrono::year{kMaxYear} / 12 / 31};

std::int64_t seconds_of(Instant value) {
    return std::clamp<std::int64_t>(value.time_since_epoch().count(), 0, kMaxInstantSeconds);
}
Instant instant_of(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

}  // namespace

void write(Writer& out, Instant value) { out.integer(seconds_of(value)); }

Instant read_instant(Reader& in, std::string_view field) {
    return instant_of(static_cast<std::int64_t>(in.uint(field, kMaxInstantSeconds)));
}

void write_after(Writer& out, Instant value, Instant base) { out.integer(seconds_of(value) - seconds_of(base)); }

Instant read_instant_after(Reader& in, std::string_view field, Instant base) {
    const std::int64_t value = seconds_of(base) + in.integer(field, -kMaxInstantSeconds, kMaxInstantSeconds);
    if (in.ok() && (value < 0 || value > kMaxInstantSeconds))
        in.fail(ErrorId::wire_bad_value, field, "outside 1970..9999");
    return in.ok() ? instant_of(value) : Instant{};
}

void write(Writer& out, Day value, Day base) { out.integer((value - base).count()); }

Day read_day(Reader& in, std::string_view field, Day base) {
    const Day value = base + std::chrono::days{in.integer(field, -kMaxDayDistance, kMaxDayDistance)};
    if (in.ok() && (value < kDayZero || value > kLastDay))
        in.fail(ErrorId::wire_bad_value, field, "outside 1900..2199");  // LIMIT-4
    return in.ok() ? value : Day{};
}

void write(Writer& out, const std::optional<Day>& value, Day base) {
    if (value) write(out, *value, base);
    else out.null();
}

std::optional<Day> read_optional_day(Reader& in, std::string_view field, Day base) {
    if (in.null()) return std::nullopt;
    return read_day(in, field, base);
}

std::optional<Day> read_last_day(Reader& in, std::string_view field, Day base) {
    const auto last = read_optional_day(in, field, base);
    if (in.ok() && last && *last < base) in.fail(ErrorId::wire_bad_value, field, "ends before it begins");  // FIL-3
    return last;
}

void write(Writer& out, const Times& times) {
    out.array(3);
    write(out, times.trusted);
    write_after(out, times.running, times.trusted);
    write_after(out, times.wall, times.running);
}

Times read_times(Reader& in) {
    in.array("times", 3, 3);
    Times times;
    times.trusted = read_instant(in, "times.trusted");
    times.running = read_instant_after(in, "times.running", times.trusted);
    times.wall = read_instant_after(in, "times.wall", times.running);
    return times;
}

void write(Writer& out, const Hash256& hash) { out.bytes(hash); }

Hash256 read_hash(Reader& in, std::string_view field) {
    Hash256 hash{};
    std::ranges::copy(in.bytes(field, hash.size(), hash.size()), hash.begin());
    return hash;
}

void write_or_null(Writer& out, const Hash256& hash) {
    if (hash == Hash256{}) out.null();
    else out.bytes(hash);
}

Hash256 read_hash_or_null(Reader& in, std::string_view field) {
    if (in.null()) return {};
    const Hash256 hash = read_hash(in, field);
    if (in.ok() && hash == Hash256{}) in.fail(ErrorId::wire_not_canonical, field, "zeros are written as null");
    return hash;
}

void write(Writer& out, const InstitutionCode& code) { out.text(code.text); }

InstitutionCode read_institution_code(Reader& in, std::string_view field) {
    return {read_text(in, field, kMaxInstitutionCode, 1)};
}

RecordNo read_record_no(Reader& in, std::string_view field, std::uint32_t min) {
    return {static_cast<std::uint32_t>(in.uint(field, UINT32_MAX, min))};
}

Uuid read_uuid(Reader& in, std::string_view field) {
    Uuid uuid{};
    std::ranges::copy(in.bytes(field, uuid.size(), uuid.size()), uuid.begin());
    return uuid;
}

std::string read_text(Reader& in, std::string_view field, std::size_t max_bytes, std::size_t min_bytes) {
    return std::string(in.text(field, max_bytes, min_bytes));
}

Bytes read_bytes(Reader& in, std::string_view field, std::size_t max_bytes, std::size_t min_bytes) {
    return to_bytes(in.bytes(field, max_bytes, min_bytes));
}

void write(Writer& out, const StandingInterval& interval, Day base) {
    out.array(6);
    write_code(out, interval.status);
    write(out, interval.from, base);
    write(out, interval.end, interval.from);
    write(out, interval.nominal_end, interval.from);
    out.uint(interval.article).text(interval.document);
}

StandingInterval read_standing_interval(Reader& in, Day base) {
    in.array("standing", 6, 6);
    StandingInterval interval;
    interval.status = read_code<Standing>(in, "standing.status");
    interval.from = read_day(in, "standing.from", base);
    interval.end = read_optional_day(in, "standing.end", interval.from);
    interval.nominal_end = read_optional_day(in, "standing.nominal_end", interval.from);
    interval.article = static_cast<std::uint16_t>(in.uint("standing.article", UINT16_MAX));
    interval.document = read_text(in, "standing.document");
    return interval;
}

void write(Writer& out, const StateProof& proof) {
    out.array(2);
    write_code(out, proof.type);
    out.bytes(proof.envelope);
}

StateProof read_state_proof(Reader& in, std::string_view field) {
    in.array(field, 2, 2);
    StateProof proof;
    proof.type = read_code<MessageType>(in, field);
    const bool names_a_state =
        proof.type == MessageType::head || proof.type == MessageType::held || proof.type == MessageType::delta;
    if (in.ok() && !names_a_state)  // SYNC-10
        in.fail(ErrorId::wire_wrong_message_type, field, "neither head nor held nor delta");
    proof.envelope = read_bytes(in, field, kMaxProofBytes, 1);
    return proof;
}

AgentId read_agent_id(Reader& in, std::string_view field) {
    return {static_cast<std::uint32_t>(in.uint(field, UINT32_MAX, 1))};
}

Chapter read_chapter_no(Reader& in, std::string_view field) {
    return {static_cast<std::uint32_t>(in.uint(field, UINT32_MAX, 1))};
}

void write_format(Writer& out) { out.uint(kFormatVersion); }

void read_format(Reader& in) {
    const std::uint64_t version = in.uint("format", UINT64_MAX, 1);
    if (in.ok() && version > kFormatVersion)  // VER-2
        in.fail(ErrorId::wire_unknown_version, "format", "this program knows version 1");
}

}  // namespace zige::wire

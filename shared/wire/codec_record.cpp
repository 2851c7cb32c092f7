#include "shared/wire/codec_record.h"

namespace zige::wire {
namespace {

constexpr std::size_t kInstitutionFields = 11;
constexpr std::size_t kRegistrationFields = 11;  // and the leaves, where there are any
constexpr std::size_t kAliasFields = 3;

void write(Writer& out, const Stop& stop) {
    out.array(6);
    write_code(out, stop.kind);
    out.text(stop.department);
    write(out, stop.from, kDayZero);
    write(out, stop.end, stop.from);
    out.uint(stop.article).text(stop.document);
}

Stop read_stop(Reader& in) {
    in.array("stop", 6, 6);
    Stop stop;
    stop.kind = read_code<StopKind>(in, "stop.kind");
    stop.department = read_text(in, "stop.department", kMaxCode);
    stop.from = read_day(in, "stop.from", kDayZero);
    stop.end = read_optional_day(in, "stop.end", stop.from);
    stop.article = static_cast<std::uint16_t>(in.uint("stop.article", UINT16_MAX));
    stop.document = read_text(in, "stop.document");
    return stop;
}

void write_row(Writer& out, const InstitutionRecord& record, std::uint64_t number) {
    out.array(kInstitutionFields).uint(number);
    write(out, record.code);
    out.text(record.name);
    write_code(out, record.kind);
    out.text(record.division);
    write_code(out, record.mode);
    write(out, record.mode_until, kDayZero);
    out.boolean(record.strict).boolean(record.recovered);
    write(out, record.history_from, kDayZero);
    out.array(record.stops.size());
    for (const Stop& stop : record.stops) write(out, stop);
}

InstitutionRecord read_institution(Reader& in) {
    InstitutionRecord record;
    record.code = read_institution_code(in, "institution.code");
    record.name = read_text(in, "institution.name");
    record.kind = read_code<InstitutionKind>(in, "institution.kind");
    record.division = read_text(in, "institution.division", kMaxCode);
    record.mode = read_code<Mode>(in, "institution.mode");
    record.mode_until = read_optional_day(in, "institution.mode_until", kDayZero);
    record.strict = in.boolean("institution.strict");
    record.recovered = in.boolean("institution.recovered");
    record.history_from = read_day(in, "institution.history_from", kDayZero);
    const std::size_t stops = in.array("institution.stops", kMaxIntervals);
    record.stops.reserve(stops);
    for (std::size_t i = 0; i < stops && in.ok(); ++i) record.stops.push_back(read_stop(in));
    return record;
}

void write(Writer& out, const std::vector<Leave>& leaves) {
    out.array(leaves.size());
    for (const Leave& leave : leaves) {
        out.array(3);
        write_code(out, leave.kind);
        write(out, leave.from, kDayZero);
        write(out, leave.until, leave.from);
    }
}

/// DELTA-9: those who take leave are few; no leaves are written as nothing.
std::vector<Leave> read_leaves(Reader& in) {
    std::vector<Leave> leaves(in.array("registration.leaves", kMaxLeaves));
    if (in.ok() && leaves.empty())
        in.fail(ErrorId::wire_not_canonical, "registration.leaves", "none are written as nothing");
    for (std::size_t i = 0; i < leaves.size() && in.ok(); ++i) {
        in.array("leave", 3, 3);
        leaves[i].kind = read_code<LeaveKind>(in, "leave.kind");
        leaves[i].from = read_day(in, "leave.from", kDayZero);
        leaves[i].until = read_last_day(in, "leave.until", leaves[i].from);
        if (in.ok() && i > 0 && leaves[i].from <= leaves[i - 1].from)
            in.fail(ErrorId::wire_bad_order, "leave.from", "leaves are sorted by their first day");  // DELTA-9
    }
    return leaves;
}

/// What differs little from person to person stands together and first, so that it deflates to next to nothing.
void write_row(Writer& out, const Registration& person, std::uint64_t number) {
    out.array(kRegistrationFields + (person.leaves.empty() ? 0 : 1)).uint(number);
    write(out, person.last_day, kDayZero);
    out.array(person.standing.size());
    for (const StandingInterval& interval : person.standing) write(out, interval, kDayZero);
    write_code(out, person.post);
    write_code(out, person.commitment.kind);
    write(out, person.commitment.date, kDayZero);
    write_code(out, person.category);
    out.text(person.department);
    write(out, person.registered_from, kDayZero);
    out.text(person.code).text(person.name);
    if (!person.leaves.empty()) write(out, person.leaves);
}

Registration read_registration(Reader& in, RecordNo no, std::size_t fields) {
    Registration person;
    person.no = no;
    person.last_day = read_optional_day(in, "registration.last_day", kDayZero);
    person.standing = read_timeline(in, in.array("registration.standing", kMaxIntervals), kDayZero);
    person.post = read_code<Post>(in, "registration.post");
    person.commitment.kind = read_code<CommitmentKind>(in, "registration.commitment.kind");
    person.commitment.date = read_optional_day(in, "registration.commitment.date", kDayZero);
    person.category = read_code<Category>(in, "registration.category");
    person.department = read_text(in, "registration.department", kMaxCode);
    person.registered_from = read_day(in, "registration.registered_from", kDayZero);
    person.code = read_text(in, "registration.code", kMaxCode);
    person.name = read_text(in, "registration.name");
    if (fields > kRegistrationFields) person.leaves = read_leaves(in);
    return person;
}

void write_row(Writer& out, const Alias& alias, std::uint64_t number) {
    out.array(kAliasFields).uint(number).uint(alias.target.value).text(alias.code);
}

Alias read_alias(Reader& in, RecordNo no) {
    const RecordNo target = read_record_no(in, "alias.target", 1);
    return {no, target, read_text(in, "alias.code", kMaxCode)};  // empty: it was removed
}

Record read_body(Reader& in, RecordNo no, std::size_t fields) {
    if (no.value == 0 && fields == kInstitutionFields) return read_institution(in);
    const bool registration = fields == kRegistrationFields || fields == kRegistrationFields + 1;
    if (no.value != 0 && registration) return read_registration(in, no, fields);
    if (no.value != 0 && fields == kAliasFields) return read_alias(in, no);
    in.fail(ErrorId::wire_bad_type, "record", std::to_string(fields) + " fields in record " + std::to_string(no.value));
    return Alias{};
}

}  // namespace

StandingTimeline read_timeline(Reader& in, std::size_t intervals, Day base) {
    StandingTimeline timeline;
    timeline.reserve(intervals);
    for (std::size_t i = 0; i < intervals && in.ok(); ++i) {
        timeline.push_back(read_standing_interval(in, base));
        if (in.ok() && i > 0 && timeline[i].from < timeline[i - 1].from)
            in.fail(ErrorId::wire_bad_order, "standing.from", "intervals are sorted by their first day");  // DELTA-6
    }
    return timeline;
}

void write_record(Writer& out, const Record& record, std::uint64_t number) {
    std::visit([&](const auto& body) { write_row(out, body, number); }, record);
}

Record read_record(Reader& in) {
    const std::size_t fields = in.array("record", kRegistrationFields + 1, kAliasFields);
    return read_body(in, read_record_no(in, "record.no"), fields);
}

Record RowReader::next(Reader& in) {
    const std::size_t start = in.offset();
    const std::size_t fields = in.array("record", kRegistrationFields + 1, kAliasFields);
    const std::size_t head = in.offset();
    const std::uint64_t step = in.uint("record.no", UINT32_MAX, first_ ? 0 : 1);  // DELTA-3: ascending
    const std::uint64_t number = first_ ? step : previous_ + step;
    if (number > UINT32_MAX) in.fail(ErrorId::wire_bad_value, "record.no", "over 32 bits");
    const std::size_t rest = in.offset();
    Record record = read_body(in, {static_cast<std::uint32_t>(number)}, fields);
    first_ = false;
    previous_ = number;
    leaf_.clear();
    if (in.ok()) leaf_.raw(in.between(start, head)).uint(number).raw(in.between(rest, in.offset()));
    return record;
}

Bytes encode(const Record& record) {
    Writer out;
    write_record(out, record, record_no(record).value);
    return out.take();
}

Result<Record> decode_record(ByteView bytes) { return decode_whole(bytes, kMaxRecordBytes, "record", read_record); }

}  // namespace zige::wire

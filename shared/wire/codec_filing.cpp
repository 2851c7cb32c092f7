#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

void write_body(Writer& out, const DepartureFiling& body) {
    out.array(4);
    write_code(out, FilingKind::departure);
    out.uint(body.no.value);
    write(out, body.last_day, kDayZero);
    out.text(body.reason);
}

void write_body(Writer& out, const UndoFiling& body) {
    out.array(2);
    write_code(out, FilingKind::undo);
    out.bytes(body.target);
}

void write_body(Writer& out, const WindowFiling& body) {
    out.array(4);
    write_code(out, FilingKind::window);
    out.bytes(body.departure);
    write(out, body.updated_on, kDayZero);
    out.text(body.receipt_number);
}

DepartureFiling read_departure(Reader& in) {
    DepartureFiling body;
    body.no = read_record_no(in, "filing.no", 1);
    body.last_day = read_day(in, "filing.last_day", kDayZero);
    body.reason = read_text(in, "filing.reason");
    return body;
}

UndoFiling read_undo(Reader& in) { return {read_uuid(in, "filing.target")}; }

WindowFiling read_window(Reader& in) {
    WindowFiling body;
    body.departure = read_uuid(in, "filing.departure");
    body.updated_on = read_day(in, "filing.updated_on", kDayZero);
    body.receipt_number = read_text(in, "filing.receipt_number");
    return body;
}

Filing read_filing(Reader& in) {
    in.array("filing", 4, 4);
    Filing filing;
    filing.uuid = read_uuid(in, "filing.uuid");
    filing.times = read_times(in);
    filing.clerk = read_text(in, "filing.clerk");
    const std::size_t fields = in.array("filing.body", 4, 2);
    const auto kind = read_code<FilingKind>(in, "filing.kind");
    if (!in.ok()) return filing;
    if (fields != (kind == FilingKind::undo ? 2U : 4U))
        in.fail(ErrorId::wire_bad_type, "filing.body", "another number of fields");
    switch (kind) {
        case FilingKind::departure: filing.body = read_departure(in); break;
        case FilingKind::undo: filing.body = read_undo(in); break;
        case FilingKind::window: filing.body = read_window(in); break;
        default: in.fail(ErrorId::wire_bad_value, "filing.kind", "no filing of this kind is carried");
    }
    return filing;
}

}  // namespace

Bytes encode(const Filing& filing) {
    Writer out;
    out.array(4).bytes(filing.uuid);
    write(out, filing.times);
    out.text(filing.clerk);
    std::visit([&](const auto& body) { write_body(out, body); }, filing.body);
    return out.take();
}

Result<Filing> decode_filing(ByteView bytes) { return decode_whole(bytes, kMaxFilingBytes, "filing", read_filing); }

}  // namespace zige::wire

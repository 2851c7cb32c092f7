#include "shared/wire/codec_filing.h"

// Filings about what somebody does in between, about another filing, and applications to the bureau.

namespace zige::wire {
namespace {

template <FilingKind kCase>
void write_case(Writer& out, const CaseFiling<kCase>& body) {
    out.uint(body.no.value).text(body.document).text(body.text);
    if (body.attachment) write(out, *body.attachment);
    else out.null();
}

template <FilingKind kCase>
void read_case(Reader& in, CaseFiling<kCase>& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.document = read_text(in, "filing.document");
    body.text = read_text(in, "filing.text", kMaxCaseText, 1);
    if (!in.null()) body.attachment = read_hash(in, "filing.attachment");
}

}  // namespace

void write_fields(Writer& out, const UndoFiling& body) { out.bytes(body.target); }

void read_fields(Reader& in, UndoFiling& body) { body.target = read_uuid(in, "filing.target"); }

void write_fields(Writer& out, const WindowFiling& body) {
    out.bytes(body.departure);
    write(out, body.updated_on, kDayZero);
    out.text(body.receipt_number);
}

void read_fields(Reader& in, WindowFiling& body) {
    body.departure = read_uuid(in, "filing.departure");
    body.updated_on = read_day(in, "filing.updated_on", kDayZero);
    body.receipt_number = read_text(in, "filing.receipt_number");
}

void write_fields(Writer& out, const AmendFiling& body) {
    out.bytes(body.target);
    write(out, body.last_day, kDayZero);
}

void read_fields(Reader& in, AmendFiling& body) {
    body.target = read_uuid(in, "filing.target");
    body.last_day = read_day(in, "filing.last_day", kDayZero);
}

void write_fields(Writer& out, const LeaveFiling& body) {
    out.uint(body.no.value);
    write_code(out, body.kind);
    write(out, body.from, kDayZero);
    write(out, body.until, body.from);
}

void read_fields(Reader& in, LeaveFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.kind = read_code<LeaveKind>(in, "filing.leave_kind");
    body.from = read_day(in, "filing.from", kDayZero);
    body.until = read_last_day(in, "filing.until", body.from);
}

void write_fields(Writer& out, const RehireFiling& body) {
    out.uint(body.no.value);
    write(out, body.from, kDayZero);
    write(out, body.until, body.from);
}

void read_fields(Reader& in, RehireFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.from = read_day(in, "filing.from", kDayZero);
    body.until = read_last_day(in, "filing.until", body.from);
}

void write_fields(Writer& out, const DutySessionFiling& body) {
    out.uint(body.no.value);
    write(out, body.from);
    if (body.until) write_after(out, *body.until, body.from);
    else out.null();
}

void read_fields(Reader& in, DutySessionFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.from = read_instant(in, "filing.from");
    if (!in.null()) body.until = read_instant_after(in, "filing.until", body.from);
    if (in.ok() && body.until && *body.until < body.from)  // FIL-3
        in.fail(ErrorId::wire_bad_value, "filing.until", "ends before it begins");
}

void write_fields(Writer& out, const PresenceFiling& body) {
    out.uint(body.no.value).boolean(body.present).text(body.note);
}

void read_fields(Reader& in, PresenceFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.present = in.boolean("filing.present");
    body.note = read_text(in, "filing.note");
}

void write_fields(Writer& out, const AppealFiling& body) { write_case(out, body); }
void write_fields(Writer& out, const RepairFiling& body) { write_case(out, body); }
void write_fields(Writer& out, const RestorationFiling& body) { write_case(out, body); }
void read_fields(Reader& in, AppealFiling& body) { read_case(in, body); }
void read_fields(Reader& in, RepairFiling& body) { read_case(in, body); }
void read_fields(Reader& in, RestorationFiling& body) { read_case(in, body); }

}  // namespace zige::wire

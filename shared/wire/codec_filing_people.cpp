#include "shared/wire/codec_filing.h"

// Filings about who is registered: registration, its details, its codes, and its end.

namespace zige::wire {
namespace {

Bytes read_identity(Reader& in, std::size_t min_bytes) {
    return read_bytes(in, "filing.identity", kMaxSealedIdentity, min_bytes);
}

void write_text(Writer& out, const std::optional<std::string>& value) {
    if (value) out.text(*value);
    else out.null();
}

std::optional<std::string> read_optional_text(Reader& in, std::string_view field, std::size_t max_bytes,
                                              std::size_t min_bytes) {
    if (in.null()) return std::nullopt;
    return read_text(in, field, max_bytes, min_bytes);
}

}  // namespace

void write_fields(Writer& out, const RegistrationFiling& body) {
    out.text(body.code).text(body.licence).text(body.name);
    write_code(out, body.category);
    write_code(out, body.post);
    out.text(body.department);
    write(out, body.commitment_signed, kDayZero);
    write(out, body.from, kDayZero);
    out.boolean(body.multi_site).bytes(body.identity);
}

void read_fields(Reader& in, RegistrationFiling& body) {
    body.code = read_text(in, "filing.code", kMaxCode);
    body.licence = read_text(in, "filing.licence", kMaxCode);
    if (in.ok() && body.code.empty() && body.licence.empty())  // FIL-1
        in.fail(ErrorId::wire_missing_field, "filing.code", "neither a code nor a licence number");
    body.name = read_text(in, "filing.name", kMaxText, 1);
    body.category = read_code<Category>(in, "filing.category");
    body.post = read_code<Post>(in, "filing.post");
    body.department = read_text(in, "filing.department", kMaxCode);
    body.commitment_signed = read_optional_day(in, "filing.commitment_signed", kDayZero);
    body.from = read_day(in, "filing.from", kDayZero);
    body.multi_site = in.boolean("filing.multi_site");
    body.identity = read_identity(in, 0);
}

void write_fields(Writer& out, const ChangeFiling& body) {
    out.uint(body.no.value);
    write_text(out, body.name);
    write_text(out, body.department);
    write_text(out, body.code);
    if (body.category) write_code(out, *body.category);
    else out.null();
    if (body.identity) out.bytes(*body.identity);
    else out.null();
}

void read_fields(Reader& in, ChangeFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.name = read_optional_text(in, "filing.name", kMaxText, 1);
    body.department = read_optional_text(in, "filing.department", kMaxCode, 0);
    body.code = read_optional_text(in, "filing.code", kMaxCode, 1);
    if (!in.null()) body.category = read_code<Category>(in, "filing.category");
    if (!in.null()) body.identity = read_identity(in, 1);
    if (in.ok() && body == ChangeFiling{body.no, {}, {}, {}, {}, {}})  // FIL-2
        in.fail(ErrorId::wire_missing_field, "filing.body", "nothing changes");
}

void write_fields(Writer& out, const CommitmentFiling& body) {
    out.uint(body.no.value);
    write(out, body.signed_on, kDayZero);
}

void read_fields(Reader& in, CommitmentFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.signed_on = read_day(in, "filing.signed_on", kDayZero);
}

void write_fields(Writer& out, const AliasFiling& body) {
    out.uint(body.target.value).text(body.code).boolean(body.remove);
}

void read_fields(Reader& in, AliasFiling& body) {
    body.target = read_record_no(in, "filing.target", 1);
    body.code = read_text(in, "filing.code", kMaxCode, 1);
    body.remove = in.boolean("filing.remove");
}

void write_fields(Writer& out, const DepartureFiling& body) {
    out.uint(body.no.value);
    write(out, body.last_day, kDayZero);
    out.text(body.reason);
}

void read_fields(Reader& in, DepartureFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.last_day = read_day(in, "filing.last_day", kDayZero);
    body.reason = read_text(in, "filing.reason");
}

void write_fields(Writer& out, const TransferFiling& body) {
    out.uint(body.no.value);
    write(out, body.last_day, kDayZero);
    out.text(body.to_institution);
    write(out, body.first_day, kDayZero);
}

void read_fields(Reader& in, TransferFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.last_day = read_day(in, "filing.last_day", kDayZero);
    body.to_institution = read_text(in, "filing.to_institution", kMaxInstitutionCode, 1);
    body.first_day = read_day(in, "filing.first_day", kDayZero);
}

void write_fields(Writer& out, const DeathFiling& body) {
    out.uint(body.no.value);
    write(out, body.at);
}

void read_fields(Reader& in, DeathFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.at = read_instant(in, "filing.at");
}

void write_fields(Writer& out, const LicenceLapseFiling& body) {
    out.uint(body.no.value).text(body.licence);
    write(out, body.lapsed_on, kDayZero);
    out.text(body.reason);
}

void read_fields(Reader& in, LicenceLapseFiling& body) {
    body.no = read_record_no(in, "filing.no", 1);
    body.licence = read_text(in, "filing.licence", kMaxCode, 1);
    body.lapsed_on = read_day(in, "filing.lapsed_on", kDayZero);
    body.reason = read_text(in, "filing.reason");
}

}  // namespace zige::wire

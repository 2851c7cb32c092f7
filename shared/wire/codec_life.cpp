#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

Revocation read_revocation(Reader& in) {
    in.array("revocation", 4, 4);
    Revocation revocation;
    revocation.agent = read_agent_id(in, "revocation.agent");
    revocation.reason = read_code<RevocationReason>(in, "revocation.reason");
    revocation.hub_time = read_instant(in, "revocation.hub_time");
    revocation.replaced_by.value = static_cast<std::uint32_t>(in.uint("revocation.replaced_by", UINT32_MAX));
    return revocation;
}

RenewRequest read_renew_request(Reader& in) {
    in.array("renew", 4, 4);
    RenewRequest request;
    request.agent = read_agent_id(in, "renew.agent");
    request.institution = read_institution_code(in, "renew.institution");
    request.tls_csr = read_bytes(in, "renew.tls_csr", kMaxCertificateBytes, 1);
    request.times = read_times(in);
    return request;
}

RenewAnswer read_renew_answer(Reader& in) {
    in.array("renewed", 3, 3);
    RenewAnswer answer;
    answer.agent = read_agent_id(in, "renewed.agent");
    answer.tls_certificate = read_bytes(in, "renewed.tls_certificate", kMaxCertificateBytes, 1);
    answer.hub_time = read_instant(in, "renewed.hub_time");
    return answer;
}

Statement read_statement(Reader& in) {
    in.array("statement", 5, 5);
    Statement statement;
    statement.institution = read_institution_code(in, "statement.institution");
    statement.no = read_record_no(in, "statement.no", 1);
    statement.interval = read_standing_interval(in, kDayZero);
    statement.basis.value = in.uint("statement.basis", kMaxSeq);
    statement.hub_time = read_instant(in, "statement.hub_time");
    return statement;
}

}  // namespace

Bytes encode(const Revocation& revocation) {
    Writer out;
    out.array(4).uint(revocation.agent.value);
    write_code(out, revocation.reason);
    write(out, revocation.hub_time);
    out.uint(revocation.replaced_by.value);
    return out.take();
}

Bytes encode(const RenewRequest& request) {
    Writer out;
    out.array(4).uint(request.agent.value);
    write(out, request.institution);
    out.bytes(request.tls_csr);
    write(out, request.times);
    return out.take();
}

Bytes encode(const RenewAnswer& answer) {
    Writer out;
    out.array(3).uint(answer.agent.value).bytes(answer.tls_certificate);
    write(out, answer.hub_time);
    return out.take();
}

Bytes encode(const Statement& statement) {
    Writer out;
    out.array(5);
    write(out, statement.institution);
    out.uint(statement.no.value);
    write(out, statement.interval, kDayZero);
    out.uint(statement.basis.value);
    write(out, statement.hub_time);
    return out.take();
}

Result<Revocation> decode_revocation(ByteView bytes) {
    return decode_whole(bytes, kMaxHeadBytes, "revocation", read_revocation);
}
Result<RenewRequest> decode_renew_request(ByteView bytes) {
    return decode_whole(bytes, kMaxEnrolBytes, "renew", read_renew_request);
}
Result<RenewAnswer> decode_renew_answer(ByteView bytes) {
    return decode_whole(bytes, kMaxEnrolBytes, "renewed", read_renew_answer);
}
Result<Statement> decode_statement(ByteView bytes) {
    return decode_whole(bytes, kMaxStatementBytes, "statement", read_statement);  // STMT-4
}

}  // namespace zige::wire

#include "shared/ports/crypto.h"
#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

EnrolRequest read_request(Reader& in) {
    in.array("enrol", 5, 5);
    read_format(in);
    EnrolRequest request;
    request.token = read_text(in, "enrol.token", kMaxToken, 1);
    request.tls_csr = read_bytes(in, "enrol.tls_csr", kMaxCertificateBytes, 1);
    request.signing_key = read_bytes(in, "enrol.signing_key", kMaxPublicKeyBytes, kMinPublicKeyBytes);
    request.sealing_key = read_bytes(in, "enrol.sealing_key", kMaxPublicKeyBytes, kMinPublicKeyBytes);
    return request;
}

EnrolAnswer read_answer(Reader& in) {
    in.array("enrolled", 7, 7);
    read_format(in);
    EnrolAnswer answer;
    answer.agent.value = static_cast<std::uint32_t>(in.uint("enrolled.agent", UINT32_MAX, 1));
    answer.chapter.value = static_cast<std::uint32_t>(in.uint("enrolled.chapter", UINT32_MAX, 1));
    answer.institution = read_institution_code(in, "enrolled.institution");
    answer.tls_certificate = read_bytes(in, "enrolled.tls_certificate", kMaxCertificateBytes, 1);
    answer.hub_time = read_instant(in, "enrolled.hub_time");
    answer.replaces.value = static_cast<std::uint32_t>(in.uint("enrolled.replaces", UINT32_MAX));
    return answer;
}

}  // namespace

Bytes encode(const EnrolRequest& request) {
    Writer out;
    out.array(5);
    write_format(out);
    out.text(request.token).bytes(request.tls_csr).bytes(request.signing_key).bytes(request.sealing_key);
    return out.take();
}

Bytes encode(const EnrolAnswer& answer) {
    Writer out;
    out.array(7);
    write_format(out);
    out.uint(answer.agent.value).uint(answer.chapter.value);
    write(out, answer.institution);
    out.bytes(answer.tls_certificate);
    write(out, answer.hub_time);
    out.uint(answer.replaces.value);
    return out.take();
}

Result<EnrolRequest> decode_enrol_request(ByteView bytes) {
    return decode_whole(bytes, kMaxEnrolBytes, "enrol", read_request);
}
Result<EnrolAnswer> decode_enrol_answer(ByteView bytes) {
    return decode_whole(bytes, kMaxEnrolBytes, "enrolled", read_answer);
}

}  // namespace zige::wire

#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

CopyHandIn read_copy(Reader& in) {
    in.array("copy", 6, 6);
    CopyHandIn copy;
    copy.agent = read_agent_id(in, "copy.agent");
    copy.institution = read_institution_code(in, "copy.institution");
    copy.state = read_bytes(in, "copy.state", kMaxHeadBytes, 1);
    copy.proof = read_state_proof(in, "copy.proof");
    copy.config = read_bytes(in, "copy.config", kMaxConfigBytes, 1);
    const std::size_t count = in.array("copy.records", kMaxRecords);
    copy.records.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i)
        copy.records.push_back(read_bytes(in, "copy.records", kMaxRecordBytes, 1));
    return copy;
}

void write_trust(Writer& out, const std::vector<Bytes>& trust) {
    out.array(trust.size());
    for (const Bytes& document : trust) out.bytes(document);
}

std::vector<Bytes> read_trust(Reader& in, std::string_view field) {
    std::vector<Bytes> trust(in.array(field, kMaxTrustChain, 1));
    for (Bytes& document : trust) document = read_bytes(in, field, kMaxTrustBytes, 1);
    return trust;
}

EnrolFile read_enrol_file(Reader& in) {
    in.array("enrol_file", 4, 4);
    read_format(in);
    EnrolFile file;
    file.hub_url = read_text(in, "enrol_file.hub_url", kMaxText, 1);
    file.token = read_text(in, "enrol_file.token", kMaxToken, 1);
    file.trust = read_trust(in, "enrol_file.trust");
    return file;
}

EnrolReply read_enrol_reply(Reader& in) {
    in.array("enrol_reply", 6, 6);
    read_format(in);
    EnrolReply reply;
    reply.enrolled = read_bytes(in, "enrol_reply.enrolled", kMaxEnrolBytes, 1);
    reply.trust = read_trust(in, "enrol_reply.trust");
    reply.institution = read_bytes(in, "enrol_reply.institution", kMaxEnvelopeBytes, 1);
    if (!in.null()) reply.ineligible = read_bytes(in, "enrol_reply.ineligible", kMaxIneligibleBytes, 1);
    reply.held = read_bytes(in, "enrol_reply.held", kMaxHeldBytes, 1);
    return reply;
}

}  // namespace

Bytes encode(const CopyHandIn& copy) {
    Writer out;
    out.array(6).uint(copy.agent.value);
    write(out, copy.institution);
    out.bytes(copy.state);
    write(out, copy.proof);
    out.bytes(copy.config).array(copy.records.size());
    for (const Bytes& record : copy.records) out.bytes(record);
    return out.take();
}

Bytes encode(const EnrolFile& file) {
    Writer out;
    out.array(4);
    write_format(out);
    out.text(file.hub_url).text(file.token);
    write_trust(out, file.trust);
    return out.take();
}

Bytes encode(const EnrolReply& reply) {
    Writer out;
    out.array(6);
    write_format(out);
    out.bytes(reply.enrolled);
    write_trust(out, reply.trust);
    out.bytes(reply.institution);
    if (reply.ineligible) out.bytes(*reply.ineligible);
    else out.null();
    out.bytes(reply.held);
    return out.take();
}

Result<CopyHandIn> decode_copy_hand_in(ByteView bytes) {
    return decode_whole(bytes, kMaxPayloadBytes, "copy", read_copy);
}
Result<EnrolFile> decode_enrol_file(ByteView bytes) {
    return decode_whole(bytes, kMaxTrustChainBytes + kMaxEnrolBytes, "enrol_file", read_enrol_file);
}
Result<EnrolReply> decode_enrol_reply(ByteView bytes) {
    return decode_whole(bytes, kMaxEnrolReplyBytes, "enrol_reply", read_enrol_reply);
}

}  // namespace zige::wire

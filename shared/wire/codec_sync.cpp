#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

void write(Writer& out, const Health& health) {
    out.array(8).text(health.software).boolean(health.clock_suspect).boolean(health.clock_unknown);
    out.uint(health.waiting_entries).uint(health.waiting_filings);
    out.boolean(health.anchor_ahead).boolean(health.disk_rolls_back);
    write(out, health.certificate_until);
}

Health read_health(Reader& in) {
    in.array("request.health", 8, 8);
    Health health;
    health.software = read_text(in, "request.health.software");
    health.clock_suspect = in.boolean("request.health.clock_suspect");
    health.clock_unknown = in.boolean("request.health.clock_unknown");
    health.waiting_entries = static_cast<std::uint32_t>(in.uint("request.health.waiting_entries", UINT32_MAX));
    health.waiting_filings = static_cast<std::uint32_t>(in.uint("request.health.waiting_filings", UINT32_MAX));
    health.anchor_ahead = in.boolean("request.health.anchor_ahead");
    health.disk_rolls_back = in.boolean("request.health.disk_rolls_back");
    health.certificate_until = read_instant(in, "request.health.certificate_until");
    return health;
}

void read_have(Reader& in, SyncRequest& request) {
    request.epoch.value = static_cast<std::uint32_t>(in.uint("request.epoch", UINT32_MAX));
    request.seq.value = in.uint("request.seq", kMaxSeq);
    request.state_hash = read_hash_or_null(in, "request.state_hash");
    request.staged = read_hash_or_null(in, "request.staged");
    request.ineligible_version = static_cast<std::uint32_t>(in.uint("request.ineligible_version", UINT32_MAX));
    request.trust_version = static_cast<std::uint32_t>(in.uint("request.trust_version", UINT32_MAX));
    request.journal_size = in.uint("request.journal_size", kMaxSeq);
    request.journal_hash = read_hash(in, "request.journal_hash");
}

SyncRequest read_request(Reader& in) {
    in.array("request", 16, 16);
    SyncRequest request;
    request.agent = read_agent_id(in, "request.agent");
    request.chapter = read_chapter_no(in, "request.chapter");
    request.institution = read_institution_code(in, "request.institution");
    read_have(in, request);
    request.times = read_times(in);
    request.health = read_health(in);
    request.segments.resize(in.array("request.segments", kMaxSegmentsPerSync));
    for (Segment& segment : request.segments) segment = read_segment(in);
    request.filings.resize(in.array("request.filings", kMaxFilingsPerSync));
    for (Bytes& filing : request.filings) filing = read_bytes(in, "request.filings", kMaxFilingBytes, 1);
    if (!in.null()) request.proof = read_state_proof(in, "request.proof");
    return request;
}

void write(Writer& out, const FilingResult& result) {
    out.array(4).bytes(result.uuid);
    if (result.accepted) out.null();
    else write_code(out, result.reason);
    out.uint(result.in_seq.value).uint(result.no.value);
}

FilingResult read_result(Reader& in) {
    in.array("held.results", 4, 4);
    FilingResult result;
    result.uuid = read_uuid(in, "held.results.uuid");
    result.accepted = in.null();
    if (!result.accepted) result.reason = read_code<ErrorId>(in, "held.results.reason");
    result.in_seq.value = in.uint("held.results.in_seq", kMaxSeq);
    result.no = read_record_no(in, "held.results.no");
    return result;
}

void write(Writer& out, const ChapterHeld& chapter) {
    out.array(4).uint(chapter.agent.value).uint(chapter.chapter.value).uint(chapter.size);
    write(out, chapter.hash);
}

ChapterHeld read_chapter_held(Reader& in) {
    in.array("held.earlier", 4, 4);
    ChapterHeld chapter;
    chapter.agent = read_agent_id(in, "held.earlier.agent");
    chapter.chapter = read_chapter_no(in, "held.earlier.chapter");
    chapter.size = in.uint("held.earlier.size", kMaxSeq);
    chapter.hash = read_hash(in, "held.earlier.hash");
    return chapter;
}

/// What the hub asks the agent to do next.
void read_asked(Reader& in, Held& held) {
    if (!in.null()) held.open_chapter = read_chapter_no(in, "held.open_chapter");
    if (in.ok() && held.open_chapter && held.open_chapter->value - held.chapter.value != 1)  // LIFE-2
        in.fail(ErrorId::chapter_unexpected, "held.open_chapter", "not the one after the current");
    held.prove = in.boolean("held.prove");
    held.hand_in = in.boolean("held.hand_in");
    held.earlier.resize(in.array("held.earlier", kMaxEarlierChapters));
    for (ChapterHeld& chapter : held.earlier) chapter = read_chapter_held(in);
}

Held read_held(Reader& in) {
    in.array("held", 13, 13);
    Held held;
    held.agent = read_agent_id(in, "held.agent");
    held.chapter = read_chapter_no(in, "held.chapter");
    held.size = in.uint("held.size", kMaxSeq);
    held.hash = read_hash(in, "held.hash");
    held.hub_time = read_instant(in, "held.hub_time");
    held.state_hash = read_hash_or_null(in, "held.state_hash");
    held.frozen = in.boolean("held.frozen");
    held.results.resize(in.array("held.results", kMaxFilingsPerSync));
    for (FilingResult& result : held.results) result = read_result(in);
    held.next_contact = read_instant_after(in, "held.next_contact", held.hub_time);
    read_asked(in, held);
    return held;
}

MessageType read_institution_type(Reader& in) {
    const auto type = read_code<MessageType>(in, "answer.institution_type");
    const bool known = type == MessageType::head || type == MessageType::delta || type == MessageType::manifest;
    if (in.ok() && !known)  // SYNC-2
        in.fail(ErrorId::wire_wrong_message_type, "answer.institution_type", "neither head, delta nor manifest");
    return type;
}

SyncAnswer read_answer(Reader& in) {
    in.array("answer", 6, 6);
    read_format(in);
    SyncAnswer answer;
    answer.trust.resize(in.array("answer.trust", kMaxTrustChain));
    for (Bytes& document : answer.trust) document = read_bytes(in, "answer.trust", kMaxTrustBytes, 1);
    answer.institution_type = read_institution_type(in);
    const bool may_lack = answer.institution_type == MessageType::head;  // REC-1
    answer.institution = read_bytes(in, "answer.institution", kMaxManifestBytes, may_lack ? 0 : 1);
    answer.held = read_bytes(in, "answer.held", kMaxHeldBytes, 1);
    if (!in.null()) answer.ineligible = read_bytes(in, "answer.ineligible", kMaxSyncAnswerBytes, 1);
    return answer;
}

}  // namespace

Bytes encode(const SyncRequest& request) {
    Writer out;
    out.array(16).uint(request.agent.value).uint(request.chapter.value);
    write(out, request.institution);
    out.uint(request.epoch.value).uint(request.seq.value);
    write_or_null(out, request.state_hash);
    write_or_null(out, request.staged);
    out.uint(request.ineligible_version).uint(request.trust_version).uint(request.journal_size);
    write(out, request.journal_hash);
    write(out, request.times);
    write(out, request.health);
    out.array(request.segments.size());
    for (const Segment& segment : request.segments) write(out, segment);
    out.array(request.filings.size());
    for (const Bytes& filing : request.filings) out.bytes(filing);
    if (request.proof) write(out, *request.proof);
    else out.null();
    return out.take();
}

Bytes encode(const Held& held) {
    Writer out;
    out.array(13).uint(held.agent.value).uint(held.chapter.value).uint(held.size);
    write(out, held.hash);
    write(out, held.hub_time);
    write_or_null(out, held.state_hash);
    out.boolean(held.frozen).array(held.results.size());
    for (const FilingResult& result : held.results) write(out, result);
    write_after(out, held.next_contact, held.hub_time);
    if (held.open_chapter) out.uint(held.open_chapter->value);
    else out.null();
    out.boolean(held.prove).boolean(held.hand_in).array(held.earlier.size());
    for (const ChapterHeld& chapter : held.earlier) write(out, chapter);
    return out.take();
}

Bytes encode(const SyncAnswer& answer) {
    Writer out;
    out.array(6);
    write_format(out);
    out.array(answer.trust.size());
    for (const Bytes& document : answer.trust) out.bytes(document);
    write_code(out, answer.institution_type);
    out.bytes(answer.institution).bytes(answer.held);
    if (answer.ineligible) out.bytes(*answer.ineligible);
    else out.null();
    return out.take();
}

Result<SyncRequest> decode_sync_request(ByteView bytes) {
    return decode_whole(bytes, kMaxSyncRequestPayload, "request", read_request);
}
Result<Held> decode_held(ByteView bytes) { return decode_whole(bytes, kMaxHeldBytes, "held", read_held); }
Result<SyncAnswer> decode_sync_answer(ByteView bytes) {
    return decode_whole(bytes, kMaxSyncAnswerBytes, "answer", read_answer);
}

}  // namespace zige::wire

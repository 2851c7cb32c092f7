#include "shared/wire/codec_parts.h"

namespace zige::wire {
namespace {

BatchSignature read_batch(Reader& in) {
    in.array("segment.batches", 3, 3);
    BatchSignature batch;
    batch.first = in.uint("segment.batches.first", kMaxSeq, 1);
    batch.last = in.uint("segment.batches.last", kMaxSeq, batch.first);  // JRN-4
    batch.signature = read_bytes(in, "segment.batches.signature", kSignatureBytes, kSignatureBytes);
    return batch;
}

std::vector<Bytes> read_entries(Reader& in) {
    const std::size_t count = in.array("segment.entries", kMaxSegmentBytes);
    std::vector<Bytes> entries;
    entries.reserve(count);
    std::size_t total = 0;
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        entries.push_back(read_bytes(in, "segment.entries", kMaxJournalEntryBytes, 1));
        total += entries.back().size();
        if (total > kMaxSegmentBytes)  // JRN-3
            in.fail(ErrorId::wire_too_many, "segment.entries", "more than 16 kB of entries");
    }
    return entries;
}

}  // namespace

void write(Writer& out, const Segment& segment) {
    out.array(6).uint(segment.agent.value).uint(segment.chapter.value).uint(segment.first);
    write(out, segment.link_before);
    out.array(segment.entries.size());
    for (const Bytes& entry : segment.entries) out.bytes(entry);
    out.array(segment.batches.size());
    for (const BatchSignature& batch : segment.batches)
        out.array(3).uint(batch.first).uint(batch.last).bytes(batch.signature);
}

Segment read_segment(Reader& in) {
    in.array("segment", 6, 6);
    Segment segment;
    segment.agent = read_agent_id(in, "segment.agent");
    segment.chapter = read_chapter_no(in, "segment.chapter");
    segment.first = in.uint("segment.first", kMaxSeq, 1);
    segment.link_before = read_hash(in, "segment.link_before");
    segment.entries = read_entries(in);
    const std::size_t batches = in.array("segment.batches", kMaxSegmentBytes);
    segment.batches.reserve(batches);
    for (std::size_t i = 0; i < batches && in.ok(); ++i) segment.batches.push_back(read_batch(in));
    return segment;
}

Bytes encode(const Segment& segment) {
    Writer out;
    write(out, segment);
    return out.take();
}

Result<Segment> decode_segment(ByteView bytes) {
    return decode_whole(bytes, kMaxSyncRequestPayload, "segment", read_segment);
}

}  // namespace zige::wire

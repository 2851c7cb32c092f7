#include "shared/wire/codec_record.h"
#include "shared/wire/delta.h"

namespace zige::wire {
namespace {

void write_rows(Writer& out, const std::vector<Record>& records) {
    out.array(records.size());
    std::uint64_t previous = 0;
    for (const Record& record : records) {
        const std::uint64_t number = record_no(record).value;
        write_record(out, record, number - previous);
        previous = number;
    }
}

/// A patch is its number's distance from the one before, and its intervals counted from the day of publishing.
void write_patches(Writer& out, const std::vector<StandingPatch>& patches, Day published) {
    out.array(patches.size());
    std::uint64_t previous = 0;
    for (const StandingPatch& patch : patches) {
        out.array(1 + patch.standing.size()).uint(patch.no.value - previous);
        for (const StandingInterval& interval : patch.standing) write(out, interval, published);
        previous = patch.no.value;
    }
}

DeltaStart read_start(Reader& in) {
    DeltaStart start;
    start.state = read_state(in);
    start.hub_time = read_instant(in, "delta.hub_time");
    start.ineligible_version = static_cast<std::uint32_t>(in.uint("delta.ineligible_version", UINT32_MAX));
    if (!in.null()) start.from = read_hash(in, "delta.from");
    if (!in.null()) start.config = read_bytes(in, "delta.config", kMaxConfigBytes, 1);
    return start;
}

StandingPatch read_patch(Reader& in, std::uint64_t previous, Day published) {
    const std::size_t items = in.array("patch", 1 + kMaxIntervals, 1);
    const std::uint64_t number = previous + in.uint("patch.no", UINT32_MAX, 1);  // DELTA-4: ascending, never record 0
    if (number > UINT32_MAX) in.fail(ErrorId::wire_bad_value, "patch.no", "over 32 bits");
    return {{static_cast<std::uint32_t>(number)}, read_timeline(in, in.ok() ? items - 1 : 0, published)};
}

Result<void> stream_records(Reader& in, DeltaSink& sink) {
    const std::size_t count = in.array("delta.records", kMaxRecords);
    RowReader rows;
    for (std::size_t i = 0; i < count; ++i) {
        Record record = rows.next(in);
        if (!in.ok()) return in.error();
        ZIGE_CHECK(sink.record(std::move(record), rows.leaf()));
    }
    return {};
}

Result<void> stream_patches(Reader& in, DeltaSink& sink, Day published) {
    const std::size_t count = in.array("delta.patches", kMaxRecords);
    std::uint64_t previous = 0;
    for (std::size_t i = 0; i < count; ++i) {
        StandingPatch patch = read_patch(in, previous, published);
        if (!in.ok()) return in.error();
        previous = patch.no.value;
        ZIGE_CHECK(sink.patch(std::move(patch)));
    }
    return {};
}

/// Collects a delta into one value.
class Collector final : public DeltaSink {
public:
    Result<void> start(DeltaStart start) override {
        delta.state = std::move(start.state);
        delta.hub_time = start.hub_time;
        delta.ineligible_version = start.ineligible_version;
        delta.from = start.from;
        delta.config = std::move(start.config);
        return {};
    }
    Result<void> record(Record record, ByteView) override {
        delta.records.push_back(std::move(record));
        return {};
    }
    Result<void> patch(StandingPatch patch) override {
        while (at_ < delta.records.size() && record_no(delta.records[at_]) < patch.no) ++at_;
        if (at_ < delta.records.size() && record_no(delta.records[at_]) == patch.no)  // DELTA-5
            return fail(ErrorId::wire_duplicate_key, "patch.no", "also among the records");
        delta.patches.push_back(std::move(patch));
        return {};
    }
    Delta delta;

private:
    std::size_t at_ = 0;
};

}  // namespace

Result<void> read_delta(ByteView payload, DeltaSink& sink) {
    if (payload.size() > kMaxPayloadBytes) return fail(ErrorId::wire_too_large, "delta");  // LIMIT-1
    Reader in(payload);
    in.array("delta", 7, 7);
    DeltaStart start = read_start(in);
    if (!in.ok()) return in.error();
    const Day published = day_of(start.hub_time);
    ZIGE_CHECK(sink.start(std::move(start)));
    ZIGE_CHECK(stream_records(in, sink));
    ZIGE_CHECK(stream_patches(in, sink, published));
    return in.finish("delta");
}

Bytes encode(const Delta& delta) {
    Writer out;
    out.array(7);
    write(out, delta.state);
    write(out, delta.hub_time);
    out.uint(delta.ineligible_version);
    if (delta.from) write(out, *delta.from);
    else out.null();
    if (delta.config) out.bytes(*delta.config);
    else out.null();
    write_rows(out, delta.records);
    write_patches(out, delta.patches, day_of(delta.hub_time));
    return out.take();
}

Result<Delta> decode_delta(ByteView bytes) {
    Collector collector;
    ZIGE_CHECK(read_delta(bytes, collector));
    return std::move(collector.delta);
}

}  // namespace zige::wire

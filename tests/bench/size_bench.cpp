#include <malloc.h>

#include <algorithm>

#include "shared/wire/codec.h"
#include "shared/wire/delta.h"
#include "tests/bench/bureau.h"
#include "tests/bench/corpus.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kPeople = 5'000;
constexpr std::uint64_t kDraws = 10;
constexpr double kHeadBaseline = 64 + 64;  // signature, two hashes
constexpr double kObjectOverhead = 152;    // signature, hashes, and what names institution, key and time

Row bytes_row(std::string what, double measured, std::string baseline_name, double baseline, double goal) {
    const Goal limit{GoalOf::measured, GoalSide::at_most, goal};
    return {std::move(what), "B", measured, std::move(baseline_name), baseline, limit, {}};
}

/// Bytes of `count` patches, one figure for each draw: one draw of dates and numbers may be lucky.
Samples patch_bytes(Bureau& bureau, std::size_t count, std::uint64_t draws) {
    Samples sizes;
    for (std::uint64_t seed = 1; seed <= draws; ++seed)
        sizes.add(static_cast<double>(bureau.publish(make_corpus(kPeople, count, seed).patches).size()));
    return sizes;
}

/// Bytes of the heap that are in use.
std::size_t heap_in_use() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Looks at the heap at each thousandth record.
class HeapPeak final : public wire::DeltaSink {
public:
    Result<void> start(wire::DeltaStart) override { return {}; }
    Result<void> record(Record, ByteView) override {
        if (++seen % 1000 == 0) peak = std::max(peak, heap_in_use());
        return {};
    }
    Result<void> patch(wire::StandingPatch) override { return {}; }
    std::size_t seen = 0;
    std::size_t peak = 0;
};

/// Reading streams: it takes no memory that grows with the number of people.
Row heap_row(std::size_t people) {
    wire::Delta delta;
    delta.state.institution = {"H41042300017"};
    delta.from = wire::kGenesis;
    delta.records = make_corpus(people, 0, 1).records;
    const Bytes payload = wire::encode(delta);
    HeapPeak heap;
    const std::size_t before = heap_in_use();
    expect(wire::read_delta(payload, heap).ok() && heap.seen == delta.records.size(), "a delta of our own");
    const double added = static_cast<double>(heap.peak - std::min(heap.peak, before)) / 1024;
    return {"heap that reading 100,000 people needs",      "kB", added, "", 0,
            Goal{GoalOf::measured, GoalSide::at_most, 64}, {}};
}

}  // namespace

std::vector<Row> size_rows(const Run& run) {
    progress("sizes");
    Bureau bureau(run.suite, Corpus::kPublished, make_corpus(kPeople, 0, 1).records);
    std::vector<Row> rows;
    rows.push_back(bytes_row("head, nothing new", static_cast<double>(bureau.head().size()),
                             "signature + 64 B of hashes", kHeadBaseline, 220));
    const std::pair<std::size_t, double> objects[] = {{1, 260}, {10, 480}, {100, 1800}};
    for (const auto& [count, goal] : objects) {
        const Samples sizes = patch_bytes(bureau, count, run.size(kDraws, 1));
        const double baseline = Corpus::entropy_bits(kPeople, count) / 8 + kObjectOverhead;
        const std::string what = "standing patches of 5,000 people, " + std::to_string(count);
        rows.push_back(bytes_row(what, sizes.median(), "entropy + 152 B", baseline, goal));
        rows.push_back(bytes_row("- the largest of 10 draws", sizes.worst(), "entropy + 152 B", baseline, goal));
    }
    rows.push_back(heap_row(run.size(100'000, 3'000)));
    return rows;
}

}  // namespace zige::bench

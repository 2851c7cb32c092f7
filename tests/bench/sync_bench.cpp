#include <algorithm>
#include <map>

#include "agent/core/download.h"
#include "shared/wire/limits.h"
#include "tests/bench/bureau.h"
#include "tests/bench/corpus.h"
#include "tests/bench/measure.h"
#include "tests/bench/rig.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kPeople = 5'000;
constexpr std::size_t kRounds = 7;

/// Gives out the chunks of one blob, as the hub does, from memory.
class ChunkSource final : public Transport {
public:
    explicit ChunkSource(ByteView blob) : blob_(blob) {}
    Result<HttpAnswer> get(const std::string& path, std::size_t) override {
        const std::size_t at = std::stoul(path.substr(path.rfind('/') + 1)) * kChunkBytes;
        return HttpAnswer{200, to_bytes(blob_.subspan(at, std::min(kChunkBytes, blob_.size() - at)))};
    }
    Result<HttpAnswer> post(const std::string&, ByteView, std::size_t) override {
        return fail(ErrorId::net_unreachable);
    }
    Traffic traffic() const override { return {}; }

private:
    ByteView blob_;
};

/// From the manifest to the copy in memory and on disk; the network is not in it.
double first_sync(const std::filesystem::path& folder, const Bureau& bureau, const Bytes& snapshot) {
    Rig rig(folder, bureau);
    const wire::Manifest manifest = bureau.manifest(snapshot);
    ChunkSource hub(snapshot);
    return timed([&] {
        agent::Download download(rig.files(), rig.crypto(), rig.folder());
        expect(download.begin(manifest).ok(), "a manifest of our own");
        expect(download.fetch(hub, manifest.chunks.size()).ok(), "chunks of our own");
        const auto envelope = download.take();
        expect(envelope.ok() && rig.replica().apply_delta(*envelope).ok(), "a snapshot of our own");
    });
}

std::size_t with_licences(const Run& run, const Corpus& corpus) {
    auto records = corpus.records;
    for (Alias& licence : corpus.licences(2)) records.emplace_back(std::move(licence));
    return Bureau(run.suite, Corpus::kPublished, std::move(records)).snapshot().size();
}

}  // namespace

std::vector<Row> first_sync_rows(const Run& run) {
    progress("first sync of 5,000 people");
    const Corpus corpus = make_corpus(kPeople, 0, 1);
    Bureau bureau(run.suite, run.now, corpus.records);
    const Bytes snapshot = bureau.snapshot();
    Samples nanoseconds;
    for (std::size_t round = 0; round < run.size(kRounds, 1); ++round)
        nanoseconds.add(first_sync(run.folder / ("first-sync-" + std::to_string(round)), bureau, snapshot));
    const auto per_person = [](std::size_t bytes) { return static_cast<double>(bytes) / kPeople; };
    const auto at_most = [](double value) { return Goal{GoalOf::measured, GoalSide::at_most, value}; };
    return {{"first sync of 5,000 people, each", "B", per_person(snapshot.size()), "", 0, at_most(20), {}},
            {"- with a licence number of each as alias", "B", per_person(with_licences(run, corpus)), "", 0, {}, {}},
            {"first sync of 5,000 people, chunks to copy on disk",
             "ms",
             nanoseconds.median() / 1e6,
             "",
             0,
             at_most(100),
             {}}};
}

}  // namespace zige::bench

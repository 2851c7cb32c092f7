#include <malloc.h>

#include <algorithm>
#include <chrono>

#include "shared/openssl/crypto.h"
#include "shared/wire/codec.h"
#include "shared/wire/delta.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/wire/merkle.h"
#include "shared/zlib/compressor.h"
#include "tests/bench/corpus.h"
#include "tests/bench/table.h"
#include "tests/support/fixed_keys.h"

namespace zige::bench {
namespace {

using namespace zige::wire;
using zige::testing::fixed_signer;

constexpr std::size_t kPeople = 5000;
constexpr int kSeeds = 10;
constexpr std::array kKid{std::byte{1}};

struct Suite256 {
    explicit Suite256(Suite suite)
        : signer(fixed_signer(std::byte{1}, suite)), verifier(make_verifier(suite)), hasher(make_hasher(suite)) {}
    std::unique_ptr<Signer> signer;
    std::unique_ptr<Verifier> verifier;
    std::unique_ptr<Hasher> hasher;
    std::unique_ptr<Compressor> compressor = make_compressor(dictionaries());

    Bytes seal(MessageType type, const Bytes& payload) const {
        return seal_envelope({"410423", type}, payload, kKid, *signer, *compressor).value();
    }
};

/// A hash like any other: what stands in states compresses by nothing.
Hash256 hash_of(std::uint64_t number, const Hasher& hasher) { return hasher.hash({as_bytes(std::to_string(number))}); }

State state_of(std::uint64_t seed, const Hasher& h) {
    return {{"H41042300017"},        {1}, {100'000 + seed * 37},  hash_of(seed, h),
            hash_of(seed + 1000, h), 3,   hash_of(seed + 2000, h)};
}

double head_bytes(const Suite256& suite, std::uint64_t seed) {
    const Head head{state_of(seed, *suite.hasher), Corpus::kPublished + std::chrono::seconds{seed}, 412};
    return static_cast<double>(suite.seal(MessageType::head, encode(head)).size());
}

double patch_bytes(const Suite256& suite, std::size_t patches, std::uint64_t seed) {
    Delta delta;
    delta.state = state_of(seed, *suite.hasher);
    delta.hub_time = Corpus::kPublished;
    delta.ineligible_version = 412;
    delta.patches = make_corpus(kPeople, patches, seed).patches;
    return static_cast<double>(suite.seal(MessageType::delta, encode(delta)).size());
}

Bytes first_sync(const Suite256& suite, std::uint64_t seed) {
    Delta delta;
    delta.state = state_of(seed, *suite.hasher);
    delta.hub_time = Corpus::kPublished;
    delta.from = kGenesis;
    delta.config = encode(Config{henan_xinyang(), Calendar::official()});
    delta.records = make_corpus(kPeople, 0, seed).records;
    return suite.seal(MessageType::delta, encode(delta));
}

/// The mean over seeds: one draw tells little.
template <class Measure>
double mean(Measure measure) {
    double sum = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) sum += measure(static_cast<std::uint64_t>(seed));
    return sum / kSeeds;
}

template <class Measure>
double largest(Measure measure) {
    double most = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) most = std::max(most, measure(static_cast<std::uint64_t>(seed)));
    return most;
}

/// What an agent does with a first sync before its store: verify, inflate, read each record, build the root.
class RootOfRecords final : public DeltaSink {
public:
    explicit RootOfRecords(const Hasher& hasher) : hasher_(hasher), root(hasher) {}
    Result<void> start(DeltaStart) override { return {}; }
    Result<void> record(Record, ByteView leaf) override {
        root.add(merkle_leaf(leaf, hasher_));
        return {};
    }
    Result<void> patch(StandingPatch) override { return {}; }

private:
    const Hasher& hasher_;

public:
    MerkleRoot root;
};

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double open_milliseconds(const Suite256& suite, const Bytes& envelope) {
    const auto start = std::chrono::steady_clock::now();
    const Bytes payload = open_envelope({"410423", MessageType::delta}, envelope, suite.signer->public_key(),
                                        *suite.verifier, *suite.compressor, kMaxPayloadBytes)
                              .value();
    RootOfRecords sink(*suite.hasher);
    expect(read_delta(payload, sink).ok() && sink.root.size() == kPeople + 1, "a first sync of all people");
    expect(sink.root.root() != Hash256{}, "a root");
    return milliseconds_since(start);
}

void add_sizes(Lines& lines, Suite suite_id) {
    const Suite256 suite(suite_id);
    const bool is_goal = suite_id == Suite::ed25519_sha256;
    const std::string of = std::string(" (") + to_string(suite_id) + ")";
    const auto goal = [&](double value) { return is_goal ? value : 0; };
    lines.push_back({"head" + of, mean([&](auto seed) { return head_bytes(suite, seed); }), "B", 128,
                     "signature + 64 B of hashes", goal(220)});
    const std::pair<std::size_t, double> sizes[] = {{1, 260}, {10, 480}, {100, 1800}};
    for (const auto& [patches, limit] : sizes) {
        const std::string name = patches == 1 ? "1 standing patch" : std::to_string(patches) + " standing patches";
        lines.push_back(
            {name + " of 5,000 people" + of, mean([&, n = patches](auto seed) { return patch_bytes(suite, n, seed); }),
             "B", Corpus::entropy_bits(kPeople, patches) / 8 + 152, "entropy of the status + 152 B", goal(limit)});
        lines.push_back({"- the largest of 10 draws",
                         largest([&, n = patches](auto seed) { return patch_bytes(suite, n, seed); }), "B", 0, "",
                         goal(limit)});
    }
    lines.push_back({"first sync of 5,000 people, each" + of,
                     static_cast<double>(first_sync(suite, 1).size()) / kPeople, "B", 0, "", goal(20)});
    lines.push_back({"first sync of 5,000 people: verify, inflate, read, root" + of,
                     open_milliseconds(suite, first_sync(suite, 1)), "ms", 0, "", goal(100)});
}

/// Bytes of the heap that are in use.
std::size_t heap_in_use() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Looks at the heap at each thousandth record.
class HeapPeak final : public DeltaSink {
public:
    Result<void> start(DeltaStart) override { return {}; }
    Result<void> record(Record, ByteView) override {
        if (++seen % 1000 == 0) peak = std::max(peak, heap_in_use());
        return {};
    }
    Result<void> patch(StandingPatch) override { return {}; }
    std::size_t seen = 0;
    std::size_t peak = 0;
};

/// Reading streams: it takes no memory that grows with the number of people.
void add_streaming(Lines& lines) {
    const auto hasher = make_hasher(Suite::ed25519_sha256);
    Delta delta;
    delta.state = state_of(1, *hasher);
    delta.from = kGenesis;
    delta.records = make_corpus(100'000, 0, 1).records;
    const Bytes payload = encode(delta);
    RootOfRecords sink(*hasher);
    const auto start = std::chrono::steady_clock::now();
    expect(read_delta(payload, sink).ok() && sink.root.size() == 100'001, "a first sync of 100,000 people");
    lines.push_back({"100,000 people: read each record, build the root", milliseconds_since(start), "ms", 0, "", 0});
    HeapPeak heap;
    const std::size_t before = heap_in_use();
    expect(read_delta(payload, heap).ok() && heap.seen == 100'001, "the same once more");
    const double added = static_cast<double>(heap.peak - before) / 1024;
    lines.push_back({"100,000 people: heap that reading them needs", added, "kB", 0, "", 64});
}

BENCH(sizes) {
    add_sizes(lines, Suite::ed25519_sha256);
    add_sizes(lines, Suite::sm2_sm3);
    add_streaming(lines);
}

}  // namespace
}  // namespace zige::bench

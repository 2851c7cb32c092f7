#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/bench/corpus.h"
#include "tests/bench/load.h"
#include "tests/bench/measure.h"
#include "tests/bench/rig.h"
#include "tests/bench/run.h"
#include "tests/bench/synced_file.h"

namespace zige::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kPeople = 5'000;
constexpr std::size_t kCodes = 20'000;
constexpr std::size_t kBlocks = 50;  // of appends and clears in turn, so that both see the same disk
constexpr int kBlock = 25;
constexpr std::size_t kCallers = 64;
constexpr std::size_t kLoad = 4'000;  // ms
constexpr std::chrono::seconds kTick{1};
constexpr std::size_t kApplies = 20;

/// What one caller of `clear` sends, claim after claim.
class Caller {
public:
    Caller(agent::Gate& gate, const std::vector<std::string>& codes, Instant now, std::size_t number, bool keyed)
        : gate_(gate),
          codes_(codes),
          now_(now),
          name_("till-" + std::to_string(number) + "-"),
          keyed_(keyed),
          next_(number * 311) {}

    void clear() {
        const std::string claim = name_ + std::to_string(next_);
        const agent::ClaimLine line{"1", line_ordered_by(codes_[next_++ % codes_.size()], now_)};
        const auto answer = gate_.clear({claim, keyed_ ? std::string_view(claim) : std::string_view{}, {&line, 1}});
        expect(answer.ok() && answer->lines[0].recorded, "a decision in the journal");
    }

private:
    agent::Gate& gate_;
    const std::vector<std::string>& codes_;
    Instant now_;
    std::string name_;
    bool keyed_;
    std::size_t next_;
};

struct Bench {
    const Run& run;
    Bureau& bureau;
    Rig& rig;
    const std::vector<std::string>& codes;
    Caller caller(std::size_t number, bool keyed = false) const {
        return {rig.gate(), codes, bureau.now(), number, keyed};
    }
};

struct Latencies {
    Samples append;
    Samples clear;
};

/// One caller, in turn with what the disk itself takes.
Latencies one_caller(const Bench& bench, const std::filesystem::path& file) {
    SyncedFile plain(file);
    Caller caller = bench.caller(0);
    Latencies latencies;
    for (std::size_t block = 0; block < bench.run.size(kBlocks, 2); ++block) {
        for (int i = 0; i < kBlock; ++i) latencies.append.add(timed([&] { plain.append(); }));
        for (int i = 0; i < kBlock; ++i) latencies.clear.add(timed([&] { caller.clear(); }));
    }
    return latencies;
}

/// Signs what waits each second, as the daemon does, until `until`.
void tick_until(agent::Journal& journal, steady_clock::time_point until) {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    for (auto now = steady_clock::now(); now < until; now = steady_clock::now()) {
        never.wait_until(lock, std::min(now + kTick, until), [] { return false; });
        expect(journal.sign_pending().ok(), "batch signatures");
    }
}

struct Throughput {
    double per_second = 0;
    double per_sync = 0;
};

Throughput many_callers(const Bench& bench, bool keyed) {
    const auto before = bench.rig.journal().status();
    const auto start = steady_clock::now();
    const auto until = start + std::chrono::milliseconds{bench.run.size(kLoad, 50)};
    std::vector<std::thread> callers;
    for (std::size_t number = 1; number <= kCallers; ++number)
        callers.emplace_back([&bench, number, keyed, until] {
            Caller caller = bench.caller(number, keyed);
            while (steady_clock::now() < until) caller.clear();
        });
    tick_until(bench.rig.journal(), until);
    for (auto& each : callers) each.join();
    const double seconds = nanoseconds_between(start, steady_clock::now()) / 1e9;
    const auto after = bench.rig.journal().status();
    const auto decisions = static_cast<double>(after.size - before.size);
    return {decisions / seconds, decisions / static_cast<double>(after.syncs - before.syncs)};
}

/// One caller clears without pause while `work` goes on; each wait.
template <class Work>
Samples clears_during(const Bench& bench, Work work) {
    std::atomic<bool> working{true};
    Samples waits;
    std::thread till([&] {
        Caller caller = bench.caller(kCallers + 1);
        while (working.load(std::memory_order_relaxed)) waits.add(timed([&] { caller.clear(); }));
    });
    work();
    working = false;
    till.join();
    return waits;
}

std::vector<Row> apply_rows(const Bench& bench) {
    std::vector<Bytes> deltas;
    const std::size_t count = bench.run.size(kApplies, 2);
    for (std::size_t i = 0; i < count; ++i)
        deltas.push_back(bench.bureau.publish(moved_people(bench.bureau, static_cast<int>(i))));
    Samples applies;
    const Samples busy = clears_during(bench, [&] {
        for (const Bytes& delta : deltas)
            applies.add(timed([&] { expect(bench.rig.replica().apply_delta(delta).ok(), "a delta of our own"); }));
    });
    const auto as_long =
        std::chrono::nanoseconds{static_cast<std::int64_t>(applies.median() * static_cast<double>(count))};
    const auto until = steady_clock::now() + std::max<std::chrono::nanoseconds>(
                                                 as_long, std::chrono::milliseconds{bench.run.size(1'000, 10)});
    const Samples idle = clears_during(bench, [&] { tick_until(bench.rig.journal(), until); });
    return {{"worst clear while 5,000 records apply",
             "ms",
             busy.worst() / 1e6,
             "worst when idle",
             idle.worst() / 1e6,
             Goal{GoalOf::measured, GoalSide::at_most, 20},
             {}},
            {"- p99", "ms", busy.percentile(0.99) / 1e6, "p99 when idle", idle.percentile(0.99) / 1e6, {}, {}},
            {"- apply of 5,000 records to 5,000 people", "ms", applies.median() / 1e6, "", 0, {}, {}}};
}

}  // namespace

std::vector<Row> journal_rows(const Run& run) {
    progress("journal, one caller");
    Bureau bureau(run.suite, run.now, make_corpus(kPeople, 0, 1).records);
    Rig rig(run.folder / "journal", bureau);
    expect(rig.replica().apply_delta(bureau.snapshot()).ok(), "a snapshot of our own");
    const auto codes = codes_of(bureau, kCodes, 6);
    const Bench bench{run, bureau, rig, codes};
    const Latencies first = one_caller(bench, run.folder / "plain-1");
    const Latencies one = one_caller(bench, run.folder / "plain-2");  // the write-ahead log is reused from here on
    progress("journal, 64 callers");
    const Throughput many = many_callers(bench, false);
    const Throughput keyed = many_callers(bench, true);
    progress("journal while a sync applies");
    const double syncs = 1e9 / one.append.median();
    const std::string append = "256 B append + fdatasync";
    const auto at_least = [](double value) { return Goal{GoalOf::measured, GoalSide::at_least, value}; };
    std::vector<Row> rows{
        {"decision journaled, 1 caller",
         "us",
         one.clear.median() / 1e3,
         append,
         one.append.median() / 1e3,
         Goal{GoalOf::ratio, GoalSide::at_most, 1.3},
         {}},
        {"decisions journaled, 64 callers, per second", "/s", many.per_second, append, syncs, at_least(20'000), {}},
        {"- per sync", "", many.per_sync, "1 caller", 1, at_least(20), {}},
        {"- per second, with idempotency keys", "/s", keyed.per_second, append, syncs, {}, {}}};
    for (Row& row : apply_rows(bench)) rows.push_back(std::move(row));
    return rows;
}

}  // namespace zige::bench

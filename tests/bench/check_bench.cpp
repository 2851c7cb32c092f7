#include <atomic>
#include <thread>
#include <unordered_map>

#include "tests/bench/corpus.h"
#include "tests/bench/load.h"
#include "tests/bench/measure.h"
#include "tests/bench/rig.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kPeople = 100'000;
constexpr std::size_t kCodes = 400'000;
constexpr std::size_t kRounds = 7;
constexpr std::size_t kApplyRounds = 3;
constexpr int kAppliesPerRound = 3;
constexpr std::size_t kIdle = 1'000;  // ms

/// Nanoseconds of one call. Which code is asked next hangs on the answer: one settlement after the other, not many at
/// once in the pipeline of the processor. The same for the baseline.
template <class Call>
double per_call(const std::vector<std::string>& codes, Call call) {
    std::size_t calls = 0;
    const double all = timed([&] {
        for (std::size_t at = 0; at < codes.size(); ++calls) at += 1 + (call(codes[at]) & 1U);
    });
    return all / static_cast<double>(calls);
}

std::uint32_t person_found(const Decision& decision) {
    expect(decision.people[0].found == PersonFound::registered, "a person of the copy");
    keep(decision.served);
    return decision.people[0].no.value;
}

std::uint32_t check(agent::Gate& gate, const std::string& code, Instant now) {
    const auto preview = gate.check(line_ordered_by(code, now));
    expect(preview.ok(), "a line that can be judged");
    return person_found(preview->decision);
}

std::unordered_map<std::string, std::uint32_t> map_of(const Bureau& bureau) {
    std::unordered_map<std::string, std::uint32_t> map;
    for (const Record& record : bureau.records())
        if (const auto* person = std::get_if<Registration>(&record)) map.emplace(person->code, person->no.value);
    return map;
}

std::vector<Row> lookup_rows(const Run& run, const Bureau& bureau, Rig& rig, const std::vector<std::string>& codes) {
    progress("check beside an unordered_map");
    const auto map = map_of(bureau);
    const Overlay overlay;
    const auto view = rig.replica().view();
    const Moment moment{bureau.now(), bureau.now(), view->as_of};
    Samples lookups;
    Samples decisions;
    Samples checks;
    for (std::size_t round = 0; round < run.size(kRounds, 1); ++round) {
        lookups.add(per_call(codes, [&](const std::string& code) { return map.find(code)->second; }));
        decisions.add(per_call(codes, [&](const std::string& code) {
            return person_found(decide(line_ordered_by(code, bureau.now()), *view->copy, overlay, moment));
        }));
        checks.add(per_call(codes, [&](const std::string& code) { return check(rig.gate(), code, bureau.now()); }));
    }
    const std::string baseline = "unordered_map lookup";
    return {{"check in process, 100,000 people",
             "ns",
             checks.median(),
             baseline,
             lookups.median(),
             Goal{GoalOf::ratio, GoalSide::at_most, 3},
             {}},
            {"- of it the decision alone", "ns", decisions.median(), baseline, lookups.median(), {}, {}}};
}

/// Times single checks while `go_on()`.
template <class GoOn>
Samples single_checks(Rig& rig, const std::vector<std::string>& codes, Instant now, GoOn go_on) {
    Samples samples;
    samples.reserve(4'000'000);
    for (std::size_t i = 0; go_on(); i = i + 1 < codes.size() ? i + 1 : 0)
        samples.add(timed([&] { check(rig.gate(), codes[i], now); }));
    return samples;
}

std::vector<Bytes> next_deltas(Bureau& bureau, int round) {
    std::vector<Bytes> deltas;
    for (int i = 0; i < kAppliesPerRound; ++i)
        deltas.push_back(bureau.publish(moved_people(bureau, round * kAppliesPerRound + i)));
    return deltas;
}

/// Checks while `deltas` are applied one after the other.
Samples checks_during(Rig& rig, const std::vector<std::string>& codes, Instant now, const std::vector<Bytes>& deltas,
                      Samples& applies) {
    std::atomic<bool> applying{true};
    std::thread sync([&] {
        for (const Bytes& delta : deltas)
            applies.add(timed([&] { expect(rig.replica().apply_delta(delta).ok(), "a delta of our own"); }));
        applying = false;
    });
    Samples samples = single_checks(rig, codes, now, [&] { return applying.load(std::memory_order_relaxed); });
    sync.join();
    return samples;
}

std::vector<Row> rows_during_sync(const Run& run, Bureau& bureau, Rig& rig, const std::vector<std::string>& codes) {
    progress("check while a sync applies");
    Samples idle_p99;
    Samples busy_p99;
    Samples applies;
    for (std::size_t round = 0; round < run.size(kApplyRounds, 1); ++round) {
        const auto deltas = next_deltas(bureau, static_cast<int>(round));
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds{run.size(kIdle, 10)};
        const auto go_on = [&] { return std::chrono::steady_clock::now() < until; };
        idle_p99.add(single_checks(rig, codes, bureau.now(), go_on).percentile(0.99));
        busy_p99.add(checks_during(rig, codes, bureau.now(), deltas, applies).percentile(0.99));
    }
    return {{"check while a sync applies, p99",
             "ns",
             busy_p99.median(),
             "p99 when idle",
             idle_p99.median(),
             Goal{GoalOf::ratio, GoalSide::at_most, 2},
             {}},
            {"- apply of 5,000 records to 100,000 people", "ms", applies.median() / 1e6, "", 0, {}, {}}};
}

}  // namespace

std::vector<Row> check_rows(const Run& run) {
    progress("first sync of 100,000 people");
    Bureau bureau(run.suite, run.now, make_corpus(run.size(kPeople, 6'000), 0, 1).records);
    Rig rig(run.folder / "check", bureau);
    expect(rig.replica().apply_delta(bureau.snapshot()).ok(), "a snapshot of our own");
    const auto codes = codes_of(bureau, run.size(kCodes, 2'000), 5);
    std::vector<Row> rows = lookup_rows(run, bureau, rig, codes);
    for (Row& row : rows_during_sync(run, bureau, rig, codes)) rows.push_back(std::move(row));
    return rows;
}

}  // namespace zige::bench

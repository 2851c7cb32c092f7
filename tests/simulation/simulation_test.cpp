#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/simulation/named_seeds.h"
#include "tests/simulation/story.h"
#include "tests/support/testing.h"

namespace zige::simulation {
namespace {

constexpr int kSteps = 60;
constexpr std::uint64_t kSeedsInTest = 200;
constexpr std::uint64_t kSeedsPerGroup = 25;
constexpr std::chrono::seconds kReportEvery{5};

struct Range {
    std::string name;
    std::uint64_t first = 1;
    std::uint64_t last = 1;
};

std::uint64_t from_environment(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? 0 : std::strtoull(text, nullptr, 10);
}

/// 200 seeds in groups, or ZIGE_SEEDS of them from ZIGE_FROM (1) on, or the one of ZIGE_SEED.
std::vector<Range> ranges() {
    if (const auto one = from_environment("ZIGE_SEED")) return {{"seed_" + std::to_string(one), one, one}};
    const auto from = std::max(std::uint64_t{1}, from_environment("ZIGE_FROM"));
    if (const auto count = from_environment("ZIGE_SEEDS")) return {{"seeds", from, from + count - 1}};
    std::vector<Range> all;
    for (std::uint64_t first = 1; first <= kSeedsInTest; first += kSeedsPerGroup) {
        const std::uint64_t last = first + kSeedsPerGroup - 1;
        all.push_back({"seeds_" + std::to_string(first) + "_to_" + std::to_string(last), first, last});
    }
    return all;
}

const std::vector<Range>& all_ranges() {
    static const std::vector<Range> all = ranges();
    return all;
}

/// One line, or two for a failure.
struct Outcome {
    bool held = false;  ///< the promises
    std::string text;
};

std::string describe(std::uint64_t seed, const Story& story) {
    const Story::Summary& summary = story.summary();
    const Network::Counts& line = summary.network;
    std::ostringstream out;
    out << "seed " << seed << " (" << to_string(story.theme()) << "): " << summary.decided << " passed, "
        << summary.refused << " refused, " << summary.syncs << " syncs, " << summary.failed_syncs << " failed, "
        << summary.publishes << " states, " << summary.power_cuts << " power cuts, " << summary.forgeries
        << " forgeries; on the line " << line.lost << " lost, " << line.late << " late, " << line.duplicated
        << " twice, " << line.damaged << " damaged, " << line.replayed << " replayed, " << line.mixed << " mixed\n";
    return out.str();
}

Outcome tell(std::uint64_t seed, int steps) {
    std::string doing = "founding";
    try {
        Story story(seed);
        try {
            story.run(steps);
        } catch (...) {
            doing = story.doing();
            throw;
        }
        return {true, describe(seed, story)};
    } catch (const std::exception& error) {
        return {false, "seed " + std::to_string(seed) + " (" + to_string(theme_of(seed)) + ") failed in step \"" +
                           doing + "\": " + error.what() + "\n  replay it: make simulate SEED=" + std::to_string(seed) +
                           "\n"};
    }
}

bool known(std::uint64_t seed) {
    return std::ranges::any_of(kKnownFailures, [&](const NamedSeed& each) { return each.seed == seed; });
}

/// A range of seeds on several threads, each story on one of them. Seeds are begun in order: what failed first in a
/// range is the same each time.
class Runner {
public:
    Runner(const Range& range, bool stop_at_first) : range_(range), stop_at_first_(stop_at_first), next_(range.first) {}

    /// How many failed.
    std::uint64_t run(unsigned threads) {
        std::vector<std::thread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back([this] { work(); });
        work();
        for (std::thread& each : others) each.join();
        for (const auto& [seed, text] : failures_) std::cout << text;
        return failures_.size();
    }

private:
    void work() {
        for (auto seed = take(); seed; seed = take()) {
            Outcome outcome{true, {}};
            const bool alone = range_.first == range_.last;
            if (alone || !known(*seed)) outcome = tell(*seed, kSteps);
            note(*seed, outcome, alone);
        }
    }

    std::optional<std::uint64_t> take() {
        const std::scoped_lock lock(mutex_);
        if (next_ > range_.last || (stop_at_first_ && !failures_.empty())) return std::nullopt;
        return next_++;
    }

    /// Progress and rate, for whoever waits; a failure at once, and all of them again at the end.
    void note(std::uint64_t seed, const Outcome& outcome, bool alone) {
        const std::scoped_lock lock(mutex_);
        ++done_;
        if (!outcome.held) failures_[seed] = outcome.text;
        else if (alone) std::cout << outcome.text;
        if (!outcome.held && !stop_at_first_) std::cout << outcome.text << std::flush;
        const std::uint64_t all = range_.last - range_.first + 1;
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < kReportEvery && done_ != all) return;
        told_ = now;
        const double seconds = std::chrono::duration<double>(now - begin_).count();
        std::cout << done_ << " of " << all << " seeds, " << failures_.size() << " failed, " << std::fixed
                  << std::setprecision(1) << static_cast<double>(done_) / seconds << " seeds/s" << std::endl;
    }

    Range range_;
    bool stop_at_first_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::mutex mutex_;  // guards all below
    std::uint64_t next_;
    std::uint64_t done_ = 0;
    std::map<std::uint64_t, std::string> failures_;
    std::chrono::steady_clock::time_point told_ = begin_;
};

/// All processors when seeds are asked for; `make test` runs its groups beside each other anyway.
unsigned threads() {
    if (from_environment("ZIGE_SEEDS") == 0) return 1;
    return std::max(1U, std::thread::hardware_concurrency());
}

TEST_EACH(Simulation, keeps_the_promises_through_faults_and_converges, all_ranges()) {
    Runner runner(row, from_environment("ZIGE_STOP_AT_FIRST") != 0);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, runner.run(threads()));
}

TEST_EACH(Simulation, still_holds_where_it_once_broke, kFoundBugs) {
    const Outcome outcome = tell(row.seed, row.steps);
    CPPUNIT_ASSERT_MESSAGE(outcome.text, outcome.held);
}

}  // namespace
}  // namespace zige::simulation

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>
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

/// 200 seeds in groups, or 1 to ZIGE_SEEDS, or the one of ZIGE_SEED.
std::vector<Range> ranges() {
    if (const auto one = from_environment("ZIGE_SEED")) return {{"seed_" + std::to_string(one), one, one}};
    if (const auto count = from_environment("ZIGE_SEEDS")) return {{"seeds", 1, count}};
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

void print(std::uint64_t seed, const Story& story) {
    const Story::Summary& summary = story.summary();
    const Network::Counts& line = summary.network;
    std::cout << "seed " << seed << " (" << to_string(story.theme()) << "): " << summary.decided << " passed, "
              << summary.refused << " refused, " << summary.syncs << " syncs, " << summary.failed_syncs << " failed, "
              << summary.publishes << " states, " << summary.power_cuts << " power cuts, " << summary.forgeries
              << " forgeries; on the line " << line.lost << " lost, " << line.late << " late, " << line.duplicated
              << " twice, " << line.damaged << " damaged, " << line.replayed << " replayed, " << line.mixed
              << " mixed\n";
}

/// True: the promises held.
bool run(std::uint64_t seed, int steps, bool tell) {
    std::string doing = "founding";
    try {
        Story story(seed);
        try {
            story.run(steps);
        } catch (...) {
            doing = story.doing();
            throw;
        }
        if (tell) print(seed, story);
        return true;
    } catch (const std::exception& error) {
        std::cout << "seed " << seed << " (" << to_string(static_cast<Theme>(seed % kThemes)) << ") failed in step \""
                  << doing << "\": " << error.what() << "\n  replay it: make simulate SEED=" << seed << "\n";
        return false;
    }
}

bool known(std::uint64_t seed) {
    return std::ranges::any_of(kKnownFailures, [&](const NamedSeed& each) { return each.seed == seed; });
}

/// Progress and rate, for whoever waits.
class Progress {
public:
    explicit Progress(std::uint64_t all) : all_(all) {}
    void note(std::uint64_t failed) {
        ++done_;
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < kReportEvery && done_ != all_) return;
        told_ = now;
        const double seconds = std::chrono::duration<double>(now - begin_).count();
        std::cout << done_ << " of " << all_ << " seeds, " << failed << " failed, " << std::fixed
                  << std::setprecision(1) << static_cast<double>(done_) / seconds << " seeds/s" << std::endl;
    }

private:
    std::uint64_t all_;
    std::uint64_t done_ = 0;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point told_ = begin_;
};

TEST_EACH(Simulation, keeps_the_promises_through_faults_and_converges, all_ranges()) {
    Progress progress(row.last - row.first + 1);
    const bool stop_at_first = from_environment("ZIGE_STOP_AT_FIRST") != 0;
    std::uint64_t failed = 0;
    for (std::uint64_t seed = row.first; seed <= row.last; ++seed) {
        const bool alone = row.first == row.last;
        if (alone || !known(seed)) failed += run(seed, kSteps, alone) ? 0U : 1U;
        progress.note(failed);
        if (failed > 0 && stop_at_first) break;
    }
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, failed);
}

TEST_EACH(Simulation, still_holds_where_it_once_broke, kFoundBugs) { CPPUNIT_ASSERT(run(row.seed, row.steps, true)); }

}  // namespace
}  // namespace zige::simulation

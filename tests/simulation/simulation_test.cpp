#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tests/simulation/story.h"
#include "tests/support/testing.h"

namespace zige::simulation {
namespace {

constexpr int kStepsPerSeed = 120;

struct Seed {
    std::string name;
    std::uint64_t seed = 0;
};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

/// 20 seeds, or ZIGE_SEEDS of them, or the one of ZIGE_SEED.
std::vector<Seed> seeds() {
    std::vector<Seed> all;
    const std::uint64_t one = from_environment("ZIGE_SEED", 0);
    const std::uint64_t count = from_environment("ZIGE_SEEDS", 20);
    for (std::uint64_t seed = one ? one : 1; seed <= (one ? one : count); ++seed)
        all.push_back({"seed_" + std::to_string(seed), seed});
    return all;
}

const std::vector<Seed>& all_seeds() {
    static const std::vector<Seed> all = seeds();
    return all;
}

TEST_EACH(Simulation, keeps_the_promises_through_faults_and_converges, all_seeds()) {
    Story story(row.seed);
    story.run(kStepsPerSeed);
    const Story::Summary& summary = story.summary();
    std::cout << row.name << ": " << summary.decided << " passed, " << summary.refused << " refused, " << summary.power_cuts
              << " power cuts, " << summary.syncs << " syncs, " << summary.failed_syncs << " failed, " << summary.publishes
              << " states, " << summary.network.lost << " lost, " << summary.network.duplicated << " twice, "
              << summary.network.damaged << " damaged, " << summary.network.replayed << " replayed";
    for (const auto& [error, count] : summary.failures) std::cout << ", " << count << " " << error;
    std::cout << "\n";
    CPPUNIT_ASSERT_MESSAGE("the story decided something", summary.decided + summary.refused > 0);
}

}  // namespace
}  // namespace zige::simulation

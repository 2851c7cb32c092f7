#pragma once

#include <string>
#include <vector>

#include "tests/support/agent_fixture.h"

namespace zige::testing {

/// What a run was told before it broke off: everything here must still be true afterwards.
struct Witness {
    struct Decided {
        std::string code;
        std::string key;
        Chapter chapter;
        std::uint64_t number = 0;
        Outcome served = Outcome::hold;
    };
    std::vector<Decided> decided;    ///< answered decisions
    std::vector<RecordNo> departed;  ///< accepted departures that were not taken back
};

/// A run over a prepared agent. It stops quietly at its first error.
struct Scenario {
    const char* name;
    bool enrolled;  ///< prepared: enrolled and in sync; else an empty disk
    void (*run)(AgentFixture& f, Witness& witness);
};
const std::vector<Scenario>& scenarios();

/// Prepares hub and agent for a scenario.
void prepare(AgentFixture& f, const Scenario& scenario);
/// Starts the agent again on what is on disk and compares with the witness, then with the hub after a sync: throws
/// CppUnit's exception, `where` in its text, when anything is lost, half done or stuck.
void judge(AgentFixture& f, const Witness& witness, const std::string& where);

/// Every cut and fault in turn, or a sample of them: 1 in `sample` unless ZIGE_LONG or ZIGE_FAULT_FULL is set.
std::uint64_t step_of_sweep(std::uint64_t sample);

}  // namespace zige::testing

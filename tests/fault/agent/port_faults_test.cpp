#include "tests/fault/agent/scenario.h"
#include "tests/support/faulty_agent.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

enum class Port { replica, journal, files, transport, keys };

struct Row {
    std::string name;
    const Scenario* scenario;
    Port port;
    Faults::Kind kind;
};

std::vector<Row> every_call() {
    const std::pair<const char*, Port> ports[] = {{"replica_store", Port::replica},
                                                  {"journal_store", Port::journal},
                                                  {"files", Port::files},
                                                  {"transport", Port::transport},
                                                  {"keys", Port::keys}};
    std::vector<Row> rows;
    for (const auto& scenario : scenarios())
        for (const auto& [name, port] : ports) {
            if (port == Port::keys && scenario.enrolled) continue;  // used at enrolment and start only
            const std::string base = std::string(scenario.name) + "_over_" + name;
            rows.push_back({base + "_nothing_done", &scenario, port, Faults::Kind::nothing_done});
            rows.push_back({base + "_answer_lost", &scenario, port, Faults::Kind::answer_lost});
        }
    return rows;
}

/// An agent whose ports pass through `faults`, one of them at most armed.
struct Faulty {
    explicit Faulty(AgentFixture& fixture, Port port)
        : replica(*fixture.replica_store, on(port, Port::replica)),
          journal(*fixture.journal_store, on(port, Port::journal)),
          files(fixture.files, on(port, Port::files)),
          transports(fixture.transports, on(port, Port::transport)),
          keys(fixture.keys, on(port, Port::keys)) {
        agent::Agent::Ports ports{fixture.clock, fixture.random, files, replica,
                                  journal,       transports,     keys,  fixture.hub.crypto()};
        fixture.agent = agent::Agent::open(ports, fixture.options()).value();
    }
    Faults& on(Port armed, Port own) { return armed == own ? faults : never; }

    Faults faults;
    Faults never;
    FaultyReplicaStore replica;
    FaultyJournalStore journal;
    FaultyFiles files;
    FaultyTransports transports;
    FaultyKeys keys;
};

/// The hub goes on from a state that the agent may hold without knowing: what changed, changes back.
void take_back_sanctions(AgentFixture& f) {
    for (auto& [no, person] : f.hub.people)
        if (no >= 100) person.standing.clear();
    f.hub.publish();
}

}  // namespace

TEST_EACH(PortFaults, leave_the_old_state_or_the_new_one, every_call()) {
    const std::uint64_t step = step_of_sweep(3);
    for (std::uint64_t nth = 1;; nth += nth < 10 ? 1 : step) {
        AgentFixture f;
        prepare(f, *row.scenario);
        f.agent.reset();
        Witness witness;
        bool hit = false;
        const std::string where = std::string(row.name) + " call " + std::to_string(nth);
        {
            Faulty faulty(f, row.port);
            faulty.faults.arm(nth, row.kind);
            row.scenario->run(f, witness);
            hit = faulty.faults.hit();
            faulty.faults.disarm();
            take_back_sanctions(f);
            // The same program goes on: nothing is stuck.
            if (f.agent->enrolled()) {
                auto report = f.agent->syncer().value()->sync_once(true);
                CPPUNIT_ASSERT_MESSAGE(where + ": " + (report ? "" : report.error().describe()), report.ok());
                CPPUNIT_ASSERT_MESSAGE(where, f.clear("D411502000003", "after").ok());
            }
            f.agent.reset();
        }
        judge(f, witness, where);
        if (!hit) return;
        CPPUNIT_ASSERT_MESSAGE("no end", nth < 5'000);
    }
}

// Deltas that the hub's key signed and whose root fits, but that must not become the copy.
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// A replica that holds the hub's first state.
struct Held : AgentFixture {
    Held() {
        replica_store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        time = agent::TimeGuard::open(clock, *replica_store, {}).value();
        replica =
            agent::Replica::open(*replica_store, crypto, *time, hub.institution.code, hub.trust_chain.front()).value();
        CPPUNIT_ASSERT(replica->apply_delta(hub.delta(std::nullopt, 0)).ok());
    }
    ErrorId refusal(const wire::Delta& delta) {
        const Hash256 before = replica->view()->copy->state_hash();
        const auto applied = replica->apply_delta(hub.sign(MessageType::delta, wire::encode(delta)));
        CPPUNIT_ASSERT_MESSAGE("it was taken", !applied.ok());
        CPPUNIT_ASSERT_EQUAL(to_hex(before), to_hex(replica->view()->copy->state_hash()));
        return applied.error().id;
    }

    agent::Crypto crypto = hub.crypto();
    std::unique_ptr<agent::TimeGuard> time;
    std::unique_ptr<agent::Replica> replica;
};

Hash256 root_of(const std::vector<Record>& records, const Hasher& hasher) {
    std::vector<Hash256> leaves;
    for (const Record& record : records) leaves.push_back(wire::merkle_leaf(wire::encode(record), hasher));
    return wire::merkle_root(leaves, hasher);
}

}  // namespace

TEST(SignedButWrong, the_institution_record_is_that_of_the_state) {
    Held f;
    f.hub.institution.name = "新的名称";
    f.hub.publish();
    wire::Delta delta = f.hub.delta_value(std::nullopt, 1);
    std::get<InstitutionRecord>(delta.records.at(0)).code = {"H41150200002"};
    delta.state.root = root_of(delta.records, *f.hub.hasher);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_wrong_institution, f.refusal(delta));
}

TEST(SignedButWrong, a_patch_of_a_number_between_those_of_people) {
    Held f;
    f.hub.people.erase(5);  // leaves a hole
    f.hub.publish();
    CPPUNIT_ASSERT(f.replica->apply_delta(f.hub.delta(std::nullopt, 1)).ok());
    f.hub.now += std::chrono::hours{1};
    f.hub.people.at(6).standing = {{Standing::suspended, on("2026-09-02"), {}, {}, 1, "信医保处〔2026〕30号"}};
    f.hub.publish();
    wire::Delta delta = f.hub.delta_value(1, 2);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, delta.patches.size());
    delta.patches[0].no = RecordNo{5};
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, f.refusal(delta));
}

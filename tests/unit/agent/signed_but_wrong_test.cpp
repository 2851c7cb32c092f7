// Deltas that the hub's key signed and whose root fits, but that must not become the copy.
#include "agent/core/ineligible.h"
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

TEST(SignedButWrong, a_blob_that_starts_from_another_state) {
    Held f;
    wire::Manifest manifest{Hash256{std::byte{1}}, Hash256{std::byte{2}}, 5, Hash256{std::byte{3}}, {Hash256{}}};
    const auto checked = [&] {
        return f.replica->check_manifest(f.hub.sign(MessageType::manifest, wire::encode(manifest)));
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_gap, checked().error().id);
    manifest.from = f.replica->view()->copy->state_hash();
    CPPUNIT_ASSERT(checked().ok());
}

TEST(SignedButWrong, a_record_on_disk_that_reads_well_and_is_another) {
    Held f;
    Registration person = *f.replica->view()->copy->by_number({3});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, person.standing.size());
    person.standing.clear();  // somebody lifts a suspension in the file
    agent::ReplicaStore::Change change;
    change.records = {{person.no, wire::encode(Record(person))}};
    CPPUNIT_ASSERT(f.replica_store->commit(change).ok());
    const auto opened =
        agent::Replica::open(*f.replica_store, f.crypto, *f.time, f.hub.institution.code, f.hub.trust_chain.front());
    CPPUNIT_ASSERT_MESSAGE("was believed", !opened.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::replica_corrupt, opened.error().id);
}

namespace {

wire::IneligibleEntry entry(std::byte key) { return {{key}, Standing::suspended, on("2026-08-01"), std::nullopt}; }

struct SetRow {
    const char* name;
    void (*change)(wire::IneligibleUpdate&);
    ErrorId error;
};
/// Offered to the set {1, 3} of version 5; the digest fits what would come out.
const SetRow kUpdates[] = {
    {"the_version_that_is_there", [](wire::IneligibleUpdate& update) { update.version = 5; }, ErrorId::wire_replayed},
    {"an_older_version", [](wire::IneligibleUpdate& update) { update.version = 4; }, ErrorId::wire_replayed},
    {"changes_since_another_version", [](wire::IneligibleUpdate& update) { update.from = 4; }, ErrorId::wire_gap},
    {"changes_under_another_salt", [](wire::IneligibleUpdate& update) { update.salt = to_bytes("other"); },
     ErrorId::wire_gap},
    {"removes_an_entry_that_is_not_there",
     [](wire::IneligibleUpdate& update) { update.removed = {entry(std::byte{2})}; }, ErrorId::wire_bad_value},
};

}  // namespace

TEST_EACH(SignedButWrong, a_region_set_with, kUpdates) {
    const FakeHub hub(at("2026-09-01 08:00:00"));
    const agent::ReplicaStore::Ineligible now{5, to_bytes("salt"), {entry(std::byte{1}), entry(std::byte{3})}};
    wire::IneligibleUpdate update;
    update.from = 5;
    update.version = 6;
    update.salt = now.salt;
    update.added = {entry(std::byte{4})};
    const std::vector<wire::IneligibleEntry> after{entry(std::byte{1}), entry(std::byte{3}), entry(std::byte{4})};
    update.digest = wire::ineligible_digest(after, update.salt, *hub.hasher);
    CPPUNIT_ASSERT(agent::next_ineligible(now, update, *hub.hasher).ok());
    row.change(update);
    update.digest = wire::ineligible_digest(after, update.salt, *hub.hasher);
    const auto next = agent::next_ineligible(now, update, *hub.hasher);
    CPPUNIT_ASSERT_MESSAGE("was taken", !next.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, next.error().id);
}

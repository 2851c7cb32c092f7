#include "hub/core/feed.h"

#include <map>
#include <thread>

#include "shared/wire/accept.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

/// What an agent holds: it applies deltas and checks the root, as every agent must.
struct Holder {
    HubFixture& f;
    std::map<std::uint32_t, Record> records;
    wire::State state;
    Hash256 hash{};

    wire::Delta take(const Feed::Answer& answer) {
        Bytes envelope = answer.envelope;
        if (answer.type == MessageType::manifest) envelope = download(answer.envelope);
        const wire::Delta delta = must(wire::decode_delta(open(f, MessageType::delta, envelope)));
        if (delta.from.value_or(delta.state.previous) == wire::kGenesis) records.clear();
        else CPPUNIT_ASSERT(delta.from.value_or(delta.state.previous) == hash);
        for (const Record& record : delta.records) records[record_no(record).value] = record;
        for (const wire::StandingPatch& patch : delta.patches)
            std::get<Registration>(records.at(patch.no.value)).standing = patch.standing;
        std::vector<Hash256> leaves;
        for (const auto& [no, record] : records) leaves.push_back(wire::merkle_leaf(wire::encode(record), *f.hasher));
        CPPUNIT_ASSERT(wire::merkle_root(leaves, *f.hasher) == delta.state.root);
        state = delta.state;
        hash = wire::state_hash(state, *f.hasher);
        return delta;
    }

    Bytes download(const Bytes& manifest_envelope) {
        const wire::Manifest manifest = must(wire::decode_manifest(open(f, MessageType::manifest, manifest_envelope)));
        Bytes blob;
        for (std::uint32_t i = 0; i < manifest.chunks.size(); ++i) {
            const Bytes chunk = must(f.hub().feed().chunk(manifest.hash, i));
            must(wire::check_chunk(manifest, i, chunk, *f.hasher));
            blob.insert(blob.end(), chunk.begin(), chunk.end());
        }
        must(wire::check_blob(manifest, blob, *f.hasher));
        return blob;
    }
};

/// Spread like real sequence numbers, so that they do not compress away; each once.
std::string number(int i) { return "D411500" + std::to_string(100000 + (i * 7919 + 13) % 800000); }
std::string identity(int i) { return "11010519700101" + std::to_string(1000 + i); }

std::vector<RosterRow> people(int count) {
    std::vector<RosterRow> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(row(number(i), "医生" + std::to_string(i * 104729 % 99991), identity(i)));
    return rows;
}

const std::string kDocument = "信医保处〔2026〕12号";

TEST(Feed, gives_a_new_agent_a_snapshot_with_the_signed_root) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(20));
    Holder agent{f, {}, {}, {}};
    const wire::Delta snapshot = agent.take(must(f.hub().feed().update(kHospital, wire::kGenesis)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{21}, snapshot.records.size());
    CPPUNIT_ASSERT(snapshot.config.has_value());
    CPPUNIT_ASSERT(must(wire::decode_config(*snapshot.config)).profile == henan_xinyang());
    CPPUNIT_ASSERT(f.hasher->hash({*snapshot.config}) == snapshot.state.config_hash);
}

TEST(Feed, sends_only_the_standing_of_somebody_who_was_suspended) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(20));
    Holder agent{f, {}, {}, {}};
    agent.take(must(f.hub().feed().update(kHospital, wire::kGenesis)));
    f.suspend(number(3), "2026-03-10", kDocument);
    const wire::Delta delta = agent.take(must(f.hub().feed().update(kHospital, agent.hash)));
    CPPUNIT_ASSERT(delta.records.empty());
    CPPUNIT_ASSERT(!delta.config);
    CPPUNIT_ASSERT(!delta.from);  // it is the state before
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, delta.patches.size());
    CPPUNIT_ASSERT_EQUAL(kDocument, delta.patches[0].standing.at(0).document);
}
TAGS(Feed, sends_only_the_standing_of_somebody_who_was_suspended, "XY-44");

TEST(Feed, skips_the_states_between) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(5));
    Holder agent{f, {}, {}, {}};
    agent.take(must(f.hub().feed().update(kHospital, wire::kGenesis)));
    f.suspend(number(1), "2026-03-10", kDocument);
    must(f.hub().sanctions().end(kOperator, number(1), kDocument, day("2026-03-20"), "撤销"));
    f.suspend(number(2), "2026-03-12", kDocument);
    RosterRow renamed = people(5)[1];
    renamed.name = "改名";
    f.import(kHospital, {renamed});
    const wire::Delta delta = agent.take(must(f.hub().feed().update(kHospital, agent.hash)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, delta.records.size());  // renamed and suspended: whole
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, delta.patches.size());
}

TEST(Feed, answers_an_agent_that_has_all_with_a_small_head) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(5));
    const Feed::Current current = must(f.hub().feed().current(kHospital));
    const Feed::Answer answer = must(f.hub().feed().update(kHospital, current.hash));
    CPPUNIT_ASSERT_EQUAL(MessageType::head, answer.type);
    CPPUNIT_ASSERT(answer.envelope.size() <= 220);
    const wire::Head head = must(wire::decode_head(open(f, MessageType::head, answer.envelope)));
    CPPUNIT_ASSERT(head.state == current.state);
    CPPUNIT_ASSERT(head.hub_time == f.clock.wall());
}

TEST(Feed, signs_a_head_once_a_minute_and_at_each_publish) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(2));
    const Bytes first = must(f.hub().feed().head(kHospital));
    f.clock.advance(std::chrono::seconds{59});
    CPPUNIT_ASSERT(first == must(f.hub().feed().head(kHospital)));
    f.clock.advance(std::chrono::seconds{1});
    const Bytes refreshed = must(f.hub().feed().head(kHospital));
    CPPUNIT_ASSERT(first != refreshed);
    f.suspend(number(1), "2026-03-10", kDocument);
    CPPUNIT_ASSERT(refreshed != must(f.hub().feed().head(kHospital)));
}

/// Counts what goes to the database.
class CountingStore : public Store {
public:
    explicit CountingStore(Store& inner) : inner_(inner) {}
    Result<void> write(const Work& work) override { return ++used, inner_.write(work); }
    Result<void> read(const Work& work) override { return ++used, inner_.read(work); }
    int used = 0;

private:
    Store& inner_;
};

TEST(Feed, reads_nothing_from_the_database_on_an_idle_poll) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(2));
    TestAgent agent(f, kHospital);
    CountingStore counting(*f.store);
    const Environment env{counting, f.clock, f.random, *f.hasher, *f.verifier, *f.keys, *f.compressor, f.files};
    const auto hub = must(Hub::open(env, f.options));
    const auto poll = [&] { return must(hub->feed().head(must(hub->ingest().institution_of(agent.tls_key)))); };
    poll();
    const int before = counting.used;
    for (int i = 0; i < 100; ++i) poll();
    CPPUNIT_ASSERT_EQUAL(before, counting.used);
}

TEST(Feed, sends_a_large_answer_in_chunks_and_gives_the_same_blob_again) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(3000));
    const Feed::Answer first = must(f.hub().feed().update(kHospital, wire::kGenesis));
    CPPUNIT_ASSERT_EQUAL(MessageType::manifest, first.type);
    const Hash256 staged = must(f.hub().feed().current(kHospital)).hash;
    f.suspend(number(3), "2026-03-10", kDocument);
    const Feed::Answer resumed = must(f.hub().feed().update(kHospital, wire::kGenesis, staged));
    CPPUNIT_ASSERT(open(f, MessageType::manifest, first.envelope) == open(f, MessageType::manifest, resumed.envelope));
    Holder agent{f, {}, {}, {}};
    agent.take(resumed);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3001}, agent.records.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, agent.take(must(f.hub().feed().update(kHospital, agent.hash))).patches.size());
}

TEST(Feed, keeps_a_blob_for_seven_days) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(3000));
    const Feed::Answer old = must(f.hub().feed().update(kHospital, wire::kGenesis));
    const wire::Manifest manifest = must(wire::decode_manifest(open(f, MessageType::manifest, old.envelope)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_value, f.hub().feed().chunk(manifest.hash, 9999).error().id);
    f.clock.advance(std::chrono::days{8});
    f.suspend(number(3), "2026-03-20", kDocument);
    must(f.hub().feed().update(kHospital, wire::kGenesis));  // another blob; the old one goes
    CPPUNIT_ASSERT_EQUAL(ErrorId::sync_blob_gone, f.hub().feed().chunk(manifest.hash, 0).error().id);
}

TEST(Feed, gives_a_snapshot_to_an_agent_with_a_state_that_it_never_made) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(3));
    Hash256 unknown{};
    unknown.fill(std::byte{9});
    Holder agent{f, {}, {}, {}};
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, agent.take(must(f.hub().feed().update(kHospital, unknown))).records.size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_not_found, f.hub().feed().head("H00000000000").error().id);
}

TEST(Feed, tells_the_region_which_codes_are_not_eligible_by_hash_only) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(3));
    CPPUNIT_ASSERT(!must(f.hub().feed().ineligible(0)));
    f.suspend(number(1), "2026-03-10", kDocument);
    const Bytes envelope = *must(f.hub().feed().ineligible(0));
    const auto first = must(wire::decode_ineligible_update(open(f, MessageType::ineligible, envelope)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, first.added.size());
    CPPUNIT_ASSERT(first.added[0].key == wire::ineligible_key(first.salt, number(1), *f.hasher));
    CPPUNIT_ASSERT(wire::ineligible_digest(first.added, first.salt, *f.hasher) == first.digest);
    must(f.hub().sanctions().end(kOperator, number(1), kDocument, day("2026-04-01"), ""));
    const auto change = must(wire::decode_ineligible_update(
        open(f, MessageType::ineligible, *must(f.hub().feed().ineligible(first.version)))));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, change.removed.size());
    CPPUNIT_ASSERT(change.removed[0] == first.added[0]);
    CPPUNIT_ASSERT(change.added.at(0).end == day("2026-04-01"));
    CPPUNIT_ASSERT(wire::ineligible_digest(change.added, change.salt, *f.hasher) == change.digest);
    CPPUNIT_ASSERT(!must(f.hub().feed().ineligible(change.version)));
}

TEST(Feed, stays_whole_while_others_change_the_hub) {
    HubFixture f;
    f.add(kHospital);
    f.import(kHospital, people(20));
    TestAgent agent(f, kHospital);
    std::thread desk([&f] {
        for (int i = 1; i <= 15; ++i) f.suspend(number(i), "2026-03-10", kDocument);
    });
    std::thread syncs([&agent] {
        for (std::uint8_t i = 1; i <= 15; ++i) {
            agent.contact(i);
            agent.sync();
        }
    });
    Holder holder{f, {}, {}, {}};
    for (int i = 0; i < 30; ++i) {
        const Feed::Answer answer = must(f.hub().feed().update(kHospital, holder.hash));
        if (answer.type != MessageType::head) holder.take(answer);  // checks the root
        must(f.hub().feed().head(kHospital));
    }
    desk.join();
    syncs.join();
    if (const Feed::Answer last = must(f.hub().feed().update(kHospital, holder.hash)); last.type != MessageType::head)
        holder.take(last);
    CPPUNIT_ASSERT(holder.hash == must(f.hub().feed().current(kHospital)).hash);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{15}, agent.held.size);
}

TEST(Feed, signs_nothing_after_the_end_of_its_key) {
    HubFixture f;
    f.add(kHospital);
    f.clock.advance(std::chrono::days{91});
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, f.hub().feed().head(kHospital).error().id);
}

}  // namespace
}  // namespace zige::hub::testing

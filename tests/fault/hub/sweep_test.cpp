#include "hub/core/rotation.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/hub_fixture.h"
#include "tests/unit/hub/test_agent.h"
#include "tests/unit/hub/together.h"

namespace zige::hub::testing {
namespace {

/// A store whose n-th statement or commit fails.
class FaultyStore : public Store {
public:
    explicit FaultyStore(Store& inner) : inner_(inner) {}
    int fails_at = 0;  ///< 0: never
    int calls = 0;

    Result<void> write(const Work& work) override { return inner_.write(wrapped(work)); }
    Result<void> read(const Work& work) override { return inner_.read(wrapped(work)); }

private:
    bool fails() { return ++calls == fails_at; }

    class FaultyTx : public Tx {
    public:
        FaultyTx(Tx& inner, FaultyStore& store) : inner_(inner), store_(store) {}
        Result<void> exec(Sql id, const std::vector<SqlValue>& params) override {
            if (store_.fails()) return fail(ErrorId::store_failed, statement(id).name, "injected");
            return inner_.exec(id, params);
        }
        Result<Rows> query(Sql id, const std::vector<SqlValue>& params) override {
            if (store_.fails()) return fail(ErrorId::store_failed, statement(id).name, "injected");
            return inner_.query(id, params);
        }

    private:
        Tx& inner_;
        FaultyStore& store_;
    };
    Work wrapped(const Work& work) {
        return [this, &work](Tx& tx) -> Result<void> {
            FaultyTx faulty(tx, *this);
            ZIGE_CHECK(work(faulty));
            if (fails()) return fail(ErrorId::store_failed, "commit", "injected");
            return {};
        };
    }

    Store& inner_;
};

const std::string kDoctor = "D411500000001";
const std::string kDocument = "信医保处〔2026〕12号";

/// What must be true of a hub at any time: a chain that fits, a served state whose records have its root.
void check_whole(HubFixture& f) {
    CPPUNIT_ASSERT(f.hub().verify_log().ok());
    const Feed::Answer answer = must(f.hub().feed().update(kHospital, wire::kGenesis));
    const wire::Delta delta = must(wire::decode_delta(open(f, MessageType::delta, answer.envelope)));
    std::vector<Hash256> leaves;
    for (const Record& record : delta.records) leaves.push_back(wire::merkle_leaf(wire::encode(record), *f.hasher));
    CPPUNIT_ASSERT(wire::merkle_root(leaves, *f.hasher) == delta.state.root);
}

struct Scene : HubFixture {
    Scene() {
        add(kHospital);
        import(kHospital,
               {row(kDoctor, "张伟", "110105194912310021"), row("N411500000002", "李娜", "110105195001010018")});
    }
};

/// Runs `act` with its first, second, third ... statement failing until it passes untouched; after each failure the hub
/// is as before, and the next try begins anew.
template <class Act, class Same>
int sweep(HubFixture& f, Act act, Same same_as_before) {
    for (int n = 1; n < 2000; ++n) {
        FaultyStore faulty(*f.store);
        const Environment env{faulty, f.clock, f.random, *f.hasher, *f.verifier, *f.keys, *f.compressor, f.files};
        const auto hub = must(Hub::open(env, f.options));
        faulty.calls = 0;
        faulty.fails_at = n;
        const bool passed = act(*hub);
        if (passed && faulty.calls < n) return n;
        if (!passed) CPPUNIT_ASSERT_MESSAGE("statement " + std::to_string(n), same_as_before());
        must(f.reopen());
        CPPUNIT_ASSERT(!f.hub().stopped());
        check_whole(f);
    }
    throw std::runtime_error("the sweep does not end");
}

TEST(HubSweep, a_suspension_takes_hold_everywhere_or_nowhere) {
    Scene f;
    SanctionOrder order;
    order.person = kDoctor;
    order.document = kDocument;
    order.served_on = day("2026-03-09");
    order.from = day("2026-03-10");
    const Seq before = f.seq(kHospital);
    const int statements = sweep(
        f, [&](Hub& hub) { return hub.sanctions().start(kOperator, order).ok(); },
        [&] { return f.seq(kHospital) == before && f.person(kDoctor).sites[0].registration.standing.empty(); });
    CPPUNIT_ASSERT(statements > 20);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, f.person(kDoctor).sites[0].registration.standing.size());
}

/// A caller whose change is in the log under its name, and in the state of the hospital.
Caller publishes(const std::string& actor, std::uint32_t trust_version) {
    return {actor, [trust_version](Change& change) -> Result<void> {
                change.use_trust(trust_version);
                change.touch(kHospital);
                LogEvent event;
                event.event = HubEvent::clock_confirmed;
                return change.log(std::move(event));
            }};
}

TEST(HubSweep, changes_that_share_a_commit_are_held_when_they_were_acknowledged_and_not_otherwise) {
    Scene f;
    for (int n = 1;; ++n) {
        FaultyStore faulty(*f.store);
        const Environment env{faulty, f.clock, f.random, *f.hasher, *f.verifier, *f.keys, *f.compressor, f.files};
        ClockGuard guard(f.clock);
        const auto trust = must(Trust::open(env, f.options.keys, guard));
        WitnessFile witness(f.files, *f.hasher, f.options.witness);
        Publisher publisher(env, *trust, witness, guard);
        must(publisher.start());
        const std::uint64_t before = f.log_size();
        const auto version = static_cast<std::uint32_t>(10 * n);
        const std::vector<Caller> others = {
            publishes("one", version),
            {"refused", [](Change&) -> Result<void> { return fail(ErrorId::usage_bad_argument, "test"); }},
            publishes("two", version + 1),
            publishes("three", version + 2)};
        const Caller first = {"first", [&](Change&) -> Result<void> {
                                  faulty.calls = 0;
                                  faulty.fails_at = n;
                                  return {};
                              }};
        const auto told = together(publisher, first, others);
        std::vector<std::string> acknowledged;
        for (std::size_t i = 0; i < others.size(); ++i)
            if (told[i + 1].kept()) acknowledged.push_back(others[i].actor);
        std::vector<std::string> held;
        for (const LogEvent& event : must(f.hub().log(before, 1000)))
            if (event.event == HubEvent::clock_confirmed) held.push_back(event.actor);
        CPPUNIT_ASSERT_MESSAGE("statement " + std::to_string(n), held == acknowledged);
        must(f.reopen());
        CPPUNIT_ASSERT(!f.hub().stopped());
        check_whole(f);
        if (faulty.calls >= n) continue;
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, held.size());
        CPPUNIT_ASSERT(n > 40);
        return;
    }
}

TEST(HubSweep, an_import_goes_in_whole_or_not_at_all) {
    Scene f;
    const std::vector<RosterRow> rows = {row("D411500000003", "王芳", "110105195203030014"),
                                         row("D411500000004", "赵敏", "110105195304040015")};
    const std::uint64_t events = f.log_size();
    sweep(
        f, [&](Hub& hub) { return hub.registry().import_roster(kOperator, kHospital, rows, {}).ok(); },
        [&] { return f.log_size() == events; });
    CPPUNIT_ASSERT_EQUAL(4U, must(f.hub().registry().institution(kHospital)).people);
}

TEST(HubSweep, a_sync_is_acknowledged_only_when_all_of_it_is_held) {
    Scene f;
    TestAgent agent(f, kHospital);
    agent.contact(1);
    agent.file(wire::DepartureFiling{RecordNo{1}, day("2026-03-01"), "辞职"}, 1);
    const wire::SyncRequest request = agent.request();
    const Bytes envelope = agent.seal(request);
    // Once it is committed a failure may still lose the answer: then everything is held, and the same request again
    // brings the same answer.
    const auto all_or_nothing = [&] {
        const std::uint64_t held = must(f.hub().report().status()).agents.at(0).entries_held;
        const bool left = f.person(kDoctor).sites[0].registration.last_day.has_value();
        return (held == 0 && !left) || (held == 2 && left);
    };
    sweep(
        f, [&](Hub& hub) { return hub.ingest().sync(envelope, agent.tls_key).ok(); }, all_or_nothing);
    const TestAgent::Heard heard = must(agent.sync(request));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, heard.held.size);
    CPPUNIT_ASSERT(heard.held.results.at(0).accepted);
}

TEST(HubSweep, a_trust_document_is_published_whole_or_not_at_all) {
    Scene f;
    const auto root = must(f.keys->open_signing_key(as_text(must(f.files.read("/stick/root.key", 4096)))));
    const auto rotate = [&](Hub& hub) {
        auto draft = hub.rotation().draft({});
        return draft.ok() && sign_draft(*draft, *root, *f.verifier).ok() &&
               hub.rotation().publish(kOperator, *draft).ok();
    };
    // The answer may be lost after the commit; then the next try draws up the document after it.
    const auto published_is_logged = [&] {
        must(f.reopen());
        std::uint32_t rotated = 0;
        for (const LogEvent& event : must(f.hub().log(0, 10'000))) {
            const bool dropped_early = event.event == HubEvent::trust_revoked;  // no room for a fourth valid key
            rotated += dropped_early || event.event == HubEvent::trust_rotated;
        }
        return f.hub().trust().version() == rotated + 1;
    };
    sweep(f, rotate, published_is_logged);
    const auto keys = f.hub().trust().online_keys(f.clock.wall());
    CPPUNIT_ASSERT(keys.back().signs);
}

}  // namespace
}  // namespace zige::hub::testing

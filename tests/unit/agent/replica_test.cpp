#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// A replica over a real store, fed with envelopes by hand.
struct Bench : AgentFixture {
    explicit Bench(Suite suite = Suite::ed25519_sha256) : AgentFixture(suite) { open(); }
    void open() {
        replica.reset();
        time.reset();
        replica_store.reset();
        replica_store = agent::open_replica_store("/data/replica.db", vfs.name()).value();
        time = agent::TimeGuard::open(clock, *replica_store, {}).value();
        crypto = std::make_unique<agent::Crypto>(hub.crypto());
        replica =
            agent::Replica::open(*replica_store, *crypto, *time, hub.institution.code, hub.trust_chain.front()).value();
    }
    void take_first() { CPPUNIT_ASSERT(replica->apply_delta(hub.delta(std::nullopt, 0)).ok()); }
    /// Suspends one person and publishes.
    void change() {
        hub.now += std::chrono::hours{1};
        hub.people.at(1).standing = {{Standing::suspended, on("2026-09-02"), {}, {}, 1, "信医保处〔2026〕30号"}};
        hub.publish();
    }
    Hash256 held_state() const { return replica->view() ? replica->view()->copy->state_hash() : Hash256{}; }
    /// The refusal of a delta, which must leave everything as it was, on disk too.
    ErrorId refusal(const Bytes& envelope) {
        const Hash256 before = held_state();
        const auto applied = replica->apply_delta(envelope);
        CPPUNIT_ASSERT_MESSAGE("it was taken", !applied.ok());
        CPPUNIT_ASSERT_EQUAL(to_hex(before), to_hex(held_state()));
        open();
        CPPUNIT_ASSERT_EQUAL(to_hex(before), to_hex(held_state()));
        return applied.error().id;
    }
    Bytes sealed(const wire::Delta& delta) const { return hub.sign(MessageType::delta, wire::encode(delta)); }

    std::unique_ptr<agent::Crypto> crypto;
    std::unique_ptr<agent::TimeGuard> time;
    std::unique_ptr<agent::Replica> replica;
};

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519_sha256", Suite::ed25519_sha256}, {"sm2_sm3", Suite::sm2_sm3}};

using Forge = std::function<Bytes(Bench&)>;
struct Forgery {
    const char* name;
    ErrorId error;
    Forge envelope;
};
/// Each is offered to a replica that holds state 0 while the hub has state 1.
const Forgery kForgeries[] = {
    {"bad_signature", ErrorId::wire_bad_signature,
     [](Bench& b) {
         const auto other = fixed_signer(std::byte{0x55});
         return b.hub.sign_with(*other, 1, MessageType::delta, wire::encode(b.hub.delta_value(0, 1)));
     }},
    {"unknown_key", ErrorId::wire_unknown_key,
     [](Bench& b) {
         return b.hub.sign_with(*b.hub.online, 9, MessageType::delta, wire::encode(b.hub.delta_value(0, 1)));
     }},
    {"another_type", ErrorId::wire_wrong_message_type,
     [](Bench& b) { return b.hub.sign(MessageType::head, wire::encode(b.hub.delta_value(0, 1))); }},
    {"signed_outside_the_key", ErrorId::wire_key_out_of_date,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.hub_time = at("2027-09-01 00:00:00");
         return b.sealed(delta);
     }},
    {"another_institution", ErrorId::wire_wrong_institution,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.institution = {"H41150200002"};
         return b.sealed(delta);
     }},
    {"older_state", ErrorId::wire_replayed,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.seq = Seq{1};
         return b.sealed(delta);
     }},
    {"the_same_again", ErrorId::wire_replayed, [](Bench& b) { return b.hub.delta(std::nullopt, 0); }},
    {"fork", ErrorId::wire_fork,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.seq = b.hub.state(0).seq;
         return b.sealed(delta);
     }},
    {"epoch_jump", ErrorId::wire_epoch_jump,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.epoch = Epoch{3};
         return b.sealed(delta);
     }},
    {"epoch_back", ErrorId::wire_replayed,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.epoch = Epoch{0};
         return b.sealed(delta);
     }},
    {"from_another_state", ErrorId::wire_gap,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.from = Hash256{std::byte{1}};
         return b.sealed(delta);
     }},
    {"another_root", ErrorId::wire_bad_root,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.root[0] ^= std::byte{1};
         return b.sealed(delta);
     }},
    {"another_record", ErrorId::wire_bad_root,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.patches[0].standing[0].document = "信医保处〔2026〕31号";
         return b.sealed(delta);
     }},
    {"one_record_less", ErrorId::wire_bad_root,
     [](Bench& b) {
         auto delta = b.hub.delta_value(std::nullopt, 1);
         delta.records.pop_back();
         return b.sealed(delta);
     }},
    {"patch_of_nobody", ErrorId::wire_bad_value,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.patches[0].no = RecordNo{99};
         return b.sealed(delta);
     }},
    {"another_config", ErrorId::wire_bad_hash,
     [](Bench& b) {
         auto delta = b.hub.delta_value(std::nullopt, 1);
         auto config = b.hub.config;
         config.profile.missing_commitment_denies = true;
         delta.config = wire::encode(config);
         return b.sealed(delta);
     }},
    {"config_hash_of_another", ErrorId::wire_bad_hash,
     [](Bench& b) {
         auto delta = b.hub.delta_value(0, 1);
         delta.state.config_hash[3] ^= std::byte{1};
         return b.sealed(delta);
     }},
    {"snapshot_without_config", ErrorId::wire_missing_field,
     [](Bench& b) {
         auto delta = b.hub.delta_value(std::nullopt, 1);
         delta.config.reset();
         return b.sealed(delta);
     }},
    {"truncated", ErrorId::wire_truncated,
     [](Bench& b) {
         auto envelope = b.hub.delta(0, 1);
         envelope.resize(envelope.size() / 2);
         return envelope;
     }},
};

}  // namespace

TEST_EACH(Replica, takes_a_snapshot_and_a_delta, kSuites) {
    Bench b(row.suite);
    b.take_first();
    CPPUNIT_ASSERT_EQUAL(to_hex(wire::state_hash(b.hub.state(0), *b.hub.hasher)), to_hex(b.held_state()));
    b.change();
    const auto applied = b.replica->apply_delta(b.hub.delta(0, 1)).value();
    CPPUNIT_ASSERT(applied.copy_changed);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, applied.records);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, applied.patches);
    CPPUNIT_ASSERT_EQUAL(Standing::suspended, b.replica->view()->copy->by_number(RecordNo{1})->standing[0].status);
    b.open();
    CPPUNIT_ASSERT_EQUAL(to_hex(wire::state_hash(b.hub.state(1), *b.hub.hasher)), to_hex(b.held_state()));
}

TEST_EACH(Replica, refuses_and_keeps_its_state, kForgeries) {
    Bench b;
    b.take_first();
    b.change();
    CPPUNIT_ASSERT_EQUAL(row.error, b.refusal(row.envelope(b)));
    CPPUNIT_ASSERT_MESSAGE("the genuine one still fits", b.replica->apply_delta(b.hub.delta(0, 1)).ok());
}

TEST(Replica, refuses_every_flipped_byte_of_a_delta) {
    Bench b;
    b.take_first();
    b.change();
    const Bytes good = b.hub.delta(0, 1);
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes bad = good;
        bad[i] ^= std::byte{0x10};
        CPPUNIT_ASSERT_MESSAGE("byte " + std::to_string(i), !b.replica->apply_delta(bad).ok());
    }
    CPPUNIT_ASSERT(b.replica->apply_delta(good).ok());
}

TEST(Replica, skips_states_and_takes_new_people_and_config) {
    Bench b;
    b.take_first();
    b.change();
    b.hub.add_person(8, "D411502000008", "孙悦");
    b.hub.aliases[9] = {RecordNo{9}, RecordNo{8}, "0088"};
    b.hub.config.profile.departure_working_days = 5;
    b.hub.institution.mode = Mode::warn;
    b.hub.publish();
    const auto applied = b.replica->apply_delta(b.hub.delta(0, 2)).value();
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, applied.records);
    CPPUNIT_ASSERT(applied.config);
    const auto copy = b.replica->view()->copy;
    CPPUNIT_ASSERT_EQUAL(std::string("孙悦"), copy->find("0088", on("2026-09-02")).registration->name);
    CPPUNIT_ASSERT_EQUAL(Mode::warn, copy->institution().mode);
    CPPUNIT_ASSERT_EQUAL(5, int{copy->profile().departure_working_days});
    b.open();
    CPPUNIT_ASSERT_EQUAL(5, int{b.replica->view()->copy->profile().departure_working_days});
}

TEST(Replica, a_head_of_the_same_state_dates_the_copy) {
    Bench b;
    b.take_first();
    const Instant first = b.replica->view()->as_of;
    b.hub.now += std::chrono::hours{2};
    const auto seen = b.replica->apply_head(b.hub.head(0)).value();
    CPPUNIT_ASSERT(!seen.newer_state);
    CPPUNIT_ASSERT(b.replica->view()->as_of == first + std::chrono::hours{2});
    b.open();
    CPPUNIT_ASSERT(b.replica->view()->as_of == first + std::chrono::hours{2});
    b.hub.now -= std::chrono::hours{1};
    CPPUNIT_ASSERT(b.replica->apply_head(b.hub.head(0)).ok());
    CPPUNIT_ASSERT_MESSAGE("an older head dates nothing back",
                           b.replica->view()->as_of == first + std::chrono::hours{2});
}

TEST(Replica, a_newer_head_only_tells) {
    Bench b;
    b.take_first();
    b.change();
    CPPUNIT_ASSERT(b.replica->apply_head(b.hub.head(1))->newer_state);
    CPPUNIT_ASSERT_EQUAL(to_hex(wire::state_hash(b.hub.state(0), *b.hub.hasher)), to_hex(b.held_state()));
    CPPUNIT_ASSERT(b.replica->apply_delta(b.hub.delta(0, 1)).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, b.replica->apply_head(b.hub.head(0)).error().id);
}

TEST(Replica, catches_up_with_rotated_keys_one_document_after_the_other) {
    Bench b;
    b.take_first();
    b.hub.rotate_keys();
    b.hub.rotate_keys();
    b.change();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_key, b.refusal(b.hub.delta(0, 1)));
    const std::vector<Bytes> skipping{b.hub.trust_chain[2]};
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_version, b.replica->apply_trust(skipping).error().id);
    CPPUNIT_ASSERT(b.replica->apply_trust(b.hub.trust_chain).ok());
    CPPUNIT_ASSERT(b.replica->apply_delta(b.hub.delta(0, 1)).ok());
    b.open();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{3}, b.replica->trust()->version);
}

TEST(Replica, refuses_a_dropped_key_inside_its_validity) {
    Bench b;
    b.take_first();
    const auto stolen = fixed_signer(std::byte{0x02});
    const Bytes head = wire::encode(wire::Head{b.hub.state(0), b.hub.now + std::chrono::hours{1}, 0});
    const Bytes forged = b.hub.sign_with(*stolen, 1, MessageType::head, head);
    CPPUNIT_ASSERT(b.replica->apply_head(forged).ok());  // as long as nobody knows
    b.hub.rotate_keys();
    b.hub.rotate_keys();  // without key 1, which would be good for 89 days
    CPPUNIT_ASSERT(b.replica->apply_trust(b.hub.trust_chain).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_key, b.replica->apply_head(forged).error().id);
}

TEST(Replica, takes_no_ineligible_set_from_a_key_that_ended) {
    Bench b;
    b.take_first();
    b.hub.ineligible.push_back(b.hub.ineligible_entry("D999999999999", on("2026-01-01")));
    b.hub.publish_ineligible();
    const wire::OnlineKey forever{9, {}, Instant{}, Instant::max()};
    CPPUNIT_ASSERT(b.time->accept(b.hub.now + std::chrono::hours{24 * 91}, forever).ok());
    const auto refused = b.replica->apply_ineligible(b.hub.ineligible_update(0));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_key_out_of_date, refused.error().id);
}

TEST(Replica, refuses_trust_that_no_root_signed) {
    Bench b;
    b.take_first();
    b.hub.root = fixed_signer(std::byte{0x44});
    b.hub.rotate_keys();
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, b.replica->apply_trust(b.hub.trust_chain).error().id);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, b.replica->trust()->version);
}

TEST(Replica, a_damaged_record_on_disk_is_found_at_the_start) {
    Bench b;
    b.take_first();
    agent::ReplicaStore::Change change;
    change.records = {{RecordNo{2}, wire::encode(Record{b.hub.people.at(3)})}};
    CPPUNIT_ASSERT(b.replica_store->commit(change).ok());
    const auto opened =
        agent::Replica::open(*b.replica_store, *b.crypto, *b.time, b.hub.institution.code, b.hub.trust_chain.front());
    CPPUNIT_ASSERT_EQUAL(ErrorId::replica_corrupt, opened.error().id);
    CPPUNIT_ASSERT(b.replica_store->reset().ok());
    b.open();
    CPPUNIT_ASSERT(b.replica->view() == nullptr);
    b.take_first();
}

TEST(Replica, readers_keep_the_copy_that_they_took) {
    Bench b;
    b.take_first();
    const auto old = b.replica->view();
    b.change();
    CPPUNIT_ASSERT(b.replica->apply_delta(b.hub.delta(0, 1)).ok());
    CPPUNIT_ASSERT(old->copy->by_number(RecordNo{1})->standing.empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, b.replica->view()->copy->by_number(RecordNo{1})->standing.size());
}

TEST(IneligibleSet, is_taken_whole_then_by_its_changes) {
    AgentFixture f;
    f.hub.institution.kind = InstitutionKind::pharmacy;
    f.hub.publish();
    f.hub.ineligible = {f.hub.ineligible_entry("D411500000077", on("2026-08-01")),
                        f.hub.ineligible_entry("D411500000078", on("2026-08-01"))};
    f.hub.publish_ineligible();
    f.ready();
    const auto covers = [&](const char* code) {
        return f.agent->view()->copy->ineligible()->find(code, on("2026-09-01")).has_value();
    };
    CPPUNIT_ASSERT(covers("D411500000077") && covers("D411500000078") && !covers("D411500000079"));
    f.hub.ineligible = {f.hub.ineligible_entry("D411500000078", on("2026-08-01")),
                        f.hub.ineligible_entry("D411500000079", on("2026-09-02"))};
    f.hub.publish_ineligible();
    CPPUNIT_ASSERT_MESSAGE("an idle poll hears of it", f.sync(false).carried);
    CPPUNIT_ASSERT(!covers("D411500000077") && covers("D411500000078") && !covers("D411500000079"));
    CPPUNIT_ASSERT(f.agent->view()->copy->ineligible()->find("D411500000079", on("2026-09-02")).has_value());
    f.restart();
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{2}, f.agent->status().ineligible_version);
    CPPUNIT_ASSERT(!covers("D411500000077") && covers("D411500000078"));
}

TEST(IneligibleSet, is_refused_with_another_digest) {
    AgentFixture f;
    f.ready();
    f.hub.ineligible = {f.hub.ineligible_entry("D411500000077", on("2026-08-01"))};
    f.hub.publish_ineligible();
    f.hub.tamper = [&](wire::SyncAnswer& answer) {
        wire::IneligibleUpdate update;
        update.version = 1;
        update.salt = to_bytes("salt of the region");
        answer.ineligible = f.hub.sign(MessageType::ineligible, wire::encode(update));
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_hash, f.sync_error());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, f.agent->status().ineligible_version);
    f.hub.tamper = nullptr;
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, f.sync().ineligible_version);
}

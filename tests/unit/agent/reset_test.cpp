#include "shared/wire/accept.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;
using std::chrono::hours;

namespace {

const Instant kAttack = at("2026-11-20 08:00:00");  // the last days of the stolen key
const Instant kReset = at("2026-09-01 08:00:00");

/// The trust documents arrive and nothing else does.
void take_trust_alone(AgentFixture& f) {
    f.transports.before = [](const std::string& path) -> Result<void> {
        if (path.starts_with("/v1/trust")) return {};
        return fail(ErrorId::tls_untrusted_peer, "peer");
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_untrusted_peer, f.sync_error());
    f.transports.before = nullptr;
}

/// An agent to which a thief of the online key has given a time far ahead and a state that no hub ever made.
struct Attacked : AgentFixture {
    Attacked() {
        ready();
        hub.tamper = [this](wire::SyncAnswer& answer) { forge(answer); };
        agent->syncer().value()->sync_once(true).ok();
        hub.tamper = nullptr;
        CPPUNIT_ASSERT_EQUAL(kAttack, agent->status().time.trusted);
        CPPUNIT_ASSERT_EQUAL(Epoch{2}, agent->status().epoch);
    }
    void forge(wire::SyncAnswer& answer) {
        const auto thief = fixed_signer(std::byte{0x02});  // key 1 of the fake hub
        const Bytes payload = wire::open_envelope({"411500", MessageType::held}, answer.held, thief->public_key(),
                                                  *hub.verifier, *hub.compressor, kMaxHeldBytes)
                                  .value();
        wire::Held held = wire::decode_held(payload).value();
        held.hub_time = held.next_contact = kAttack;
        answer.held = hub.sign_with(*thief, 1, MessageType::held, wire::encode(held));
        wire::Delta delta = hub.delta_value(std::nullopt, hub.last_state());
        delta.state.epoch = Epoch{2};
        delta.state.seq = Seq{1'000'000'000};
        delta.hub_time = kAttack;
        answer.institution_type = MessageType::delta;
        answer.institution = hub.sign_with(*thief, 1, MessageType::delta, wire::encode(delta));
    }
    void take_trust() { take_trust_alone(*this); }
    ErrorId refusal_of_head(std::size_t state) {
        hub.tamper = [&](wire::SyncAnswer& answer) {
            answer.institution_type = MessageType::head;
            answer.institution = hub.head(state);
        };
        const ErrorId error = sync_error();
        hub.tamper = nullptr;
        return error;
    }
};

struct FirstState {
    const char* name;
    const char* institution;
    std::uint32_t epoch;
    std::uint32_t trust_version;
    std::optional<ErrorId> refusal;
};
const FirstState kFirstStates[] = {
    {"of_the_epoch", "H1", 7, 3, std::nullopt},
    {"of_the_epoch_and_a_later_document", "H1", 7, 4, std::nullopt},
    {"of_an_earlier_epoch", "H1", 6, 3, ErrorId::wire_replayed},
    {"of_a_later_epoch", "H1", 8, 3, ErrorId::wire_epoch_jump},
    {"of_an_earlier_document", "H1", 7, 2, ErrorId::wire_replayed},
    {"of_another_institution", "H2", 7, 3, ErrorId::wire_wrong_institution},
};
TEST_EACH(Reset, takes_one_state_whatever_is_held, kFirstStates) {
    wire::State held;
    held.institution = {"H1"};
    held.epoch = Epoch{9};
    held.seq = Seq{1'000'000};
    held.trust_version = 90;
    wire::State next;
    next.institution = {row.institution};
    next.epoch = Epoch{row.epoch};
    next.seq = Seq{5};
    next.trust_version = row.trust_version;
    const auto taken = wire::check_state_after_reset({"H1"}, &held, next, Epoch{7}, 3);
    CPPUNIT_ASSERT_EQUAL(!row.refusal.has_value(), taken.ok());
    if (row.refusal) CPPUNIT_ASSERT_EQUAL(*row.refusal, taken.error().id);
    else CPPUNIT_ASSERT(*taken);
}

TEST(Reset, an_agent_that_was_led_astray_stays_so_without_root) {
    Attacked f;
    f.advance(hours{1});
    f.hub.rotate_keys();
    f.hub.rotate_keys();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, f.sync_error());
    CPPUNIT_ASSERT_EQUAL(kAttack, f.agent->status().time.trusted);
}

TEST(Reset, brings_time_and_state_back) {
    Attacked f;
    f.advance(hours{1});
    f.hub.people[1].standing = {{Standing::suspended, on("2026-08-01"), std::nullopt, std::nullopt, 1, "x"}};
    f.hub.reset_time(kReset, Epoch{1});
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.trusted);
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.running);
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().as_of);
    CPPUNIT_ASSERT_EQUAL(Outcome::deny, f.check("D411502000001"));
    f.restart();  // the anchor does not bring the false time back
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.trusted);
    CPPUNIT_ASSERT(f.agent->status().time.running <= f.hub.now + hours{1});
    f.sync();
}

TEST(Reset, outlives_a_restart_before_the_first_state) {
    Attacked f;
    f.hub.reset_time(kReset, Epoch{1});
    f.take_trust();
    CPPUNIT_ASSERT_EQUAL(kReset, f.agent->status().time.trusted);
    f.restart();
    CPPUNIT_ASSERT_EQUAL(kReset, f.agent->status().time.trusted);
    CPPUNIT_ASSERT(f.agent->status().time.running < kReset + hours{1});
    CPPUNIT_ASSERT(f.agent->status().as_of <= kReset);
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT_EQUAL(Epoch{1}, f.agent->status().epoch);
    CPPUNIT_ASSERT_EQUAL(f.hub.state(f.hub.last_state()).seq, f.agent->status().seq);
}

TEST(Reset, takes_no_state_of_another_epoch) {
    Attacked f;
    f.hub.reset_time(kReset, Epoch{7});
    f.hub.publish();
    f.take_trust();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, f.refusal_of_head(0));  // of epoch 1
    CPPUNIT_ASSERT(f.sync().copy_changed);
    CPPUNIT_ASSERT_EQUAL(Epoch{7}, f.agent->status().epoch);
    f.hub.publish();
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, f.refusal_of_head(0));
}

TEST(Reset, works_once_and_cannot_be_replayed) {
    Attacked f;
    f.hub.reset_time(kReset, Epoch{1});
    f.hub.publish();
    f.sync();
    f.advance(hours{24 * 5});
    f.sync();
    const Instant later = f.agent->status().time.trusted;
    f.hub.tamper = [&](wire::SyncAnswer& answer) { answer.trust = f.hub.trust_chain; };
    f.sync();
    f.hub.tamper = nullptr;
    CPPUNIT_ASSERT_EQUAL(later, f.agent->status().time.trusted);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_replayed, f.refusal_of_head(0));
}

/// A hub that was put back counts the versions of the set anew: what an agent has under a number may be another one.
TEST(Reset, asks_for_the_whole_ineligible_set) {
    for (const bool restarted : {false, true}) {
        AgentFixture f;
        f.ready();
        f.hub.ineligible = {f.hub.ineligible_entry("D411502000099", on("2026-08-01"))};
        f.hub.publish_ineligible();
        f.sync();
        f.sync();
        CPPUNIT_ASSERT(f.hub.last_request.ineligible_version != 0);
        f.hub.reset_time(kReset, Epoch{1});
        take_trust_alone(f);
        if (restarted) f.restart();
        std::vector<std::uint32_t> asked;
        f.hub.tamper = [&](wire::SyncAnswer&) { asked.push_back(f.hub.last_request.ineligible_version); };
        f.sync();
        CPPUNIT_ASSERT_EQUAL(0U, asked.front());
    }
}

TEST(Reset, is_never_taken_for_a_copy_put_back) {
    for (const bool decided : {false, true}) {
        Attacked f;
        f.hub.reset_time(kReset, Epoch{1});
        f.hub.publish();
        f.take_trust();
        const auto size = f.journal().status().size;
        if (decided) CPPUNIT_ASSERT(f.clear("D411502000003").ok());
        f.restart();
        CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
        CPPUNIT_ASSERT_EQUAL(kReset, f.agent->status().time.trusted);
        CPPUNIT_ASSERT(f.agent->close().ok());  // writes the new anchor, a contact before it
        CPPUNIT_ASSERT_EQUAL(size + (decided ? 2 : 1), f.journal().status().size);
        f.restart();
        CPPUNIT_ASSERT(f.agent->close().ok());
        f.restart();
        CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
        CPPUNIT_ASSERT_EQUAL(kReset, f.agent->status().time.trusted);
        f.sync();
        f.restart();
        CPPUNIT_ASSERT(!f.agent->status().copy_put_back);
    }
}

TEST(Reset, does_no_harm_to_an_agent_that_was_never_led_astray) {
    AgentFixture f;
    f.ready();
    const auto before = f.agent->status();
    f.advance(hours{24});
    f.hub.reset_time(kReset, Epoch{1});
    f.sync();
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.trusted);
    CPPUNIT_ASSERT(f.agent->status().state_hash == before.state_hash);
    f.hub.publish();
    f.sync();
    CPPUNIT_ASSERT(f.agent->status().seq > before.seq);
}

}  // namespace

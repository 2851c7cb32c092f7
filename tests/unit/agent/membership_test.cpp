#include "agent/core/membership.h"

#include "shared/wire/codec.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

constexpr const char* kGood = "D411502000001";

wire::Revocation revocation(AgentId agent = AgentId{3}, RevocationReason reason = RevocationReason::stolen) {
    return {agent, reason, {}, AgentId{9}};
}

/// An agent whose certificate is valid for 90 days from now.
struct Certified : AgentFixture {
    Certified() {
        hub.certificate_validity = std::chrono::hours{24 * 90};
        ready();
    }
    Instant until() const { return agent->status().certificate_until; }
    bool idle_sync() { return agent->syncer().value()->sync_once(false).ok(); }
};

struct BadWord {
    const char* name;
    std::function<Bytes(FakeHub&, wire::Revocation)> body;
};
const BadWord kBadWords[] = {
    {"nothing", [](FakeHub&, const wire::Revocation&) { return Bytes{}; }},
    {"an_unsigned_word", [](FakeHub&, const wire::Revocation& word) { return wire::encode(word); }},
    {"signed_by_a_stranger",
     [](FakeHub& hub, const wire::Revocation& word) {
         return hub.sign_with(*fixed_signer(std::byte{0x55}), 1, MessageType::revocation, wire::encode(word));
     }},
    {"of_another_agent",
     [](FakeHub& hub, wire::Revocation word) {
         word.agent = AgentId{4};
         return hub.sign(MessageType::revocation, wire::encode(word));
     }},
    {"of_another_type",
     [](FakeHub& hub, const wire::Revocation& word) { return hub.sign(MessageType::held, wire::encode(word)); }},
    {"outside_the_key_s_validity",
     [](FakeHub& hub, wire::Revocation word) {
         word.hub_time += std::chrono::hours{24 * 400};
         return hub.sign(MessageType::revocation, wire::encode(word));
     }},
};

}  // namespace

TEST(Revocation, is_remembered_and_stops_calls_not_decisions) {
    AgentFixture f;
    f.ready();
    f.hub.revocation = revocation();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.sync_error());
    f.restart();
    const auto word = f.agent->status().revoked;
    CPPUNIT_ASSERT(word.has_value());
    CPPUNIT_ASSERT_EQUAL(RevocationReason::stolen, word->reason);
    CPPUNIT_ASSERT_EQUAL(9U, word->replaced_by.value);
    const int asked = f.hub.requests;
    f.advance(std::chrono::hours{23});
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.agent->syncer().value()->sync_once(false).error().id);
    CPPUNIT_ASSERT_EQUAL_MESSAGE("no call", asked, f.hub.requests);
    CPPUNIT_ASSERT_EQUAL(Outcome::allow, f.check(kGood));
    CPPUNIT_ASSERT(f.clear(kGood).ok());
    f.advance(std::chrono::hours{1});
    CPPUNIT_ASSERT(!f.agent->syncer().value()->sync_once(false).ok());
    CPPUNIT_ASSERT_EQUAL_MESSAGE("once a day", asked + 1, f.hub.requests);
    CPPUNIT_ASSERT(!f.agent->syncer().value()->sync_once(false).ok());
    CPPUNIT_ASSERT_EQUAL(asked + 1, f.hub.requests);
}

TEST(Revocation, time_alone_denies_nobody) {
    AgentFixture f;
    f.ready();
    f.hub.revocation = revocation();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.sync_error());
    for (int month = 0; month < 24; ++month) {
        f.advance(std::chrono::hours{24 * 30});
        CPPUNIT_ASSERT(f.check(kGood) != Outcome::deny);
    }
}

TEST_EACH(Revocation, nothing_but_the_hub_s_word_counts, kBadWords) {
    AgentFixture f;
    f.ready();
    f.hub.revocation = revocation();
    f.hub.word = [&](const wire::Revocation& word) { return row.body(f.hub, word); };
    CPPUNIT_ASSERT_EQUAL(ErrorId::sync_unexpected_answer, f.sync_error());
    CPPUNIT_ASSERT(!f.agent->status().revoked);
    f.hub.revocation.reset();
    f.sync();
}

TEST(Revocation, is_read_after_keys_were_rotated) {
    AgentFixture f;
    f.ready();
    f.hub.rotate_keys();
    f.hub.revocation = revocation();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.sync_error());
}

TEST(Revocation, ends_when_the_hub_signs_for_this_agent_again) {
    AgentFixture f;
    f.ready();
    f.hub.revocation = revocation();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.sync_error());
    f.hub.revocation.reset();
    f.advance(std::chrono::minutes{1});
    f.sync();
    CPPUNIT_ASSERT(!f.agent->status().revoked);
    f.restart();
    CPPUNIT_ASSERT(!f.agent->status().revoked);
}

TEST(Renewal, comes_by_itself_when_a_third_is_left) {
    Certified f;
    const Instant first = f.until();
    f.advance(std::chrono::hours{24 * 59});
    CPPUNIT_ASSERT(f.idle_sync());
    CPPUNIT_ASSERT_EQUAL(0, f.hub.renewals);
    f.advance(std::chrono::hours{24 * 2});
    CPPUNIT_ASSERT(f.idle_sync());
    CPPUNIT_ASSERT_EQUAL(1, f.hub.renewals);
    CPPUNIT_ASSERT(f.until() > first);
    const Instant second = f.until();
    f.restart();
    CPPUNIT_ASSERT_EQUAL_MESSAGE("kept on disk", second, f.until());
    CPPUNIT_ASSERT(f.idle_sync());
    CPPUNIT_ASSERT_EQUAL(second, f.hub.last_request.health.certificate_until);
    CPPUNIT_ASSERT_EQUAL(1, f.hub.renewals);
}

TEST(Renewal, needs_no_certificate_and_an_expired_one_stops_nothing) {
    Certified f;
    f.transports.down = true;
    f.advance(std::chrono::hours{24 * 80});
    f.hub.rotate_keys();  // the old key ran out as well
    f.advance(std::chrono::hours{24 * 20});
    CPPUNIT_ASSERT(f.clear(kGood).ok());
    f.transports.down = false;
    f.transports.peers.clear();
    CPPUNIT_ASSERT(f.idle_sync());
    CPPUNIT_ASSERT_EQUAL_MESSAGE("again with the new keys", 2, f.hub.renewals);
    CPPUNIT_ASSERT(f.transports.peers.front().certificate.empty());
    CPPUNIT_ASSERT(f.until() > f.hub.now);
}

TEST(Renewal, is_tried_when_the_hub_does_not_take_the_certificate) {
    Certified f;
    f.hub.now += std::chrono::hours{24 * 80};  // our clock stood still
    f.transports.after = [&](const std::string& path, HttpAnswer& answer) {
        if (path != "/v1/renew" && f.hub.renewals == 0) answer = {403, to_bytes(R"({"error":"hub_unknown_agent"})")};
    };
    f.sync();
    CPPUNIT_ASSERT_EQUAL(1, f.hub.renewals);
    CPPUNIT_ASSERT_EQUAL_MESSAGE("and the time is learnt", f.hub.now, f.agent->status().time.trusted);
}

TEST(Renewal, a_failure_is_no_failure_of_the_sync_while_the_certificate_is_good) {
    Certified f;
    f.advance(std::chrono::hours{24 * 61});
    f.transports.after = [](const std::string& path, HttpAnswer& answer) {
        if (path == "/v1/renew") answer = {500, {}};
    };
    CPPUNIT_ASSERT(f.idle_sync());
    f.advance(std::chrono::hours{24 * 40});
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_refused, f.sync_error());
}

TEST(Renewal, takes_no_certificate_of_another_agent_or_key) {
    Certified f;
    f.advance(std::chrono::hours{24 * 61});
    const Instant before = f.until();
    f.hub.certify = [](ByteView) { return to_bytes("for another key"); };
    f.idle_sync();
    CPPUNIT_ASSERT_EQUAL(1, f.hub.renewals);
    CPPUNIT_ASSERT_EQUAL(before, f.until());
}

#include "hub/core/agent_life.h"

#include <algorithm>

#include "shared/openssl/x509.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

struct World {
    World() {
        f.add(kHospital);
        f.add(kPharmacy, InstitutionKind::pharmacy);
        first = std::make_unique<TestAgent>(f, kHospital);
        second = std::make_unique<TestAgent>(f, kHospital);
        other = std::make_unique<TestAgent>(f, kPharmacy);
    }
    AgentLife& life() { return f.hub().agents(); }
    Bytes open(MessageType type, const Bytes& envelope) {
        const auto trust = f.hub().trust().document();
        const auto key = must(wire::find_online_key(trust, must(wire::envelope_kid(envelope))));
        return must(wire::open_envelope({trust.hub_id, type}, envelope, key.public_key, *f.verifier, *f.compressor,
                                        kMaxEnrolBytes));
    }
    Bytes renew_request(const TestAgent& agent, AgentId named, const Bytes& csr) {
        Bytes kid(4);
        kid[3] = static_cast<std::byte>(named.value);
        const wire::RenewRequest request{named, {agent.institution}, csr, {}};
        return must(wire::seal_envelope({f.hub().trust().hub_id(), MessageType::renew_request}, wire::encode(request),
                                        kid, *agent.signer, *f.compressor));
    }
    bool logged(HubEvent event) {
        return std::ranges::any_of(must(f.hub().log(0, 1000)), [&](const LogEvent& each) { return each.event == event; });
    }
    HubFixture f;
    std::unique_ptr<TestAgent> first, second, other;
};

struct Reason {
    const char* name;
    RevocationReason reason;
    HubEvent event;
};
const Reason kReasons[] = {
    {"replaced", RevocationReason::replaced, HubEvent::agent_replaced},
    {"retired", RevocationReason::retired, HubEvent::agent_retired},
    {"closed", RevocationReason::closed, HubEvent::agent_retired},
    {"lost", RevocationReason::lost, HubEvent::agent_revoked},
    {"stolen", RevocationReason::stolen, HubEvent::agent_revoked},
    {"cloned", RevocationReason::cloned, HubEvent::agent_revoked},
};

}  // namespace

TEST_EACH(AgentLife, a_revoked_agent_is_told_by_a_signed_word, kReasons) {
    World w;
    must(w.first->sync(w.first->request()));
    must(w.life().revoke(kOperator, w.first->id, row.reason, w.second->id));
    w.f.hub().ingest().forget_clients();
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, w.first->sync(w.first->request()).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, w.f.hub().ingest().institution_of(w.first->tls_key).error().id);
    const auto word = must(
        wire::decode_revocation(w.open(MessageType::revocation, must(w.life().word_for(w.first->tls_key)))));
    CPPUNIT_ASSERT(word == (wire::Revocation{w.first->id, row.reason, w.f.clock.wall(), w.second->id}));
    CPPUNIT_ASSERT(w.logged(row.event));
    must(w.second->sync(w.second->request()));
}

TEST(AgentLife, says_no_word_of_an_agent_in_service) {
    World w;
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_unknown_agent, w.life().word(w.first->id).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_no_such_agent, w.life().word(AgentId{99}).error().id);
}

TEST(AgentLife, refuses_what_makes_no_sense) {
    World w;
    const auto refused = [&](AgentId agent, AgentId next) {
        return w.life().revoke(kOperator, agent, RevocationReason::replaced, next).error().id;
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_no_such_agent, refused(AgentId{99}, {}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, refused(w.first->id, w.first->id));
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, refused(w.first->id, w.other->id));
    CPPUNIT_ASSERT(!must(w.life().show(w.first->id)).end);
    must(w.life().revoke(kOperator, w.second->id, RevocationReason::lost, {}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, refused(w.first->id, w.second->id));
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_agent_ended, refused(w.second->id, {}));
}

TEST(AgentLife, lists_several_agents_of_an_institution) {
    World w;
    must(w.life().revoke(kOperator, w.first->id, RevocationReason::lost, {}));
    const auto agents = must(w.life().list(kHospital));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, agents.size());
    CPPUNIT_ASSERT(agents[0].end && agents[0].end->reason == RevocationReason::lost);
    CPPUNIT_ASSERT(!agents[1].end);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, must(w.life().list("")).size());
    CPPUNIT_ASSERT_EQUAL(ErrorId::institution_not_found, w.life().list("H0").error().id);
}

TEST(AgentLife, renews_a_certificate_for_the_enrolled_key) {
    World w;
    for (int quarter = 0; quarter < 3; ++quarter) {
        w.f.clock.advance(std::chrono::hours{24 * 80});
        TrustDraft draft = must(w.f.hub().rotation().draft({}));
        const Bytes root = must(w.f.files.read("/stick/root.key", 4096));
        must(sign_draft(draft, *must(w.f.keys->open_signing_key(as_text(root))), *w.f.verifier));
        must(w.f.hub().rotation().publish(kOperator, draft));
    }
    const Bytes early = must(w.life().renew(w.renew_request(*w.first, w.first->id, w.first->tls_request)));
    const auto answer = must(wire::decode_renew_answer(w.open(MessageType::renew_answer, early)));
    CPPUNIT_ASSERT_EQUAL(w.first->id.value, answer.agent.value);
    const auto facts = must(read_certificate(answer.tls_certificate));
    CPPUNIT_ASSERT(facts.public_key == w.first->tls_key);
    CPPUNIT_ASSERT_EQUAL(must(w.life().show(w.first->id)).certificate_until, facts.validity.not_after);
    CPPUNIT_ASSERT_EQUAL(w.f.clock.wall() + kCertificateValidity, facts.validity.not_after);
    CPPUNIT_ASSERT(w.logged(HubEvent::certificate_renewed));
    const Bytes again = must(w.life().renew(w.renew_request(*w.first, w.first->id, w.first->tls_request)));
    CPPUNIT_ASSERT_MESSAGE("a lost answer", must(wire::decode_renew_answer(w.open(MessageType::renew_answer, again)))
                                                    .tls_certificate == answer.tls_certificate);
}

TEST(AgentLife, refuses_to_renew_for_another) {
    World w;
    const auto refused = [&](const Bytes& request) { return w.life().renew(request).error().id; };
    CPPUNIT_ASSERT_EQUAL(ErrorId::renew_refused,
                         refused(w.renew_request(*w.first, w.first->id, w.second->tls_request)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_signature,
                         refused(w.renew_request(*w.first, w.second->id, w.second->tls_request)));
    CPPUNIT_ASSERT_EQUAL(ErrorId::hub_unknown_agent,
                         refused(w.renew_request(*w.first, AgentId{99}, w.first->tls_request)));
    must(w.life().revoke(kOperator, w.first->id, RevocationReason::lost, {}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked,
                         refused(w.renew_request(*w.first, w.first->id, w.first->tls_request)));
    CPPUNIT_ASSERT(!w.logged(HubEvent::certificate_renewed));
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, refused(Bytes(20000)));
}

}  // namespace zige::hub::testing

#include "hub/core/enrolment.h"

#include "shared/openssl/x509.h"
#include "shared/wire/codec.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

Slip slip_for(HubFixture& f, const std::string& institution) {
    return must(f.hub().enrolment().issue_token(kOperator, institution, "10.1.2.3:7443"));
}

TEST(Enrolment, prints_a_short_slip) {
    HubFixture f;
    f.add(kHospital);
    const Slip slip = slip_for(f, kHospital);
    CPPUNIT_ASSERT_EQUAL(std::size_t{19}, slip.token.size());        // 4 groups of 4
    CPPUNIT_ASSERT_EQUAL(std::size_t{24}, slip.fingerprint.size());  // 5 groups of 4
    CPPUNIT_ASSERT(slip.line().size() <= 60);
    CPPUNIT_ASSERT_EQUAL(f.hub().trust().fingerprint(), plain_base32(slip.fingerprint));
}

TEST(Enrolment, gives_an_agent_its_number_and_a_certificate_for_its_own_key) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f);
    const wire::EnrolAnswer answer = must(agent.enrol(slip_for(f, kHospital).token));
    CPPUNIT_ASSERT_EQUAL(1U, answer.agent.value);
    CPPUNIT_ASSERT_EQUAL(kHospital, answer.institution.text);
    const CertificateFacts facts = must(read_certificate(answer.tls_certificate));
    CPPUNIT_ASSERT(facts.public_key == agent.tls_key);
    must(check_certificate(answer.tls_certificate, f.hub().trust().document().tls_ca, f.clock.wall()));
    CPPUNIT_ASSERT_EQUAL(kHospital, must(f.hub().ingest().institution_of(agent.tls_key)));
}

TEST(Enrolment, answers_the_same_key_again_as_the_same_agent) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f);
    const Slip slip = slip_for(f, kHospital);
    const wire::EnrolAnswer first = must(agent.enrol(slip.token));
    f.clock.advance(std::chrono::hours{100});  // the answer was lost, the token has run out meanwhile
    const wire::EnrolAnswer second = must(agent.enrol(slip.token));
    CPPUNIT_ASSERT_EQUAL(first.agent.value, second.agent.value);
    CPPUNIT_ASSERT(first.tls_certificate == second.tls_certificate);
}

TEST(Enrolment, refuses_a_token_that_another_key_has_used) {
    HubFixture f;
    f.add(kHospital);
    const Slip slip = slip_for(f, kHospital);
    TestAgent first(f);
    must(first.enrol(slip.token));
    TestAgent second(f);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_token_used, second.enrol(slip.token).error().id);
}

TEST(Enrolment, refuses_a_token_that_ran_out_or_never_was) {
    HubFixture f;
    f.add(kHospital);
    const Slip slip = slip_for(f, kHospital);
    TestAgent agent(f);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_bad_token, agent.enrol("0000-0000-0000-0000").error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_bad_token, agent.enrol("!!").error().id);
    f.clock.advance(std::chrono::hours{72});
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_token_expired, agent.enrol(slip.token).error().id);
}

TEST(Enrolment, reads_a_token_as_people_type_it) {
    HubFixture f;
    f.add(kHospital);
    std::string typed = slip_for(f, kHospital).token;
    for (char& c : typed) {
        if (c == '0') c = 'o';
        else if (c == '1') c = 'l';
        else if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    TestAgent agent(f);
    must(agent.enrol(" " + typed));
}

TEST(Enrolment, refuses_a_request_that_does_not_prove_its_key) {
    HubFixture f;
    f.add(kHospital);
    TestAgent agent(f);
    agent.tls_request.back() ^= std::byte{1};
    const auto refused = agent.enrol(slip_for(f, kHospital).token);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL(Errc::invalid, refused.error().code());
    CPPUNIT_ASSERT(must(f.hub().report().status()).agents.empty());
}

TEST(Enrolment, refuses_broken_bytes) {
    HubFixture f;
    f.add(kHospital);
    const Bytes request = wire::encode(TestAgent(f).enrol_request(slip_for(f, kHospital).token));
    for (std::size_t size = 0; size < request.size(); size += 7)
        CPPUNIT_ASSERT(!f.hub().enrolment().enrol(ByteView(request).first(size)).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, f.hub().enrolment().enrol(Bytes(20000)).error().id);
}

}  // namespace
}  // namespace zige::hub::testing

#include "hub/core/file_enrolment.h"

#include <functional>

#include "shared/openssl/sealing.h"
#include "shared/openssl/x509.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/sealed.h"
#include "tests/support/testing.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {
namespace {

struct Bureau : HubFixture {
    explicit Bureau(Suite suite = Suite::ed25519_sha256) : HubFixture(suite), sealer(make_sealer(suite)) {
        add(kHospital);
        add(kTownship);
    }
    Slip slip(const std::string& institution = kHospital) {
        return must(hub().enrolment().issue_token(kOperator, institution, "10.1.2.3:7443"));
    }
    Bytes sealed(const wire::EnrolRequest& request, MessageType type = MessageType::enrol_request) {
        const Trust& trust = hub().trust();
        return must(wire::seal_to({trust.hub_id(), type}, wire::encode(request), trust.document().sealing_key, *sealer));
    }
    Result<FileEnrolment::Reply> answer(const Bytes& request, const std::string& expected = {}) {
        return hub().file_enrolment().answer(kOperator, expected, request, *sealer);
    }
    wire::EnrolReply open(const TestAgent& agent, const FileEnrolment::Reply& reply) {
        return must(wire::decode_enrol_reply(must(wire::open_sealed({hub().trust().hub_id(), MessageType::enrol_answer},
                                                                    reply.sealed, *agent.unsealer, kMaxEnrolReplyBytes))));
    }
    void rotate() {
        clock.advance(std::chrono::hours{24 * 30});
        TrustDraft draft = must(hub().rotation().draft({}));
        const auto root = must(keys->open_signing_key(as_text(must(files.read("/stick/root.key", 4096)))));
        must(sign_draft(draft, *root, *verifier));
        must(hub().rotation().publish(kOperator, draft));
    }
    std::unique_ptr<Sealer> sealer;
};

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519", Suite::ed25519_sha256}, {"sm2", Suite::sm2_sm3}};

TEST_EACH(FileEnrolment, answers_with_certificate_trust_copy_and_time, kSuites) {
    Bureau f(row.suite);
    f.import(kHospital, {zige::hub::testing::row("D411500000001", "张三", "110101199001011237")});
    TestAgent agent(f);
    const auto reply = must(f.answer(f.sealed(agent.enrol_request(f.slip().token))));
    CPPUNIT_ASSERT_EQUAL(kHospital, reply.institution);
    CPPUNIT_ASSERT(!reply.again);
    const wire::EnrolReply inside = f.open(agent, reply);
    const auto answer =
        must(wire::decode_enrol_answer(testing::open(f, MessageType::enrol_answer, inside.enrolled)));
    CPPUNIT_ASSERT(must(read_certificate(answer.tls_certificate)).public_key == agent.tls_key);
    const auto delta = must(wire::decode_delta(testing::open(f, MessageType::delta, inside.institution)));
    CPPUNIT_ASSERT_EQUAL(kHospital, delta.state.institution.text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, delta.records.size());  // the institution and its doctor
    const auto held = must(wire::decode_held(testing::open(f, MessageType::held, inside.held)));
    CPPUNIT_ASSERT(held.state_hash == wire::state_hash(delta.state, *f.hasher));
    CPPUNIT_ASSERT(held.hash == wire::chain_start(answer.agent, Chapter{1}, *f.hasher));
    CPPUNIT_ASSERT_EQUAL(f.hub().trust().chain().size(), inside.trust.size());
    CPPUNIT_ASSERT_EQUAL(kHospital, must(f.hub().ingest().institution_of(agent.tls_key)));
}

TEST(FileEnrolment, the_ledger_says_who_and_which_way) {
    Bureau f;
    TestAgent agent(f);
    must(f.answer(f.sealed(agent.enrol_request(f.slip().token))));
    const LogEvent event = must(f.hub().log(f.log_size() - 1, 1)).at(0);
    CPPUNIT_ASSERT(HubEvent::agent_enrolled == event.event);
    CPPUNIT_ASSERT_EQUAL(kOperator, event.actor);
    CPPUNIT_ASSERT(event.body.text("way") == "file");
}

TEST(FileEnrolment, the_same_key_gets_the_same_agent_with_the_copy_of_now) {
    Bureau f;
    TestAgent agent(f);
    const Bytes request = f.sealed(agent.enrol_request(f.slip().token));
    const auto first = must(f.answer(request));
    f.import(kHospital, {row("D411500000001", "张三", "110101199001011237")});
    f.clock.advance(std::chrono::hours{100});  // the slip ran out meanwhile
    const auto second = must(f.answer(request));
    CPPUNIT_ASSERT(second.again);
    CPPUNIT_ASSERT_EQUAL(first.agent.value, second.agent.value);
    const auto delta = must(
        wire::decode_delta(testing::open(f, MessageType::delta, f.open(agent, second).institution)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, delta.records.size());
}

TEST(FileEnrolment, nobody_else_reads_the_answer) {
    Bureau f;
    TestAgent agent(f);
    TestAgent other(f);
    const auto reply = must(f.answer(f.sealed(agent.enrol_request(f.slip().token))));
    const auto read = wire::open_sealed({f.hub().trust().hub_id(), MessageType::enrol_answer}, reply.sealed,
                                        *other.unsealer, kMaxEnrolReplyBytes);
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_wrong_reader, read.error().id);
}

struct Bad {
    const char* name;
    ErrorId error;
    std::function<Bytes(Bureau&, TestAgent&, Slip&)> request;
    std::string expected = {};
};
Bytes good(Bureau& f, TestAgent& agent, const Slip& slip) { return f.sealed(agent.enrol_request(slip.token)); }
const Bad kBad[] = {
    {"of_another_institution_than_expected", ErrorId::hub_agent_of_other_institution, good, kTownship},
    {"token_of_another_agent", ErrorId::enrol_token_used,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         TestAgent first(f);
         must(first.enrol(slip.token));
         return good(f, agent, slip);
     }},
    {"token_that_ran_out", ErrorId::enrol_token_expired,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         f.clock.advance(std::chrono::hours{72});
         return good(f, agent, slip);
     }},
    {"token_that_was_withdrawn", ErrorId::enrol_token_expired,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         must(f.hub().enrolment().withdraw_token(kOperator, slip.id));
         return good(f, agent, slip);
     }},
    {"unknown_token", ErrorId::enrol_bad_token,
     [](Bureau& f, TestAgent& agent, Slip&) { return f.sealed(agent.enrol_request("0000-0000-0000-0000")); }},
    {"sealed_to_somebody_else", ErrorId::seal_wrong_reader,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         return must(wire::seal_to({f.hub().trust().hub_id(), MessageType::enrol_request},
                                   wire::encode(agent.enrol_request(slip.token)), agent.sealing_key, *f.sealer));
     }},
    {"for_another_hub", ErrorId::seal_failed,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         return must(wire::seal_to({"another", MessageType::enrol_request},
                                   wire::encode(agent.enrol_request(slip.token)),
                                   f.hub().trust().document().sealing_key, *f.sealer));
     }},
    {"of_another_type", ErrorId::wire_wrong_message_type,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         return f.sealed(agent.enrol_request(slip.token), MessageType::filing);
     }},
    {"the_slip_file", ErrorId::wire_bad_type,
     [](Bureau& f, TestAgent&, Slip& slip) { return must(f.hub().file_enrolment().slip_file(slip)); }},
    {"damaged", ErrorId::seal_failed,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         Bytes bytes = good(f, agent, slip);
         bytes[bytes.size() / 2] ^= std::byte{1};
         return bytes;
     }},
    {"truncated", ErrorId::wire_truncated,
     [](Bureau& f, TestAgent& agent, Slip& slip) {
         Bytes bytes = good(f, agent, slip);
         bytes.resize(bytes.size() / 2);
         return bytes;
     }},
    {"oversize", ErrorId::wire_too_large, [](Bureau&, TestAgent&, Slip&) { return Bytes(18U << 10); }},
    {"empty", ErrorId::wire_truncated, [](Bureau&, TestAgent&, Slip&) { return Bytes{}; }},
};
TEST_EACH(FileEnrolment, refuses, kBad) {
    Bureau f;
    TestAgent agent(f);
    Slip slip = f.slip();
    const Bytes request = row.request(f, agent, slip);
    const std::uint64_t before = f.log_size();
    const auto refused = f.answer(request, row.expected);
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, refused.error().id);
    CPPUNIT_ASSERT_EQUAL(before, f.log_size());
}

TEST(FileEnrolment, a_revoked_agent_gets_no_other_copy) {
    Bureau f;
    TestAgent agent(f);
    const Bytes request = f.sealed(agent.enrol_request(f.slip().token));
    const auto first = must(f.answer(request));
    must(f.hub().agents().revoke(kOperator, first.agent, RevocationReason::stolen, {}));
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_revoked, f.answer(request).error().id);
}

TEST(FileEnrolment, a_slip_file_carries_what_the_line_would_bring) {
    Bureau f;
    Slip slip = f.slip();
    const auto file = must(wire::decode_enrol_file(must(f.hub().file_enrolment().slip_file(slip))));
    CPPUNIT_ASSERT_EQUAL(std::string("https://10.1.2.3:7443"), file.hub_url);
    CPPUNIT_ASSERT_EQUAL(plain_base32(slip.token), file.token);
    const auto first = must(wire::decode_signed_trust(file.trust.at(0)));
    CPPUNIT_ASSERT_EQUAL(wire::trust_fingerprint(first.document, *f.hasher), plain_base32(slip.fingerprint));
}

TEST(FileEnrolment, after_many_rotations_the_slip_names_the_first_document_that_fits) {
    Bureau f;
    for (int i = 0; i < 70; ++i) f.rotate();
    Slip slip = f.slip();
    const std::string before = slip.fingerprint;
    const auto file = must(wire::decode_enrol_file(must(f.hub().file_enrolment().slip_file(slip))));
    CPPUNIT_ASSERT_EQUAL(std::size_t{kMaxTrustChain}, file.trust.size());
    CPPUNIT_ASSERT(before != slip.fingerprint);
    const auto first = must(wire::decode_signed_trust(file.trust.at(0)));
    CPPUNIT_ASSERT_EQUAL(wire::trust_fingerprint(first.document, *f.hasher), plain_base32(slip.fingerprint));
    TestAgent agent(f);
    CPPUNIT_ASSERT_EQUAL(std::size_t{kMaxTrustChain},
                         f.open(agent, must(f.answer(f.sealed(agent.enrol_request(slip.token))))).trust.size());
}

}  // namespace
}  // namespace zige::hub::testing

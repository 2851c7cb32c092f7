#include "agent/core/enrol_file.h"

#include "shared/openssl/sealing.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/sealed.h"
#include "tests/support/agent_fixture.h"
#include "tests/support/fixed_keys.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

/// The bureau's side of a stick.
struct FileFixture : AgentFixture {
    explicit FileFixture(Suite suite = Suite::ed25519_sha256) : AgentFixture(suite) {
        hub.publish_ineligible();
        start();
    }

    wire::TrustDocument trust() const {
        return wire::decode_trust_document(wire::decode_signed_trust(hub.trust_document())->document).value();
    }
    Result<Bytes> ask() { return agent->request_enrolment(slip(), hub.trust_chain); }

    wire::EnrolReply reply_to(ByteView request) {
        const auto plain = wire::open_sealed({trust().hub_id, MessageType::enrol_request}, request, *hub.unsealer,
                                             kMaxEnrolBytes);
        CPPUNIT_ASSERT_MESSAGE(plain ? "" : plain.error().describe(), plain.ok());
        const auto wish = wire::decode_enrol_request(*plain).value();
        CPPUNIT_ASSERT_EQUAL(hub.token, wish.token);
        agent_sealing_key = wish.sealing_key;
        hub.agent_key = wish.signing_key;
        const wire::EnrolAnswer answer{AgentId{3}, Chapter{1}, hub.institution.code, to_bytes("DER of the agent"),
                                       hub.now};
        wire::EnrolReply reply;
        reply.enrolled = hub.sign(MessageType::enrol_answer, wire::encode(answer));
        reply.trust = hub.trust_chain;
        reply.institution = hub.delta(std::nullopt, hub.last_state());
        reply.ineligible = hub.ineligible_update(0);
        reply.held = hub.sign(MessageType::held, wire::encode(held()));
        return reply;
    }
    wire::Held held() const {
        wire::Held held;
        held.agent = AgentId{3};
        held.chapter = Chapter{1};
        held.hub_time = hub.now;
        held.next_contact = hub.now;
        held.state_hash = wire::state_hash(hub.state(hub.last_state()), *hub.hasher);
        return held;
    }
    Bytes sealed(const wire::EnrolReply& reply, MessageType type = MessageType::enrol_answer) const {
        return sealed_bytes(wire::encode(reply), type);
    }
    Bytes sealed_bytes(ByteView plain, MessageType type = MessageType::enrol_answer) const {
        return wire::seal_to({trust().hub_id, type}, plain, agent_sealing_key, *hub.sealer).value();
    }

    Bytes agent_sealing_key;
};

struct SuiteRow {
    const char* name;
    Suite suite;
};
const SuiteRow kSuites[] = {{"ed25519", Suite::ed25519_sha256}, {"sm2", Suite::sm2_sm3}};

}  // namespace

TEST_EACH(EnrolFile, brings_agent_and_first_copy_without_a_line, kSuites) {
    FileFixture f(row.suite);
    f.transports.down = true;
    const Bytes request = f.ask().value();
    const auto done = f.agent->enrol(f.sealed(f.reply_to(request)));
    CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    CPPUNIT_ASSERT(Outcome::allow == f.check("D411502000001"));
    CPPUNIT_ASSERT(Outcome::deny == f.check("D411502000003"));
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().as_of);
    CPPUNIT_ASSERT_EQUAL(f.hub.now, f.agent->status().time.trusted);
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, f.agent->status().ineligible_version);
    f.transports.down = false;  // the day when there is a line
    f.sync();
    CPPUNIT_ASSERT(f.hub.last_request.proof == std::nullopt);
    f.restart();
    CPPUNIT_ASSERT(Outcome::allow == f.check("D411502000001"));
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_already, f.agent->enrol(f.sealed(f.reply_to(request))).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_already, f.ask().error().id);
}

TEST(EnrolFile, shows_the_token_to_the_hub_alone) {
    FileFixture f;
    const Bytes request = f.ask().value();
    CPPUNIT_ASSERT(as_text(request).find(f.hub.token) == std::string_view::npos);
    const auto stranger = fixed_unsealer(std::byte{0x11}, Suite::ed25519_sha256);
    const auto read = wire::open_sealed({f.trust().hub_id, MessageType::enrol_request}, request, *stranger,
                                        kMaxEnrolBytes);
    CPPUNIT_ASSERT_EQUAL(ErrorId::seal_wrong_reader, read.error().id);
}

TEST(EnrolFile, asked_again_is_the_same_agent_after_a_restart) {
    FileFixture f;
    const auto first = f.reply_to(f.ask().value());
    const Bytes key = f.hub.agent_key;
    f.restart();
    (void)f.reply_to(f.ask().value());
    CPPUNIT_ASSERT(key == f.hub.agent_key);
    f.restart();
    CPPUNIT_ASSERT(f.agent->enrol(f.sealed(first)).ok());  // the older answer is as good
}

TEST(EnrolFile, the_slip_proves_the_hub_of_the_file) {
    FileFixture f;
    auto slip = f.slip();
    slip.trust_fingerprint[0] = slip.trust_fingerprint[0] == 'A' ? 'B' : 'A';
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_bad_fingerprint,
                         f.agent->request_enrolment(slip, f.hub.trust_chain).error().id);
    FakeHub other(f.hub.now);
    other.root = fixed_signer(std::byte{0x44});
    other.rotate_keys();
    std::vector<Bytes> chain = f.hub.trust_chain;
    chain.push_back(other.trust_chain.back());
    CPPUNIT_ASSERT_EQUAL(ErrorId::trust_too_few_signatures, f.agent->request_enrolment(f.slip(), chain).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_other_request, f.agent->enrol(Bytes(100)).error().id);  // nothing was asked
}

TEST(EnrolFile, follows_the_keys_that_were_rotated_meanwhile) {
    FileFixture f;
    const Bytes request = f.ask().value();
    for (int i = 0; i < 3; ++i) f.hub.rotate_keys();
    f.hub.publish();
    const auto done = f.agent->enrol(f.sealed(f.reply_to(request)));
    CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    CPPUNIT_ASSERT_EQUAL(std::uint32_t{4}, f.agent->status().trust_version);
}

TEST(EnrolFile, a_line_that_comes_meanwhile_serves_as_well) {
    FileFixture f;
    const Bytes request = f.ask().value();
    f.enrol();
    CPPUNIT_ASSERT_EQUAL(ErrorId::enrol_already, f.agent->enrol(f.sealed(f.reply_to(request))).error().id);
}

struct BadReply {
    const char* name;
    ErrorId error;
    std::function<Bytes(FileFixture&, wire::EnrolReply)> spoil;
};
const BadReply kBadReplies[] = {
    {"of_another_agent", ErrorId::enrol_other_request,
     [](FileFixture& f, wire::EnrolReply r) {
         f.agent_sealing_key = fixed_unsealer(std::byte{0x11}, Suite::ed25519_sha256)->public_key();
         return f.sealed(r);
     }},
    {"of_another_request_of_the_same_key", ErrorId::enrol_other_request,
     [](FileFixture& f, wire::EnrolReply r) {
         const wire::EnrolAnswer other{AgentId{3}, Chapter{1}, f.hub.institution.code, to_bytes("DER of another"),
                                       f.hub.now};
         r.enrolled = f.hub.sign(MessageType::enrol_answer, wire::encode(other));
         return f.sealed(r);
     }},
    {"the_request_itself", ErrorId::enrol_other_request,
     [](FileFixture& f, const wire::EnrolReply&) { return f.ask().value(); }},
    {"a_sealed_thing_of_another_type", ErrorId::wire_wrong_message_type,
     [](FileFixture& f, wire::EnrolReply r) { return f.sealed(r, MessageType::filing); }},
    {"damaged", ErrorId::seal_failed,
     [](FileFixture& f, wire::EnrolReply r) {
         Bytes bytes = f.sealed(r);
         bytes[bytes.size() / 2] ^= std::byte{1};
         return bytes;
     }},
    {"truncated", ErrorId::wire_truncated,
     [](FileFixture& f, wire::EnrolReply r) {
         Bytes bytes = f.sealed(r);
         bytes.resize(bytes.size() / 2);
         return bytes;
     }},
    {"empty", ErrorId::wire_truncated, [](FileFixture&, const wire::EnrolReply&) { return Bytes{}; }},
    {"with_something_behind_it", ErrorId::wire_trailing_bytes,
     [](FileFixture& f, wire::EnrolReply r) {
         Bytes bytes = f.sealed(r);
         bytes.push_back(std::byte{0});
         return bytes;
     }},
    {"oversize", ErrorId::wire_too_large,
     [](FileFixture&, const wire::EnrolReply&) { return Bytes(kMaxEnvelopeBytes + 1); }},
    {"not_a_reply_inside", ErrorId::wire_truncated,
     [](FileFixture& f, const wire::EnrolReply&) { return f.sealed_bytes(Bytes{std::byte{0x86}}); }},
    {"signed_by_somebody_else", ErrorId::wire_bad_signature,
     [](FileFixture& f, wire::EnrolReply r) {
         const auto thief = fixed_signer(std::byte{0x66});
         const wire::EnrolAnswer answer{AgentId{3}, Chapter{1}, f.hub.institution.code, to_bytes("DER of the agent"),
                                        f.hub.now};
         r.enrolled = f.hub.sign_with(*thief, f.hub.online_id, MessageType::enrol_answer, wire::encode(answer));
         return f.sealed(r);
     }},
    {"a_chain_of_other_roots", ErrorId::trust_too_few_signatures,
     [](FileFixture& f, wire::EnrolReply r) {
         FakeHub other(f.hub.now);
         other.root = fixed_signer(std::byte{0x44});
         other.rotate_keys();
         r.trust.push_back(other.trust_chain.back());
         return f.sealed(r);
     }},
};
TEST_EACH(EnrolFile, refuses_an_answer, kBadReplies) {
    FileFixture f;
    const auto good = f.reply_to(f.ask().value());
    const Bytes sealed = f.sealed(good);
    const auto refused = f.agent->enrol(row.spoil(f, good));
    CPPUNIT_ASSERT(!refused.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, refused.error().id);
    CPPUNIT_ASSERT(!f.agent->enrolled());
    f.restart();
    CPPUNIT_ASSERT(!f.agent->enrolled());
    CPPUNIT_ASSERT(f.agent->enrol(sealed).ok());
}

struct BadCopy {
    const char* name;
    ErrorId error;
    std::function<void(FileFixture&, wire::EnrolReply&)> spoil;
};
const BadCopy kBadCopies[] = {
    {"of_another_institution", ErrorId::wire_wrong_institution,
     [](FileFixture& f, wire::EnrolReply& r) {
         f.hub.institution.code = {"H41150200099"};
         f.hub.publish();
         r.institution = f.hub.delta(std::nullopt, f.hub.last_state());
     }},
    {"a_head_instead", ErrorId::wire_wrong_message_type,
     [](FileFixture& f, wire::EnrolReply& r) { r.institution = f.hub.head(f.hub.last_state()); }},
    {"held_of_another_agent", ErrorId::enrol_other_request,
     [](FileFixture& f, wire::EnrolReply& r) {
         wire::Held held = f.held();
         held.agent = AgentId{4};
         r.held = f.hub.sign(MessageType::held, wire::encode(held));
     }},
};
TEST_EACH(EnrolFile, refuses_a_copy_and_takes_a_better_answer, kBadCopies) {
    FileFixture f;
    const auto good = f.reply_to(f.ask().value());
    const Bytes sealed = f.sealed(good);
    auto bad = good;
    row.spoil(f, bad);
    CPPUNIT_ASSERT_EQUAL(row.error, f.agent->enrol(f.sealed(bad)).error().id);
    f.restart();
    const auto done = f.agent->enrol(sealed);
    CPPUNIT_ASSERT_MESSAGE(done ? "" : done.error().describe(), done.ok());
    CPPUNIT_ASSERT(Outcome::deny == f.check("D411502000003"));
}

TEST(EnrolFile, takes_the_same_answer_again_after_power_went) {
    FileFixture f;
    const Bytes sealed = f.sealed(f.reply_to(f.ask().value()));
    const Bytes pending = f.files.read("/data/enrolment.pending", 64U << 10).value();
    CPPUNIT_ASSERT(f.agent->enrol(sealed).ok());
    CPPUNIT_ASSERT(f.files.write("/data/enrolment.pending", pending).ok());  // power went before it was forgotten
    f.restart();
    const auto again = f.agent->enrol(sealed);
    CPPUNIT_ASSERT_MESSAGE(again ? "" : again.error().describe(), again.ok());
    CPPUNIT_ASSERT(!*f.files.exists("/data/enrolment.pending"));
}

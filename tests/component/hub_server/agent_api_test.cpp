#include "shared/openssl/crypto.h"
#include "shared/openssl/x509.h"
#include "shared/poco/transport.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"
#include "shared/wire/dictionary.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"
#include "shared/zlib/compressor.h"
#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using zige::testing::HubFixture;
using zige::testing::RunningHub;

namespace {

constexpr Suite kSuite = Suite::ed25519_sha256;

/// What an agent keeps: its keys, and after enrolment its certificate.
struct Pc {
    CertificateRequest tls = *create_request("pc");
    std::string signing_pem = *generate_signing_key(kSuite);
    SealingKey sealing = *generate_sealing_key(kSuite);

    Bytes enrol_request(const std::string& token) const {
        const auto signer = *make_signer_from_pem(kSuite, signing_pem);
        return wire::encode(wire::EnrolRequest{token, tls.request_der, signer->public_key(), sealing.public_key});
    }
};

std::unique_ptr<Transport> dial(const RunningHub& hub, const Bytes& ca, const std::optional<TlsIdentity>& identity) {
    PocoTransportOptions options;
    options.host = "127.0.0.1";
    options.port = hub.port();
    options.ca_der = ca;
    options.identity = identity;
    options.now = [] { return make_system_clock()->wall(); };
    auto made = make_poco_transport(std::move(options));
    CPPUNIT_ASSERT(made.ok());
    return std::move(*made);
}

HttpAnswer answered(Result<HttpAnswer> answer) {
    CPPUNIT_ASSERT_MESSAGE(answer.ok() ? "" : answer.error().describe(), answer.ok());
    return std::move(*answer);
}

std::string error_of(const HttpAnswer& answer) { return std::string(as_text(answer.body)); }

wire::TrustDocument trust_of(const RunningHub& hub) {
    const auto answer = answered(dial(hub, {}, {})->get("/v1/trust?from=0", 64U << 10));
    const auto chain = wire::decode_trust_chain(answer.body);
    const auto signed_trust = wire::decode_signed_trust(chain->at(0));
    return *wire::check_trust(nullptr, *signed_trust, *make_verifier(kSuite));
}

Bytes opened(const wire::TrustDocument& trust, MessageType type, ByteView envelope) {
    const auto kid = wire::envelope_kid(envelope);
    const auto key = wire::find_online_key(trust, *kid);
    auto payload = wire::open_envelope({trust.hub_id, type}, envelope, key->public_key, *make_verifier(kSuite),
                                       *make_compressor(wire::dictionaries()), kMaxPayloadBytes);
    CPPUNIT_ASSERT_MESSAGE(payload.ok() ? "" : payload.error().describe(), payload.ok());
    return std::move(*payload);
}

std::string new_token(const HubFixture& hub) {
    const Json slip = hub.ask({"token", "new", HubFixture::kHospital, "--address", "127.0.0.1:1", "--json"});
    return *slip.find("token")->text();
}

wire::EnrolAnswer enrolled(const RunningHub& hub, const wire::TrustDocument& trust, const Pc& pc,
                           const std::string& token) {
    const auto answer =
        answered(dial(hub, trust.tls_ca, {})->post("/v1/enroll", pc.enrol_request(token), kMaxEnrolBytes));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(error_of(answer), 200, answer.status);
    return *wire::decode_enrol_answer(opened(trust, MessageType::enrol_answer, answer.body));
}

struct RefusedRow {
    const char* name;
    const char* method;
    const char* path;
    std::size_t body;
    int status;
    const char* error;
};
const RefusedRow kRefused[] = {
    {"head_without_a_certificate", "GET", "/v1/head?e=0&s=0&h=00", 0, 403, "hub_unknown_agent"},
    {"sync_without_a_certificate", "POST", "/v1/sync", 10, 403, "hub_unknown_agent"},
    {"blob_without_a_certificate", "GET", "/v1/blob/00/0", 0, 403, "hub_unknown_agent"},
    {"unknown_path", "GET", "/v1/everything", 0, 404, "api_unknown_path"},
    {"operators_path", "POST", "/v1/operations/status", 3, 404, "api_unknown_path"},
    {"wrong_method", "POST", "/v1/head", 0, 405, "api_bad_method"},
    {"enrolment_of_garbage", "POST", "/v1/enroll", 10, 403, "wire_not_canonical"},
    {"enrolment_too_large", "POST", "/v1/enroll", kMaxEnrolBytes + 1, 413, "api_too_large"},
    {"trust_from_nonsense", "GET", "/v1/trust?from=-1", 0, 400, "api_bad_field"},
    {"trust_from_beyond_32_bits", "GET", "/v1/trust?from=4294967296", 0, 400, "api_bad_field"},
};

}  // namespace

TEST_EACH(HubAgentApi, refuses_by_name, kRefused) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const auto transport = dial(hub, {}, {});
    const auto answer =
        answered(std::string(row.method) == "GET" ? transport->get(row.path, 4096)
                                                  : transport->post(row.path, Bytes(row.body, std::byte{0xFF}), 4096));
    CPPUNIT_ASSERT_EQUAL(row.status, answer.status);
    CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"") + row.error + "\"}", error_of(answer));
}

TEST(HubAgentApi, shows_the_trust_document_of_the_slip_to_anybody) {
    const HubFixture fixture;
    const Json slip = fixture.ask({"token", "new", HubFixture::kHospital, "--address", "127.0.0.1:1", "--json"});
    const RunningHub hub(fixture);
    const wire::TrustDocument trust = trust_of(hub);
    CPPUNIT_ASSERT_EQUAL(std::string("test-411500"), trust.hub_id);
    std::string fingerprint = *slip.find("fingerprint")->text();
    std::erase(fingerprint, '-');
    CPPUNIT_ASSERT_EQUAL(fingerprint, wire::trust_fingerprint(wire::encode(trust), *make_hasher(kSuite)));
    const auto none = answered(dial(hub, {}, {})->get("/v1/trust?from=1", 4096));
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, wire::decode_trust_chain(none.body)->size());
}

TEST(HubAgentApi, enrols_an_agent_that_then_gets_its_institutions_head) {
    const HubFixture fixture;
    const std::string token = new_token(fixture);
    const RunningHub hub(fixture);
    const wire::TrustDocument trust = trust_of(hub);
    const Pc pc;
    const wire::EnrolAnswer mine = enrolled(hub, trust, pc, token);
    CPPUNIT_ASSERT_EQUAL(std::string(HubFixture::kHospital), mine.institution.text);
    const auto transport = dial(hub, trust.tls_ca, TlsIdentity{pc.tls.private_key_pem, mine.tls_certificate});
    const auto answer = answered(transport->get("/v1/head?e=0&s=0&h=00", 4096));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(error_of(answer), 200, answer.status);
    const auto head = wire::decode_head(opened(trust, MessageType::head, answer.body));
    CPPUNIT_ASSERT_EQUAL(std::string(HubFixture::kHospital), head->state.institution.text);
    const auto blob = answered(transport->get("/v1/blob/" + std::string(64, '0') + "/0", 4096));
    CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"sync_blob_gone\"}"), error_of(blob));
}

TEST(HubAgentApi, a_lost_answer_is_repeated_to_the_same_key_and_to_no_other) {
    const HubFixture fixture;
    const std::string token = new_token(fixture);
    const RunningHub hub(fixture);
    const wire::TrustDocument trust = trust_of(hub);
    const Pc pc;
    const wire::EnrolAnswer first = enrolled(hub, trust, pc, token);
    CPPUNIT_ASSERT(first.agent == enrolled(hub, trust, pc, token).agent);
    const auto thief = answered(dial(hub, trust.tls_ca, {})->post("/v1/enroll", Pc().enrol_request(token), 4096));
    CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"enrol_token_used\"}"), error_of(thief));
}

TEST(HubAgentApi, a_certificate_of_another_authority_gets_no_connection) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const wire::TrustDocument trust = trust_of(hub);
    const Instant now = make_system_clock()->wall();
    const Validity year{now - std::chrono::days{1}, now + std::chrono::days{365}};
    const auto other_ca = create_tls_ca("other", year);
    const Pc pc;
    const auto certificate = issue_client_certificate(*other_ca, pc.tls.request_der, "agent-1", year);
    const auto transport = dial(hub, trust.tls_ca, TlsIdentity{pc.tls.private_key_pem, *certificate});
    const auto answer = transport->get("/v1/head?e=0&s=0&h=00", 4096);
    CPPUNIT_ASSERT(!answer.ok() || answer->status == 403);
}

TEST(HubAgentApi, a_certificate_of_ours_for_an_unknown_key_is_no_agent) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const wire::TrustDocument trust = trust_of(hub);
    const Instant now = make_system_clock()->wall();
    const Pc pc;
    const auto certificate = hub.core().trust().issue_client_certificate(
        pc.tls.request_der, "agent-1", now - std::chrono::days{1}, now + std::chrono::days{1});
    const auto transport = dial(hub, trust.tls_ca, TlsIdentity{pc.tls.private_key_pem, *certificate});
    const auto answer = answered(transport->get("/v1/head?e=0&s=0&h=00", 4096));
    CPPUNIT_ASSERT_EQUAL(403, answer.status);
    CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"hub_unknown_agent\"}"), error_of(answer));
}

TEST(HubAgentApi, slows_down_whoever_asks_without_a_certificate) {
    const HubFixture fixture;
    const RunningHub hub(fixture, {2, 100});
    const auto transport = dial(hub, {}, {});
    CPPUNIT_ASSERT_EQUAL(200, answered(transport->get("/v1/trust", 64U << 10)).status);
    CPPUNIT_ASSERT_EQUAL(200, answered(transport->get("/v1/trust", 64U << 10)).status);
    const auto third = answered(transport->get("/v1/trust", 64U << 10));
    CPPUNIT_ASSERT_EQUAL(429, third.status);
    CPPUNIT_ASSERT_EQUAL(std::string("{\"error\":\"api_overloaded\"}"), error_of(third));
}

TEST(HubAgentApi, its_log_has_no_token) {
    const HubFixture fixture;
    const std::string token = new_token(fixture);
    RunningHub hub(fixture);
    enrolled(hub, trust_of(hub), Pc(), token);
    hub.stop();
    CPPUNIT_ASSERT(hub.log().find(" info enrolled ") != std::string::npos);
    CPPUNIT_ASSERT(hub.log().find(token) == std::string::npos);
    CPPUNIT_ASSERT(hub.log().find(token.substr(0, 4)) == std::string::npos);
}

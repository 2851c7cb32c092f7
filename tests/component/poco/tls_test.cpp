#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <mutex>
#include <stop_token>

#include "shared/openssl/crypto.h"
#include "shared/openssl/x509.h"
#include "shared/poco/http_server.h"
#include "shared/poco/transport.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace std::chrono_literals;

namespace {

Instant at(std::string_view text) { return parse_time(text, "test").value(); }

/// The PC's clock says none of these: no test here depends on the day on which it runs.
const Instant kNow = at("2001-06-01 00:00:00");
const Validity kCaValidity{at("2000-01-01 00:00:00"), at("2090-01-01 00:00:00")};
const Validity kAroundNow{at("2001-01-01 00:00:00"), at("2002-01-01 00:00:00")};
const Validity kAroundThePcsClock{at("2020-01-01 00:00:00"), at("2080-01-01 00:00:00")};
const Validity kPast{at("2000-01-01 00:00:00"), at("2000-02-01 00:00:00")};

struct World {
    IssuedCertificate ca = create_tls_ca("hub CA", kCaValidity).value();
    IssuedCertificate other_ca = create_tls_ca("hub CA", kCaValidity).value();
};
const World& world() {
    static const World made;
    return made;
}

TlsIdentity server_identity(const IssuedCertificate& ca, Validity validity = kAroundNow,
                            std::string_view name = kHubTlsName) {
    IssuedCertificate issued = issue_server_certificate(ca, name, validity).value();
    return {std::move(issued.private_key_pem), std::move(issued.certificate_der)};
}
TlsIdentity client_identity(const IssuedCertificate& ca, Validity validity = kAroundNow) {
    CertificateRequest request = create_request("pc").value();
    Bytes der = issue_client_certificate(ca, request.request_der, "agent 7", validity).value();
    return {std::move(request.private_key_pem), std::move(der)};
}

/// A hub that answers with the name in the client's certificate and notes what went wrong.
struct Hub {
    explicit Hub(TlsServerOptions tls) {
        HttpServerOptions options;
        options.address = "127.0.0.1:0";
        options.tls = std::move(tls);
        options.request_deadline = 2s;
        options.on_error = [this](const std::string& line) {
            const std::scoped_lock lock(mutex);
            errors.push_back(line);
        };
        server = make_http_server(options, [this](const HttpRequest& request) {
                     ++calls;
                     const std::string who = request.peer_certificate
                                                 ? read_certificate(*request.peer_certificate).value().common_name
                                                 : "nobody";
                     HttpReply reply{200, "text/plain", to_bytes(who), {}};
                     if (request.path == "/close") reply.headers.emplace_back("Connection", "close");
                     return reply;
                 }).value();
    }
    ~Hub() { server->stop(); }

    std::atomic<int> calls = 0;
    std::mutex mutex;
    std::vector<std::string> errors;
    std::unique_ptr<HttpServer> server;
};

TlsServerOptions hub_tls() {
    TlsServerOptions tls;
    tls.identity = server_identity(world().ca);
    tls.client_ca_der = world().ca.certificate_der;
    tls.now = [] { return kNow; };
    return tls;
}

PocoTransportOptions agent_tls(std::uint16_t port) {
    PocoTransportOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.ca_der = world().ca.certificate_der;
    options.identity = client_identity(world().ca);
    options.now = [] { return kNow; };
    return options;
}

std::unique_ptr<Transport> agent(const PocoTransportOptions& options) { return make_poco_transport(options).value(); }

std::string text(const Result<HttpAnswer>& answer) { return std::string(as_text(answer.value().body)); }

}  // namespace

TEST(Tls, both_sides_know_each_other) {
    Hub hub(hub_tls());
    const auto transport = agent(agent_tls(hub.server->port()));
    CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), text(transport->get("/head", 100)));
    CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), text(transport->post("/sync", Bytes(100'000), 100)));
    CPPUNIT_ASSERT(transport->traffic().sent > 100'000);
}

struct PeerRow {
    const char* name;
    void (*change)(TlsServerOptions& hub, PocoTransportOptions& agent);
    ErrorId error;
};
const PeerRow kUntrusted[] = {
    {"hub_of_another_authority",
     [](TlsServerOptions& hub, PocoTransportOptions&) { hub.identity = server_identity(world().other_ca); },
     ErrorId::tls_untrusted_peer},
    {"hub_of_another_name",
     [](TlsServerOptions& hub, PocoTransportOptions&) {
         hub.identity = server_identity(world().ca, kAroundNow, "zige-hub2");
     },
     ErrorId::tls_untrusted_peer},
    {"agent_that_poses_as_hub",  // its certificate is for clients only
     [](TlsServerOptions& hub, PocoTransportOptions&) { hub.identity = client_identity(world().ca); },
     ErrorId::tls_untrusted_peer},
    {"hub_expired_by_our_clock_though_not_by_the_pcs",
     [](TlsServerOptions& hub, PocoTransportOptions& agent) {
         hub.identity = server_identity(world().ca, kAroundThePcsClock);
         agent.now = [] { return at("2080-01-01 00:00:01"); };
     },
     ErrorId::tls_certificate_out_of_date},
};
TEST_EACH(Tls, an_agent_does_not_talk_to, kUntrusted) {
    TlsServerOptions hub_options = hub_tls();
    PocoTransportOptions options = agent_tls(0);
    row.change(hub_options, options);
    Hub hub(hub_options);
    options.port = hub.server->port();
    const auto transport = agent(options);
    for (int again = 0; again < 2; ++again) {
        CPPUNIT_ASSERT_EQUAL(row.error, transport->post("/sync", as_bytes("secret"), 100).error().id);
        CPPUNIT_ASSERT_EQUAL(Errc::untrusted, transport->get("/", 100).error().code());
    }
    CPPUNIT_ASSERT_EQUAL(0, hub.calls.load());
}
TEST(Tls, an_agent_that_was_off_for_long_talks_to_a_hub_whose_certificate_is_newer_than_its_time) {
    Hub hub(hub_tls());
    auto options = agent_tls(hub.server->port());
    options.now = [] { return at("2000-06-01 00:00:00"); };
    CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), text(agent(options)->get("/", 100)));
}

struct ClientRow {
    const char* name;
    void (*change)(PocoTransportOptions& agent);
};
const ClientRow kRefused[] = {
    {"without_a_certificate", [](PocoTransportOptions& agent) { agent.identity.reset(); }},
    {"of_another_authority", [](PocoTransportOptions& agent) { agent.identity = client_identity(world().other_ca); }},
    {"with_a_certificate_for_servers",
     [](PocoTransportOptions& agent) { agent.identity = server_identity(world().ca); }},
};
TEST_EACH(Tls, a_hub_refuses_an_agent, kRefused) {
    Hub hub(hub_tls());
    PocoTransportOptions options = agent_tls(hub.server->port());
    row.change(options);
    const auto answer = agent(options)->get("/", 100);
    CPPUNIT_ASSERT(!answer.ok());
    CPPUNIT_ASSERT_EQUAL(Errc::unavailable, answer.error().code());
    hub.server->stop();
    CPPUNIT_ASSERT_EQUAL(0, hub.calls.load());
    CPPUNIT_ASSERT(!hub.errors.empty());
}

struct TimeRow {
    const char* name;
    Validity validity;
    Instant hub_time;
    int status;
};
const TimeRow kTimes[] = {
    {"good_by_both", kAroundThePcsClock, at("2021-01-01 00:00:00"), 200},
    {"good_by_ours_expired_by_the_pcs", kAroundNow, kNow, 200},
    {"expired_by_ours_good_by_the_pcs", kAroundThePcsClock, at("2080-01-01 00:00:01"), 403},
    {"expired_by_both", kPast, kNow, 403},
    {"not_yet_valid_by_ours", kAroundThePcsClock, kNow, 403},
};
TEST_EACH(Tls, a_hub_judges_certificates_by_its_own_time, kTimes) {
    TlsServerOptions tls = hub_tls();
    tls.now = [&row] { return row.hub_time; };
    Hub hub(tls);
    auto options = agent_tls(hub.server->port());
    options.identity = client_identity(world().ca, row.validity);
    CPPUNIT_ASSERT_EQUAL(row.status, agent(options)->get("/", 1'000).value().status);
    CPPUNIT_ASSERT_EQUAL(row.status == 200 ? 1 : 0, hub.calls.load());
}

TEST(Tls, enrolment_needs_neither_authority_nor_certificate) {
    TlsServerOptions tls = hub_tls();
    tls.client_certificate = ClientCertificate::optional;
    Hub hub(tls);
    auto options = agent_tls(hub.server->port());
    options.identity.reset();
    options.ca_der.clear();
    CPPUNIT_ASSERT_EQUAL(std::string("nobody"), text(agent(options)->post("/enrol", as_bytes("token"), 100)));
    CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), text(agent(agent_tls(hub.server->port()))->get("/", 100)));
    options.identity = client_identity(world().other_ca);  // optional is not "any"
    CPPUNIT_ASSERT(!agent(options)->get("/", 100).ok());
}

TEST(Tls, a_second_connection_resumes) {
    Hub hub(hub_tls());
    const auto transport = agent(agent_tls(hub.server->port()));
    const auto bytes_of_one = [&] {
        const auto before = transport->traffic();
        CPPUNIT_ASSERT_EQUAL(std::string("agent 7"), text(transport->get("/close", 100)));
        const auto after = transport->traffic();
        return Transport::Traffic{after.sent - before.sent, after.received - before.received};
    };
    const auto full = bytes_of_one();
    for (int i = 0; i < 3; ++i) {
        const auto resumed = bytes_of_one();
        const std::string bytes =
            std::to_string(resumed.sent) + " sent, " + std::to_string(resumed.received) + " received";
        // No certificate and no new ticket comes back.
        CPPUNIT_ASSERT_MESSAGE(bytes, resumed.received * 3 < full.received);
        // 288 polls a day in 500 kB leave 1,736 bytes for each.
        CPPUNIT_ASSERT_MESSAGE(bytes, resumed.sent + resumed.received < 1'500);
    }
}
TEST(Tls, another_process_of_the_hub_resumes_with_the_same_ticket_key) {
    TlsServerOptions tls = hub_tls();
    tls.ticket_key = Bytes(80, std::byte{7});
    auto first = std::make_unique<Hub>(tls);
    const auto transport = agent(agent_tls(first->server->port()));
    CPPUNIT_ASSERT(transport->get("/close", 100).ok());
    const auto full = transport->traffic();
    HttpServerOptions same_port;
    same_port.address = "127.0.0.1:" + std::to_string(first->server->port());
    same_port.tls = tls;
    first.reset();
    const auto second = make_http_server(same_port, [](const HttpRequest&) { return HttpReply{}; });
    CPPUNIT_ASSERT(second.ok());
    CPPUNIT_ASSERT(transport->get("/", 100).ok());
    CPPUNIT_ASSERT((transport->traffic().received - full.received) * 3 < full.received);
}
TEST(Tls, a_resumed_session_does_not_outlive_the_certificate) {
    std::atomic<std::int64_t> time = kNow.time_since_epoch().count();
    const auto now = [&] { return Instant(std::chrono::seconds(time.load())); };
    TlsServerOptions tls = hub_tls();
    tls.now = now;
    tls.identity = server_identity(world().ca, kCaValidity);
    Hub hub(tls);
    const auto transport = agent(agent_tls(hub.server->port()));
    CPPUNIT_ASSERT_EQUAL(200, transport->get("/close", 100).value().status);
    time = at("2003-01-01 00:00:00").time_since_epoch().count();
    CPPUNIT_ASSERT_EQUAL(403, transport->get("/close", 1'000).value().status);
}

TEST(Tls, a_peer_that_is_silent_in_the_handshake_is_given_up) {
    Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));
    auto options = agent_tls(silent.address().port());
    options.connect_timeout = 100ms;
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_timeout, agent(options)->get("/", 100).error().id);
}
TEST(Tls, a_client_that_is_silent_in_the_handshake_is_cut_off) {
    HttpServerOptions options;
    options.address = "127.0.0.1:0";
    options.tls = hub_tls();
    options.request_deadline = 100ms;
    const auto server = make_http_server(options, [](const HttpRequest&) { return HttpReply{}; }).value();
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server->port()));
    socket.setReceiveTimeout(Poco::Timespan(20, 0));
    socket.sendBytes("\x16\x03\x01", 3);
    char alert[64];
    while (socket.receiveBytes(alert, sizeof alert) > 0) continue;  // throws when nobody closes
}
TEST(Tls, nothing_older_than_1_3_is_spoken) {
    TlsServerOptions tls = hub_tls();
    tls.client_certificate = ClientCertificate::none;
    Hub hub(tls);
    const auto shakes_hands = [&](const std::string& version) {
        const std::string command = "openssl s_client -connect 127.0.0.1:" + std::to_string(hub.server->port()) +
                                    " -sigalgs ECDSA+SHA256 " + version + " </dev/null >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    };
    CPPUNIT_ASSERT(shakes_hands("-tls1_3"));
    CPPUNIT_ASSERT(!shakes_hands("-tls1_2"));
}
TEST(Tls, nobody_there_is_unreachable) {
    std::uint16_t port = 0;
    {
        const Poco::Net::ServerSocket gone(Poco::Net::SocketAddress("127.0.0.1", 0));
        port = gone.address().port();
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, agent(agent_tls(port))->get("/", 100).error().id);
}
TEST(Tls, a_key_of_another_certificate_is_refused) {
    auto options = agent_tls(1);
    options.identity->private_key_pem = client_identity(world().ca).private_key_pem;
    CPPUNIT_ASSERT_EQUAL(ErrorId::crypto_bad_key, make_poco_transport(options).error().id);
    options = agent_tls(1);
    options.ca_der = to_bytes("no DER");
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_bad_certificate, make_poco_transport(options).error().id);
}

TEST(Tls, a_request_under_way_ends_when_the_program_does) {
    std::promise<void> entered, let_go;
    HttpServerOptions served;
    served.address = "127.0.0.1:0";
    served.tls = hub_tls();
    const auto server = make_http_server(served, [&](const HttpRequest&) {
                            entered.set_value();
                            let_go.get_future().wait();
                            return HttpReply{};
                        }).value();
    std::stop_source program;
    auto options = agent_tls(server->port());
    options.stop = program.get_token();
    options.timeout = 10min;
    const auto transport = agent(options);
    auto asked = std::async(std::launch::async, [&] { return transport->get("/head", 100); });
    entered.get_future().wait();
    program.request_stop();
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_interrupted, asked.get().error().id);
    let_go.set_value();
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_interrupted, transport->get("/head", 100).error().id);
}

#include "shared/poco/platform.h"

#include <Poco/Base64Encoder.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <sstream>
#include <thread>

#include "shared/openssl/x509.h"
#include "shared/poco/http_server.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace std::chrono_literals;

namespace {

Instant at(std::string_view text) { return parse_time(text, "test").value(); }

/// No test here depends on the day on which it runs.
const Instant kNow = at("2001-06-01 00:00:00");
const Validity kValid{at("2000-01-01 00:00:00"), at("2090-01-01 00:00:00")};
const Validity kPast{at("2000-01-01 00:00:00"), at("2000-02-01 00:00:00")};

std::string pem_of(ByteView der) {
    std::ostringstream out;
    out << "-----BEGIN CERTIFICATE-----\n";
    Poco::Base64Encoder encoder(out);
    encoder.rdbuf()->setLineLength(64);
    encoder.write(as_text(der).data(), static_cast<std::streamsize>(der.size()));
    encoder.close();
    out << "\n-----END CERTIFICATE-----\n";
    return out.str();
}

/// Takes connections one after the other; reads a request to its end, answers these bytes, and closes.
class RawServer {
public:
    explicit RawServer(std::string answer, bool reads = true)
        : answer_(std::move(answer)), reads_(reads), socket_(Poco::Net::SocketAddress("127.0.0.1", 0)) {
        thread_ = std::thread([this] { serve(); });
    }
    ~RawServer() {
        stopping_ = true;
        socket_.close();
        thread_.join();
    }
    std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(socket_.address().port()) + path;
    }
    std::vector<std::string> requests() {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    void serve() {
        while (!stopping_) {
            try {
                if (!socket_.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
                Poco::Net::StreamSocket connection = socket_.acceptConnection();
                if (reads_) note(read(connection));
                if (answer_ == "silence") {
                    while (!stopping_ && !connection.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) {
                    }
                    continue;
                }
                if (!answer_.empty()) connection.sendBytes(answer_.data(), static_cast<int>(answer_.size()));
                connection.shutdownSend();
                char rest[100];
                while (connection.receiveBytes(rest, sizeof rest) > 0) {
                }
            } catch (const Poco::Exception&) {  // the peer went, or the test ends
            }
        }
    }
    static std::string read(Poco::Net::StreamSocket& connection) {
        std::string request;
        char buffer[4096];
        while (true) {
            const auto head = request.find("\r\n\r\n");
            if (head != std::string::npos) {
                const auto field = request.find("Content-Length: ");
                const std::size_t size = field < head ? std::stoul(request.substr(field + 16)) : 0;
                if (request.size() >= head + 4 + size) return request;
            }
            const int got = connection.receiveBytes(buffer, sizeof buffer);
            if (got <= 0) return request;
            request.append(buffer, static_cast<std::size_t>(got));
        }
    }
    void note(std::string request) {
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
    }

    const std::string answer_;
    const bool reads_;
    Poco::Net::ServerSocket socket_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

PlatformOptions options_for(const std::string& url) {
    PlatformOptions options;
    options.url = url;
    options.now = [] { return kNow; };
    options.timeout = 2s;
    options.connect_timeout = 2s;
    return options;
}
Delivery send(const PlatformOptions& options, const std::string& body = "{}") {
    return make_platform(options).value()->send({"2204",
                                                 as_bytes(body),
                                                 {{"Content-Type", "text/plain;charset=GBK"},
                                                  {"x-tif-nonce", "a"},
                                                  {"Connection", "keep-alive"},
                                                  {"Host", "localhost"},
                                                  {"Content-Length", "1"},
                                                  {"Accept-Encoding", "gzip"},
                                                  {"Expect", "100-continue"}}});
}

constexpr const char* kOk =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=GBK\r\nx-tif-code: 7\r\n"
    "Connection: close\r\nContent-Length: 13\r\n\r\n{\"infcode\":0}";

struct Broken {
    const char* name;
    const char* answer;
    ErrorId error;
};
const Broken kBroken[] = {
    {"nothing_after_it_was_received", "", ErrorId::net_interrupted},
    {"no_http", "\x16\x03\x01 hello\r\n\r\n", ErrorId::net_bad_answer},
    {"half_an_answer", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"infcode\"", ErrorId::net_interrupted},
    {"too_much", "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{", ErrorId::net_too_large},
    {"silence", "silence", ErrorId::net_timeout},
};

struct Url {
    const char* name;
    const char* url;
    bool good;
};
const Url kUrls[] = {
    {"plain", "http://10.1.2.3/", true},
    {"with_the_number_inside", "https://ybj.example.cn:8443/fsi/api/{infno}?v=1", true},
    {"fixed", "http://10.1.2.3:7080/call", true},
    {"no_scheme", "10.1.2.3:7080/", false},
    {"another_scheme", "ftp://10.1.2.3/", false},
    {"no_host", "http:///call", false},
    {"a_password", "http://u:p@10.1.2.3/", false},
    {"a_line_break", "http://10.1.2.3/a\r\nX: y", false},
    {"nothing", "", false},
};

}  // namespace

TEST(Platform, sends_the_bytes_as_they_are_and_gives_back_those_that_come) {
    RawServer server(kOk);
    const std::string body = "\xEF\xBB\xBF{\"a\":\"\xD6\xD0\"}\r\n ";
    const Delivery delivery = send(options_for(server.url("/call/{infno}")), body);
    CPPUNIT_ASSERT(delivery.sent);
    CPPUNIT_ASSERT_MESSAGE(delivery.answer ? "" : delivery.answer.error().describe(), delivery.answer.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("{\"infcode\":0}"), std::string(as_text(delivery.answer->body)));
    CPPUNIT_ASSERT_EQUAL(std::string("application/json;charset=GBK"), delivery.answer->content_type);
    CPPUNIT_ASSERT(delivery.answer->headers == (std::vector<std::pair<std::string, std::string>>{{"x-tif-code", "7"}}));
    const std::string request = server.requests().at(0);
    CPPUNIT_ASSERT(request.starts_with("POST /call/2204 HTTP/1.1\r\n"));
    CPPUNIT_ASSERT(request.ends_with("\r\n\r\n" + body));
    CPPUNIT_ASSERT(request.find("x-tif-nonce: a\r\n") != std::string::npos);
    CPPUNIT_ASSERT(request.find("Content-Type: text/plain;charset=GBK\r\n") != std::string::npos);
    for (const char* const hop : {"keep-alive", "Host: localhost", "gzip", "100-continue", "Content-Length: 1\r"})
        CPPUNIT_ASSERT_MESSAGE(request, request.find(hop) == std::string::npos);
}

TEST(Platform, unpacks_chunks_only) {
    RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"inf\r\n8\r\ncode\":0}\r\n0\r\n\r\n");
    CPPUNIT_ASSERT_EQUAL(std::string("{\"infcode\":0}"),
                         std::string(as_text(send(options_for(server.url())).answer->body)));
}

TEST_EACH(Platform, says_that_it_was_sent_when_there_is, kBroken) {
    RawServer server(row.answer);
    const Delivery delivery = send(options_for(server.url()));
    CPPUNIT_ASSERT(delivery.sent);
    CPPUNIT_ASSERT(!delivery.answer.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, delivery.answer.error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.requests().size());
}

TEST(Platform, says_that_nothing_was_sent_where_nobody_listens) {
    std::string url;
    {
        RawServer gone(kOk);
        url = gone.url();
    }
    const Delivery delivery = send(options_for(url));
    CPPUNIT_ASSERT(!delivery.sent);
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, delivery.answer.error().id);
}

TEST_EACH(Platform, takes_an_address_or_refuses_it, kUrls) {
    const auto platform = make_platform(options_for(row.url));
    CPPUNIT_ASSERT_EQUAL(row.good, platform.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(std::string("--platform-url"), platform.error().field);
}

namespace {

struct TlsWorld {
    IssuedCertificate ca = create_tls_ca("platform CA", kValid).value();
    IssuedCertificate other_ca = create_tls_ca("platform CA", kValid).value();
    IssuedCertificate server(Validity validity = kValid, std::string_view name = "platform.example") const {
        return issue_server_certificate(ca, name, validity).value();
    }
};
const TlsWorld& tls_world() {
    static const TlsWorld made;
    return made;
}

struct TlsServer {
    explicit TlsServer(const IssuedCertificate& certificate) {
        HttpServerOptions options;
        options.address = "127.0.0.1:0";
        options.tls = TlsServerOptions{
            {certificate.private_key_pem, certificate.certificate_der}, ClientCertificate::none, {}, {}, {}, {}};
        server = make_http_server(options, [this](const HttpRequest&) {
                     ++calls;
                     return HttpReply{200, "application/json", to_bytes("{\"infcode\":0}"), {}};
                 }).value();
    }
    ~TlsServer() { server->stop(); }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(server->port()) + "/"; }
    std::atomic<int> calls{0};
    std::unique_ptr<HttpServer> server;
};

}  // namespace

TEST(Platform, believes_the_very_certificate_that_was_handed_in_whatever_its_name) {
    const IssuedCertificate certificate = tls_world().server();
    TlsServer server(certificate);
    PlatformOptions options = options_for(server.url());
    options.trusted_pem = pem_of(certificate.certificate_der);
    const Delivery delivery = send(options);
    CPPUNIT_ASSERT_MESSAGE(delivery.answer ? "" : delivery.answer.error().describe(), delivery.answer.ok());
}

TEST(Platform, sends_nothing_to_a_peer_that_it_does_not_know) {
    const IssuedCertificate good = tls_world().server();
    const IssuedCertificate old = tls_world().server(kPast);
    struct Peer {
        const IssuedCertificate* certificate;
        Bytes trusted;
    };
    const Peer peers[] = {
        {&good, tls_world().ca.certificate_der},        // for another host than 127.0.0.1
        {&good, tls_world().other_ca.certificate_der},  // of another authority
        {&good, {}},                                    // of none that the system knows
        {&old, old.certificate_der},                    // past its end
    };
    for (const Peer& peer : peers) {
        TlsServer server(*peer.certificate);
        PlatformOptions options = options_for(server.url());
        if (!peer.trusted.empty()) options.trusted_pem = pem_of(peer.trusted);
        const Delivery delivery = send(options);
        CPPUNIT_ASSERT(!delivery.sent && !delivery.answer.ok());
        const ErrorId error = delivery.answer.error().id;
        CPPUNIT_ASSERT(error == ErrorId::tls_handshake_failed || error == ErrorId::tls_untrusted_peer);
        CPPUNIT_ASSERT_EQUAL(0, server.calls.load());
    }
}

TEST(Platform, refuses_a_file_without_a_certificate) {
    PlatformOptions options = options_for("https://10.1.2.3/");
    options.trusted_pem = "no certificate";
    CPPUNIT_ASSERT_EQUAL(ErrorId::tls_bad_certificate, make_platform(options).error().id);
}

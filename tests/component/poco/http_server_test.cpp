#include "shared/poco/http_server.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <future>
#include <mutex>

#include "shared/poco/transport.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace std::chrono_literals;
using zige::testing::TempDir;

namespace {

HttpReply text_reply(std::string_view text, int status = 200) { return {status, "text/plain", to_bytes(text), {}}; }

HttpReply echo(const HttpRequest& request) {
    return text_reply(request.method + " " + request.path + "?" + request.query + " " +
                      std::string(as_text(request.body)));
}

struct Errors {
    std::mutex mutex;
    std::vector<std::string> lines;
    std::function<void(const std::string&)> sink() {
        return [this](const std::string& line) {
            const std::scoped_lock lock(mutex);
            lines.push_back(line);
        };
    }
};

HttpServerOptions loopback() {
    HttpServerOptions options;
    options.address = "127.0.0.1:0";
    return options;
}

std::unique_ptr<HttpServer> serve(const HttpHandler& handler, HttpServerOptions options = loopback()) {
    return make_http_server(std::move(options), handler).value();
}

std::unique_ptr<Transport> client_of(const HttpServer& server, std::chrono::milliseconds timeout = 20s) {
    return make_local_http_client({"127.0.0.1:" + std::to_string(server.port()), {{"X-Zige-Key", "k1"}}, timeout});
}

std::string text(const Result<HttpAnswer>& answer) { return std::string(as_text(answer.value().body)); }

Poco::Net::StreamSocket dial(std::uint16_t port) {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port));
    socket.setReceiveTimeout(Poco::Timespan(20, 0));
    return socket;
}

std::string read_to_the_end(Poco::Net::StreamSocket& socket) {
    std::string all;
    char buffer[1024];
    for (int got = 1; got > 0;) {
        try {
            got = socket.receiveBytes(buffer, sizeof buffer);
        } catch (const Poco::Net::NetException&) {
            got = 0;  // closed by a reset
        }
        all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
}

}  // namespace

TEST(HttpServer, hands_over_the_request_and_brings_back_the_reply) {
    const auto server = serve(echo);
    const auto client = client_of(*server);
    CPPUNIT_ASSERT_EQUAL(std::string("GET /v1/状态?lang=zh&x=a%20b "),
                         text(client->get("/v1/%E7%8A%B6%E6%80%81?lang=zh&x=a%20b", 100)));
    CPPUNIT_ASSERT_EQUAL(std::string("POST /v1/check? {}"), text(client->post("/v1/check", as_bytes("{}"), 100)));
    CPPUNIT_ASSERT_EQUAL(std::string("POST / ? ").size() - 1, text(client->post("/", {}, 100)).size());
}
TEST(HttpServer, gives_headers_parameters_and_statuses) {
    const auto server = serve([](const HttpRequest& request) {
        const auto name = request.parameter("name");
        CPPUNIT_ASSERT(!request.parameter("absent"));
        CPPUNIT_ASSERT(!request.peer_certificate);
        return text_reply(std::string(request.header("x-zige-KEY")) + "/" + name.value_or("none"), 409);
    });
    const auto answer = client_of(*server)->get("/?a=1&name=%E7%8E%8B+b%2B%20c", 100);
    CPPUNIT_ASSERT_EQUAL(409, answer.value().status);
    CPPUNIT_ASSERT_EQUAL(std::string("k1/王 b+ c"), text(answer));
}
TEST(HttpServer, keeps_the_connection) {
    const auto server = serve([](const HttpRequest& request) { return text_reply(request.peer_address); });
    const auto client = client_of(*server);
    const std::string first = text(client->get("/", 100));
    CPPUNIT_ASSERT_EQUAL(first, text(client->post("/", Bytes(50'000), 100)));
    CPPUNIT_ASSERT_EQUAL(first, text(client->get("/", 100)));
}
TEST(HttpServer, carries_three_megabytes_both_ways) {
    auto options = loopback();
    options.max_body_bytes = 3'000'000;
    const auto server = serve([](const HttpRequest& request) { return HttpReply{200, "", request.body, {}}; }, options);
    Bytes body(3'000'000);
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::byte>(i * 31 >> 3);
    CPPUNIT_ASSERT(body == client_of(*server)->post("/", body, body.size()).value().body);
}
TEST(HttpServer, refuses_a_body_over_its_cap_without_calling_the_handler) {
    std::atomic<int> calls = 0;
    auto options = loopback();
    options.max_body_bytes = 1'000;
    const auto server = serve([&](const HttpRequest&) { return ++calls, text_reply("ok"); }, options);
    const auto client = client_of(*server);
    CPPUNIT_ASSERT_EQUAL(413, client->post("/", Bytes(1'001), 1'000).value().status);
    CPPUNIT_ASSERT_EQUAL(0, calls.load());
    CPPUNIT_ASSERT_EQUAL(200, client->post("/", Bytes(1'000), 1'000).value().status);
}
TEST(HttpServer, refuses_chunks_over_its_cap) {
    auto options = loopback();
    options.max_body_bytes = 10;
    const auto server = serve(echo, options);
    auto good = dial(server->port()), bad = dial(server->port());
    const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    const auto send = [&](Poco::Net::StreamSocket& socket, const std::string& chunks) {
        const std::string all = head + chunks;
        socket.sendBytes(all.data(), static_cast<int>(all.size()));
        return read_to_the_end(socket);
    };
    CPPUNIT_ASSERT(send(good, "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n").ends_with("POST /? helloworld"));
    CPPUNIT_ASSERT(send(bad, "6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n").starts_with("HTTP/1.1 413"));
}

struct MalformedRow {
    const char* name;
    std::string request;
    const char* answer;
};
const MalformedRow kMalformed[] = {
    {"no_request", "hello\r\n\r\n", "HTTP/1.1 400"},
    {"length_that_is_no_number", "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "HTTP/1.1 400"},
    {"negative_length", "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 400"},
    {"no_length", "POST / HTTP/1.1\r\n\r\n", "HTTP/1.1 411"},
    {"broken_escape", "GET /%zz HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
    {"endless_header", "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", "HTTP/1.1 400"},
};
TEST_EACH(HttpServer, refuses_what_is_malformed, kMalformed) {
    const auto server = serve(echo);
    auto socket = dial(server->port());
    socket.sendBytes(row.request.data(), static_cast<int>(row.request.size()));
    CPPUNIT_ASSERT_EQUAL(std::string(row.answer), read_to_the_end(socket).substr(0, 12));
}
TEST(HttpServer, reports_what_a_handler_throws) {
    Errors errors;
    auto options = loopback();
    options.on_error = errors.sink();
    const auto server = serve([](const HttpRequest&) -> HttpReply { throw Bug("no such person"); }, options);
    const auto answer = client_of(*server)->get("/v1/check", 1'000);
    CPPUNIT_ASSERT_EQUAL(500, answer.value().status);
    CPPUNIT_ASSERT(text(answer).find("no such person") == std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::vector<std::string>{"GET /v1/check: no such person"}, errors.lines);
}

struct SlowRow {
    const char* name;
    const char* sent;
    const char* answer;
};
const SlowRow kSlow[] = {
    {"in_its_body", "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc", "HTTP/1.1 408"},
    {"in_its_headers", "GET / HTTP/1.1\r\nX-", ""},
};
TEST_EACH(HttpServer, cuts_a_slow_sender_off, kSlow) {
    auto options = loopback();
    options.request_deadline = 100ms;
    const auto server = serve(echo, options);
    auto socket = dial(server->port());
    socket.sendBytes(row.sent, static_cast<int>(std::string_view(row.sent).size()));
    CPPUNIT_ASSERT_EQUAL(std::string(row.answer),
                         read_to_the_end(socket).substr(0, std::string_view(row.answer).size()));
    CPPUNIT_ASSERT_EQUAL(200, client_of(*server)->get("/", 100).value().status);
}
TEST(HttpServer, cuts_off_a_sender_of_a_byte_now_and_then) {
    auto options = loopback();
    options.request_deadline = 300ms;
    options.idle_timeout = 20s;  // each byte comes long before this
    const auto server = serve(echo, options);
    auto socket = dial(server->port());
    socket.setReceiveTimeout(Poco::Timespan(0, 20'000));  // what paces the sender: it waits for an answer in vain
    const auto start = std::chrono::steady_clock::now();
    const auto still_open = [&] {
        try {
            char byte = 0;
            return socket.sendBytes("x", 1) == 1 && socket.receiveBytes(&byte, 1) > 0;
        } catch (const Poco::TimeoutException&) {
            return true;
        } catch (const Poco::Exception&) {
            return false;
        }
    };
    while (still_open()) CPPUNIT_ASSERT(std::chrono::steady_clock::now() - start < 15s);
}
TEST(HttpServer, closes_an_idle_connection) {
    auto options = loopback();
    options.idle_timeout = 50ms;
    const auto server = serve(echo, options);
    auto socket = dial(server->port());
    CPPUNIT_ASSERT_EQUAL(std::string(), read_to_the_end(socket));
    const auto client = client_of(*server);
    for (int i = 0; i < 3; ++i) {
        CPPUNIT_ASSERT_EQUAL(200, client->get("/", 100).value().status);
        auto other = dial(server->port());  // when this one was closed, so was the client's
        CPPUNIT_ASSERT_EQUAL(std::string(), read_to_the_end(other));
    }
}
TEST(HttpServer, connections_that_only_wait_make_room_for_a_request) {
    auto options = loopback();
    options.max_connections = 4;
    options.idle_timeout = 10min;
    const auto server = serve(echo, options);
    std::vector<Poco::Net::StreamSocket> silent;
    for (int i = 0; i < 7; ++i) silent.push_back(dial(server->port()));
    const auto answer = client_of(*server)->get("/", 100);
    CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().describe(), answer.ok());
}
TEST(HttpServer, kept_connections_take_turns_when_there_are_too_many) {
    auto options = loopback();
    options.max_connections = 1;
    options.idle_timeout = 10min;
    const auto server = serve(echo, options);
    const auto one = client_of(*server);
    const auto other = client_of(*server);
    for (int turn = 0; turn < 3; ++turn)
        for (const auto* client : {&one, &other}) CPPUNIT_ASSERT_EQUAL(200, (*client)->get("/", 100).value().status);
}
TEST(HttpServer, refuses_in_the_words_of_its_owner) {
    auto options = loopback();
    options.max_body_bytes = 10;
    options.refusal = [](int status, const Error& error, std::string_view) { return text_reply(to_string(error.id), status); };
    const auto server = serve([](const HttpRequest&) -> HttpReply { throw Bug("why"); }, options);
    const auto too_large = client_of(*server)->post("/", Bytes(11), 100);
    CPPUNIT_ASSERT_EQUAL(413, too_large.value().status);
    CPPUNIT_ASSERT_EQUAL(std::string("api_too_large"), text(too_large));
    const auto thrown = client_of(*server)->get("/", 100);
    CPPUNIT_ASSERT_EQUAL(500, thrown.value().status);
    CPPUNIT_ASSERT_EQUAL(std::string("api_internal"), text(thrown));
}
TEST(HttpServer, stops_at_once_when_idle) {
    auto options = loopback();
    options.idle_timeout = 10min;
    const auto server = serve(echo, options);
    const auto client = client_of(*server);
    CPPUNIT_ASSERT(client->get("/", 100).ok());
    server->stop();  // would wait for 10 minutes, and the test would run out of time
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, client->get("/", 100).error().id);
}
TEST(HttpServer, lets_a_running_request_end) {
    std::promise<void> entered, let_go;
    const auto server = serve([&](const HttpRequest&) {
        entered.set_value();
        let_go.get_future().wait();
        return text_reply("done");
    });
    const auto client = client_of(*server);
    auto asked = std::async(std::launch::async, [&] { return client->get("/", 100); });
    entered.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    let_go.set_value();
    CPPUNIT_ASSERT_EQUAL(std::string("done"), text(asked.get()));
    stopped.get();
}

TEST(HttpServerOnPath, is_for_its_owner_and_leaves_nothing) {
    const TempDir folder;
    HttpServerOptions options;
    options.address = folder / "agent.sock";
    const auto server = serve(echo, options);
    struct stat facts {};
    CPPUNIT_ASSERT_EQUAL(0, stat(options.address.c_str(), &facts));
    CPPUNIT_ASSERT_EQUAL(0600U, facts.st_mode & 0777U);
    const auto client = make_unix_http_client(options.address);
    CPPUNIT_ASSERT_EQUAL(std::string("GET /status? "), text(client->get("/status", 100)));
    CPPUNIT_ASSERT_EQUAL(std::uint16_t{0}, server->port());
    server->stop();
    CPPUNIT_ASSERT(!std::filesystem::exists(options.address));
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, client->get("/status", 100).error().id);
}
TEST(HttpServerOnPath, replaces_a_dead_socket_and_respects_a_living_one) {
    const TempDir folder;
    HttpServerOptions options;
    options.address = folder / "agent.sock";
    {
        Poco::Net::ServerSocket dead;
        dead.bind(Poco::Net::SocketAddress(Poco::Net::SocketAddress::UNIX_LOCAL, options.address), false);
    }
    CPPUNIT_ASSERT(std::filesystem::exists(options.address));
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_unreachable, make_unix_http_client(options.address)->get("/", 100).error().id);
    const auto server = serve(echo, options);
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_cannot_listen, make_http_server(options, echo).error().id);
    CPPUNIT_ASSERT(make_unix_http_client(options.address)->get("/", 100).ok());
}
TEST(HttpServer, names_an_address_that_is_taken_or_none) {
    const auto server = serve(echo);
    auto options = loopback();
    options.address = "127.0.0.1:" + std::to_string(server->port());
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_cannot_listen, make_http_server(options, echo).error().id);
    options.address = "nowhere";
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_cannot_listen, make_http_server(options, echo).error().id);
}

TEST(LocalHttpClient, refuses_an_answer_over_the_limit) {
    const auto server = serve([](const HttpRequest&) { return text_reply(std::string(1'000, 'x')); });
    const auto client = client_of(*server);
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_too_large, client->get("/", 999).error().id);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1'000}, client->get("/", 1'000).value().body.size());
}
TEST(LocalHttpClient, does_not_wait_for_ever) {
    Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));
    const auto client = make_local_http_client({silent.address().toString(), {}, 100ms});
    CPPUNIT_ASSERT_EQUAL(ErrorId::net_timeout, client->get("/", 100).error().id);
}
struct BadAnswerRow {
    const char* name;
    const char* answer;
    ErrorId error;
};
const BadAnswerRow kBadAnswers[] = {
    {"nothing", "", ErrorId::net_interrupted},
    {"no_http", "220 mail.example SMTP\r\n\r\n", ErrorId::net_bad_answer},
    {"short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", ErrorId::net_interrupted},
    {"bad_length", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc", ErrorId::net_bad_answer},
    {"endless", "HTTP/1.1 200 OK\r\n\r\n0123456789", ErrorId::net_too_large},
};
TEST_EACH(LocalHttpClient, names_a_bad_answer, kBadAnswers) {
    Poco::Net::ServerSocket listening(Poco::Net::SocketAddress("127.0.0.1", 0));
    auto peer = std::async(std::launch::async, [&] {
        Poco::Net::StreamSocket socket = listening.acceptConnection();
        char request[4096];
        socket.receiveBytes(request, sizeof request);
        if (*row.answer != '\0') socket.sendBytes(row.answer, static_cast<int>(std::string_view(row.answer).size()));
        socket.shutdownSend();
        while (socket.receiveBytes(request, sizeof request) > 0) continue;
    });
    {
        const auto client = make_local_http_client({listening.address().toString(), {}, 20s});
        const auto answer = client->get("/", 9);
        CPPUNIT_ASSERT(!answer.ok());
        CPPUNIT_ASSERT_EQUAL(row.error, answer.error().id);
    }
    peer.get();
}

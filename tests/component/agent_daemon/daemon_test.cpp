#include "agent/daemon/daemon.h"

#include <Poco/Net/SocketStream.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <iterator>
#include <set>

#include "agent/daemon/print.h"
#include "agent/daemon/remote_service.h"
#include "shared/poco/transport.h"
#include "tests/component/agent_daemon/service_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::ServiceFixture;
using zige::testing::TempDir;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kSuspended = "D411502000003";
constexpr const char* kToday = "2026-09-01 07:50:00";

/// The daemon over a fake hub, with what it logged. `before` runs before it starts.
struct DaemonFixture : ServiceFixture {
    explicit DaemonFixture(const std::function<void(DaemonFixture&)>& before = {}) {
        if (before) before(*this);
        Daemon::Options options;
        options.socket = (folder / "agent.sock").string();
        options.listen = "127.0.0.1:0";
        auto started = Daemon::start(options, {*agent, *service, *api_keys, fsi(), random}, [this](const std::string& line) {
            const std::lock_guard lock(mutex);
            log.push_back(line);
            logged.notify_all();
        });
        CPPUNIT_ASSERT_MESSAGE(started ? "" : started.error().describe(), started.ok());
        daemon = std::move(started).value();
    }

    RemoteService by_socket() {
        return RemoteService(make_local_http_client({(folder / "agent.sock").string(), {}, std::chrono::seconds(20)}));
    }
    RemoteService by_http(const std::string& header, const std::string& key) {
        return RemoteService(make_local_http_client(
            {"127.0.0.1:" + std::to_string(daemon->port()), {{header, key}}, std::chrono::seconds(20)}));
    }
    /// Waits until a line of the log holds `part`; false after 20 seconds.
    bool logs(const std::string& part) {
        std::unique_lock lock(mutex);
        return logged.wait_for(lock, std::chrono::seconds(20), [&] {
            return std::ranges::any_of(log,
                                       [&](const std::string& line) { return line.find(part) != std::string::npos; });
        });
    }
    std::string key(CallerRole role) { return api_keys->create(to_string(role), role, clock.wall()).value(); }

    TempDir folder;
    std::mutex mutex;
    std::condition_variable logged;
    std::vector<std::string> log;
    std::unique_ptr<Daemon> daemon;
};

ApiRequest clear(const std::string& body) { return {"POST", "/v1/clear", "", body, {}}; }

struct Refused {
    const char* name;
    std::string request;
    int status;
    const char* error;
};
const Refused kRefused[] = {
    {"too_large", "Content-Length: 1048577\r\n\r\n", 413, "api_too_large"},
    {"no_length", "\r\n", 411, "api_missing_field"},
    {"negative_length", "Content-Length: -1\r\n\r\n", 400, "api_bad_field"},
    {"wrong_key", "X-Zige-Key: zk-his-0\r\nContent-Length: 0\r\n\r\n", 401, "api_unauthorized"},
};

struct Address {
    const char* name;
    const char* listen;
    bool good;
    ErrorId error;
};
const Address kAddresses[] = {
    {"loopback", "127.0.0.1:8620", true, {}},
    {"another_loopback", "127.8.8.8:0", true, {}},
    {"localhost", "localhost:8620", true, {}},
    {"ipv6_loopback", "[::1]:8620", true, {}},
    {"all_addresses", "0.0.0.0:8620", false, ErrorId::local_not_loopback},
    {"the_lan", "192.168.1.5:8620", false, ErrorId::local_not_loopback},
    {"name_that_begins_like_loopback", "127.0.0.1.example.com:80", false, ErrorId::local_not_loopback},
    {"no_port", "127.0.0.1", false, ErrorId::usage_bad_argument},
    {"port_too_large", "127.0.0.1:65536", false, ErrorId::usage_bad_argument},
};

}  // namespace

TEST_EACH(Daemon, refuses_in_one_shape_whoever_refuses, kRefused) {
    DaemonFixture f;
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", f.daemon->port()));
    const std::string asked = "POST /v1/clear HTTP/1.1\r\nConnection: close\r\n" + row.request;
    socket.sendBytes(asked.data(), static_cast<int>(asked.size()));
    Poco::Net::SocketStream stream(socket);
    const std::string answer{std::istreambuf_iterator<char>(stream), {}};
    CPPUNIT_ASSERT_EQUAL("HTTP/1.1 " + std::to_string(row.status), answer.substr(0, 12));
    const auto body = parse_json(answer.substr(answer.find("\r\n\r\n") + 4), kMaxApiBody).value();
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), words(body, "error.code"));
    CPPUNIT_ASSERT(at(body, "error.number").integer().has_value());
    CPPUNIT_ASSERT(!words(body, "error.reason_zh").empty());
}

TEST(Daemon, answers_the_his_by_key_in_either_header) {
    DaemonFixture f;
    const std::string key = f.key(CallerRole::his);
    for (const auto& [header, value] : {std::pair("X-Zige-Key", key), std::pair("Authorization", "Bearer " + key)}) {
        const auto answer = f.by_http(header, value).call(clear(f.claim({{kGood, kToday}, {kSuspended, kToday}})));
        CPPUNIT_ASSERT_EQUAL(200, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(answer.body, "outcome"));
    }
}

TEST(Daemon, answers_nobody_without_a_key_or_with_a_revoked_one) {
    DaemonFixture f;
    const std::string key = f.key(CallerRole::his);
    CPPUNIT_ASSERT(f.api_keys->revoke("his").ok());
    for (const std::string& shown : {std::string(), std::string("zk-his-0"), key}) {
        const auto answer = f.by_http("X-Zige-Key", shown).call({"GET", "/v1/status", "", "", {}});
        CPPUNIT_ASSERT_EQUAL(401, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string("api_unauthorized"), f.error_of(answer));
    }
}

namespace {

/// What a HIS sends and gets, byte by byte.
std::string talk(DaemonFixture& f, const std::string& request) {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", f.daemon->port()));
    socket.sendBytes(request.data(), static_cast<int>(request.size()));
    Poco::Net::SocketStream stream(socket);
    return {std::istreambuf_iterator<char>(stream), {}};
}

struct FsiRequest {
    const char* name;
    std::string path;    ///< KEY in it is a till's key
    std::string header;  ///< the same
    int status;
    const char* error;  ///< empty: it is judged
};
const std::string kFsiMessage =
    R"({"infno":"2201","msgid":"H41150200001202609010800000001","input":{"data":{"begntime":"2026-09-01 07:50:00","atddr_no":"D411502000001"}}})";
const FsiRequest kFsiRequests[] = {
    {"key_in_the_header", "/fsi/2201", "X-Zige-Key: KEY\r\n", 200, ""},
    {"key_in_the_path", "/fsi/KEY/2201", "", 200, ""},
    {"transaction_in_the_message_only", "/fsi", "X-Zige-Key: KEY\r\n", 200, ""},
    {"key_in_the_path_and_transaction_in_the_message", "/fsi/KEY", "", 200, ""},
    {"no_key", "/fsi/2201", "", 401, "api_unauthorized"},
    {"wrong_key_in_the_path", "/fsi/zk-his-0/2201", "", 401, "api_unauthorized"},
    {"no_transaction", "/fsi/status", "X-Zige-Key: KEY\r\n", 404, "api_unknown_path"},
    {"another_transaction", "/fsi/2204", "X-Zige-Key: KEY\r\n", 200, "api_bad_field"},
};

}  // namespace

TEST_EACH(Daemon, takes_messages_of_the_national_interface, kFsiRequests) {
    DaemonFixture f;
    const std::string key = f.key(CallerRole::his);
    const auto with_key = [&](std::string text) {
        const auto at = text.find("KEY");
        return at == std::string::npos ? text : text.replace(at, 3, key);
    };
    const std::string answer =
        talk(f, "POST " + with_key(row.path) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                        with_key(row.header) + "Content-Length: " + std::to_string(kFsiMessage.size()) + "\r\n\r\n" + kFsiMessage);
    CPPUNIT_ASSERT_EQUAL("HTTP/1.1 " + std::to_string(row.status), answer.substr(0, 12));
    const auto envelope = parse_json(answer.substr(answer.find("\r\n\r\n") + 4), kMaxApiBody).value();
    CPPUNIT_ASSERT_EQUAL(std::string(*row.error == '\0' ? "0" : "-1"), words(envelope, "infcode"));
    CPPUNIT_ASSERT_EQUAL(std::string(row.error), words(envelope, "output.zige.error.code"));
    for (const std::string& line : f.log) CPPUNIT_ASSERT(line.find(key) == std::string::npos);
}

TEST(Daemon, refuses_a_message_that_is_too_large_in_the_envelope_of_the_interface) {
    DaemonFixture f;
    const std::string answer =
        talk(f, "POST /fsi/2204 HTTP/1.1\r\nConnection: close\r\nContent-Length: 1048577\r\n\r\n");
    CPPUNIT_ASSERT_EQUAL(std::string("HTTP/1.1 413"), answer.substr(0, 12));
    const auto envelope = parse_json(answer.substr(answer.find("\r\n\r\n") + 4), kMaxApiBody).value();
    CPPUNIT_ASSERT_EQUAL(std::string("-1"), words(envelope, "infcode"));
    CPPUNIT_ASSERT_EQUAL(std::string("api_too_large"), words(envelope, "output.zige.error.code"));
}

TEST(Daemon, holds_each_caller_to_its_role) {
    DaemonFixture f;
    auto viewer = f.by_http("X-Zige-Key", f.key(CallerRole::viewer));
    CPPUNIT_ASSERT_EQUAL(403, viewer.call(clear(f.claim({{kGood, kToday}}))).status);
    auto his = f.by_http("X-Zige-Key", f.key(CallerRole::his));
    CPPUNIT_ASSERT_EQUAL(
        403, his.call({"POST", "/v1/departures", "", R"({"person":"0017","last_day":"2026-08-31"})", {}}).status);
}

TEST(Daemon, takes_the_command_line_as_owner_on_its_socket) {
    DaemonFixture f;
    auto owner = f.by_socket();
    const auto made = owner.call({"POST", "/v1/keys", "", R"({"name":"till","role":"his"})", {}});
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(made));
    auto his = f.by_http("X-Zige-Key", words(made.body, "key"));
    CPPUNIT_ASSERT_EQUAL(200, his.call({"GET", "/v1/status", "", "", {}}).status);
    const auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    CPPUNIT_ASSERT(std::filesystem::status(f.folder / "agent.sock").permissions() == owner_only);
}

TEST(Daemon, the_owner_of_a_key_signs_for_what_he_records) {
    DaemonFixture f;
    auto clerk = f.by_http("X-Zige-Key", f.key(CallerRole::clerk));
    const auto departed =
        clerk.call({"POST", "/v1/departures", "", R"({"person":"0017","last_day":"2026-08-31"})", {}});
    CPPUNIT_ASSERT_EQUAL(std::string(), f.error_of(departed));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-09-14"), words(departed.body, "due"));
}

TEST(Daemon, refuses_a_body_over_its_limit) {
    DaemonFixture f;
    auto his = f.by_http("X-Zige-Key", f.key(CallerRole::his));
    const auto answer = his.call(clear(std::string(kMaxApiBody + 1, ' ')));
    CPPUNIT_ASSERT(answer.status == 413 || daemon::error_of(answer)->code() == Errc::unavailable);
    CPPUNIT_ASSERT_EQUAL(200, f.by_http("X-Zige-Key", f.api_keys->create("b", CallerRole::his, f.clock.wall()).value())
                                  .call({"GET", "/v1/status", "", "", {}})
                                  .status);
}

TEST(Daemon, clears_for_many_tills_at_once_without_losing_a_number) {
    DaemonFixture f;
    const std::string key = f.key(CallerRole::his);
    std::vector<std::future<std::vector<std::string>>> tills;
    for (int till = 0; till < 8; ++till)
        tills.push_back(std::async(std::launch::async, [&f, key] {
            auto his = f.by_http("X-Zige-Key", key);
            std::vector<std::string> numbers;
            for (int i = 0; i < 20; ++i) {
                const auto answer = his.call(clear(f.claim({{kGood, kToday}})));
                numbers.push_back(words(at(answer.body, "lines").items()->front(), "number"));
            }
            return numbers;
        }));
    std::set<std::string> seen;
    for (auto& till : tills)
        for (const std::string& number : till.get()) seen.insert(number);
    CPPUNIT_ASSERT_EQUAL(std::size_t{160}, seen.size());
    CPPUNIT_ASSERT(seen.find("") == seen.end());
    CPPUNIT_ASSERT_EQUAL(200, f.by_socket().call({"GET", "/v1/journal/verify", "", "", {}}).status);
}

TEST(Daemon, stops_in_order_and_answers_no_more) {
    DaemonFixture f;
    const std::string key = f.key(CallerRole::his);
    auto his = f.by_http("X-Zige-Key", key);
    CPPUNIT_ASSERT_EQUAL(200, his.call(clear(f.claim({{kGood, kToday}}))).status);
    f.daemon->stop();
    CPPUNIT_ASSERT(daemon::error_of(his.call({"GET", "/v1/status", "", "", {}}))->code() == Errc::unavailable);
    f.daemon.reset();
    f.restart();
    CPPUNIT_ASSERT(f.journal().verify().ok());
}

TEST(Daemon, carries_a_sync_at_its_start) {
    std::promise<std::string> asked;
    std::atomic<bool> first{true};
    DaemonFixture f([&](DaemonFixture& fixture) {
        fixture.hub.people[2].standing = {
            {Standing::suspended, zige::testing::on("2026-09-01"), {}, {}, 1, "信医保处〔2026〕13号"}};
        fixture.hub.publish();
        fixture.reopen();
        fixture.transports.before = [&](const std::string& path) -> Result<void> {
            if (first.exchange(false)) asked.set_value(path);
            return {};
        };
    });
    CPPUNIT_ASSERT_EQUAL(std::string("/v1/sync"), asked.get_future().get());
    CPPUNIT_ASSERT(f.logs("sync: copy is at version"));
    const auto answer =
        f.by_http("X-Zige-Key", f.key(CallerRole::his)).call(clear(f.claim({{"D411502000002", kToday}})));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(answer.body, "outcome"));
}

TEST(Daemon, goes_on_without_its_hub_and_says_so_once) {
    DaemonFixture f([](DaemonFixture& fixture) { fixture.transports.down = true; });
    CPPUNIT_ASSERT(f.logs("sync: net_"));
    const auto answer = f.by_http("X-Zige-Key", f.key(CallerRole::his)).call(clear(f.claim({{kSuspended, kToday}})));
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(answer.body, "outcome"));
    auto owner = f.by_socket();
    CPPUNIT_ASSERT_EQUAL(503, owner.call({"POST", "/v1/sync", "", "{}", {}}).status);
    f.daemon->stop();
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, std::ranges::count_if(f.log, [](const std::string& line) {
                             return line.starts_with("sync: net_");
                         }));
}

TEST(Daemon, does_not_start_before_enrolment) {
    ServiceFixture f(false);
    TempDir folder;
    Daemon::Options options;
    options.socket = (folder / "agent.sock").string();
    options.listen = "127.0.0.1:0";
    const auto started =
        Daemon::start(options, {*f.agent, *f.service, *f.api_keys, f.fsi(), f.random}, [](const std::string&) {});
    CPPUNIT_ASSERT(!started.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::agent_not_enrolled, started.error().id);
}

TEST_EACH(Daemon, listens_on_loopback_only, kAddresses) {
    const auto checked = check_loopback(row.listen);
    CPPUNIT_ASSERT_EQUAL(row.good, checked.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(row.error, checked.error().id);
}

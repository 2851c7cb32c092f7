#include <fstream>
#include <sstream>

#include "agent/daemon/help.h"
#include "agent/daemon/print.h"
#include "agent/daemon/run.h"
#include "shared/openssl/x509.h"
#include "shared/poco/http_server.h"
#include "shared/posix/clock.h"
#include "tests/support/fake_hub.h"
#include "tests/support/temp_dir.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;
using zige::testing::FakeHub;
using zige::testing::TempDir;

namespace {

constexpr const char* kGood = "D411502000001";
constexpr const char* kSuspended = "D411502000003";

/// The program's command lines against a hub over real TLS, with keys, databases and lock on the real disk.
struct ProgramFixture {
    ProgramFixture() {
        hub.certify = [this](ByteView csr) { return issue_client_certificate(ca, csr, "agent 3", validity).value(); };
        hub.add_person(1, kGood, "王伟");
        hub.add_person(3, kSuspended, "张强").standing = {
            {Standing::suspended, today - std::chrono::days{30}, {}, {}, 1, "信医保处〔2026〕12号"}};
        hub.publish();
        IssuedCertificate server = issue_server_certificate(ca, kHubTlsName, validity).value();
        HttpServerOptions options;
        options.address = "127.0.0.1:0";
        options.tls = TlsServerOptions{{server.private_key_pem, server.certificate_der},
                                       ClientCertificate::optional,
                                       ca.certificate_der,
                                       [this] { return now; },
                                       {}};
        options.on_error = [](const std::string&) {};
        listener = make_http_server(std::move(options), [this](const HttpRequest& request) {
                       const std::lock_guard lock(mutex);
                       certified = request.peer_certificate.has_value();
                       auto answer = hub.handle(
                           request.method, request.query.empty() ? request.path : request.path + "?" + request.query,
                           request.body);
                       return HttpReply{answer.status, "application/octet-stream", std::move(answer.body), {}};
                   }).value();
    }

    std::string slip() const {
        return "zige:127.0.0.1:" + std::to_string(listener->port()) + "/" + hub.token + "/" + hub.fingerprint() + "\n";
    }

    struct Ended {
        int code;
        std::string out;
        std::string err;
        Json json() const { return parse_json(out, 1U << 20).value(); }
    };
    Ended run(std::vector<std::string> words, const std::string& input = {}) {
        words.push_back("--data=" + (folder / data).string());
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        const std::vector<std::string_view> views(words.begin(), words.end());
        const Exit exit = zige::daemon::run(views, {in, out, err});
        return {static_cast<int>(exit), out.str(), err.str()};
    }
    void enrolled() {
        const Ended done = run({"enroll", "--slip", "-"}, slip());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(done.err, 0, done.code);
    }
    void synced() {
        enrolled();
        const Ended done = run({"sync"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(done.err, 0, done.code);
    }

    TempDir folder;
    std::string data = "data";
    std::unique_ptr<Clock> clock = make_system_clock();
    Instant now = clock->wall();
    Day today = day_of(now);
    Validity validity{now - std::chrono::days{1}, now + std::chrono::days{30}};
    IssuedCertificate ca = create_tls_ca("test CA", validity).value();
    std::mutex mutex;  // guards hub
    FakeHub hub{now, Suite::ed25519_sha256, ca.certificate_der};
    bool certified = false;
    std::unique_ptr<HttpServer> listener;
};

}  // namespace

TEST(Program, enrols_over_tls_from_a_slip_and_syncs_with_its_certificate) {
    ProgramFixture f;
    const auto enrolled = f.run({"enroll", "--slip", "-"}, f.slip());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(enrolled.err, 0, enrolled.code);
    CPPUNIT_ASSERT(enrolled.out.find("H41150200001") != std::string::npos);
    const auto synced = f.run({"sync", "--json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(synced.err, 0, synced.code);
    CPPUNIT_ASSERT(f.certified);
    CPPUNIT_ASSERT_EQUAL(std::string("2"), words(synced.json(), "people"));
    CPPUNIT_ASSERT(*at(synced.json(), "bytes_sent").integer() >
                   1000);  // a TLS handshake with certificates is among them
    const auto again = f.run({"enroll", "--slip", "-"}, f.slip());
    CPPUNIT_ASSERT_EQUAL(2, again.code);
    CPPUNIT_ASSERT(again.err.find("enrol_already") != std::string::npos);
}

TEST(Program, refuses_a_hub_that_is_not_the_one_on_the_slip) {
    ProgramFixture f;
    std::string slip = f.slip();
    slip[slip.size() - 2] = slip[slip.size() - 2] == '0' ? '1' : '0';
    const auto enrolled = f.run({"enroll", "--slip", "-"}, slip);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(enrolled.err, 6, enrolled.code);
    CPPUNIT_ASSERT_EQUAL(8, f.run({"status"}).code);
}

TEST(Program, decides_offline_after_a_cold_start) {
    ProgramFixture f;
    f.synced();
    f.listener->stop();
    const auto cleared =
        f.run({"clear", "--ordering", kGood, "--time", format(f.now), "--amount", "12.50", "--key", "K-1"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(cleared.out + cleared.err, 0, cleared.code);
    CPPUNIT_ASSERT(cleared.out.find("参考号") != std::string::npos);
    const auto refused = f.run({"clear", "--ordering", kSuspended, "--time", format(f.now), "--amount", "1", "--json"});
    CPPUNIT_ASSERT_EQUAL(1, refused.code);
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(refused.json(), "outcome"));
    CPPUNIT_ASSERT_EQUAL(1, f.run({"check", "--ordering", kSuspended}).code);
    const auto again =
        f.run({"clear", "--ordering", kGood, "--time", format(f.now), "--amount", "12.50", "--key", "K-1", "--json"});
    CPPUNIT_ASSERT(is_true(again.json(), "repeated"));
    CPPUNIT_ASSERT_EQUAL(7, f.run({"sync"}).code);
    const auto verified = f.run({"journal", "verify", "--json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(verified.err, 0, verified.code);
    CPPUNIT_ASSERT_EQUAL(std::string("0"), words(verified.json(), "not_signed"));
}

TEST(Program, reads_a_claim_from_a_file_and_from_standard_input) {
    ProgramFixture f;
    f.synced();
    const std::string claim = R"({"infno":"2204","feedetail":[{"bilg_dr_codg":")" + std::string(kGood) +
                              R"(","fee_ocur_time":")" + format(f.now) + R"(","det_item_fee_sumamt":0.1}]})";
    std::ofstream(f.folder / "claim.json") << claim;
    CPPUNIT_ASSERT_EQUAL(0, f.run({"clear", "--file", (f.folder / "claim.json").string()}).code);
    CPPUNIT_ASSERT_EQUAL(0, f.run({"clear", "--file", "-"}, claim).code);
    const auto bad = f.run({"clear", "--file", "-", "--json"}, R"({"feedetail":[{}]})");
    CPPUNIT_ASSERT_EQUAL(2, bad.code);
    CPPUNIT_ASSERT_EQUAL(std::string("infno"),
                         words(bad.json(), "error.field").substr(words(bad.json(), "error.field").rfind('.') + 1));
    CPPUNIT_ASSERT_EQUAL(3, f.run({"clear", "--file", (f.folder / "none.json").string()}).code);
}

TEST(Program, records_a_departure_shows_it_and_takes_it_back) {
    ProgramFixture f;
    f.synced();
    const auto departed = f.run(
        {"depart", "--person", kGood, "--last-day", format(f.today), "--reason", "退休", "--clerk", "王五", "--json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(departed.out, 0, departed.code);
    const std::string id = words(departed.json(), "departure");
    CPPUNIT_ASSERT(f.run({"departures"}).out.find(id.substr(0, 8)) != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2,
                         f.run({"depart", "--person", kGood, "--last-day", format(f.today), "--clerk", "王五"}).code);
    const auto undone = f.run({"undo", "--departure", id.substr(0, 8), "--clerk", "王五", "--json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(undone.out, 0, undone.code);
    CPPUNIT_ASSERT_EQUAL(3, f.run({"undo", "--departure", kGood, "--clerk", "王五"}).code);
}

TEST(Program, makes_lists_and_revokes_keys) {
    ProgramFixture f;
    f.enrolled();
    const auto made = f.run({"key", "new", "--name", "till", "--role", "his", "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("zk-his-"), words(made.json(), "key").substr(0, 7));
    CPPUNIT_ASSERT(f.run({"key", "list"}).out.find("till") != std::string::npos);
    CPPUNIT_ASSERT(f.run({"key", "list"}).out.find(words(made.json(), "key")) == std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, f.run({"key", "new", "--name", "x", "--role", "owner"}).code);
    CPPUNIT_ASSERT_EQUAL(0, f.run({"key", "revoke", "till"}).code);
    CPPUNIT_ASSERT_EQUAL(3, f.run({"key", "revoke", "till"}).code);
}

TEST(Program, keeps_its_anchor_beside_the_folder) {
    ProgramFixture f;
    f.synced();
    CPPUNIT_ASSERT(std::filesystem::exists(f.folder / "data.anchor"));
    f.data = "data/";
    CPPUNIT_ASSERT_EQUAL(0, f.run({"journal", "verify"}).code);
    CPPUNIT_ASSERT(!std::filesystem::exists(f.folder / "data" / ".anchor"));
}

TEST(Program, answers_although_the_anchor_cannot_be_written) {
    ProgramFixture f;
    f.synced();
    const auto cleared = f.run({"clear", "--ordering", kGood, "--time", format(f.now), "--amount", "1", "--anchor",
                                (f.folder / "none" / "anchor").string()});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(cleared.err, 0, cleared.code);
    CPPUNIT_ASSERT(cleared.out.find("参考号") != std::string::npos);
    CPPUNIT_ASSERT(cleared.err.find("closing: ") != std::string::npos);
}

TEST(Program, keeps_its_keys_for_their_owner) {
    ProgramFixture f;
    f.enrolled();
    const auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    for (const char* name : {"keys/tls.pem", "keys/signing.pem", "keys/sealing.pem", "enrolment"})
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            name, static_cast<int>(owner_only),
            static_cast<int>(std::filesystem::status(f.folder.path() / "data" / name).permissions()));
}

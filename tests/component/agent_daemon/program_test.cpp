#include <cstdlib>
#include <fstream>
#include <sstream>

#include "agent/daemon/help.h"
#include "agent/daemon/owned_agent.h"
#include "agent/daemon/print.h"
#include "agent/daemon/run.h"
#include "shared/openssl/x509.h"
#include "shared/poco/http_server.h"
#include "shared/posix/clock.h"
#include "shared/posix/files.h"
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
        ::setenv("ZIGE_ACCEPT_VOLATILE_DISK", "1", 1);  // the system's folder for temporary files may lie in memory
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
    CPPUNIT_ASSERT_EQUAL(1, again.code);
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
    CPPUNIT_ASSERT_EQUAL(1,
                         f.run({"depart", "--person", kGood, "--last-day", format(f.today), "--clerk", "王五"}).code);
    const auto undone = f.run({"undo", "--departure", id.substr(0, 8), "--clerk", "王五", "--json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(undone.out, 0, undone.code);
    CPPUNIT_ASSERT_EQUAL(3, f.run({"undo", "--departure", kGood, "--clerk", "王五"}).code);
}

TEST(Program, stores_no_word_that_it_cannot_read) {
    ProgramFixture f;
    f.synced();
    const auto departed = f.run({"depart", "--person", kGood, "--last-day", format(f.today), "--reason",
                                 "\xcd\xcb\xd0\xdd", "--clerk", "王五"});
    CPPUNIT_ASSERT_EQUAL(2, departed.code);
    CPPUNIT_ASSERT(departed.err.find("--reason（不是 UTF-8") != std::string::npos);
    CPPUNIT_ASSERT(f.run({"departures"}).out.find(kGood) == std::string::npos);
}

TEST(Program, names_what_was_typed_and_what_to_do) {
    ProgramFixture f;
    f.synced();
    const auto nobody = f.run({"clear", "--time", format(f.now), "--amount", "1"});
    CPPUNIT_ASSERT_EQUAL(2, nobody.code);
    CPPUNIT_ASSERT_MESSAGE(nobody.err, nobody.err.find("：--ordering\n") != std::string::npos);
    const auto wide = f.run({"depart", "--person", kGood, "--last-day", "２０２６－０９－１８", "--clerk", "王五"});
    CPPUNIT_ASSERT_EQUAL(2, wide.code);
    CPPUNIT_ASSERT_MESSAGE(
        wide.err,
        wide.err.find("日期无效：--last-day（２０２６－０９－１８）\n下一步：写作 年-月-日") != std::string::npos);
    f.listener->stop();
    const auto offline = f.run({"sync"});
    CPPUNIT_ASSERT_MESSAGE(offline.err, offline.err.find("无法连接中心\n下一步：请检查网线") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(offline.err, offline.err.find("\n技术信息：") != std::string::npos);
}

TEST(Program, finds_a_decision_by_its_reference) {
    ProgramFixture f;
    f.synced();
    const auto refused = f.run({"clear", "--ordering", kSuspended, "--time", format(f.now), "--amount", "1", "--json"});
    const std::string reference = words(at(refused.json(), "lines").items()->front(), "reference");
    const auto found = f.run({"journal", "find", reference});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(found.err, 0, found.code);
    CPPUNIT_ASSERT(found.out.find("信医保处〔2026〕12号") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(3, f.run({"journal", "find", "ZZZZZZ"}).code);
}

TEST(Program, says_after_a_sync_without_a_service_when_that_was) {
    ProgramFixture f;
    f.synced();
    CPPUNIT_ASSERT_EQUAL(format(f.hub.now), words(f.run({"status", "--json"}).json(), "sync.last_contact"));
}

TEST(Program, looks_at_a_folder_that_cannot_be_written) {
    ProgramFixture f;
    f.synced();
    CPPUNIT_ASSERT_EQUAL(0, f.run({"clear", "--ordering", kGood, "--time", format(f.now), "--amount", "1"}).code);
    Folder folder;
    folder.root = f.folder / "data";
    folder.anchor = f.folder / "data.anchor";
    CPPUNIT_ASSERT(!on_read_only_disk(folder.root));
    const auto owner = OwnedAgent::open(folder, Suite::ed25519_sha256).value();
    const auto journal = owner->agent().journal().value()->status();
    const auto owned = OwnedAgent::open(folder, Suite::ed25519_sha256, Access::look).value();  // no lock is taken
    const auto status = owned->service().call({"GET", "/v1/status", "", "", {CallerRole::owner, ""}});
    CPPUNIT_ASSERT_EQUAL(200, status.status);
    CPPUNIT_ASSERT_EQUAL(std::to_string(journal.size), words(status.body, "journal.entries"));
    const std::string line = R"({"infno":"2204","feedetail":[{"bilg_dr_codg":"%","fee_ocur_time":")" + format(f.now) +
                             R"(","det_item_fee_sumamt":"1"}]})";
    const auto clear = [&](const char* code) {
        std::string body = line;
        body.replace(body.find('%'), 1, code);
        return owned->service().call({"POST", "/v1/clear", "", body, {CallerRole::owner, ""}});
    };
    CPPUNIT_ASSERT_EQUAL(ErrorId::journal_not_recorded, error_of(clear(kGood))->id);
    CPPUNIT_ASSERT_EQUAL(std::string("deny"), words(clear(kSuspended).body, "outcome"));  // P1
    CPPUNIT_ASSERT_EQUAL(journal.size, owner->agent().journal().value()->status().size);
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
    for (const char* name :
         {"keys/tls.pem", "keys/signing.pem", "keys/sealing.pem", "enrolment", "replica.db", "journal.db"})
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            name, static_cast<int>(owner_only),
            static_cast<int>(std::filesystem::status(f.folder.path() / "data" / name).permissions()));
}

namespace {
struct LostRow {
    const char* name;
    std::vector<std::string_view> words;
};
const LostRow kLost[] = {{"help", {"--help"}},
                         {"version", {"--version"}},
                         {"calendar", {"calendar", "due", "2026-09-18", "10"}},
                         {"error_as_json", {"calendar", "due", "never", "10", "--json"}}};
}  // namespace
TEST_EACH(Program, says_that_its_output_was_lost, kLost) {
    const TempDir folder;
    const std::string data = (folder / "none").string();
    std::vector<std::string_view> words = row.words;
    words.insert(words.end(), {"--data", data});
    std::istringstream in;
    std::ofstream full("/dev/full");
    std::ostringstream err;
    CPPUNIT_ASSERT_EQUAL(int(Exit::io), int(run(words, {in, full, err})));
    CPPUNIT_ASSERT(err.str().find("standard output") != std::string::npos);
}

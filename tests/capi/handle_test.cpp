#include <unistd.h>

#include "shared/poco/http_server.h"
#include "tests/capi/served_folder.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

zige_open_options options_for(const std::string& path) {
    zige_open_options options;
    ZIGE_INIT(options);
    options.data_dir = path.c_str();
    return options;
}

}  // namespace

TEST(CapiHandle, one_folder_has_one_owner) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    const std::string path = folder.path().string();
    const zige_open_options options = options_for(path);
    Handle second;
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_AGENT_BUSY}, zige_agent_open(second.out(), &options, &error));
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_BUSY}, error.kind);
    CPPUNIT_ASSERT(*second.out() == nullptr);
    zige_agent_close(served.agent.out());
    CPPUNIT_ASSERT(*served.agent.out() == nullptr);
    fine(zige_agent_open(second.out(), &options, &error), error);
}

TEST(CapiHandle, a_closed_handle_is_named) {
    EnrolledFolder folder;
    ServedFolder served(folder);
    zige_agent_close(served.agent.out());
    zige_agent_close(served.agent.out());
    Asked asked(folder);
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_MISSING_FIELD},
                         zige_check(&asked.answer, served.agent, &asked.claim, &error));
    CPPUNIT_ASSERT_EQUAL(std::string("agent"), std::string(error.field));
}

TEST(CapiHandle, a_folder_that_was_not_enrolled_is_left_as_it_is) {
    const TempDir folder;
    const std::string path = (folder / "none").string();
    const zige_open_options options = options_for(path);
    Handle agent;
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_AGENT_NOT_ENROLLED}, zige_agent_open(agent.out(), &options, &error));
    CPPUNIT_ASSERT(!std::filesystem::exists(path));
}

TEST(CapiHandle, an_agent_that_is_away_is_told_of_each_call_until_it_is_back) {
    EnrolledFolder folder;
    const std::string path = folder.path().string();
    zige_connect_options options;
    ZIGE_INIT(options);
    options.data_dir = path.c_str();
    Handle agent;
    zige_error error;
    fine(zige_agent_connect(agent.out(), &options, &error), error);
    Asked asked(folder);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_LOCAL_AGENT_AWAY}, zige_check(&asked.answer, agent, &asked.claim, &error));
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_UNAVAILABLE}, error.kind);
    zige_agent_info info;
    ZIGE_INIT(info);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_LOCAL_AGENT_AWAY}, zige_agent_status(&info, agent, &error));
    const ServedFolder served(folder, Way::socket);
    fine(zige_agent_status(&info, agent, &error), error);
    CPPUNIT_ASSERT_EQUAL(4U, info.people);
}

namespace {

/// As who may not look into a folder. Tests may run as root, who may look everywhere.
class Outsider {
public:
    explicit Outsider(const std::filesystem::path& folder) : folder_(folder) {
        std::filesystem::permissions(folder_, std::filesystem::perms::none);
        if (root_) CPPUNIT_ASSERT_EQUAL(0, seteuid(65534));
    }
    ~Outsider() {
        if (root_) static_cast<void>(seteuid(0) == 0);
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    }
    Outsider(const Outsider&) = delete;
    Outsider& operator=(const Outsider&) = delete;

private:
    const std::filesystem::path folder_;
    const bool root_ = geteuid() == 0;
};

}  // namespace

TEST(CapiHandle, a_folder_of_another_user_is_a_fault_and_not_an_agent_that_is_away) {
    EnrolledFolder folder;
    const ServedFolder served(folder, Way::socket);
    const std::string path = folder.path().string();
    zige_connect_options options;
    ZIGE_INIT(options);
    options.data_dir = path.c_str();
    Handle agent;
    zige_error error;
    fine(zige_agent_connect(agent.out(), &options, &error), error);
    Asked asked(folder);
    const Outsider outside(folder.path());
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_FILE_PERMISSION}, zige_check(&asked.answer, agent, &asked.claim, &error));
    CPPUNIT_ASSERT_EQUAL(std::string("options.data_dir"), std::string(error.field));
    CPPUNIT_ASSERT(std::string(error.next).find("地址和密钥") != std::string::npos);
}

TEST(CapiHandle, the_page_of_another_program_is_no_answer_and_no_fault_of_the_bill) {
    HttpServerOptions other;
    other.address = "127.0.0.1:0";
    const auto page = [](const HttpRequest&) { return HttpReply{200, "text/html", to_bytes("<html></html>"), {}}; };
    const auto server = make_http_server(other, page).value();
    const std::string address = "127.0.0.1:" + std::to_string(server->port());
    zige_connect_options options;
    ZIGE_INIT(options);
    options.address = address.c_str();
    options.key = "zk-his-0000000000000000";
    Handle agent;
    zige_error error;
    fine(zige_agent_connect(agent.out(), &options, &error), error);
    const EnrolledFolder folder;
    Asked asked(folder);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_NET_BAD_ANSWER}, zige_check(&asked.answer, agent, &asked.claim, &error));
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_KIND_UNAVAILABLE}, error.kind);
}

TEST(CapiHandle, a_key_that_nobody_gave_opens_nothing) {
    EnrolledFolder folder;
    const ServedFolder served(folder, Way::socket);
    const std::string address = "127.0.0.1:" + std::to_string(served.daemon->port());
    zige_connect_options options;
    ZIGE_INIT(options);
    options.address = address.c_str();
    options.key = "zk-his-none";
    options.timeout_ms = 20'000;
    Handle agent;
    zige_error error;
    fine(zige_agent_connect(agent.out(), &options, &error), error);
    Asked asked(folder);
    CPPUNIT_ASSERT_EQUAL(std::int32_t{ZIGE_E_API_UNAUTHORIZED}, zige_check(&asked.answer, agent, &asked.claim, &error));
}

namespace {

struct BadOptions {
    const char* name;
    std::function<void(zige_connect_options&)> change;
    std::int32_t code;
    const char* field;
};
const BadOptions kBadOptions[] = {
    {"unknown_flags", [](zige_connect_options& o) { o.flags = 0x80; }, ZIGE_E_API_BAD_FIELD, "options.flags"},
    {"no_size", [](zige_connect_options& o) { o.size = 3; }, ZIGE_E_API_BAD_FIELD, "options.size"},
    {"folder_and_address", [](zige_connect_options& o) { o.data_dir = "x"; }, ZIGE_E_API_BAD_FIELD, "options.address"},
    {"an_address_of_another_machine", [](zige_connect_options& o) { o.address = "10.0.0.7:80"; }, ZIGE_E_API_BAD_FIELD,
     "options.address"},
    {"no_key", [](zige_connect_options& o) { o.key = nullptr; }, ZIGE_E_API_MISSING_FIELD, "options.key"},
    {"a_key_that_would_be_two_headers", [](zige_connect_options& o) { o.key = "a\r\nX: b"; }, ZIGE_E_API_BAD_FIELD,
     "options.key"},
    {"a_negative_time", [](zige_connect_options& o) { o.timeout_ms = -1; }, ZIGE_E_API_BAD_FIELD, "options.timeout_ms"},
};

}  // namespace

TEST_EACH(CapiHandle, refuses_options_with, kBadOptions) {
    zige_connect_options options;
    ZIGE_INIT(options);
    options.address = "127.0.0.1:8620";
    options.key = "zk-his-x";
    row.change(options);
    Handle agent;
    zige_error error;
    CPPUNIT_ASSERT_EQUAL(row.code, zige_agent_connect(agent.out(), &options, &error));
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), std::string(error.field));
    CPPUNIT_ASSERT(*agent.out() == nullptr);
}

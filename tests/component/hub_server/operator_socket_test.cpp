#include <filesystem>

#include "shared/poco/transport.h"
#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using zige::Exit;
using zige::testing::HubFixture;
using zige::testing::Ran;
using zige::testing::RunningHub;

TEST(HubOperatorSocket, commands_go_through_the_service_that_owns_the_folder) {
    const HubFixture fixture;
    RunningHub hub(fixture);
    fixture.ask({"department", "add", HubFixture::kHospital, "--department", "03", "--name", "内科", "--json"});
    const Json shown = fixture.ask({"institution", "show", HubFixture::kHospital, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("内科"), *shown.find("departments")->items()->at(0).find("name")->text());
    hub.stop();
    CPPUNIT_ASSERT(hub.log().find("name=/v1/operations/department.add outcome=ok") != std::string::npos);
    CPPUNIT_ASSERT(hub.log().find("内科") == std::string::npos);
}

TEST(HubOperatorSocket, an_error_of_the_service_is_the_error_of_the_command) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const Ran ran = fixture.run({"institution", "show", "H41150399999", "--json"});
    CPPUNIT_ASSERT_EQUAL(int(Exit::not_found), int(ran.exit));
    CPPUNIT_ASSERT_EQUAL(std::string("institution_not_found"), *ran.json().find("error")->find("code")->text());
}

TEST(HubOperatorSocket, is_for_its_owner_only) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const auto permissions = std::filesystem::status(fixture.path("data/hub.sock")).permissions();
    CPPUNIT_ASSERT(permissions == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST(HubOperatorSocket, a_second_service_is_refused) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const Ran ran = fixture.run({"serve", "--listen", "127.0.0.1:0"});
    CPPUNIT_ASSERT_EQUAL(int(Exit::busy), int(ran.exit));
    CPPUNIT_ASSERT(ran.err.find("hub_busy") != std::string::npos);
}

TEST(HubOperatorSocket, slips_name_the_address_that_is_listened_on) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const Json slip = fixture.ask({"token", "new", HubFixture::kHospital, "--json"});
    CPPUNIT_ASSERT_EQUAL("127.0.0.1:" + std::to_string(hub.port()), *slip.find("hub")->text());
}

TEST(HubOperatorSocket, takes_no_agents_path_and_no_unknown_operation) {
    const HubFixture fixture;
    const RunningHub hub(fixture);
    const auto socket = make_unix_http_client(fixture.path("data/hub.sock"));
    CPPUNIT_ASSERT_EQUAL(404, socket->get("/v1/head", 4096)->status);
    CPPUNIT_ASSERT_EQUAL(404, socket->post("/v1/operations/everything.delete", as_bytes("{}\n"), 4096)->status);
    CPPUNIT_ASSERT_EQUAL(405, socket->get("/v1/operations/status", 4096)->status);
    CPPUNIT_ASSERT_EQUAL(400, socket->post("/v1/operations/status", as_bytes("{"), 4096)->status);
}

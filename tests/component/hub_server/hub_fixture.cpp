#include "tests/component/hub_server/hub_fixture.h"

#include <fstream>

#include "tests/support/testing.h"

namespace zige::testing {

Json Ran::json() const {
    auto parsed = parse_json(out, 64U << 20);
    CPPUNIT_ASSERT_MESSAGE(out + err, parsed.ok());
    return std::move(*parsed);
}

HubFixture::HubFixture() {
    const std::string packaging = ZIGE_PACKAGING;
    ask({"init", "--id", "test-411500", "--keys", path("keys"), "--root", path("safe/root.key"), "--witness",
         path("witness/file"), "--profile", packaging + "/profiles/henan-xinyang.json", "--calendar",
         packaging + "/calendars/2026.json", "--json"});
    ask({"institution", "add", kHospital, "--name", "平桥区人民医院", "--kind", "hospital", "--division", "411503",
         "--json"});
}

Ran HubFixture::run(const std::vector<std::string>& words, const std::string& in) const {
    std::ostringstream out;
    Ran ran = run_into(out, words, in);
    ran.out = out.str();
    return ran;
}

Ran HubFixture::run_into(std::ostream& out, const std::vector<std::string>& words, const std::string& in) const {
    const std::string data = path("data");
    std::vector<std::string_view> all(words.begin(), words.end());
    all.insert(all.end(), {"--data", data, "--operator", "王经办"});
    std::istringstream input(in);
    std::ostringstream err;
    const Exit exit = hub::run(all, {input, out, err});
    return {exit, {}, err.str()};
}

Json HubFixture::ask(const std::vector<std::string>& words, const std::string& in) const {
    const Ran ran = run(words, in);
    CPPUNIT_ASSERT_MESSAGE(ran.out + ran.err, ran.exit == Exit::ok);
    return ran.json();
}

void HubFixture::write(const std::string& name, std::string_view content) const {
    std::ofstream out(path(name), std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    CPPUNIT_ASSERT(!out.fail());
}

RunningHub::RunningHub(const HubFixture& hub, hub::RateLimit::Limits rate)
    : clock_(make_system_clock()), log_(log_text_, *clock_) {
    const auto paths = hub::read_hub_paths(hub.path("data"));
    CPPUNIT_ASSERT(paths.ok());
    auto owned = hub::OwnedHub::open(*paths);
    CPPUNIT_ASSERT_MESSAGE(owned.ok() ? "" : owned.error().describe(), owned.ok());
    owned_ = std::move(*owned);
    hub::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.socket = paths->socket().string();
    options.rate = rate;
    auto server = hub::Server::start(*owned_, log_, options);
    CPPUNIT_ASSERT_MESSAGE(server.ok() ? "" : server.error().describe(), server.ok());
    server_ = std::move(*server);
}

}  // namespace zige::testing

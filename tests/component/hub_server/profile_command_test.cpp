#include <fstream>

#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::testing;

namespace {

const std::string kPackaging = ZIGE_PACKAGING;

std::string shipped(const std::string& id) { return kPackaging + "/profiles/" + id + ".json"; }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A command line without a hub.
Ran run_alone(const std::vector<std::string>& words) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const std::vector<std::string_view> views(words.begin(), words.end());
    const Exit exit = hub::run(views, {in, out, err, false, false});
    return {exit, out.str(), err.str()};
}

/// Puts a changed copy of Xinyang's profile at p.json.
void write_changed(const HubFixture& hub, const std::string& from, const std::string& to) {
    std::ifstream in(shipped("henan-xinyang"), std::ios::binary);
    std::ostringstream whole;
    whole << in.rdbuf();
    std::string text = whole.str();
    const std::size_t at = text.find(from);
    CPPUNIT_ASSERT(at != std::string::npos);
    hub.write("p.json", text.replace(at, from.size(), to));
}

const std::vector<std::string> kCalendar = {"--calendar", kPackaging + "/calendars/2026.json"};

std::vector<std::string> adopt(const std::string& path) {
    return {"profile", "adopt", "--profile", path, kCalendar[0], kCalendar[1], "--json"};
}

/// Confirms every value of the profile in use, or of another that is kept.
void confirm_all(const HubFixture& hub, const std::vector<std::string>& of, const std::vector<std::string>& option) {
    std::vector<std::string> words = {"profile", "undecided"};
    words.insert(words.end(), of.begin(), of.end());
    words.emplace_back("--json");
    const Json answer = hub.ask(words);
    for (const Json& value : *answer.find("undecided")->items()) {
        std::vector<std::string> confirm = {"profile", "confirm", *value.find("name")->text(), "--json"};
        confirm.insert(confirm.end(), option.begin(), option.end());
        hub.ask(confirm);
    }
}

}  // namespace

TEST(ProfileCommand, checks_files_without_a_hub) {
    const Ran ran = run_alone({"profile", "check", shipped("national"), shipped("henan-xinyang"),
                               shipped("neimenggu-wuhai"), shipped("guangdong"), shipped("jining")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.err, int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT(has(ran.out, "henan-xinyang.json：没有错误"));
    CPPUNIT_ASSERT(has(ran.out, "5 档，情形 20，措施 11，修复途径 2，时限 12"));
    CPPUNIT_ASSERT(has(ran.out, "2024-03-29 – 2027-01-01"));
}

TEST(ProfileCommand, checks_and_names_file_field_and_line) {
    const HubFixture hub;
    write_changed(hub, "\"points\": [4, 6]", "\"points\": [3, 6]");
    const Ran ran = run_alone({"profile", "check", shipped("national"), hub.path("p.json")});
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.err, has(ran.err, "rules_overlap"));
    CPPUNIT_ASSERT_MESSAGE(ran.err, has(ran.err, "rules.measures[1].points"));
    CPPUNIT_ASSERT_MESSAGE(ran.err, has(ran.err, "p.json 第 2"));
}

TEST(ProfileCommand, needs_a_file_to_check) {
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(run_alone({"profile", "check"}).exit));
}

TEST(ProfileCommand, compares_two_files_value_by_value) {
    const HubFixture hub;
    write_changed(hub, "\"value\": \"latest_end\"", "\"value\": \"newest\"");
    const Ran ran = run_alone({"profile", "diff", shipped("henan-xinyang"), hub.path("p.json")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.err, int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT(has(ran.out, "1 项不同"));
    CPPUNIT_ASSERT(has(ran.out, "期限重叠的处理（值不同）\n  - \"latest_end\"  本软件代拟 "));
    const Json json = run_alone({"profile", "diff", shipped("henan-xinyang"), shipped("jining"), "--json"}).json();
    CPPUNIT_ASSERT(json.find("differences")->items()->size() > 50);
}

TEST(ProfileCommand, compares_with_the_profile_that_the_hub_keeps) {
    const HubFixture hub;
    const Json same = hub.ask({"profile", "diff", "henan-xinyang@1", shipped("henan-xinyang"), "--json"});
    CPPUNIT_ASSERT(same.find("differences")->items()->empty());
    CPPUNIT_ASSERT(hub.run({"profile", "diff", "henan-xinyang@7", shipped("jining")}).exit != Exit::ok);
}

TEST(ProfileCommand, shows_the_rules_with_their_sources) {
    const HubFixture hub;
    const Ran ran = hub.run({"profile", "show"});
    CPPUNIT_ASSERT(has(ran.out, "处理措施 cumulative 9-9："));
    CPPUNIT_ASSERT(has(ran.out, "条文规定 信医保〔2025〕1号 第四十条第（四）项：累计9分暂停1个月"));
    const Json values = *hub.ask({"profile", "show", "--json"}).find("values");
    CPPUNIT_ASSERT(values.items()->size() > 100);
    CPPUNIT_ASSERT(hub.ask({"profile", "show", "henan-xinyang@1", "--json"}).find("summary") != nullptr);
}

TEST(ProfileCommand, lists_what_is_undecided_of_a_file) {
    const Ran ran = run_alone({"profile", "undecided", shipped("guangdong")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.err, int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT(has(ran.out, "rules.effective_from"));
    CPPUNIT_ASSERT(has(ran.out, "以细则为准"));
    const HubFixture hub;
    CPPUNIT_ASSERT(has(hub.run({"profile", "undecided"}).out, "rules.overlap"));
}

TEST(ProfileCommand, keeps_confirms_and_then_adopts_where_fees_are_refused_already) {
    const HubFixture hub;
    const std::string code = HubFixture::kHospital;
    confirm_all(hub, {}, {});
    hub.ask({"institution", "set", code, "--mode", "enforce", "--json"});
    std::vector<std::string> words = adopt(shipped("neimenggu-wuhai"));
    CPPUNIT_ASSERT(has(hub.run(words).out, "rules_other_region"));  // the hospital is in 411503
    words.insert(words.end(), {"--other-region", "试点借用"});
    CPPUNIT_ASSERT(has(hub.run(words).out, "institution_value_undecided"));
    hub.ask({"profile", "keep", "--profile", shipped("neimenggu-wuhai"), "--json"});
    const std::string kept = "neimenggu-wuhai@1";
    confirm_all(hub, {kept}, {"--of", kept});
    CPPUNIT_ASSERT(has(hub.run({"log", "show"}).out, "政策参数收存"));
    hub.ask(words);
    const std::string list = hub.run({"profile", "list"}).out;
    CPPUNIT_ASSERT_MESSAGE(list, has(list, "neimenggu-wuhai@1  现行"));
    CPPUNIT_ASSERT_MESSAGE(list, has(list, "henan-xinyang@1    曾用"));
}

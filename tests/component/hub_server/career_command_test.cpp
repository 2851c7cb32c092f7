#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"
#include "tests/tools/roster_maker.h"

using namespace zige;
using zige::testing::HubFixture;
using zige::testing::Ran;

namespace {

/// A hub with the first hospital of the generator on its roster.
struct Desk {
    Desk() {
        const auto made = zige::testing::make_rosters(11);
        const auto& file = made[0].files[0];
        hub.write(file.name, as_text(file.content));
        hub.ask({"roster", "import", hub.path(file.name), "--institution", HubFixture::kHospital, "--json"});
        who = file.people[0].code;
        other = file.people[1].code;
    }

    std::vector<std::string> decide(const std::string& document, const std::string& day, const std::string& level,
                                    const std::string& degree) const {
        return {"points",
                "decide",
                who,
                "--institution",
                HubFixture::kHospital,
                "--document",
                document,
                "--decided",
                day,
                "--level",
                level,
                "--degree",
                degree,
                "--served",
                day,
                "--json"};
    }

    HubFixture hub;
    std::string who;
    std::string other;
};

std::string text(const Json& json, std::string_view key) { return *json.find(key)->text(); }
const Json& first(const Json& json, std::string_view key) { return json.find(key)->items()->front(); }

}  // namespace

TEST(CareerCommand, a_decision_is_previewed_recorded_shown_and_restored) {
    const Desk desk;
    std::vector<std::string> words = desk.decide("信医保处〔2026〕12号", "2026-03-02", "7-9", "main");
    words.push_back("--preview");
    const Json said = desk.hub.ask(words);
    CPPUNIT_ASSERT(said.find("recorded")->boolean() == false);
    words.pop_back();
    const Json done = desk.hub.ask(words);
    const Json& person = first(done, "people");
    CPPUNIT_ASSERT_EQUAL(std::string("suspended"), text(*person.find("interval"), "status"));
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-02"), text(*person.find("interval"), "printed_end"));
    desk.hub.ask({"points", "restore", desk.who, "--document", "信医保处〔2026〕12号", "--applied", "2026-04-10",
                  "--evaluated", "2026-05-20", "--json"});
    const Json career = desk.hub.ask({"ledger", "show", desk.who, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("2026-05-03"), text(first(career, "timeline"), "end"));
    CPPUNIT_ASSERT(text(first(career, "timeline"), "article").find("第四十条第（四）项") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, career.find("events")->items()->size());
    const Ran printed = desk.hub.run({"ledger", "show", desk.who});
    CPPUNIT_ASSERT_MESSAGE(printed.out, printed.out.find("暂停 2 个月") != std::string::npos);
    const Ran english = desk.hub.run({"ledger", "show", desk.who, "--lang", "en"});
    CPPUNIT_ASSERT_MESSAGE(english.out, english.out.find("suspended 2 months") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                         desk.hub.ask({"ledger", "rebuild", "--json"}).find("differences")->integer().value());
    CPPUNIT_ASSERT(desk.hub.run({"ledger", "verify"}).exit == Exit::ok);
}

struct RefusedRow {
    const char* name;
    std::vector<std::string> more;
    Exit exit;
    const char* error;
};
const RefusedRow kRefused[] = {
    {"thirteen_points", {"--points", "13"}, Exit::usage, "points_out_of_range"},
    {"a_level_that_is_none", {"--level", "13-15"}, Exit::usage, "points_out_of_range"},
    {"a_day_to_come", {"--decided", "2199-01-01"}, Exit::usage, "points_decided_ahead"},
    {"a_weight_that_is_none", {"--weight", "gently"}, Exit::usage, "api_bad_field"},
    {"a_fact_that_is_none", {"--fact", "mood=3"}, Exit::usage, "api_bad_field"},
    {"a_degree_that_is_none", {"--degree", "huge"}, Exit::usage, "api_bad_field"},
};
TEST_EACH(CareerCommand, refuses, kRefused) {
    const Desk desk;
    std::vector<std::string> words = {"points",     "decide", desk.who, "--institution", HubFixture::kHospital,
                                      "--document", "A",      "--json"};
    const std::vector<std::pair<std::string, std::string>> usual = {
        {"--decided", "2026-03-02"}, {"--level", "7-9"}, {"--degree", "main"}};
    for (const auto& [name, value] : usual)
        if (row.more.front() != name) words.insert(words.end(), {name, value});
    words.insert(words.end(), row.more.begin(), row.more.end());
    const Ran ran = desk.hub.run(words);
    CPPUNIT_ASSERT(ran.exit == row.exit);
    CPPUNIT_ASSERT_MESSAGE(ran.out + ran.err, (ran.out + ran.err).find(row.error) != std::string::npos);
    CPPUNIT_ASSERT(desk.hub.ask({"ledger", "show", desk.who, "--json"}).find("events")->items()->empty());
}

TAGS(CareerCommand, decides_about_several_people_of_one_matter_all_or_none, "XY-22");
TEST(CareerCommand, decides_about_several_people_of_one_matter_all_or_none) {
    const Desk desk;
    std::vector<std::string> words = desk.decide("A", "2026-03-02", "4-6", "main");
    words.insert(words.end(), {"--person", desk.other + ":huge"});
    CPPUNIT_ASSERT(desk.hub.run(words).exit == Exit::usage);
    CPPUNIT_ASSERT(desk.hub.ask({"ledger", "show", desk.who, "--json"}).find("events")->items()->empty());
    words.back() = desk.other + ":general:B";
    const Json done = desk.hub.ask(words);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, done.find("people")->items()->size());
    const Json other = desk.hub.ask({"ledger", "show", desk.other, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, first(other, "decisions").find("points")->integer().value());
    CPPUNIT_ASSERT_EQUAL(std::string("B"), text(first(other, "decisions"), "document"));
}

TEST(CareerCommand, corrects_repairs_and_withdraws) {
    const Desk desk;
    desk.hub.ask(desk.decide("A", "2026-03-02", "10-12", "general"));
    desk.hub.ask({"points", "correct", desk.who, "--document", "A", "--level", "7-9", "--degree", "main", "--reason",
                  "申诉部分成立", "--json"});
    const Json repaired =
        desk.hub.ask({"points", "repair", desk.who, "--way", "activity", "--on", "2026-03-10", "--json"});
    CPPUNIT_ASSERT_EQUAL(std::int64_t{8}, repaired.find("points_of_year")->integer().value());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-04-02"), text(first(repaired, "shorter"), "printed_end"));
    desk.hub.ask({"points", "withdraw", desk.who, "--document", "A", "--reason", "复议撤销", "--json"});
    const Json career = desk.hub.ask({"ledger", "show", desk.who, "--json"});
    CPPUNIT_ASSERT(career.find("timeline")->items()->empty());
    CPPUNIT_ASSERT(first(career, "decisions").find("withdrawn")->boolean() == true);
}

TEST(CareerCommand, compares_one_career_under_five_profiles) {
    const Desk desk;
    desk.hub.write("career.json", R"({"decisions": [{"decided_on": "2026-03-01", "points": 10}]})");
    const std::string folder = std::string(ZIGE_PACKAGING) + "/profiles/";
    std::vector<std::string> words = {"ledger", "compare", "--career", desk.hub.path("career.json")};
    for (const char* id : {"national", "henan-xinyang", "neimenggu-wuhai", "guangdong", "jining"})
        words.insert(words.end(), {"--profile", folder + id + ".json"});
    const Ran ran = desk.hub.run(words);
    for (const char* part : {"暂停 1-6 个月", "暂停 4 个月", "暂停 6 个月", "henan-xinyang", "jining"})
        CPPUNIT_ASSERT_MESSAGE(ran.out + ran.err, ran.out.find(part) != std::string::npos);
}

TEST(CareerCommand, suspends_the_responsible_of_a_stopped_agreement) {
    const Desk desk;
    desk.hub.ask({"stop", HubFixture::kHospital, "--document", "信医保协〔2026〕3号", "--from", "2026-03-10", "--kind",
                  "agreement_suspended", "--json"});
    desk.hub.ask({"cause", "start", desk.who, "--cause", "agreement", "--institution", HubFixture::kHospital,
                  "--document", "信医保协〔2026〕3号", "--json"});
    const Json career = desk.hub.ask({"ledger", "show", desk.who, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("agreement"), text(first(career, "timeline"), "cause"));
    CPPUNIT_ASSERT(desk.hub.ask({"ledger", "show", desk.other, "--json"}).find("timeline")->items()->empty());
    desk.hub.ask({"cause", "end", desk.who, "--document", "信医保协〔2026〕3号", "--on", "2026-04-10", "--reason",
                  "协议恢复", "--json"});
    CPPUNIT_ASSERT(desk.hub.run({"ledger", "ratio"}).exit == Exit::ok);
}

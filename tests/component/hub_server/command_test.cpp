#include <filesystem>
#include <fstream>

#include "tests/component/hub_server/hub_fixture.h"
#include "tests/support/testing.h"

using namespace zige;
using zige::Exit;
using zige::testing::HubFixture;
using zige::testing::Ran;

namespace {

struct RefusedRow {
    const char* name;
    std::vector<std::string> words;
    Exit exit;
    const char* error;
};
const std::string kCode = HubFixture::kHospital;
const RefusedRow kRefused[] = {
    {"institution_twice",
     {"institution", "add", kCode, "--name", "n", "--kind", "hospital", "--division", "411503"},
     Exit::refused,
     "institution_exists"},
    {"unknown_kind",
     {"institution", "add", "H2", "--name", "n", "--kind", "castle", "--division", "411503"},
     Exit::usage,
     "api_bad_field"},
    {"leaving_observe_with_undecided_values",
     {"institution", "set", kCode, "--mode", "enforce"},
     Exit::refused,
     "institution_value_undecided"},
    {"until_without_a_mode", {"institution", "set", kCode, "--until", "2027-01-01"}, Exit::usage, "api_missing_field"},
    {"impossible_day", {"stop", kCode, "--document", "d", "--from", "2026-02-29"}, Exit::usage, "time_bad_day"},
    {"document_of_a_gbk_terminal",
     {"stop", kCode, "--document", "\xD0\xC5\xD2\xBD", "--from", "2026-12-01"},
     Exit::usage,
     "usage_bad_argument"},
    {"document_of_two_lines",
     {"stop", kCode, "--document", "d\n2", "--from", "2026-12-01"},
     Exit::usage,
     "api_bad_field"},
    {"limits_that_descend", {"institution", "set", kCode, "--limits", "72,24,100"}, Exit::usage, "api_bad_field"},
    {"limits_with_a_fourth", {"institution", "set", kCode, "--limits", "1,2,3,4"}, Exit::usage, "api_bad_field"},
    {"nobody_named", {"sanction", "set", "--suspend", "--document", "d"}, Exit::usage, "api_missing_field"},
    {"neither_suspended_nor_terminated",
     {"sanction", "set", "D1", "--document", "d"},
     Exit::usage,
     "api_missing_field"},
    {"unknown_person", {"sanction", "set", "D1", "--suspend", "--document", "d"}, Exit::not_found, "person_not_found"},
    {"unknown_article",
     {"stop", kCode, "--document", "d", "--from", "2026-12-01", "--article", "99"},
     Exit::usage,
     "api_bad_field"},
    {"department_terminated",
     {"stop", kCode, "--department", "03", "--kind", "agreement_terminated", "--document", "d", "--from", "2026-12-01"},
     Exit::usage,
     "api_bad_field"},
    {"resume_what_was_not_stopped",
     {"resume", kCode, "--document", "d", "--on", "2026-12-01"},
     Exit::not_found,
     "sanction_not_found"},
    {"slip_with_an_address_without_a_port",
     {"token", "new", kCode, "--address", "10.1.2.3"},
     Exit::usage,
     "usage_bad_argument"},
    {"slip_with_port_0", {"token", "new", kCode, "--address", "10.1.2.3:0"}, Exit::usage, "usage_bad_argument"},
    {"slip_with_bare_ipv6", {"token", "new", kCode, "--address", "fd00::1:7443"}, Exit::usage, "usage_bad_argument"},
    {"unknown_slip", {"token", "withdraw", "0123456789abcdef"}, Exit::usage, "enrol_bad_token"},
    {"unknown_department",
     {"stop", kCode, "--department", "99", "--document", "d", "--from", "2026-12-01"},
     Exit::usage,
     "institution_bad_value"},
    {"strict_maybe", {"institution", "strict", kCode, "maybe", "--reason", "r"}, Exit::usage, "api_bad_field"},
    {"identity_number_as_who",
     {"sanction", "set", "11010519491231002X", "--suspend", "--document", "d"},
     Exit::usage,
     "usage_bad_argument"},
    {"slip_without_an_address", {"token", "new", kCode}, Exit::usage, "api_missing_field"},
    {"confirm_an_unknown_value", {"profile", "confirm", "weather"}, Exit::usage, "profile_unknown_field"},
    {"report_that_ends_before_it_begins",
     {"report", "--from", "2026-02-01", "--to", "2026-01-31"},
     Exit::usage,
     "api_bad_field"},
    {"report_of_an_unknown_kind", {"report", "--kind", "strange"}, Exit::usage, "api_bad_field"},
    {"report_of_an_unknown_institution", {"report", "--institution", "H9"}, Exit::not_found, "institution_not_found"},
};

/// The hub is not changed by what it refuses.
std::int64_t events_of(const HubFixture& hub) {
    return hub.ask({"log", "verify", "--json"}).find("events")->integer().value();
}

}  // namespace

TEST_EACH(HubCommand, is_refused_by_name_and_changes_nothing, kRefused) {
    const HubFixture hub;
    const std::int64_t before = events_of(hub);
    const Ran ran = hub.run(row.words);
    CPPUNIT_ASSERT(ran.err.find(std::string("(") + row.error + ")") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(int(row.exit), int(ran.exit));
    CPPUNIT_ASSERT_EQUAL(before, events_of(hub));
}

TEST(HubCommand, a_folder_without_a_hub_says_so) {
    const HubFixture hub;
    std::filesystem::remove(hub.path("data/hub.json"));
    CPPUNIT_ASSERT_EQUAL(int(Exit::not_set_up), int(hub.run({"status"}).exit));
}

TEST(HubCommand, a_hub_is_not_initialised_twice) {
    const HubFixture hub;
    const std::string packaging = ZIGE_PACKAGING;
    const Ran ran =
        hub.run({"init", "--id", "x", "--keys", hub.path("keys"), "--root", hub.path("safe/root.key"), "--witness",
                 hub.path("witness/file"), "--profile", packaging + "/profiles/henan-xinyang.json", "--calendar",
                 packaging + "/calendars/2026.json"});
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(ran.exit));
    CPPUNIT_ASSERT(ran.err.find("hub_already_initialised") != std::string::npos);
}

TEST(HubCommand, a_mistake_in_the_profile_names_file_field_and_line) {
    const HubFixture hub;
    hub.write("p.json", "{\n\"id\": \"x\",\n\"version\": 0\n}");
    const Ran ran = hub.run({"profile", "adopt", "--profile", hub.path("p.json"), "--calendar", hub.path("p.json")});
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find("version（第 3 行") != std::string::npos);
}

TEST(HubCommand, a_profile_saved_as_gbk_is_refused_before_its_words_are_mangled) {
    const HubFixture hub;
    hub.write("p.json", "{\"id\": \"\xD0\xC5\"}");
    const Ran ran = hub.run({"profile", "adopt", "--profile", hub.path("p.json"), "--calendar", hub.path("p.json")});
    CPPUNIT_ASSERT_EQUAL(int(Exit::usage), int(ran.exit));
    CPPUNIT_ASSERT_MESSAGE(ran.err, ran.err.find("p.json（不是 UTF-8") != std::string::npos);
}

TEST(HubCommand, enforce_comes_when_every_undecided_value_is_confirmed) {
    const HubFixture hub;
    const Json shown = hub.ask({"profile", "show", "--json"});
    for (const Json& value : *shown.find("undecided")->items())
        hub.ask({"profile", "confirm", *value.find("name")->text(), "--json"});
    hub.ask({"institution", "set", kCode, "--mode", "enforce", "--until", "2027-03-31", "--json"});
    const Json institution = hub.ask({"institution", "show", kCode, "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("enforce"), *institution.find("mode")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("2027-03-31"), *institution.find("mode_until")->text());
}

TEST(HubCommand, stops_and_resumes_a_department) {
    const HubFixture hub;
    hub.ask({"department", "add", kCode, "--department", "03", "--name", "内科", "--json"});
    hub.ask(
        {"stop", kCode, "--department", "03", "--document", "信医保中〔2026〕3号", "--from", "2026-12-01", "--json"});
    hub.ask({"resume", kCode, "--document", "信医保中〔2026〕3号", "--on", "2026-12-15", "--json"});
    const Json stops = *hub.ask({"institution", "show", kCode, "--json"}).find("stops");
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stops.items()->size());
    CPPUNIT_ASSERT_EQUAL(std::string("department_suspended"), *stops.items()->at(0).find("kind")->text());
    CPPUNIT_ASSERT_EQUAL(std::string("2026-12-15"), *stops.items()->at(0).find("end")->text());
}

TEST(HubCommand, the_log_keeps_who_did_it) {
    const HubFixture hub;
    hub.ask({"institution", "set", kCode, "--name", "改名医院", "--json"});
    const Json events = *hub.ask({"log", "show", "--json"}).find("events");
    CPPUNIT_ASSERT_EQUAL(std::string("王经办"), *events.items()->back().find("operator")->text());
}

TEST(HubCommand, an_error_with_json_is_json) {
    const HubFixture hub;
    const Ran ran = hub.run({"institution", "show", "H9", "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string(), ran.err);
    CPPUNIT_ASSERT_EQUAL(std::string("institution_not_found"), *ran.json().find("error")->find("code")->text());
    CPPUNIT_ASSERT_EQUAL(std::int64_t{5017}, ran.json().find("error")->find("number")->integer().value());
}

TEST(HubCommand, a_slip_is_in_both_languages_with_the_line_of_its_code) {
    const HubFixture hub;
    const Ran ran = hub.run({"token", "new", kCode, "--address", "10.1.2.3:7443"});
    CPPUNIT_ASSERT_EQUAL(int(Exit::ok), int(ran.exit));
    CPPUNIT_ASSERT(ran.out.find("入网凭条") != std::string::npos &&
                   ran.out.find("Enrolment slip") != std::string::npos);
    CPPUNIT_ASSERT(ran.out.find("\n  zige:10.1.2.3:7443/") != std::string::npos);
}

namespace {
struct LostRow {
    const char* name;
    std::vector<std::string> words;
};
const LostRow kLost[] = {{"help", {"--help"}},
                         {"version", {"--version"}},
                         {"status", {"status"}},
                         {"status_as_json", {"status", "--json"}},
                         {"list", {"institution", "list"}},
                         {"change", {"institution", "set", kCode, "--name", "改名医院"}},
                         {"error_as_json", {"institution", "show", "H9", "--json"}}};
}  // namespace
TEST_EACH(HubCommand, says_that_its_output_was_lost, kLost) {
    const HubFixture hub;
    std::ofstream full("/dev/full");
    const Ran ran = hub.run_into(full, row.words);
    CPPUNIT_ASSERT_EQUAL(int(Exit::io), int(ran.exit));
    CPPUNIT_ASSERT(ran.err.find("standard output") != std::string::npos);
}

struct NumberRow {
    const char* name;
    std::vector<std::string> words;
};
const std::string kNumber = "11010519491231002X";
const NumberRow kNumbers[] = {{"who", {"sanction", "set", kNumber, "--suspend", "--document", "d"}},
                              {"person_of_a_list", {"sanction", "list", "--person", kNumber}},
                              {"a_word_too_many", {"sanction", "set", "--identity-file", "-", "x", kNumber}},
                              {"a_file_that_is_not_there", {"person", "show", "--identity-file", kNumber}},
                              {"with_a_wrong_check_digit", {"person", "show", "110105194912310021"}},
                              {"as_json", {"person", "show", kNumber, "--json"}}};
TEST_EACH(HubCommand, never_repeats_an_identity_number, kNumbers) {
    const HubFixture hub;
    const Ran ran = hub.run(row.words);
    CPPUNIT_ASSERT(ran.exit != Exit::ok);
    for (const std::string& word : row.words)
        if (word.size() == 18) CPPUNIT_ASSERT((ran.out + ran.err).find(word) == std::string::npos);  // P9
}

TEST(HubCommand, a_slip_can_be_withdrawn_while_nobody_used_it) {
    const HubFixture hub;
    const Json slip = hub.ask({"token", "new", kCode, "--address", "10.1.2.3:7443", "--json"});
    const auto state = [&] {
        const Json tokens = *hub.ask({"token", "list", "--json"}).find("tokens");
        return *tokens.items()->back().find("state")->text();
    };
    CPPUNIT_ASSERT_EQUAL(std::string("open"), state());
    hub.ask({"token", "withdraw", *slip.find("id")->text(), "--json"});
    CPPUNIT_ASSERT_EQUAL(std::string("void"), state());
}

TEST(HubCommand, a_slip_that_nobody_could_read_is_void) {
    const HubFixture hub;
    std::ofstream full("/dev/full");
    CPPUNIT_ASSERT_EQUAL(int(Exit::io), int(hub.run_into(full, {"token", "new", kCode, "--address", "h:7443"}).exit));
    const Json tokens = *hub.ask({"token", "list", "--json"}).find("tokens");
    CPPUNIT_ASSERT_EQUAL(std::string("void"), *tokens.items()->at(0).find("state")->text());
}

TEST(HubCommand, shows_the_values_that_it_asks_to_confirm) {
    const HubFixture hub;
    const Json shown = hub.ask({"profile", "show", "--json"});
    for (const Json& value : *shown.find("undecided")->items())
        CPPUNIT_ASSERT_MESSAGE(*value.find("name")->text(), !value.find("value")->is_null());
    const std::string text = hub.run({"profile", "show"}).out;
    CPPUNIT_ASSERT(text.find("max_people=10 fresh_hours=72 aged_hours=360 stale_hours=1080") != std::string::npos);
    const std::size_t delay = text.find("  patient_delay_hours ");
    CPPUNIT_ASSERT(delay != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string("24"), text.substr(text.find_first_not_of(' ', delay + 21), 2));
}

TEST(HubCommand, the_operator_is_who_called_sudo) {
    setenv("SUDO_USER", "wangwu", 1);
    const HubFixture hub;
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const std::string data = hub.path("data");
    const std::vector<std::string_view> words = {"institution", "set", kCode, "--name", "改名医院", "--data", data};
    CPPUNIT_ASSERT_EQUAL(int(Exit::ok), int(zige::hub::run(words, {in, out, err})));
    unsetenv("SUDO_USER");
    const Json events = *hub.ask({"log", "show", "--json"}).find("events");
    CPPUNIT_ASSERT_EQUAL(std::string("wangwu"), *events.items()->back().find("operator")->text());
}

TEST(HubCommand, a_backup_is_a_hub_and_says_that_it_is_behind) {
    const HubFixture hub;
    const std::string backup = hub.path("backup");
    hub.ask({"backup", backup, "--json"});
    CPPUNIT_ASSERT_EQUAL(int(Exit::refused), int(hub.run({"backup", backup}).exit));  // never over another one
    CPPUNIT_ASSERT(!std::filesystem::exists(backup + "/root.key"));
    hub.ask({"institution", "set", kCode, "--name", "改名医院", "--json"});
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const std::vector<std::string_view> words = {"status", "--json", "--data", backup};
    CPPUNIT_ASSERT_EQUAL_MESSAGE(err.str(), int(Exit::ok), int(zige::hub::run(words, {in, out, err})));
    CPPUNIT_ASSERT_MESSAGE(out.str(), out.str().find("hub_behind_witness") != std::string::npos);
}

TEST(HubCommand, does_not_serve_without_a_witness_that_can_be_written) {
    const HubFixture hub;
    std::filesystem::remove_all(hub.path("witness"));
    hub.write("witness", "a file where the folder was");
    const Ran ran = hub.run({"serve", "--listen", "127.0.0.1:0"});
    CPPUNIT_ASSERT(ran.exit != Exit::ok);
    CPPUNIT_ASSERT(ran.out.find("ready") == std::string::npos);
}

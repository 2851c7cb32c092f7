#include "hub/server/command_line.h"

#include <set>

#include "tests/support/testing.h"

using namespace zige;
using namespace zige::hub;

namespace {

Result<Invocation> parse(const std::vector<std::string_view>& words) { return parse_command_line(words); }

struct BadRow {
    const char* name;
    std::vector<std::string_view> words;
    ErrorId error;
    const char* field;
};
const BadRow kBad[] = {
    {"nothing", {}, ErrorId::usage_missing_argument, "COMMAND"},
    {"unknown_command", {"frobnicate"}, ErrorId::usage_unknown_command, "frobnicate"},
    {"half_a_command", {"sanction"}, ErrorId::usage_unknown_command, "sanction"},
    {"unknown_option", {"status", "--verbose"}, ErrorId::usage_unknown_option, "--verbose"},
    {"option_of_another_command", {"status", "--document", "1"}, ErrorId::usage_unknown_option, "--document"},
    {"argument_missing", {"institution", "show"}, ErrorId::usage_missing_argument, "CODE"},
    {"option_missing", {"stop", "H1", "--from", "2026-01-01"}, ErrorId::usage_missing_argument, "--document"},
    {"value_missing", {"status", "--data"}, ErrorId::usage_missing_argument, "--data"},
    {"value_for_a_flag", {"status", "--json=yes"}, ErrorId::usage_bad_argument, "--json"},
    {"word_too_many", {"status", "now"}, ErrorId::usage_bad_argument, "now"},
    {"given_twice", {"status", "--data", "a", "--data", "b"}, ErrorId::usage_bad_argument, "--data"},
    {"unknown_language", {"status", "--lang", "fr"}, ErrorId::usage_bad_argument, "--lang"},
};

}  // namespace

TEST_EACH(HubCommandLine, refuses, kBad) {
    const auto line = parse(row.words);
    CPPUNIT_ASSERT(!line.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, line.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), line.error().field);
}

TEST(HubCommandLine, reads_a_command_of_two_words_with_argument_and_options) {
    const auto line = parse(
        {"sanction", "set", "D411503000001", "--suspend", "--document=信医保处〔2026〕12号", "--lang", "en", "--json"});
    CPPUNIT_ASSERT(line.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("sanction.set"), std::string(line->command->operation));
    CPPUNIT_ASSERT_EQUAL(std::string("D411503000001"), line->arguments.at(0));
    CPPUNIT_ASSERT(line->has("suspend") && !line->has("terminate"));
    CPPUNIT_ASSERT_EQUAL(std::string("信医保处〔2026〕12号"), line->get("document"));
    CPPUNIT_ASSERT_EQUAL(Lang::en, line->lang);
    CPPUNIT_ASSERT(line->json);
}

TEST(HubCommandLine, an_argument_in_brackets_may_be_left_out) {
    const auto line = parse({"person", "show", "--identity-file", "-"});
    CPPUNIT_ASSERT(line.ok());
    CPPUNIT_ASSERT(line->arguments.empty());
}

TEST(HubCommandLine, collects_what_may_be_repeated) {
    const auto line = parse({"profile", "adopt", "--profile", "p", "--calendar", "a", "--calendar", "b"});
    CPPUNIT_ASSERT(line.ok());
    CPPUNIT_ASSERT_EQUAL((std::vector<std::string>{"a", "b"}), line->all("calendar"));
}

TEST(HubCommandLine, help_asks_for_nothing_else) {
    CPPUNIT_ASSERT(parse({"stop", "--help"})->help);
    CPPUNIT_ASSERT(parse({"--help"})->help);
    CPPUNIT_ASSERT(parse({"--version"})->has("version"));
}

TEST(HubCommandLine, help_of_a_group_lists_its_commands) {
    for (const char* const group : {"case", "points", "paper", "due"}) {
        const auto line = parse({group, "--help"});
        CPPUNIT_ASSERT_MESSAGE(group, line.ok() && line->help);
        if (line->command != nullptr) continue;  // "due" is a command itself
        const std::string help = group_help(line->group, Lang::zh);
        for (const CommandSpec& command : commands()) {
            const bool listed = help.find("  " + std::string(command.name) + " ") != std::string::npos;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(command.name), command.name.starts_with(std::string(group) + " "), listed);
        }
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_unknown_command, parse({"case"}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_unknown_command, parse({"castle", "--help"}).error().id);
}

TEST(HubCommandLine, every_command_has_help_in_both_languages_and_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (const CommandSpec& command : commands()) {
        CPPUNIT_ASSERT(names.insert(command.name).second);
        for (const Lang lang : {Lang::zh, Lang::en}) {
            const std::string help = help_text(&command, lang);
            CPPUNIT_ASSERT(help.find(std::string("zige-hub ") + std::string(command.name)) == 0);
            for (const OptionSpec& option : command.options) {
                CPPUNIT_ASSERT(!option.zh.empty() && !option.en.empty());
                CPPUNIT_ASSERT(help.find("--" + std::string(option.name)) != std::string::npos);
            }
        }
    }
}

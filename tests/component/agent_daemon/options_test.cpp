#include "agent/daemon/options.h"

#include "agent/daemon/help.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;

namespace {

using Words = std::vector<std::string_view>;

struct Wrong {
    const char* name;
    Words words;
    ErrorId error;
    const char* field;
};
const Wrong kWrong[] = {
    {"no_command", {}, ErrorId::usage_missing_argument, "COMMAND"},
    {"unknown_command", {"settle"}, ErrorId::usage_unknown_command, "settle"},
    {"half_of_a_command", {"calendar"}, ErrorId::usage_unknown_command, "calendar"},
    {"unknown_option", {"status", "--colour"}, ErrorId::usage_unknown_option, "--colour"},
    {"option_of_another_command", {"status", "--slip", "a"}, ErrorId::usage_unknown_option, "--slip"},
    {"value_missing", {"serve", "--listen"}, ErrorId::usage_missing_argument, "--listen"},
    {"value_for_a_flag", {"status", "--json=yes"}, ErrorId::usage_bad_argument, "--json"},
    {"given_twice", {"status", "--data", "a", "--data", "b"}, ErrorId::usage_bad_argument, "--data"},
    {"argument_missing", {"calendar", "due", "2026-09-18"}, ErrorId::usage_missing_argument, "N"},
    {"one_argument_too_many", {"status", "now"}, ErrorId::usage_bad_argument, "now"},
    {"language_unknown", {"status", "--lang", "fr"}, ErrorId::usage_bad_argument, "--lang"},
};

}  // namespace

TEST(Options, read_a_command_with_options_before_and_after_its_words) {
    const Words words{"--lang", "en", "calendar", "due", "2026-09-18", "--json", "10", "--data=/d"};
    const auto command = parse(words);
    CPPUNIT_ASSERT(command.ok());
    CPPUNIT_ASSERT_EQUAL(std::string_view("calendar due"), command->command->name);
    CPPUNIT_ASSERT(command->arguments == (std::vector<std::string>{"2026-09-18", "10"}));
    CPPUNIT_ASSERT(command->json);
    CPPUNIT_ASSERT(command->lang == Lang::en);
    CPPUNIT_ASSERT_EQUAL(std::string("/d"), command->get("data"));
}

TEST_EACH(Options, name_what_is_wrong, kWrong) {
    const auto command = parse(row.words);
    CPPUNIT_ASSERT(!command.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, command.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), command.error().field);
}

TEST(Options, take_no_number_outside_its_range) {
    const Words words{"serve", "--sync-every", "0"};
    const auto number = parse(words)->number("sync-every", 300, 1, 86400);
    CPPUNIT_ASSERT(!number.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("--sync-every"), number.error().field);
    CPPUNIT_ASSERT(!parse_number("12x", "n", 0, 99).ok());
    CPPUNIT_ASSERT_EQUAL(99L, *parse_number("99", "n", 0, 99));
}

TEST(Options, help_names_every_command_and_option_in_both_languages) {
    for (const Lang lang : {Lang::zh, Lang::en}) {
        const std::string all = help_text(nullptr, lang);
        for (const CommandSpec& command : commands()) {
            CPPUNIT_ASSERT(all.find(command.name) != std::string::npos);
            const std::string one = help_text(&command, lang);
            for (const OptionSpec& option : command.options)
                CPPUNIT_ASSERT(one.find("--" + std::string(option.name)) != std::string::npos);
        }
    }
}

TEST(Options, no_command_takes_a_secret_as_an_option) {
    for (const CommandSpec& command : commands())
        for (const OptionSpec& option : command.options)
            CPPUNIT_ASSERT(option.name != "token" && option.name != "fingerprint" && option.name != "password");
}

#include "agent/daemon/options.h"

#include "agent/daemon/help.h"
#include "agent/daemon/requests.h"
#include "agent/daemon/typed_words.h"
#include "shared/posix/gb18030.h"
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

struct Typed {
    const char* name;
    const char* locale;
    Words words;
    const char* last;   // the last word, read; null: refused
    const char* field;  // of the error
};
const Typed kTyped[] = {
    {"utf8", "zh_CN.UTF-8", {"depart", "--reason", "退休"}, "退休", ""},
    {"utf8_without_a_locale", "", {"depart", "--reason", "退休"}, "退休", ""},
    {"gbk", "zh_CN.GBK", {"depart", "--reason", "\xcd\xcb\xd0\xdd"}, "退休", ""},
    {"gb18030_four_bytes", "zh_CN.gb18030@pinyin", {"depart", "--clerk", "\x81\x39\xee\x39"}, "㐀", ""},
    {"gbk_in_a_utf8_locale", "zh_CN.UTF-8", {"depart", "--reason", "\xcd\xcb\xd0\xdd"}, nullptr, "--reason"},
    {"gbk_behind_an_equals_sign", "C", {"depart", "--clerk=\xcd\xf5"}, nullptr, "--clerk"},
    {"half_a_character", "zh_CN.GBK", {"depart", "--reason", "\xcd"}, nullptr, "--reason"},
};

struct Field {
    const char* name;
    Words words;
    const char* field;
    const char* shown;
};
const Field kFields[] = {
    {"who_ordered", {"clear"}, "feedetail[0].bilg_dr_codg", "--ordering"},
    {"time", {"clear"}, "feedetail[0].fee_ocur_time", "--time"},
    {"emergency", {"clear"}, "feedetail[0].emergency.declared_by", "--by"},
    {"gate", {"clear"}, "lines[0].department", "--dept"},
    {"other_roles", {"clear"}, "feedetail[0].people[0].role", "--person"},
    {"day", {"depart"}, "last_day", "--last-day"},
    {"argument", {"calendar", "due", "x", "y"}, "from", "DATE"},
    {"own_name", {"depart"}, "reason", "--reason"},
    {"unknown_stays", {"status"}, "copy", "copy"},
    {"of_a_file", {"clear", "--file", "-"}, "feedetail[0].bilg_dr_codg", "feedetail[0].bilg_dr_codg"},
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

TEST(Options, take_a_code_as_it_was_read_out) {
    for (const Words& words : {Words{"prolong", "1234", "5678", "9012", "--json"}, Words{"prolong", "1234 5678 9012"}}) {
        const auto command = parse(words);
        CPPUNIT_ASSERT_MESSAGE(command.ok() ? "" : command.error().describe(), command.ok());
        CPPUNIT_ASSERT(command->arguments == std::vector<std::string>{"1234 5678 9012"});
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_missing_argument, parse(Words{"prolong"}).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, parse(Words{"journal", "find", "7KQ2M4", "x"}).error().id);
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
            CPPUNIT_ASSERT(option.name != "token" && option.name != "password");
}

TEST_EACH(TypedWords, are_utf8_or_refused, kTyped) {
    const auto typed = typed_words(row.words, row.locale, *make_gb18030_decoder());
    CPPUNIT_ASSERT_EQUAL(row.last != nullptr, typed.ok());
    if (typed) {
        CPPUNIT_ASSERT_EQUAL(std::string(row.last), typed->back());
        return;
    }
    CPPUNIT_ASSERT_EQUAL(ErrorId::usage_bad_argument, typed.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.field), typed.error().field);
}

TEST_EACH(CommandLine, names_an_error_by_what_was_typed, kFields) {
    const auto command = parse(row.words);
    CPPUNIT_ASSERT(command.ok());
    CPPUNIT_ASSERT_EQUAL(std::string(row.shown), as_typed(*command, fail(ErrorId::api_missing_field, row.field)).field);
}

TEST(CommandLine, lists_the_subcommands_of_half_a_command) {
    const Words half{"calendar"};
    CPPUNIT_ASSERT_EQUAL(std::string("it has: calendar due, calendar show"), parse(half).error().detail);
    const Words none{"settle"};
    CPPUNIT_ASSERT_EQUAL(std::string(), parse(none).error().detail);
}

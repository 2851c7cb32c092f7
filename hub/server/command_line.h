#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/command_line.h"
#include "shared/base/result.h"

namespace zige::hub {

/// `name` is one word or two. An argument "[WHO]" may be left out, "FILE..." repeated; only the last may.
struct CommandSpec {
    std::string_view name;
    std::vector<std::string_view> arguments;
    std::vector<OptionSpec> options;
    std::string_view zh;
    std::string_view en;
    std::string_view operation;  ///< of the service; empty: the program does it by itself
};

const std::vector<CommandSpec>& commands();
std::vector<CommandSpec> filing_commands();  ///< those of them about filings
std::vector<CommandSpec> career_commands();  ///< about points and the ledger
std::vector<CommandSpec> paper_commands();   ///< about papers
std::vector<CommandSpec> case_commands();    ///< about casework
std::vector<CommandSpec> slip_commands();    ///< about slips and enrolment
std::vector<CommandSpec> profile_commands(); ///< about policy profiles
const std::vector<OptionSpec>& common_options();
/// `--csv FILE` of a list.
OptionSpec csv_option();

/// A command line that was understood.
struct Invocation {
    const CommandSpec* command = nullptr;  ///< null: only help or the version was asked
    std::string group;                     ///< "case": help of all commands that begin so; empty: of none
    std::vector<std::string> arguments;
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    Lang lang = Lang::zh;
    bool json = false;
    bool help = false;

    bool has(std::string_view option) const { return options.contains(option); }
    std::string get(std::string_view option, std::string_view otherwise = {}) const;
    std::vector<std::string> all(std::string_view option) const;
};

/// usage_unknown_command, usage_unknown_option, usage_missing_argument, usage_bad_argument: `field` names the word.
Result<Invocation> parse_command_line(std::span<const std::string_view> words);

std::string help_text(const CommandSpec* command, Lang lang);
/// Of the commands that begin with this word.
std::string group_help(std::string_view group, Lang lang);

}  // namespace zige::hub

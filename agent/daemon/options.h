#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/command_line.h"
#include "shared/base/result.h"

namespace zige::daemon {

/// One command, "calendar due" being one of two words.
struct CommandSpec {
    std::string_view name;
    std::span<const std::string_view> arguments;  ///< names of the positional arguments, all needed; "CODE...": what is
                                                  ///< typed with blanks between is one
    std::span<const OptionSpec> options;
    std::string_view zh;
    std::string_view en;
};

/// All commands, in the order of the help.
std::span<const CommandSpec> commands();
/// Options that every command takes.
std::span<const OptionSpec> common_options();

/// A command line that was understood.
struct Invocation {
    const CommandSpec* command = nullptr;  ///< null: only help or version was asked
    std::vector<std::string> arguments;    ///< as many as command->arguments
    std::map<std::string, std::string, std::less<>> values;
    Lang lang = Lang::zh;
    bool json = false;
    bool help = false;

    bool has(std::string_view name) const { return values.find(name) != values.end(); }
    std::string get(std::string_view name, std::string_view otherwise = {}) const;
    /// usage_missing_argument when the option was not given or is empty.
    Result<std::string> need(std::string_view name) const;
    /// A whole number in [low, high], `otherwise` when not given; usage_bad_argument.
    Result<long> number(std::string_view name, long otherwise, long low, long high) const;
};

/// usage_unknown_command, usage_unknown_option, usage_missing_argument, usage_bad_argument: `field` names the word.
Result<Invocation> parse(std::span<const std::string_view> words);

/// A whole decimal number in [low, high]; usage_bad_argument.
Result<long> parse_number(std::string_view text, std::string_view field, long low, long high);

}  // namespace zige::daemon

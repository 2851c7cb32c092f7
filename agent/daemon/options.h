#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/codes.h"
#include "shared/base/result.h"

namespace zige::daemon {

/// One option of a command line: `--name VALUE`, or a flag when `value` is empty.
struct OptionSpec {
    std::string_view name;   ///< without the dashes
    std::string_view value;  ///< what the value is called in the help; empty: a flag
    std::string_view zh;
    std::string_view en;
};

/// One command, "calendar due" being one of two words.
struct CommandSpec {
    std::string_view name;
    std::span<const std::string_view> arguments;  ///< names of the positional arguments, all needed
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

/// Language and --json of a command line that may not be understood: for the message about it.
Lang language_of(std::span<const std::string_view> words);
bool wants_json(std::span<const std::string_view> words);

/// A whole decimal number in [low, high]; usage_bad_argument.
Result<long> parse_number(std::string_view text, std::string_view field, long low, long high);

}  // namespace zige::daemon

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/base/codes.h"

namespace zige {

/// What both command lines have in common. One option: `--name VALUE`, or a flag when `value` is empty.
struct OptionSpec {
    std::string_view name;   ///< without the dashes
    std::string_view value;  ///< what the value is called in the help
    std::string_view zh;
    std::string_view en;
    bool required = false;
    bool repeated = false;
};
const OptionSpec* find_option(std::span<const OptionSpec> options, std::string_view name);

/// Language and --json of a command line that may not be understood: for the message about it.
Lang language_of(std::span<const std::string_view> words);
bool wants_json(std::span<const std::string_view> words);

/// The options as the help lists them.
std::string option_lines(std::span<const OptionSpec> options, Lang lang);

/// The head of a command's help: how it is called, what it does, its own options. `usage`: program, command, arguments.
std::string command_help(const std::string& usage, std::string_view what, std::span<const OptionSpec> options,
                         Lang lang);

/// Options that every command takes; the end of every help stands behind them.
std::string common_help(std::span<const OptionSpec> options, Lang lang);

}  // namespace zige

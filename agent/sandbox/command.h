#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/command_line.h"
#include "shared/base/result.h"

namespace zige::sandbox {

/// What zige-sandbox ends with; --help lists them.
enum class Exit : int { holds = 0, fails = 1, usage = 2, not_run = 3 };

struct CommandSpec {
    std::string_view name;
    std::string_view arguments;  ///< as the help has them
    std::span<const OptionSpec> options;
    std::string_view zh;
    std::string_view en;
};

struct Invocation {
    const CommandSpec* command = nullptr;  ///< null: only --help was asked
    std::multimap<std::string, std::string> values;
    std::vector<std::string> his;  ///< the words behind "--"
    Lang lang = Lang::zh;
    bool json = false;
    bool help = false;

    std::string get(const std::string& name, std::string_view otherwise = {}) const;
    std::vector<std::string> all(const std::string& name) const;
    /// usage_bad_argument: no whole number from `low` to `high`.
    Result<int> number(const std::string& name, int otherwise, int low, int high) const;
};

/// usage_unknown_command, usage_unknown_option, usage_missing_argument, usage_bad_argument.
Result<Invocation> parse(std::span<const std::string_view> words);
std::string help_text(const CommandSpec* command, Lang lang);

}  // namespace zige::sandbox

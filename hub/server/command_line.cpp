#include "hub/server/command_line.h"

#include <algorithm>

namespace zige::hub {
namespace {

bool is_optional(std::string_view argument) { return argument.starts_with('['); }

/// Of the command, else of all commands.
const OptionSpec* find_option(const CommandSpec* command, std::string_view name) {
    const OptionSpec* found = command == nullptr ? nullptr : zige::find_option(command->options, name);
    return found != nullptr ? found : zige::find_option(common_options(), name);
}

const CommandSpec* find_command(std::string_view name) {
    const auto at = std::ranges::find(commands(), name, &CommandSpec::name);
    return at == commands().end() ? nullptr : &*at;
}

/// "sanction set, sanction end, sanction list" for "sanction"; empty when there is none.
std::string commands_beginning_with(std::string_view word) {
    std::string names;
    for (const CommandSpec& command : commands())
        if (command.name.starts_with(std::string(word) + " "))
            names += (names.empty() ? "" : ", ") + std::string(command.name);
    return names;
}

/// "case --help": help of a group, which is no command itself.
bool asks_for_group(std::span<const std::string_view> words) {
    return words.size() > 1 && std::ranges::find(words, "--help") != words.end() &&
           words[1].starts_with('-') && find_command(words[0]) == nullptr && !commands_beginning_with(words[0]).empty();
}

/// Takes the one or two words that name the command.
Result<const CommandSpec*> take_command(std::span<const std::string_view>& words) {
    const std::size_t plain = static_cast<std::size_t>(
        std::ranges::find_if(words, [](std::string_view w) { return w.starts_with('-'); }) - words.begin());
    for (std::size_t count = std::min<std::size_t>(2, plain); count > 0; --count) {
        std::string name(words[0]);
        if (count == 2) name += " " + std::string(words[1]);
        if (const CommandSpec* found = find_command(name)) {
            words = words.subspan(count);
            return found;
        }
    }
    if (plain == 0) return static_cast<const CommandSpec*>(nullptr);
    return fail(ErrorId::usage_unknown_command, std::string(words[0]) + (plain > 1 ? " " + std::string(words[1]) : ""),
                commands_beginning_with(words[0]));
}

/// "FILE...": that one and more.
bool takes_more(const CommandSpec& command) {
    return !command.arguments.empty() && command.arguments.back().ends_with("...");
}

class Reader {
public:
    explicit Reader(Invocation& out) : out_(out) {}

    Result<void> read(std::span<const std::string_view> words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!words[i].starts_with("--")) {
                ZIGE_CHECK(add_argument(words[i]));
                continue;
            }
            ZIGE_CHECK(add_option(words, i));
        }
        return {};
    }

private:
    Result<void> add_argument(std::string_view word) {
        const bool full = out_.command == nullptr || (out_.arguments.size() >= out_.command->arguments.size() &&
                                                      !takes_more(*out_.command));
        if (full) return fail(ErrorId::usage_bad_argument, std::string(word), "one word too many");
        out_.arguments.emplace_back(word);
        return {};
    }

    Result<void> add_option(std::span<const std::string_view> words, std::size_t& i) {
        const std::string_view word = words[i];
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(2, equals == std::string_view::npos ? equals : equals - 2);
        const OptionSpec* option = find_option(out_.command, name);
        if (option == nullptr) return fail(ErrorId::usage_unknown_option, "--" + std::string(name));
        std::string value;
        if (equals != std::string_view::npos) value = word.substr(equals + 1);
        else if (!option->value.empty() && i + 1 < words.size()) value = words[++i];
        if (!option->value.empty() && value.empty())
            return fail(ErrorId::usage_missing_argument, "--" + std::string(name), std::string(option->value));
        if (option->value.empty() && !value.empty())
            return fail(ErrorId::usage_bad_argument, "--" + std::string(name), "takes no value");
        auto& values = out_.options[std::string(name)];
        if (!values.empty() && !option->repeated)
            return fail(ErrorId::usage_bad_argument, "--" + std::string(name), "given twice");
        values.push_back(std::move(value));
        return {};
    }

    Invocation& out_;
};

Result<void> check_complete(const Invocation& line) {
    const CommandSpec& command = *line.command;
    for (std::size_t i = line.arguments.size(); i < command.arguments.size(); ++i)
        if (!is_optional(command.arguments[i]))
            return fail(ErrorId::usage_missing_argument, std::string(command.arguments[i]));
    for (const OptionSpec& option : command.options)
        if (option.required && !line.has(option.name))
            return fail(ErrorId::usage_missing_argument, "--" + std::string(option.name));
    return {};
}

}  // namespace

std::string Invocation::get(std::string_view option, std::string_view otherwise) const {
    const auto at = options.find(option);
    return at == options.end() ? std::string(otherwise) : at->second.front();
}

std::vector<std::string> Invocation::all(std::string_view option) const {
    const auto at = options.find(option);
    return at == options.end() ? std::vector<std::string>{} : at->second;
}

Result<Invocation> parse_command_line(std::span<const std::string_view> words) {
    Invocation line;
    line.lang = language_of(words);
    line.json = wants_json(words);
    if (asks_for_group(words)) {
        line.group = words[0];
        words = words.subspan(1);
    }
    ZIGE_TRY(command, take_command(words));
    line.command = command;
    ZIGE_CHECK(Reader(line).read(words));
    line.help = line.has("help");
    if (const std::string lang = line.get("lang", "zh"); lang != "zh" && lang != "en")
        return fail(ErrorId::usage_bad_argument, "--lang", "zh or en");
    if (line.help || line.has("version")) return line;
    if (command == nullptr) return fail(ErrorId::usage_missing_argument, "COMMAND");
    ZIGE_CHECK(check_complete(line));
    return line;
}

}  // namespace zige::hub

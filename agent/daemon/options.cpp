#include "agent/daemon/options.h"

#include <algorithm>
#include <charconv>

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxWord = 4096;

/// Takes the one or two words of a command from the front of `words`.
const CommandSpec* take_command(std::vector<std::string>& words) {
    for (const CommandSpec& command : commands()) {
        const auto space = command.name.find(' ');
        const bool two = space != std::string_view::npos;
        if (words.empty() || words[0] != command.name.substr(0, space)) continue;
        if (two && (words.size() < 2 || words[1] != command.name.substr(space + 1))) continue;
        words.erase(words.begin(), words.begin() + (two ? 2 : 1));
        return &command;
    }
    return nullptr;
}

/// "it has: calendar due, calendar show" for "calendar"; empty when no command begins with this word.
std::string subcommands_of(std::string_view word) {
    std::string list;
    for (const CommandSpec& command : commands())
        if (command.name.starts_with(std::string(word) + " "))
            list += (list.empty() ? "it has: " : ", ") + std::string(command.name);
    return list;
}

struct Split {
    std::vector<std::string> plain;
    std::vector<std::pair<std::string, std::optional<std::string>>> options;  // name, value after '='
};

bool takes_value(std::string_view name) {
    const auto in = [name](std::span<const OptionSpec> specs) {
        const OptionSpec* spec = find_option(specs, name);
        return spec != nullptr && !spec->value.empty();
    };
    return in(common_options()) ||
           std::ranges::any_of(commands(), [&](const CommandSpec& command) { return in(command.options); });
}

/// Plain words and options apart. An option's value is the next word or stands behind '='.
Result<Split> split(std::span<const std::string_view> words) {
    Split result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word.size() > kMaxWord)
            return fail(ErrorId::usage_bad_argument, std::string(word.substr(0, 20)), "too long");
        if (!word.starts_with("--") || word.size() == 2) {
            result.plain.emplace_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name(word.substr(2, equals == std::string_view::npos ? equals : equals - 2));
        std::optional<std::string> value;
        if (equals != std::string_view::npos) {
            value = word.substr(equals + 1);
        } else if (takes_value(name)) {
            if (i + 1 == words.size()) return fail(ErrorId::usage_missing_argument, "--" + name, "a value must follow");
            value = words[++i];
        }
        result.options.emplace_back(name, value);
    }
    return result;
}

Result<void> place_option(Invocation& to, const std::string& name, const std::optional<std::string>& value) {
    const OptionSpec* spec = find_option(common_options(), name);
    if (spec == nullptr && to.command != nullptr) spec = find_option(to.command->options, name);
    if (spec == nullptr) return fail(ErrorId::usage_unknown_option, "--" + name);
    if (spec->value.empty() && value) return fail(ErrorId::usage_bad_argument, "--" + name, "takes no value");
    if (!to.values.emplace(name, value.value_or("")).second)
        return fail(ErrorId::usage_bad_argument, "--" + name, "given twice");
    return {};
}

Result<void> place_common(Invocation& to) {
    to.json = to.has("json");
    to.help = to.has("help");
    const std::string lang = to.get("lang", "zh");
    if (lang != "zh" && lang != "en") return fail(ErrorId::usage_bad_argument, "--lang", "zh or en");
    to.lang = lang == "en" ? Lang::en : Lang::zh;
    return {};
}

/// "1234 5678" as it was read out, not as a shell would have it.
void join_from(std::vector<std::string>& words, std::size_t at) {
    for (std::size_t i = at + 1; i < words.size(); ++i) words[at] += " " + words[i];
    words.resize(at + 1);
}

Result<void> place_arguments(Invocation& to, std::vector<std::string> words) {
    const auto& names = to.command->arguments;
    if (to.help) return {};
    if (words.size() < names.size()) return fail(ErrorId::usage_missing_argument, std::string(names[words.size()]));
    if (!names.empty() && names.back().ends_with("...")) join_from(words, names.size() - 1);
    if (words.size() > names.size()) return fail(ErrorId::usage_bad_argument, words[names.size()], "one word too many");
    to.arguments = std::move(words);
    return {};
}

}  // namespace

std::string Invocation::get(std::string_view name, std::string_view otherwise) const {
    const auto at = values.find(name);
    return std::string(at == values.end() ? otherwise : std::string_view(at->second));
}

Result<std::string> Invocation::need(std::string_view name) const {
    std::string value = get(name);
    if (value.empty()) return fail(ErrorId::usage_missing_argument, "--" + std::string(name));
    return value;
}

Result<long> Invocation::number(std::string_view name, long otherwise, long low, long high) const {
    if (!has(name)) return otherwise;
    return parse_number(get(name), "--" + std::string(name), low, high);
}

Result<long> parse_number(std::string_view text, std::string_view field, long low, long high) {
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < low || value > high)
        return fail(ErrorId::usage_bad_argument, std::string(field),
                    "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
}

Result<Invocation> parse(std::span<const std::string_view> words) {
    ZIGE_TRY(parts, split(words));
    Invocation result;
    result.command = take_command(parts.plain);
    for (const auto& [name, value] : parts.options) {
        if (name == "version" && result.command == nullptr && parts.plain.empty()) {
            parts.plain = {"version"};
            result.command = take_command(parts.plain);
            continue;
        }
        if (result.command == nullptr && !parts.plain.empty()) break;
        ZIGE_CHECK(place_option(result, name, value));
    }
    if (result.command == nullptr && !parts.plain.empty())
        return fail(ErrorId::usage_unknown_command, parts.plain[0], subcommands_of(parts.plain[0]));
    ZIGE_CHECK(place_common(result));
    if (result.command == nullptr) {
        if (!result.help) return fail(ErrorId::usage_missing_argument, "COMMAND");
        return result;
    }
    ZIGE_CHECK(place_arguments(result, std::move(parts.plain)));
    return result;
}

}  // namespace zige::daemon

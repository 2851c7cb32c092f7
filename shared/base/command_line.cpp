#include "shared/base/command_line.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "shared/base/columns.h"

namespace zige {

const OptionSpec* find_option(std::span<const OptionSpec> options, std::string_view name) {
    const auto at = std::ranges::find(options, name, &OptionSpec::name);
    return at == options.end() ? nullptr : &*at;
}

Lang language_of(std::span<const std::string_view> words) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == "--lang=en" || (words[i] == "--lang" && i + 1 < words.size() && words[i + 1] == "en"))
            return Lang::en;
    return Lang::zh;
}

bool wants_json(std::span<const std::string_view> words) {
    return std::ranges::find(words, std::string_view("--json")) != words.end();
}

std::string option_lines(std::span<const OptionSpec> options, Lang lang) {
    std::vector<std::vector<std::string>> rows;
    for (const OptionSpec& option : options) {
        std::string name = "--" + std::string(option.name);
        if (!option.value.empty()) name += " " + std::string(option.value);
        std::string what(lang == Lang::zh ? option.zh : option.en);
        if (option.required) what += lang == Lang::zh ? "（必填）" : " (required)";
        if (option.repeated) what += lang == Lang::zh ? "（可多次）" : " (may be repeated)";
        rows.push_back({std::move(name), std::move(what)});
    }
    return aligned(rows, "  ");
}

std::string command_help(const std::string& usage, std::string_view what, std::span<const OptionSpec> options,
                         Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = usage;
    text += options.empty() ? "\n" : zh ? " [选项]\n" : " [OPTIONS]\n";
    text += "  " + std::string(what) + "\n";
    if (options.empty()) return text;
    return text + (zh ? "\n选项\n" : "\nOptions\n") + option_lines(options, lang);
}

std::string common_help(std::span<const OptionSpec> options, Lang lang) {
    return (lang == Lang::zh ? "\n各命令通用\n" : "\nFor every command\n") + option_lines(options, lang) + "\n";
}

}  // namespace zige

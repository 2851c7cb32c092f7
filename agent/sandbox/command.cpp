#include "agent/sandbox/command.h"

#include <algorithm>
#include <charconv>

#include "shared/base/columns.h"

namespace zige::sandbox {
namespace {

constexpr std::size_t kMaxWord = 4096;

constexpr OptionSpec kCommon[] = {
    {"lang", "zh|en", "显示语言，默认中文", "language of the output, Chinese by default"},
    {"json", "", "输出 JSON", "print JSON"},
    {"help", "", "显示帮助", "print this help"},
};

constexpr OptionSpec kPrograms = {"programs", "DIR", "zige-hub、zige-agent 所在目录，默认与本程序同一目录",
                                  "folder of zige-hub and zige-agent, by default that of this program"};
constexpr OptionSpec kPolicy = {"policy", "DIR", "政策参数和日历所在目录，默认 ../share/zige",
                                "folder of profiles and calendars, by default ../share/zige"};
constexpr OptionSpec kPlatformTimeout = {"platform-timeout", "SECONDS", "终端等待平台答复的秒数",
                                         "seconds that the agent waits for the platform"};

constexpr OptionSpec kRun[] = {
    {"data", "DIR", "数据目录；没有则新建示范地区，有则继续使用", "folder of the region; made if there is none, else taken up again", true},
    {"port", "PORT", "终端本机接口的端口，默认 8620；0 自动选择", "port of the agent's local API, 8620 by default; 0 picks one"},
    {"platform-port", "PORT", "模拟平台的端口，默认自动选择", "port of the stand-in platform, picked by default"},
    {"fault", "INFNO:FAULT[@N]",
     "平台故障，可多次：timeout lost cut slow=毫秒 refuse infcode=代码 http500 rubbish charset；@N 只在第 N 条",
     "what goes wrong at the platform: timeout lost cut slow=MS refuse infcode=CODE http500 rubbish charset; @N: only the Nth",
     false, true},
    kPlatformTimeout,
    kPrograms,
    kPolicy,
};
constexpr OptionSpec kConform[] = {
    {"case", "NAME", "只做这一项或这一组，可多次", "only this case or family, may be repeated", false, true},
    {"data", "DIR", "数据目录；默认用临时目录，结束后删除", "folder of the region; by default a temporary one, removed at the end"},
    {"within", "SECONDS", "收费程序每一步最多用时，默认 60", "seconds that the HIS may take for one act, 60 by default"},
    {"agent-ms", "MS", "收费程序等待终端的毫秒数，默认 300（无应答约定）；慢的电脑可放宽",
     "milliseconds that the HIS waits for the agent, 300 by default (the no-answer contract); more on a slow machine"},
    {"patience", "N", "其余时限放宽到 N 倍（慢的电脑），默认 1", "every other limit of time is N times longer, for a slow machine; 1 by default"},
    {"his-errors", "", "显示收费程序的标准错误", "show what the HIS writes on standard error"},
    kPrograms,
    kPolicy,
};

constexpr CommandSpec kCommands[] = {
    {"run", "", kRun, "启动真实的中心、终端和一个模拟的医保平台，供厂商联调", "starts a real hub, a real agent and a stand-in platform to develop against"},
    {"conform", "-- HIS-COMMAND...", kConform, "逐项检验一个收费系统的接入：每步运行一次 HIS-COMMAND，情景从标准输入给出",
     "judges the integration of a HIS case by case; HIS-COMMAND runs once for each act and reads it from standard input"},
    {"cases", "", {}, "列出全部检验项目", "lists all cases"},
    {"version", "", {}, "版本", "version"},
};

const OptionSpec* option_of(const CommandSpec* command, std::string_view name) {
    const OptionSpec* found = find_option(kCommon, name);
    return found == nullptr && command != nullptr ? find_option(command->options, name) : found;
}

Result<std::size_t> take_option(Invocation& to, std::span<const std::string_view> words, std::size_t at) {
    const std::string_view word = words[at].substr(2);
    const std::string name(word.substr(0, word.find('=')));
    const OptionSpec* spec = option_of(to.command, name);
    if (spec == nullptr) return fail(ErrorId::usage_unknown_option, "--" + name);
    std::string value;
    if (const auto equals = word.find('='); equals != std::string_view::npos) {
        if (spec->value.empty()) return fail(ErrorId::usage_bad_argument, "--" + name, "takes no value");
        value = word.substr(equals + 1);
    } else if (!spec->value.empty()) {
        if (at + 1 == words.size()) return fail(ErrorId::usage_missing_argument, "--" + name, "a value must follow");
        value = words[++at];
    }
    if (!spec->repeated && to.values.contains(name)) return fail(ErrorId::usage_bad_argument, "--" + name, "given twice");
    to.values.emplace(name, value);
    return at;
}

Result<void> check_whole(const Invocation& command) {
    if (command.help || command.command == nullptr) return {};
    for (const OptionSpec& option : command.command->options)
        if (option.required && command.get(std::string(option.name)).empty())
            return fail(ErrorId::usage_missing_argument, "--" + std::string(option.name));
    if (command.command->name == "conform" && command.his.empty())
        return fail(ErrorId::usage_missing_argument, "-- HIS-COMMAND");
    return {};
}

}  // namespace

std::string Invocation::get(const std::string& name, std::string_view otherwise) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string(otherwise) : found->second;
}

std::vector<std::string> Invocation::all(const std::string& name) const {
    std::vector<std::string> list;
    for (auto [at, end] = values.equal_range(name); at != end; ++at) list.push_back(at->second);
    return list;
}

Result<int> Invocation::number(const std::string& name, int otherwise, int low, int high) const {
    const std::string text = get(name);
    if (text.empty() && !values.contains(name)) return otherwise;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < low || value > high)
        return fail(ErrorId::usage_bad_argument, "--" + name,
                    "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
}

Result<Invocation> parse(std::span<const std::string_view> words) {
    Invocation command;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == "--") {
            for (const std::string_view each : words.subspan(i + 1)) command.his.emplace_back(each);
            if (command.command == nullptr || command.command->name != "conform")
                return fail(ErrorId::usage_bad_argument, "--", "only conform takes a command");
            break;
        }
        if (word.size() > kMaxWord) return fail(ErrorId::usage_bad_argument, std::string(word.substr(0, 20)), "too long");
        if (word.starts_with("--")) {
            ZIGE_TRY(next, take_option(command, words, i));
            i = next;
            continue;
        }
        if (command.command != nullptr) return fail(ErrorId::usage_bad_argument, std::string(word), "one word too many");
        const auto* const found = std::ranges::find(kCommands, word, &CommandSpec::name);
        if (found == std::end(kCommands)) return fail(ErrorId::usage_unknown_command, std::string(word));
        command.command = found;
    }
    command.help = command.values.contains("help");
    command.json = command.values.contains("json");
    const std::string lang = command.get("lang", "zh");
    if (lang != "zh" && lang != "en") return fail(ErrorId::usage_bad_argument, "--lang", "zh or en");
    command.lang = lang == "en" ? Lang::en : Lang::zh;
    if (command.command == nullptr && !command.help) return fail(ErrorId::usage_missing_argument, "COMMAND");
    ZIGE_CHECK(check_whole(command));
    return command;
}

std::string help_text(const CommandSpec* command, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text;
    if (command == nullptr) {
        text = zh ? "zige-sandbox 联调沙箱：没有经办机构也能接入、检验\n\n用法：zige-sandbox 命令 [选项]\n\n命令\n"
                  : "zige-sandbox: develop and judge an integration without a bureau\n\nUsage: zige-sandbox COMMAND [OPTIONS]\n\nCommands\n";
        std::vector<std::vector<std::string>> rows;
        for (const CommandSpec& each : kCommands) rows.push_back({std::string(each.name), std::string(zh ? each.zh : each.en)});
        text += aligned(rows, "  ");
    } else {
        std::string usage = "zige-sandbox " + std::string(command->name);
        if (!command->arguments.empty()) usage += (zh ? " [选项] " : " [OPTIONS] ") + std::string(command->arguments);
        text = command_help(usage, zh ? command->zh : command->en, command->arguments.empty() ? command->options : std::span<const OptionSpec>{}, lang);
        if (!command->arguments.empty()) text += std::string(zh ? "\n选项\n" : "\nOptions\n") + option_lines(command->options, lang);
    }
    return text + common_help(kCommon, lang) +
           (zh ? "退出码：0 全部符合（run：按要求结束），1 有不符合，2 用法有误，3 有未能检验的，或没有启动起来\n"
               : "Exit codes: 0 all hold (run: ended when told to), 1 some fail, 2 wrong usage, 3 some were not run, or nothing could start\n");
}

}  // namespace zige::sandbox

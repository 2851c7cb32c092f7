#include "hub/server/command_line.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

std::string option_lines(const std::vector<OptionSpec>& options, Lang lang) {
    TextTable table;
    for (const OptionSpec& option : options) {
        std::string name = "--" + std::string(option.name);
        if (!option.value.empty()) name += " " + std::string(option.value);
        std::string what(lang == Lang::zh ? option.zh : option.en);
        if (option.required) what += lang == Lang::zh ? "（必填）" : " (required)";
        if (option.repeated) what += lang == Lang::zh ? "（可多次）" : " (may be repeated)";
        table.add({std::move(name), std::move(what)});
    }
    return table.text("  ");
}

std::string overview(Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    for (const CommandSpec& command : commands())
        table.add({std::string(command.name), std::string(zh ? command.zh : command.en)});
    return (zh ? std::string("zige-hub 资格中心：医保支付资格的登记、暂停终止、下发与对账\n\n用法：zige-hub 命令 "
                             "[选项]\n\n命令\n")
               : std::string("zige-hub: keeps who may have fees settled, publishes it and judges again\n\n"
                             "Usage: zige-hub COMMAND [OPTIONS]\n\nCommands\n")) +
           table.text("  ");
}

std::string of_command(const CommandSpec& command, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = "zige-hub " + std::string(command.name);
    for (const std::string_view argument : command.arguments) text += " " + std::string(argument);
    text += command.options.empty() ? "\n" : zh ? " [选项]\n" : " [OPTIONS]\n";
    text += "  " + std::string(zh ? command.zh : command.en) + "\n";
    if (command.options.empty()) return text;
    return text + (zh ? "\n选项\n" : "\nOptions\n") + option_lines(command.options, lang);
}

const char* exit_codes(Lang lang) {
    return lang == Lang::zh
               ? "退出码：0 成功，1 结果为否或状态不允许，2 用法或输入有误，3 没有找到，4 被其他进程占用，\n"
                 "        5 磁盘、数据库或程序故障，6 签名、密钥或权限不对，7 连不上或暂停发布，8 尚未初始化\n"
               : "Exit codes: 0 done, 1 the answer is no, 2 wrong usage or input, 3 not found, 4 in use,\n"
                 "            5 disk, database or program failure, 6 signature, key or permission,\n"
                 "            7 no connection or not publishing, 8 not initialised\n";
}

}  // namespace

std::string help_text(const CommandSpec* command, Lang lang) {
    const std::string head = command == nullptr ? overview(lang) : of_command(*command, lang);
    return head + (lang == Lang::zh ? "\n各命令通用\n" : "\nFor every command\n") +
           option_lines(common_options(), lang) + "\n" + exit_codes(lang);
}

}  // namespace zige::hub

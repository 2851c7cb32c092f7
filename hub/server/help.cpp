#include "hub/server/command_line.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

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

std::string commands_table(std::string_view group, Lang lang) {
    TextTable table;
    for (const CommandSpec& command : commands())
        if (command.name == group || command.name.starts_with(std::string(group) + " "))
            table.add({std::string(command.name), std::string(lang == Lang::zh ? command.zh : command.en)});
    return table.text("  ");
}

std::string of_command(const CommandSpec& command, Lang lang) {
    std::string usage = "zige-hub " + std::string(command.name);
    for (const std::string_view argument : command.arguments) usage += " " + std::string(argument);
    return command_help(usage, lang == Lang::zh ? command.zh : command.en, command.options, lang);
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

std::string group_help(std::string_view group, Lang lang) {
    const bool zh = lang == Lang::zh;
    return (zh ? "用法：zige-hub " : "Usage: zige-hub ") + std::string(group) +
           (zh ? " 命令 [选项]\n\n命令（各加 --help 查看选项）\n" : " COMMAND [OPTIONS]\n\nCommands (--help after each has its options):\n") +
           commands_table(group, lang);
}

std::string help_text(const CommandSpec* command, Lang lang) {
    const std::string head = command == nullptr ? overview(lang) : of_command(*command, lang);
    return head + common_help(common_options(), lang) + exit_codes(lang);
}

}  // namespace zige::hub

#include "agent/daemon/help.h"

#include "agent/daemon/columns.h"

namespace zige::daemon {
namespace {

std::string exit_codes(Lang lang) {
    return lang == Lang::zh
               ? "退出码：0 成功，1 有拒付或暂缓，或状态不允许，2 用法或输入有误，3 没有找到，4 被其他进程占用，\n"
                 "        5 磁盘或程序故障，6 签名、密钥或权限不对，7 连不上或尚无数据，8 尚未入网\n"
               : "Exit codes: 0 done, 1 refused, held or not allowed now, 2 wrong usage or input, 3 not found, 4 in "
                 "use,\n"
                 "            5 disk or program failure, 6 signature, key or permission, 7 no line or no data yet, 8 "
                 "not enrolled\n";
}

std::string all_commands(Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text =
        zh ? "zige-agent 资格终端：结算前核对医保支付资格，断网也能用\n\n用法：zige-agent 命令 [选项]\n\n命令\n"
           : "zige-agent: asks before each settlement who may be paid, with or without a network\n\n"
             "Usage: zige-agent COMMAND [OPTIONS]\n\nCommands\n";
    Fields lines;
    for (const CommandSpec& command : commands()) lines.add(command.name, zh ? command.zh : command.en);
    return text + lines.text();
}

std::string one_command(const CommandSpec& command, Lang lang) {
    std::string usage = "zige-agent " + std::string(command.name);
    for (const std::string_view argument : command.arguments) usage += " " + std::string(argument);
    return command_help(usage, lang == Lang::zh ? command.zh : command.en, command.options, lang);
}

}  // namespace

std::string help_text(const CommandSpec* command, Lang lang) {
    const std::string head = command == nullptr ? all_commands(lang) : one_command(*command, lang);
    return head + common_help(common_options(), lang) + exit_codes(lang);
}

std::string version_text() { return ZIGE_VERSION; }

}  // namespace zige::daemon

#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kAddress = {"address", "HOST:PORT", "终端拨入的地址；缺省取服务的设定",
                                 "address that the agent dials; the service's by default"};
constexpr OptionSpec kDays = {"days", "N", "有效天数，1 到 30，缺省 3", "validity in days, 1 to 30, 3 by default"};
constexpr OptionSpec kHtml = {"html", "FILE", "可打印的网页（A4，一页一张），- 为标准输出；文件不得已存在",
                              "page to print on A4, a slip each, - is standard output; must not exist yet"};
constexpr OptionSpec kReplaces = {"replaces", "AGENT", "换电脑：由新终端接替的终端号", "a new PC: the agent whose place it takes"};

}  // namespace

std::vector<CommandSpec> slip_commands() {
    return {
        {"token new",
         {"CODE"},
         {kAddress,
          kDays,
          kHtml,
          kReplaces,
          {"file", "FILE", "给没有网络的机构：另写一份凭条文件，随纸质凭条交给机构",
           "for an institution without a line: the slip as a file too, which goes with the paper"}},
         "签发入网凭条（文字和二维码）",
         "print an enrolment slip with its code",
         "token.new"},
        {"agent enroll",
         {"FILE"},
         {{"out", "FILE", "答复文件，带回机构，- 为标准输出；文件不得已存在",
           "the answer that goes back, - is standard output; must not exist yet", true},
          {"institution", "CODE", "只接受此机构的申请", "only a request of this institution"}},
         "没有网络的入网：受理申请文件，写出只有该终端能打开的答复，含机构数据",
         "enrolment without a line: takes a request, writes the answer that only this agent opens, with its first copy",
         "agent.enroll"},
        {"token batch",
         {"FILE"},
         {kAddress,
          kDays,
          kHtml,
          {"open", "WHAT", "已有未使用凭条的机构：refuse 整批不发（缺省）、withdraw 作废旧的另发、skip 跳过",
           "whose last slip was not used yet: refuse the list (default), withdraw the older one, skip"},
          {"only-without-agent", "", "只发给还没有终端的机构", "only for institutions without an agent"},
          {"progress", "", "显示进度（终端上自动显示）", "show progress (on a terminal by default)"}},
         "按名单批量签发：每行一个机构代码，- 为标准输入；有一行不对就一张也不发",
         "slips for a list, one institution code a line, - is standard input; all or none",
         "token.batch"},
        {"token list", {}, {}, "已签发的入网凭条", "the slips that were issued", "token.list"},
        {"token withdraw",
         {"ID"},
         {},
         "作废一张未使用的凭条：编号见 token list",
         "make a slip void that nobody used; its id is in token list",
         "token.withdraw"},
    };
}

}  // namespace zige::hub

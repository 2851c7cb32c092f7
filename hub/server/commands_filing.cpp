#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kOfInstitution = {"institution", "CODE", "机构代码", "institution", true};
constexpr OptionSpec kOnlyInstitution = {"institution", "CODE", "只列此机构", "of this institution only"};
constexpr OptionSpec kReason = {"reason", "TEXT", "理由", "reason", true};

std::vector<CommandSpec> about_filings() {
    return {
        {"filing list",
         {},
         {kOnlyInstitution,
          {"kind", "KIND", "只列此类：registration 登记、departure 离职、leave 休假、alias 代码对照、appeal 申辩等",
           "of this kind only: registration, departure, leave, alias, appeal ..."}},
         "机构申报一览",
         "what institutions filed",
         "filing.list"},
        {"filing show",
         {"ID"},
         {},
         "一件申报的内容和凭据",
         "one filing, what it says and what proves it",
         "filing.show"},
        {"filing code",
         {"DIGITS"},
         {kOfInstitution},
         "录入机构电话报来的 8 位申报码，证明申报时间",
         "enter the 8 digits that a clerk reads over the phone: they prove when it was filed",
         "filing.code"},
        {"filing codes", {}, {}, "已录入的申报码", "the filing codes that were entered", "filing.codes"},
        {"filing dispute",
         {"ID"},
         {kReason},
         "离职日期有争议：立案，暂以机构申报为准",
         "the day of a departure is disputed: opens a case, the institution's day stands",
         "filing.dispute"},
        {"filing set-day",
         {"ID"},
         {{"last-day", "DAY", "最后工作日", "last service day", true}, kReason},
         "由经办机构确定离职日期，机构不能再改",
         "the bureau sets the day of a departure, which the institution cannot change any more",
         "filing.set-day"},
    };
}

std::vector<CommandSpec> about_people() {
    return {
        {"departure list",
         {},
         {kOnlyInstitution, csv_option()},
         "离职与 10 个工作日时限：已证实或仅为自报",
         "departures and their 10 working days: proven or claimed",
         "departure.list"},
        {"presence ask",
         {"CODE"},
         {{"registration", "N", "登记号", "registration number", true}, kReason},
         "询问某人还在职吗",
         "ask whether somebody is still there",
         "presence.ask"},
        {"presence scan",
         {},
         {},
         "找出合同到期或 15 个工作日无业务的人员并询问",
         "ask about contracts that ended and people without a line for 15 working days",
         "presence.scan"},
        {"presence list", {}, {}, "在职询问一览", "the questions and their answers", "presence.list"},
        {"duty list", {}, {kOfInstitution}, "药师在岗记录", "duty sessions of pharmacists", "duty.list"},
        {"institution owner",
         {"CODE"},
         {{"owner", "NAME", "举办主体，同一主体的机构填同样的名称；空为独立",
           "the same words for the institutions of one owner; empty: its own", true}},
         "登记机构的举办主体，供同一主体内转入转出",
         "name the owner, for transfers within it",
         "institution.owner"},
    };
}

}  // namespace

std::vector<CommandSpec> filing_commands() {
    std::vector<CommandSpec> all = about_filings();
    for (CommandSpec& each : about_people()) all.push_back(std::move(each));
    return all;
}

}  // namespace zige::hub

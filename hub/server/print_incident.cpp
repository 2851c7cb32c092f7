#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

std::string about(const Json& incident, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = shown(incident, "institution");
    if (shown(incident, "agent") != "0") text += (zh ? " 终端" : " agent ") + shown(incident, "agent");
    if (shown(incident, "chapter") != "0") text += (zh ? " 第" : " chapter ") + shown(incident, "chapter");
    if (shown(incident, "chapter") != "0" && zh) text += "章";
    return text;
}

std::string next_of(const Json& incident, Lang lang) {
    return shown(incident, lang == Lang::zh ? "next_zh" : "next_en");
}

std::string list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "incidents").empty()) return zh ? "没有未处理的异常事件\n" : "no open incidents\n";
    TextTable table;
    table.add(zh ? std::vector<std::string>{"编号", "事件", "对象", "起始时间", "下一步"}
                 : std::vector<std::string>{"no.", "what", "about", "since", "next step"});
    for (const Json& incident : list_of(answer, "incidents"))
        table.add({shown(incident, "number"), coded<IncidentKind>(incident, "kind", lang), about(incident, lang),
                   shown(incident, "since"),
                   shown(incident, "resolved").empty()
                       ? next_of(incident, lang)
                       : (zh ? "已处理：" : "resolved: ") + shown(incident, "resolution")});
    return table.text();
}

std::string one(const Json& incident, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add(
        {zh ? "异常事件" : "incident", shown(incident, "number") + " " + coded<IncidentKind>(incident, "kind", lang)});
    table.add({zh ? "对象" : "about", about(incident, lang)});
    table.add({zh ? "起始时间" : "since", shown(incident, "since")});
    table.add({zh ? "下一步" : "next step", next_of(incident, lang)});
    if (!shown(incident, "resolved").empty())
        table.add({zh ? "处理" : "resolved", shown(incident, "resolved") + " " + shown(incident, "resolved_by") + " " +
                                                 shown(incident, "resolution")});
    std::string text = table.text() + (zh ? "证据\n" : "evidence\n");
    TextTable evidence;
    if (const Json* all = incident.find("evidence"); all != nullptr && all->members() != nullptr)
        for (const auto& [name, value] : *all->members())
            evidence.add({name, value.text() == nullptr ? value.write() : *value.text()});
    return text + evidence.text("  ");
}

void institution_lines(const Json& institution, Lang lang, TextTable& table) {
    const bool zh = lang == Lang::zh;
    const bool recovered = shown(institution, "recovered") == "true";
    for (const Json& agent : list_of(institution, "agents")) {
        const std::string when = shown(agent, "handed_in");
        table.add({shown(institution, "code"), shown(institution, "name"),
                   recovered ? (zh ? "已恢复" : "recovered") : (zh ? "恢复中" : "recovering"), shown(agent, "agent"),
                   when.empty() ? (zh ? "等待交回" : "waiting") : when, shown(agent, "standings"),
                   shown(agent, "departures"), shown(agent, "kept")});
    }
}

std::string recovery(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "纪元 " : "epoch ") + shown(answer, "epoch") + "\n";
    if (shown(answer, "publishing") == "false")
        text += (zh ? "已停止发布：" : "not publishing: ") + coded<ErrorId>(answer, "stopped_by", lang) + "\n";
    TextTable table;
    table.add(zh ? std::vector<std::string>{"机构", "名称", "状态", "终端", "交回时间", "找回资格状态", "找回离职",
                                            "保留登记"}
                 : std::vector<std::string>{"institution", "name", "state", "agent", "handed in", "standings",
                                            "departures", "kept"});
    for (const Json& institution : list_of(answer, "institutions")) institution_lines(institution, lang, table);
    return list_of(answer, "institutions").empty() ? text : text + table.text();
}

}  // namespace

std::string print_incident(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "incident.list") return list(answer, lang);
    if (operation == "incident.show" || operation == "incident.resolve") return one(answer, lang);
    return operation == "recover" ? recovery(answer, lang) : std::string();
}

}  // namespace zige::hub

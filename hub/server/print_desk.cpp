#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

std::string codes(const Json& answer, std::string_view key) {
    std::string text;
    for (const Json& code : list_of(answer, key)) text += (text.empty() ? "" : " ") + *code.text();
    return text;
}

std::string printed_end(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string day = shown(answer, "printed_end");
    if (day.empty()) return zh ? "未印明" : "none";
    if (shown(answer, "ends_by_itself") == "true")
        return day + (zh ? " 24:00，次日自动恢复" : " 24:00, paid again from the next day on");
    return day + (zh ? " 24:00，之后须经评估恢复" : " 24:00; payment begins again when a restoration is recorded");
}

std::string sanction_set(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const bool recorded = shown(answer, "recorded") == "true";
    TextTable table;
    table.add({zh ? "人员" : "person", "#" + shown(answer, "person") + " " + shown(answer, "name")});
    table.add({zh ? "状态" : "status", coded<Standing>(answer, "status", lang)});
    table.add({zh ? "文书号" : "document", shown(answer, "document")});
    table.add({zh ? "起" : "from", shown(answer, "from") + " 00:00"});
    table.add({zh ? "期满之日" : "printed end", printed_end(answer, lang)});
    table.add({zh ? "登记机构" : "registered at", codes(answer, "registered_at")});
    if (recorded) table.add({zh ? "发布序号" : "published as", shown(answer, "seq")});
    return table.text() + (recorded ? "" : zh ? "预览：尚未登记\n" : "a preview: nothing is recorded\n");
}

std::string sanction_end(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return "#" + shown(answer, "person") + " " + shown(answer, "name") + (zh ? " 自 " : " is paid again from ") +
           shown(answer, "end") + (zh ? " 00:00 起恢复，机构 " : " 00:00 on, at ") + codes(answer, "registered_at") +
           "\n";
}

}  // namespace

TableRows desk_table(std::string_view operation, const Json& answer, Lang lang) {
    if (operation != "sanction.list") return {};
    const bool zh = lang == Lang::zh;
    TableRows rows;
    rows.push_back(zh ? std::vector<std::string>{"人员", "姓名", "状态", "起", "恢复", "期满之日", "文书号"}
                      : std::vector<std::string>{"person", "name", "status", "from", "end", "printed end", "document"});
    for (const Json& each : list_of(answer, "sanctions"))
        rows.push_back({"#" + shown(each, "person"), shown(each, "name"), coded<Standing>(each, "status", lang),
                        shown(each, "from"), shown(each, "end"), shown(each, "printed_end"), shown(each, "document")});
    return rows;
}

std::string print_desk(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "sanction.set") return sanction_set(answer, lang);
    if (operation == "sanction.end") return sanction_end(answer, lang);
    if (operation == "sanction.list") return TextTable(desk_table(operation, answer, lang)).text();
    return {};
}

}  // namespace zige::hub

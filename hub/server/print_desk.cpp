#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

std::string codes(const Json& answer, std::string_view key) {
    std::string text;
    for (const Json& code : list_of(answer, key)) text += (text.empty() ? "" : " ") + *code.text();
    return text;
}

std::string sanction_set(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "人员" : "person", "#" + shown(answer, "person") + " " + shown(answer, "name")});
    table.add({zh ? "状态" : "status", coded<Standing>(answer, "status", lang)});
    table.add({zh ? "起" : "from", shown(answer, "from") + " 00:00"});
    table.add({zh ? "期满" : "nominal end", shown(answer, "nominal_end")});
    table.add({zh ? "登记机构" : "registered at", codes(answer, "registered_at")});
    table.add({zh ? "发布序号" : "published as", shown(answer, "seq")});
    return table.text();
}

std::string sanction_end(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return "#" + shown(answer, "person") + " " + shown(answer, "name") + (zh ? " 自 " : " is paid again from ") +
           shown(answer, "end") + (zh ? " 00:00 起恢复，机构 " : " 00:00 on, at ") + codes(answer, "registered_at") +
           "\n";
}

std::string sanction_list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add(zh ? std::vector<std::string>{"人员", "姓名", "状态", "起", "恢复", "期满", "文书号"}
                 : std::vector<std::string>{"person", "name", "status", "from", "end", "nominal end", "document"});
    for (const Json& each : list_of(answer, "sanctions"))
        table.add({"#" + shown(each, "person"), shown(each, "name"), coded<Standing>(each, "status", lang),
                   shown(each, "from"), shown(each, "end"), shown(each, "nominal_end"), shown(each, "document")});
    return table.text();
}

std::string undecided(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    for (const Json& value : list_of(answer, "undecided")) {
        const bool done = shown(value, "confirmed") == "true";
        table.add({done ? (zh ? "已确认" : "confirmed") : (zh ? "待确认" : "undecided"), shown(value, "name"),
                   done ? shown(value, "confirmed_by") : shown(value, "note")});
    }
    return table.empty() ? (zh ? "没有待确认的参数\n" : "nothing is undecided\n") : table.text("  ");
}

std::string profile(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "政策参数 " : "profile ") + shown(answer, "id") + (zh ? " 第 " : " version ") +
                       shown(answer, "version") + (zh ? " 版\n" : "\n");
    std::size_t number = 0;
    for (const Json& article : list_of(answer, "articles"))
        text += "  " + std::to_string(++number) + " " + *article.text() + "\n";
    for (const Json& year : list_of(answer, "calendars"))
        text += (zh ? "工作日历 " : "calendar ") + shown(year, "year") + " " + shown(year, "source") + "\n";
    return text + (zh ? "需医保局确认的参数：\n" : "values for the bureau to confirm:\n") + undecided(answer, lang);
}

}  // namespace

std::string print_desk(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "sanction.set") return sanction_set(answer, lang);
    if (operation == "sanction.end") return sanction_end(answer, lang);
    if (operation == "sanction.list") return sanction_list(answer, lang);
    if (operation == "profile.show") return profile(answer, lang);
    return operation == "profile.confirm" ? undecided(answer, lang) : std::string();
}

}  // namespace zige::hub

#include "hub/core/casework/entries.h"
#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

struct Words {
    const char* name;
    const char* zh;
    const char* en;
};
constexpr Words kBy[] = {{"bureau", "经办机构", "bureau"},
                         {"another_person", "经办机构（另一人）", "bureau, another person"},
                         {"institution", "定点医药机构", "institution"},
                         {"department", "医保行政部门", "administrative department"},
                         {"authority", "移送机关", "other authority"}};
constexpr Words kOutcomes[] = {{"effect", "状态", "status"},
                               {"points", "分值", "points"},
                               {"points_of_year", "当年累计", "points of the year"},
                               {"from", "起始日", "from"},
                               {"until", "期满之日", "until"},
                               {"end", "恢复之日", "restored on"},
                               {"months", "暂停月数", "months"},
                               {"article", "依据", "by"},
                               {"other", "另一种计算", "the other reading"},
                               {"later", "一并更正", "corrected with it"},
                               {"institutions", "涉及机构", "institutions"},
                               {"barred_until", "不得登记备案至", "barred until"},
                               {"late", "逾期", "late"}};

template <std::size_t kCount>
std::string word(const Words (&words)[kCount], const std::string& name, Lang lang) {
    for (const Words& each : words)
        if (each.name == name) return lang == Lang::zh ? each.zh : each.en;
    return name;
}

std::string entry_word(CaseStep step, const std::string& name, Lang lang) {
    for (const StepEntry& entry : step_entries())
        if (entry.step == step && entry.name == name) {
            const std::string whole = lang == Lang::zh ? entry.zh : entry.en;
            const std::size_t cut = whole.find(lang == Lang::zh ? "：" : ":");
            return whole.substr(0, cut);
        }
    return name;
}

std::string day_of_due(const Json& due, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(due, "stopped") == "true") return zh ? "停止计算（鉴定）" : "stopped: appraisal";
    const std::string day = shown(due, "due");
    if (day.empty()) return zh ? "及时" : "without delay";
    return day + (shown(due, "provisional") == "true" ? (zh ? "（暂定）" : " (provisional)") : "");
}

std::string due_words(const Json& due, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = coded<DueKind>(due, "kind", lang);
    if (shown(due, "right") == "true") text += zh ? "（可以）" : " (may)";
    if (!shown(due, "period").empty()) text += " " + shown(due, "period");
    return text;
}

void add_details(TextTable& table, const Json& step, const std::string& indent, Lang lang) {
    const auto kind = from_name<CaseStep>(shown(step, "step")).value_or(CaseStep::facts);
    const Json* entries = step.find("entries");
    if (entries != nullptr && entries->members() != nullptr)
        for (const auto& [name, value] : *entries->members())
            table.add({indent, entry_word(kind, name, lang), value.text() == nullptr ? value.write() : *value.text()});
    const Json* outcome = step.find("outcome");
    if (outcome == nullptr || outcome->members() == nullptr) return;
    for (const auto& [name, value] : *outcome->members())
        table.add({indent, (lang == Lang::zh ? "结果：" : "outcome: ") + word(kOutcomes, name, lang),
                   value.text() == nullptr ? value.write() : *value.text()});
}

std::string steps_of(const Json& person, Lang lang) {
    std::string text;
    for (const Json& step : list_of(person, "steps")) {
        text +=
            "  " + shown(step, "on") + "  " + coded<CaseStep>(step, "step", lang) + "  " + shown(step, "actor") + "\n";
        TextTable details;
        add_details(details, step, "   ", lang);
        text += details.text("  ");
    }
    return text;
}

std::string of_person(const Json& person, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = shown(person, "name") + " #" + shown(person, "person") + "  " +
                       coded<CaseState>(person, "state", lang) + "\n" + steps_of(person, lang);
    if (!shown(person, "proposed_level").empty())
        text += (zh ? "  建议档次 " : "  level by the facts ") + shown(person, "proposed_level") + "  " +
                shown(person, "proposed_why") + "\n";
    for (const Json& due : list_of(person, "dues"))
        text += (zh ? "  时限 " : "  due ") + day_of_due(due, lang) + "  " + due_words(due, lang) + "  " +
                word(kBy, shown(due, "by"), lang) + "  " + shown(due, "article") + "\n";
    std::string possible;
    for (const Json& step : list_of(person, "possible")) {
        const auto kind = from_name<CaseStep>(step.text() == nullptr ? "" : *step.text());
        if (kind)
            possible += "  " + std::string(to_string(*kind)) + (zh ? " " + std::string(zige::text(*kind, lang)) : "");
    }
    if (!possible.empty()) text += (zh ? "  可办步骤" : "  possible") + possible + "\n";
    return text;
}

std::string one(const Json& file, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "案件" : "case", shown(file, "number") + " " + coded<CaseKind>(file, "kind", lang)});
    table.add({zh ? "机构" : "institution", shown(file, "institution")});
    table.add({zh ? "事由" : "about", shown(file, "text")});
    if (!shown(file, "document").empty()) table.add({zh ? "所涉文书" : "document", shown(file, "document")});
    if (!shown(file, "filing").empty()) table.add({zh ? "机构申报" : "filing", shown(file, "filing")});
    if (!shown(file, "reviewer").empty()) table.add({zh ? "复核机构" : "reviewer", shown(file, "reviewer")});
    table.add({zh ? "立案" : "opened", shown(file, "opened_on") + " " + shown(file, "opened_by")});
    table.add({zh ? "适用政策" : "rules",
               shown(file, "rules") + (zh ? " 第" : " version ") + shown(file, "rules_version") + (zh ? "版" : "")});
    std::string text = table.text();
    for (const Json& person : list_of(file, "people")) text += "\n" + of_person(person, lang);
    return text;
}

std::string list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "cases").empty()) return zh ? "没有在办案件\n" : "no open cases\n";
    TextTable table;
    table.add(zh ? std::vector<std::string>{"案件", "类别", "机构", "人员", "进度", "最近时限"}
                 : std::vector<std::string>{"case", "kind", "institution", "person", "state", "next limit"});
    for (const Json& file : list_of(answer, "cases"))
        for (const Json& person : list_of(file, "people")) {
            const auto& dues = list_of(person, "dues");
            table.add({shown(file, "number"), coded<CaseKind>(file, "kind", lang), shown(file, "institution"),
                       shown(person, "name"), coded<CaseState>(person, "state", lang),
                       dues.empty() ? "" : day_of_due(dues.front(), lang) + " " + due_words(dues.front(), lang)});
        }
    return table.text();
}

std::string due_list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "due").empty()) return zh ? "没有待办事项\n" : "nothing is due\n";
    TextTable table;
    table.add(zh ? std::vector<std::string>{"到期日", "", "事项", "由谁办理", "机构", "人员", "案件", "依据"}
                 : std::vector<std::string>{"due", "", "what", "by", "institution", "person", "case", "article"});
    for (const Json& item : list_of(answer, "due"))
        table.add({day_of_due(item, lang), shown(item, "overdue") == "true" ? (zh ? "逾期" : "overdue") : "",
                   due_words(item, lang), word(kBy, shown(item, "by"), lang), shown(item, "institution"),
                   shown(item, "name"), shown(item, "case") == "0" ? "" : shown(item, "case"), shown(item, "article")});
    return table.text();
}

}  // namespace

std::string print_case(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "case.list") return list(answer, lang);
    if (operation.starts_with("case.")) return one(answer, lang);
    if (operation == "due.list") return due_list(answer, lang);
    if (operation != "due.done") return {};
    return (lang == Lang::zh ? "已登记：" : "recorded: ") + coded<DueKind>(answer, "kind", lang) + " " +
           shown(answer, "period") + " " + shown(answer, "document") + "\n";
}

}  // namespace zige::hub

#include <algorithm>

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
                               {"barred_until", "最早可再次登记之日", "no registration before"},
                               {"late", "逾期", "late"},
                               {"unserved", "尚待送达", "not served yet"},
                               {"recommit", "须重新承诺并登记备案", "a new commitment and registration"},
                               {"told_status", "告知的状态", "status as told"},
                               {"told_months", "告知的暂停月数", "months as told"},
                               {"told_years", "告知的不得登记年限", "years as told"},
                               {"told_points", "告知的当年累计", "points of the year as told"},
                               {"repairs_fallen", "不再有效的修复", "repairs that fall"},
                               {"registered_again", "登记备案继续有效", "registration runs on"}};
/// Values that stand in steps by their name, and have no code.
constexpr Words kValues[] = {{"none", "不涉及暂停或终止", "no change of status"},
                             {"normal", "恢复正常", "normal again"},
                             {"shorter", "缩短", "shorter"},
                             {"yes", "是", "yes"},
                             {"filed", "网上申报，书面材料待核对", "filed; paper to be checked"},
                             {"agree", "同意", "agree"},
                             {"disagree", "不同意", "disagree"},
                             {"bureau", "经办机构", "bureau"},
                             {"department", "医保行政部门", "administrative department"},
                             {"plain", "不从轻从重", "plain"},
                             {"lighter", "从轻", "lighter"},
                             {"mitigated", "减轻", "mitigated"},
                             {"heavier", "从重", "heavier"},
                             {"aggravated", "加重", "aggravated"},
                             {"oral", "口头", "oral"},
                             {"written", "书面", "written"},
                             {"accepted", "采纳", "accepted"},
                             {"partly", "部分采纳", "partly accepted"},
                             {"rejected", "不采纳", "rejected"},
                             {"health", "卫生健康部门", "health authority"},
                             {"market", "市场监管部门", "market authority"}};
/// Of a reading: "cumulative 10 suspended 2 months <article>".
constexpr Words kReadingWords[] = {{"cumulative", "年度累计", "cumulative"}, {"single", "单次", "single"},
                                   {"suspended", "分，暂停", "suspended"},   {"terminated", "分，终止", "terminated"},
                                   {"months", "个月，", "months"},           {"years", "年，", "years"}};

template <std::size_t kCount>
std::string word(const Words (&words)[kCount], const std::string& name, Lang lang) {
    for (const Words& each : words)
        if (each.name == name) return lang == Lang::zh ? each.zh : each.en;
    return name;
}

template <class E>
std::optional<std::string> code_word(std::string_view name, Lang lang) {
    const auto code = from_name<E>(name);
    return code ? std::optional<std::string>(zige::text(*code, lang)) : std::nullopt;
}

std::string value_word(const std::string& name, Lang lang) {
    if (const auto degree = code_word<ResponsibilityDegree>(name, lang)) return *degree;
    if (name == to_string(Standing::normal)) return word(kValues, name, lang);  // again, after a sanction
    if (const auto standing = code_word<Standing>(name, lang)) return *standing;
    return word(kValues, name, lang);
}

std::string entry_word(CaseStep step, const std::string& name, Lang lang) {
    for (const StepEntry& entry : step_entries())
        if (entry.step == step && entry.name == name) {
            const std::string whole = lang == Lang::zh ? entry.zh : entry.en;
            return whole.substr(0, std::min(whole.find(lang == Lang::zh ? "：" : ":"), whole.find("，")));
        }
    return name;
}

/// The other reading of the table, as it stands in the ledger, in words.
std::string reading_words(std::string_view text, Lang lang) {
    if (lang == Lang::en) return std::string(text);
    std::string words;
    for (int token = 0; token < 6 && !text.empty(); ++token) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        const std::string name(text.substr(0, blank));
        const std::string known = word(kReadingWords, name, lang);
        const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
        if (known == name && !is_number) break;  // the article
        words += (is_number && words.ends_with("计") ? " " : "") + known;
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return words + (words.ends_with("，") || words.empty() ? "" : "，") + std::string(text);
}

/// A choice or a flag by its name; what somebody wrote as he wrote it.
std::string entry_value(CaseStep step, const std::string& name, const std::string& value, Lang lang) {
    for (const StepEntry& entry : step_entries())
        if (entry.step == step && entry.name == name &&
            (entry.kind == EntryKind::choice || entry.kind == EntryKind::yes))
            return name == "cause" ? code_word<SanctionCause>(value, lang).value_or(value) : value_word(value, lang);
    return value;
}

std::string outcome_value(const std::string& name, const std::string& value, Lang lang) {
    if (name == "other") return reading_words(value, lang);
    return name == "effect" || name == "told_status" || value == "yes" ? value_word(value, lang) : value;
}

std::string day_of_due(const Json& due, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(due, "stopped") == "true") return zh ? "停止计算（鉴定）" : "stopped: appraisal";
    const std::string day = shown(due, "due");
    if (day.empty()) return zh ? "及时（文件未定期限）" : "without delay (the text sets no day)";
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
            table.add({indent, entry_word(kind, name, lang),
                       value.text() == nullptr ? value.write() : entry_value(kind, name, *value.text(), lang)});
    const Json* outcome = step.find("outcome");
    if (outcome == nullptr || outcome->members() == nullptr) return;
    for (const auto& [name, value] : *outcome->members())
        table.add({indent, (lang == Lang::zh ? "结果：" : "outcome: ") + word(kOutcomes, name, lang),
                   value.text() == nullptr ? value.write() : outcome_value(name, *value.text(), lang)});
}

std::int64_t number_of(const Json& json, std::string_view key) {
    const Json* member = json.find(key);
    return member == nullptr ? 0 : member->integer().value_or(0);
}

/// Steps from that number on.
std::string steps_of(const Json& person, Lang lang, std::int64_t first) {
    std::string text;
    for (const Json& step : list_of(person, "steps")) {
        if (number_of(step, "number") < first) continue;
        text +=
            "  " + shown(step, "on") + "  " + coded<CaseStep>(step, "step", lang) + "  " + shown(step, "actor") + "\n";
        TextTable details;
        add_details(details, step, "   ", lang);
        text += details.text("  ");
    }
    return text;
}

std::string of_person(const Json& person, Lang lang, std::int64_t first = 0) {
    const bool zh = lang == Lang::zh;
    std::string text = shown(person, "name") + " #" + shown(person, "person") + "  " +
                       coded<CaseState>(person, "state", lang) + "\n" + steps_of(person, lang, first);
    const std::string state = shown(person, "state");  // once something is proposed, the proposal counts
    const bool before = state == to_string(CaseState::established) || state == to_string(CaseState::heard);
    if (before && !shown(person, "proposed_level").empty())
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

/// What a step changed, and what is due next; `case show` has the rest.
std::string changed(const Json& file, std::int64_t first, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "案件 " : "case ") + shown(file, "number") + " " + coded<CaseKind>(file, "kind", lang) +
                       "  " + shown(file, "institution") + "\n";
    for (const Json& person : list_of(file, "people")) {
        const auto& steps = list_of(person, "steps");
        if (!steps.empty() && number_of(steps.back(), "number") >= first) text += of_person(person, lang, first);
    }
    return text;
}

std::string papers_of(const Json& file, Lang lang) {
    const auto& papers = list_of(file, "papers");
    if (papers.empty()) return {};
    TextTable table;
    for (const Json& paper : papers) {
        const std::string person = shown(paper, "person");
        table.add({shown(paper, "number"), shown(paper, "at"), coded<PaperKind>(paper, "kind", lang),
                   shown(paper, "document"), person.empty() ? "" : "#" + person});
    }
    return (lang == Lang::zh ? "\n文书\n" : "\npapers\n") + table.text("  ");
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
    return text + papers_of(file, lang);
}

TableRows list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TableRows rows;
    rows.push_back(zh ? std::vector<std::string>{"案件", "类别", "机构", "人员", "进度", "最近时限"}
                 : std::vector<std::string>{"case", "kind", "institution", "person", "state", "next limit"});
    for (const Json& file : list_of(answer, "cases"))
        for (const Json& person : list_of(file, "people")) {
            const auto& dues = list_of(person, "dues");
            rows.push_back({shown(file, "number"), coded<CaseKind>(file, "kind", lang), shown(file, "institution"),
                       shown(person, "name"), coded<CaseState>(person, "state", lang),
                       dues.empty() ? "" : day_of_due(dues.front(), lang) + " " + due_words(dues.front(), lang)});
        }
    return rows;
}

/// "张伟", "张伟等 3 人"
std::string people_of(const Json& item, Lang lang) {
    const std::int64_t people = number_of(item, "people");
    if (people < 2) return shown(item, "name");
    return lang == Lang::zh ? shown(item, "name") + "等 " + std::to_string(people) + " 人"
                            : shown(item, "name") + " and " + std::to_string(people - 1) + " more";
}

TableRows due_list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TableRows rows;
    rows.push_back(zh ? std::vector<std::string>{"到期日", "", "事项", "由谁办理", "机构", "人员", "案件", "依据"}
                 : std::vector<std::string>{"due", "", "what", "by", "institution", "person", "case", "article"});
    for (const Json& item : list_of(answer, "due"))
        rows.push_back({day_of_due(item, lang), shown(item, "overdue") == "true" ? (zh ? "逾期" : "overdue") : "",
                   due_words(item, lang), word(kBy, shown(item, "by"), lang), shown(item, "institution"),
                   people_of(item, lang), shown(item, "case") == "0" ? "" : shown(item, "case"),
                   shown(item, "article")});
    return rows;
}

}  // namespace

TableRows case_table(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "case.list") return list(answer, lang);
    return operation == "due.list" ? due_list(answer, lang) : TableRows();
}

std::string print_case(std::string_view operation, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (operation == "case.list" && list_of(answer, "cases").empty()) return zh ? "没有在办案件\n" : "no open cases\n";
    if (operation == "due.list" && list_of(answer, "due").empty()) return zh ? "没有待办事项\n" : "nothing is due\n";
    if (const TableRows rows = case_table(operation, answer, lang); !rows.empty()) return TextTable(rows).text();
    if (const std::int64_t first = number_of(answer, "first_step"); first > 0) return changed(answer, first, lang);
    if (operation.starts_with("case.")) return one(answer, lang);
    if (operation != "due.done") return {};
    return (zh ? "已登记：" : "recorded: ") + coded<DueKind>(answer, "kind", lang) + " " +
           shown(answer, "period") + " " + shown(answer, "document") + "\n";
}

}  // namespace zige::hub

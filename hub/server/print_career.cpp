#include <map>

#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

/// One text in two languages.
struct Says {
    Lang lang;
    std::string operator()(const char* zh, const char* en) const { return lang == Lang::zh ? zh : en; }
};

std::string codes(const Json& answer) {
    std::string text;
    for (const Json& code : list_of(answer, "registered_at")) text += (text.empty() ? "" : " ") + *code.text();
    return text;
}

std::string who_of(const Json& json) { return "#" + shown(json, "person") + " " + shown(json, "name"); }

std::string preview_note(const Json& answer, Lang lang) {
    if (shown(answer, "recorded") == "true") return {};
    return Says{lang}("预览：尚未登记\n", "a preview: nothing is recorded\n");
}

/// "暂停 2 个月", "终止，1 年内不得再次登记", measures where there is no change of status.
std::string effect_text(const Json& reading, const std::string& months, const std::string& years, Lang lang) {
    const Says says{lang};
    const std::string status = shown(reading, "status");
    if (status == to_string(Standing::suspended))
        return says("暂停 ", "suspended ") + months + says(" 个月", " months");
    if (status == to_string(Standing::terminated))
        return says("终止，", "terminated, barred ") + years + says(" 年内不得再次登记", " years");
    std::string text;
    for (const Json& each : list_of(reading, "measures")) {
        const auto measure = from_name<Measure>(*each.text());
        if (measure) text += (text.empty() ? "" : says("、", ", ")) + zige::text(*measure, lang);
    }
    return text.empty() ? says("无", "none") : text;
}

std::string effect_text(const Json& reading, Lang lang) {
    return effect_text(reading, shown(reading, "months"), shown(reading, "ban_years"), lang);
}

const Json& member(const Json& json, std::string_view key) {
    static const Json kNone;
    const Json* found = json.find(key);
    return found == nullptr ? kNone : *found;
}

void add_reading(TextTable& table, const std::string& title, const Json& reading, Lang lang) {
    if (reading.members() == nullptr) return;
    table.add({title, coded<MeasureBasis>(reading, "basis", lang) + " " + shown(reading, "points") +
                          (lang == Lang::zh ? "：" : ": ") + effect_text(reading, lang) + "  " +
                          shown(reading, "article")});
}

/// "2026-05-02 – 2026-09-01"; a termination has no last day.
std::string period_text(const Json& interval, Lang lang) {
    const Says says{lang};
    const std::string end = shown(interval, "printed_end");
    if (end.empty() || shown(interval, "status") == to_string(Standing::terminated))
        return shown(interval, "from") + says(" 起", " on");
    return shown(interval, "from") + " – " + end;
}

std::string scored_person(const Json& person, Lang lang) {
    const Says says{lang};
    const Json& decision = member(person, "decision");
    TextTable table;
    table.add({says("人员", "person"), who_of(person)});
    const bool withdrawn = shown(person, "withdrawn") == "true";
    table.add({says("文书号", "document"), shown(decision, "document")});
    if (withdrawn) table.add({says("决定", "decision"), says("已撤销，自始不存在", "withdrawn: it never was")});
    table.add({withdrawn ? says("原记分", "points until now") : says("记分", "points"), shown(decision, "points") + "  " + shown(decision, "level") + "  " +
                                           coded<ResponsibilityDegree>(decision, "degree", lang)});
    if (!withdrawn)
        table.add({says("此前累计（计入）", "points before (counted)"),
                   shown(person, "before_counted") + says("（同年度决定 ", " (decided in the year ") +
                       shown(person, "before_by_decision_year") + says("，其中同年度行为 ", ", of it by conduct of the same year ") +
                       shown(person, "before_by_conduct_year") + says("）", ")")});
    table.add({says("此后累计（同年度决定）", "points now (decided in the year)"),
               shown(person, "points_of_year") +
                   (withdrawn ? std::string()
                              : says("（其中 ", " (of it conduct of ") + shown(decision, "conduct_year") +
                                    says(" 年度行为 ", ": ") + shown(person, "points_of_conduct_year") + says("）", ")"))});
    add_reading(table, withdrawn ? says("原处理", "effect until now") : says("处理", "effect"), member(decision, "served"), lang);
    if (!withdrawn) add_reading(table, says("另一种计法", "the other reading"), member(decision, "other"), lang);
    const Json& interval = member(person, "interval");
    if (interval.members() != nullptr)
        table.add({says("执行期间", "runs"), period_text(interval, lang)});
    if (!shown(person, "barred_until").empty())
        table.add({says("最早可再次登记之日", "no registration before"), shown(person, "barred_until")});
    table.add({says("登记机构", "registered at"), codes(person)});
    for (const Json& reason : list_of(person, "proposal"))
        table.add({says("建议档次", "proposal"),
                   shown(reason, "level") + "  " + shown(reason, "text") + "  " + shown(reason, "article")});
    for (const Json& later : list_of(person, "later"))
        table.add({says("随之更正", "corrected with it"),
                   shown(later, "document") + "  " + effect_text(member(later, "served"), lang)});
    for (const Json& each : list_of(person, "owed"))
        table.add({says("加重部分尚未生效", "graver, not in force yet"),
                   *each.text() + says("：重新事先告知、送达后执行，见 zige-hub due", ": after prior notice and service, see zige-hub due")});
    for (const Json& each : list_of(person, "repairs_fallen"))
        table.add({says("修复不再有效", "repair that falls"), shown(each, "way") + "  " + shown(each, "on") + "  " +
                                                                 shown(each, "points") + says(" 分", " points")});
    for (const Json& code : list_of(person, "registered_again"))
        table.add({says("登记备案继续有效", "registration runs on"), *code.text()});
    if (shown(person, "consecutive_years") == "true")
        table.add({says("连续三年", "three years in a row"), says("是", "yes")});
    if (shown(person, "watch_list") == "true")
        table.add({says("重点监控名单", "watch list"), says("所在机构应列入", "the institution belongs on it")});
    return table.text();
}

std::string scored(const Json& answer, Lang lang) {
    std::string text;
    for (const Json& person : list_of(answer, "people")) text += scored_person(person, lang) + "\n";
    return text + preview_note(answer, lang);
}

std::string repaired(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("人员", "person"), who_of(answer)});
    table.add({says("减免", "points taken back"), shown(answer, "points") + says("（行为年度 ", " (conduct of ") +
                                                    shown(answer, "conduct_year") + says("）  ", ")  ") +
                                                    shown(answer, "article")});
    table.add({says("本年累计", "of the year now"), shown(answer, "points_of_year")});
    for (const Json& each : list_of(answer, "shorter"))
        table.add({says("缩短至", "ends earlier"), shown(each, "document") + "  " + shown(each, "printed_end")});
    for (const Json& each : list_of(answer, "over"))
        table.add({says("恢复之日", "paid again from"), shown(each, "document") + "  " + shown(each, "end")});
    for (const Json& later : list_of(answer, "later"))
        table.add({says("随之更正", "corrected with it"),
                   shown(later, "document") + "  " + effect_text(member(later, "served"), lang)});
    return table.text() + preview_note(answer, lang);
}

std::string restored(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("人员", "person"), who_of(answer)});
    table.add({says("文书号", "document"), shown(answer, "document")});
    const bool again = shown(answer, "register_again") == "true";
    table.add({again ? says("可再次登记之日", "may be registered again from") : says("恢复之日", "paid again from"),
               shown(answer, "end")});
    if (again)
        table.add({says("手续", "needed"), says("重新作出承诺和登记备案，原登记终止",
                                               "a new commitment and registration; the old ones have ended")});
    if (shown(answer, "late") == "true")
        table.add({says("申请", "application"),
                   says("逾期（截至 ", "late (by ") + shown(answer, "limit") + says("），已受理", "), accepted")});
    return table.text() + preview_note(answer, lang);
}

std::string linked(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    for (const Json& each : list_of(answer, "people")) {
        const Json& interval = member(each, "interval");
        table.add({who_of(each), coded<Standing>(interval, "status", lang), shown(interval, "from"),
                   shown(interval, "end"), shown(interval, "document"), codes(each)});
    }
    return table.text() + preview_note(answer, lang) + (table.empty() ? says("无\n", "none\n") : std::string());
}

std::string merged(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("保留档案", "goes on"), who_of(answer)});
    table.add({says("并入", "merged"), "#" + shown(answer, "merged")});
    table.add({says("登记机构", "registered at"), codes(answer)});
    for (const Json& year : list_of(answer, "years"))
        table.add({says("年度记分", "points of the year"), shown(year, "year") + "  " + shown(year, "points")});
    for (const Json& each : list_of(answer, "repaired_twice"))
        table.add({says("修复超出规定，请核实", "more repairs than allowed: look at them"), *each.text()});
    TextTable decisions;
    for (const Json& each : list_of(answer, "decisions"))
        decisions.add({"#" + shown(each, "file"), shown(each, "decided_on"), shown(each, "document"),
                       shown(each, "institution"), shown(each, "points"), effect_text(member(each, "served"), lang)});
    std::string text = table.text();
    if (!decisions.empty()) text += says("\n两份档案的记分处理\n", "\nDecisions of both files\n") + decisions.text();
    return text + preview_note(answer, lang);
}

/// Points of the year with this decision, as it was decided.
std::string of_the_year(const Json& decision) {
    for (const char* const reading : {"served", "other"})
        if (shown(member(decision, reading), "basis") == to_string(MeasureBasis::cumulative))
            return shown(member(decision, reading), "points");
    return {};
}

TableRows decisions_list(const Json& answer, Lang lang) {
    const Says says{lang};
    TableRows rows = {{says("决定日", "decided"), says("文书号", "document"), says("机构", "institution"),
                       says("人员", "person"), says("姓名", "name"), says("档次", "level"), says("责任程度", "degree"),
                       says("记分", "points"), says("年度累计", "of the year"), says("处理", "effect"),
                       says("起", "from"), says("期满之日", "printed end"), says("恢复", "end"),
                       says("最早可再次登记之日", "no registration before"), ""}};
    for (const Json& each : list_of(answer, "decisions")) {
        const Json& interval = member(each, "interval");
        const bool terminated = shown(interval, "status") == to_string(Standing::terminated);
        rows.push_back({shown(each, "decided_on"), shown(each, "document"), shown(each, "institution"),
                        "#" + shown(each, "person"), shown(each, "name"), shown(each, "level"),
                        coded<ResponsibilityDegree>(each, "degree", lang), shown(each, "points"), of_the_year(each),
                        effect_text(member(each, "served"), lang), shown(interval, "from"),
                        terminated ? std::string() : shown(interval, "printed_end"), shown(interval, "end"),
                        shown(each, "barred_until"),
                        shown(each, "withdrawn") == "true"   ? says("已撤销", "withdrawn")
                        : shown(each, "corrected") == "true" ? says("已更正", "corrected")
                                                             : std::string()});
    }
    return rows;
}

std::string listed(const Json& answer, Lang lang) {
    if (list_of(answer, "decisions").empty()) return Says{lang}("没有记分处理\n", "no decisions\n");
    return TextTable(decisions_list(answer, lang)).text();
}

std::string years_table(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("年度", "year"), says("净记分（同年度决定）", "net points (decided in the year)"),
               says("其中按行为年度", "of it by conduct year")});
    for (const Json& year : list_of(answer, "years")) {
        std::string parts;
        for (const Json& each : list_of(year, "of_conduct"))
            parts += (parts.empty() ? "" : says("，", ", ")) + shown(each, "year") + says(" 年 ", ": ") + shown(each, "points");
        table.add({shown(year, "year"), shown(year, "points"), parts});
    }
    return table.text();
}

std::string decisions_table(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("决定日", "decided"), says("文书号", "document"), says("记分", "points"), says("处理", "effect"),
               says("依据", "article"), says("政策参数", "profile"), ""});
    for (const Json& each : list_of(answer, "decisions")) {
        const bool withdrawn = shown(each, "withdrawn") == "true";
        const bool corrected = shown(each, "corrected") == "true";
        const Json& served = member(each, "served");
        table.add({shown(each, "decided_on"), shown(each, "document"), shown(each, "points"), effect_text(served, lang),
                   shown(served, "article"), shown(each, "profile") + " " + shown(each, "profile_version"),
                   withdrawn   ? says("已撤销", "withdrawn")
                   : corrected ? says("已更正", "corrected")
                               : std::string()});
    }
    return table.text();
}

std::string timeline_table(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("状态", "status"), says("起", "from"), says("恢复", "end"), says("期满之日", "printed end"),
               says("文书号", "document"), says("依据", "article"), says("原因", "cause")});
    for (const Json& each : list_of(answer, "timeline"))
        table.add({coded<Standing>(each, "status", lang), shown(each, "from"), shown(each, "end"),
                   shown(each, "printed_end"), shown(each, "document"), shown(each, "article"),
                   coded<SanctionCause>(each, "cause", lang)});
    return table.text();
}

std::string events_table(const Json& answer, Lang lang) {
    TextTable table;
    for (const Json& each : list_of(answer, "events"))
        table.add({shown(each, "number"), shown(each, "at"), coded<HubEvent>(each, "event", lang),
                   shown(member(each, "body"), "document"), shown(member(each, "body"), "reason"),
                   shown(each, "operator")});
    return table.text();
}

std::string career(const Json& answer, Lang lang) {
    const Says says{lang};
    std::string text = who_of(answer) + "  " + codes(answer) + "\n";
    const std::string barred = shown(answer, "barred_until");
    const bool restored_first = shown(answer, "barred_until_restored") == "true";
    if (!shown(answer, "barred_by").empty()) {
        text += barred.empty() ? says("不得登记", "no registration") : says("最早可登记之日 ", "no registration before ") + barred;
        if (restored_first) text += says("，须先经评估恢复资格", ", and only after an evaluation and restoration");
        text += "  " + shown(answer, "barred_by") + "\n";
    }
    if (shown(answer, "years_in_a_row") == "true")
        text += says("连续三个年度记分满 9 分\n", "9 points or more in three calendar years in a row\n");
    text += says("\n各年记分\n", "\nPoints by year\n") + years_table(answer, lang);
    text += says("\n记分处理\n", "\nDecisions\n") + decisions_table(answer, lang);
    text += says("\n资格时间线\n", "\nTimeline\n") + timeline_table(answer, lang);
    if (!list_of(answer, "repairs").empty()) {
        TextTable table;
        for (const Json& each : list_of(answer, "repairs"))
            table.add({shown(each, "on"), shown(each, "way"), shown(each, "points")});
        text += says("\n修复\n", "\nRepairs\n") + table.text();
    }
    return text + says("\n事件\n", "\nEvents\n") + events_table(answer, lang);
}

std::string compared(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("政策参数", "profile"), says("决定日", "decided"), says("文书号", "document"),
               says("记分", "points"), says("累计", "of the year"), says("处理", "effect"), says("依据", "article"),
               ""});
    for (const Json& replay : list_of(answer, "replays"))
        for (const Json& each : list_of(replay, "decisions")) {
            const Json& served = member(each, "served");
            table.add({shown(replay, "profile"), shown(each, "decided_on"), shown(each, "document"),
                       shown(each, "points"), shown(each, "cumulative"),
                       effect_text(served, shown(each, "months"), shown(each, "ban_years"), lang),
                       shown(served, "article"),
                       shown(each, "in_force") == "true" ? std::string() : says("当时未生效", "not in force then")});
        }
    return table.text();
}

std::string rebuilt(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("有事件的人员", "people with events"), shown(answer, "people")});
    table.add({says("事件", "events"), shown(answer, "events")});
    table.add({says("机构", "institutions"), shown(answer, "institutions")});
    table.add({says("比对记录", "records compared"), shown(answer, "records")});
    table.add({says("不一致", "differences"), shown(answer, "differences")});
    for (const Json& each : list_of(answer, "differing")) table.add({"", *each.text()});
    return table.text();
}

std::string verified(const Json& answer, Lang lang) {
    return Says{lang}("总账完整，事件 ", "the log is whole, events ") + shown(answer, "events") + "\n";
}

std::string watched(const Json& answer, Lang lang) {
    TextTable table;
    for (const Json& each : list_of(answer, "institutions")) {
        std::string people;
        for (const Json& one : list_of(each, "people")) people += (people.empty() ? "" : " ") + *one.text();
        table.add({shown(each, "institution"), people});
    }
    return table.empty() ? Says{lang}("无\n", "none\n") : table.text();
}

std::string ratios(const Json& answer, Lang lang) {
    const Says says{lang};
    TextTable table;
    table.add({says("机构", "institution"), says("名称", "name"), says("人员", "people"), says("人次", "occurrences"),
               says("人数", "sanctioned"), says("万分比", "per 10,000"), ""});
    for (const Json& each : list_of(answer, "institutions"))
        table.add(
            {shown(each, "institution"), shown(each, "name"), shown(each, "people"), shown(each, "occurrences"),
             shown(each, "sanctioned"), shown(each, "per_ten_thousand"),
             shown(each, "in_range") == "true" ? says("达到规定比例", "in the range of the text") : std::string()});
    return table.text();
}

}  // namespace

TableRows career_table(std::string_view operation, const Json& answer, Lang lang) {
    return operation == "points.list" ? decisions_list(answer, lang) : TableRows();
}

std::string print_career(std::string_view operation, const Json& answer, Lang lang) {
    using Print = std::string (*)(const Json&, Lang);
    static const std::map<std::string_view, Print> kPrints = {
        {"points.decide", scored},   {"points.serve", scored},    {"points.correct", scored},
        {"points.withdraw", scored}, {"points.repair", repaired}, {"points.restore", restored},
        {"cause.start", linked},     {"cause.end", linked},       {"ledger.show", career},
        {"ledger.verify", verified}, {"ledger.rebuild", rebuilt}, {"ledger.compare", compared},
        {"ledger.merge", merged},    {"ledger.ratio", ratios},    {"ledger.watch", watched},
        {"points.list", listed}};
    const auto at = kPrints.find(operation);
    return at == kPrints.end() ? std::string() : at->second(answer, lang);
}

}  // namespace zige::hub

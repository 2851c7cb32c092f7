#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

using Words = std::vector<std::string>;

std::string result(const Json& filing, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(filing, "accepted") != "true")
        return (zh ? "退回：" : "refused: ") + coded<ErrorId>(filing, "reason", lang);
    if (shown(filing, "withdrawn") == "true") return zh ? "已撤回" : "withdrawn";
    if (!shown(filing, "dispute").empty()) return zh ? "受理，日期有争议" : "accepted, its day is disputed";
    return zh ? "受理" : "accepted";
}

std::string who(const Json& json, Lang lang) { return shown(json, "name") + registration(json, lang); }

std::string list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "filings").empty()) return zh ? "没有申报\n" : "no filings\n";
    TextTable table;
    table.add(zh ? Words{"编号", "机构", "类别", "人员", "结果", "自报时间", "到达时间", "经办"}
                 : Words{"id", "institution", "kind", "person", "result", "claimed", "arrived", "clerk"});
    for (const Json& each : list_of(answer, "filings"))
        table.add({shown(each, "filing").substr(0, 8), shown(each, "institution"),
                   coded<FilingKind>(each, "kind", lang), who(each, lang), result(each, lang), shown(each, "claimed"),
                   shown(each, "hub_after"), shown(each, "clerk")});
    return table.text();
}

std::string one(const Json& filing, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "编号" : "id", shown(filing, "filing")});
    table.add({zh ? "机构" : "institution", shown(filing, "institution")});
    table.add({zh ? "类别" : "kind", coded<FilingKind>(filing, "kind", lang)});
    table.add({zh ? "人员" : "person", who(filing, lang)});
    table.add({zh ? "结果" : "result", result(filing, lang)});
    table.add({zh ? "内容" : "says", filing.find("says")->write()});
    table.add({zh ? "自报时间" : "claimed", shown(filing, "claimed")});
    table.add({zh ? "不早于" : "not before", shown(filing, "hub_before")});
    table.add({zh ? "不晚于" : "not after", shown(filing, "hub_after")});
    table.add({zh ? "最后工作日" : "last day", shown(filing, "last_day")});
    table.add({zh ? "争议" : "dispute", shown(filing, "dispute")});
    table.add({zh ? "经办" : "clerk", shown(filing, "clerk")});
    return table.text();
}

std::string codes(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "codes").empty()) return zh ? "没有录入申报码\n" : "no filing codes were entered\n";
    TextTable table;
    table.add(zh ? Words{"机构", "申报码", "录入时间", "录入人", "申报"}
                 : Words{"institution", "code", "entered", "by", "filing"});
    for (const Json& each : list_of(answer, "codes")) {
        const std::string filing = shown(each, "filing").substr(0, 8);
        table.add({shown(each, "institution"), shown(each, "code"), shown(each, "entered"), shown(each, "by"),
                   filing.empty() ? (zh ? "尚未收到" : "not here yet") : filing});
    }
    return table.text();
}

TableRows departures(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TableRows rows;
    rows.push_back(
        zh ? Words{"机构", "人员", "最后工作日", "应维护于", "阶段", "申报", "不早于", "不晚于", "窗口维护"}
           : Words{"institution", "person", "last day", "due", "stage", "filed", "not before", "not after", "window"});
    for (const Json& each : list_of(answer, "departures"))
        rows.push_back({shown(each, "institution"), who(each, lang), shown(each, "last_day"), shown(each, "due"),
                   coded<DutyStage>(each, "stage", lang), coded<FilingProof>(each, "proof", lang),
                   shown(each, "filed_after"), shown(each, "filed_before"), shown(each, "window_updated")});
    return rows;
}

std::string questions(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "questions").empty()) return zh ? "没有在职询问\n" : "nobody was asked about\n";
    TextTable table;
    table.add(zh ? Words{"机构", "人员", "询问时间", "原因", "答复期限", "答复"}
                 : Words{"institution", "person", "asked", "why", "due", "answer"});
    for (const Json& each : list_of(answer, "questions")) {
        std::string said =
            shown(each, "overdue") == "true" ? (zh ? "逾期未答复" : "overdue") : (zh ? "待答复" : "open");
        if (!shown(each, "answered").empty())
            said = shown(each, "present") == "true" ? (zh ? "在职" : "is here") : (zh ? "已不在职" : "is gone");
        table.add({shown(each, "institution"), who(each, lang), shown(each, "asked"), shown(each, "reason"),
                   shown(each, "due"), said});
    }
    return table.text();
}

std::string sessions(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "sessions").empty()) return zh ? "没有在岗记录\n" : "no duty sessions\n";
    TextTable table;
    table.add(zh ? Words{"药师", "签到", "签退"} : Words{"pharmacist", "on", "off"});
    for (const Json& each : list_of(answer, "sessions"))
        table.add({who(each, lang), shown(each, "from"), shown(each, "until")});
    return table.text();
}

}  // namespace

TableRows filing_table(std::string_view operation, const Json& answer, Lang lang) {
    return operation == "departure.list" ? departures(answer, lang) : TableRows();
}

std::string print_filing(std::string_view operation, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (operation == "filing.list") return list(answer, lang);
    if (operation == "filing.show" || operation == "filing.dispute" || operation == "filing.set-day")
        return one(answer, lang);
    if (operation == "filing.codes") return codes(answer, lang);
    if (operation == "departure.list") {
        if (list_of(answer, "departures").empty()) return lang == Lang::zh ? "没有离职申报\n" : "no departures\n";
        return TextTable(departures(answer, lang)).text();
    }
    if (operation == "duty.list") return sessions(answer, lang);
    if (operation.starts_with("presence.")) return questions(answer, lang);
    if (operation == "filing.code")
        return (zh ? "已录入，申报到达后自动核对\n" : "entered; it is checked when the filing comes\n");
    if (operation == "institution.owner")
        return shown(answer, "code") + (zh ? " 的举办主体：" : " belongs to ") + shown(answer, "owner") + "\n";
    return {};
}

}  // namespace zige::hub

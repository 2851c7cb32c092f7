#include <cstdlib>
#include <set>

#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

struct VerdictText {
    const char* name;
    const char* zh;
    const char* en;
};
constexpr VerdictText kVerdicts[] = {
    {"rightly_allowed", "放行正确", "rightly allowed"},
    {"rightly_refused", "拒付正确", "rightly refused"},
    {"wrongly_allowed", "误放行", "wrongly allowed"},
    {"wrongly_refused", "误拒付", "wrongly refused"},
    {"not_judged", "不判定", "not judged"},
};

std::string verdict_text(std::string_view name, Lang lang) {
    for (const VerdictText& verdict : kVerdicts)
        if (name == verdict.name) return lang == Lang::zh ? verdict.zh : verdict.en;
    return std::string(name);
}

/// Fen as yuan with two places; no floating point.
std::string yuan(const Json& json, std::string_view key) {
    const std::int64_t fen = json.find(key) == nullptr ? 0 : json.find(key)->integer().value_or(0);
    const std::string digits = std::to_string(std::abs(fen % 100));
    const std::string sign = fen < 0 && fen > -100 ? "-" : "";
    return sign + std::to_string(fen / 100) + "." + (digits.size() == 1 ? "0" : "") + digits;
}

std::string grounds(const Json& line, std::string_view key, Lang lang) {
    std::string text;
    std::set<std::string> seen;  // two people of a line may have the same ground
    for (const Json& name : list_of(line, key)) {
        if (!seen.insert(*name.text()).second) continue;
        const auto ground = from_name<Ground>(*name.text());
        text += (text.empty()       ? ""
                 : lang == Lang::zh ? "、"
                                    : ", ") +
                (ground ? std::string(zige::text(*ground, lang)) : *name.text());
    }
    return text;
}

std::string age(const Json& line, Lang lang) {
    const std::int64_t seconds = line.find("copy_age_seconds")->integer().value_or(0);
    return std::to_string(seconds / 3600) + (lang == Lang::zh ? " 小时" : " h");
}

std::vector<std::string> heading_of_lines(Lang lang) {
    const bool zh = lang == Lang::zh;
    return zh ? std::vector<std::string>{"终端", "序号", "费用行", "费用时间", "金额", "人员", "当时", "现在",
                                         "结论", "依据", "数据序号", "数据时龄"}
              : std::vector<std::string>{"agent", "no.", "line", "fee time", "yuan", "person", "then", "now",
                                         "verdict", "grounds", "copy", "age"};
}

std::vector<std::string> row_of_line(const Json& line, Lang lang) {
    std::string why = grounds(line, "grounds_now", lang);
    if (const std::string document = shown(line, "document"); !document.empty()) why += " " + document;
    return {shown(line, "agent"),
            shown(line, "chapter") + "/" + shown(line, "index"),
            shown(line, "claim") + "/" + shown(line, "line"),
            shown(line, "fee_time"),
            yuan(line, "amount_fen"),
            shown(line, "person") + " " + shown(line, "person_code"),
            coded<Outcome>(line, "served", lang),
            coded<Outcome>(line, "now", lang),
            verdict_text(shown(line, "verdict"), lang),
            why,
            shown(line, "copy_seq"),
            age(line, lang)};
}

std::string lines_table(const Json& institution, Lang lang) {
    TextTable table({heading_of_lines(lang)});
    for (const Json& line : list_of(institution, "lines")) table.add(row_of_line(line, lang));
    return list_of(institution, "lines").empty() ? std::string() : table.text("  ");
}

std::string departures_table(const Json& institution, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(institution, "departures").empty()) return {};
    TextTable table;
    table.add(
        zh ? std::vector<std::string>{"离职人员", "代码", "最后工作日", "应维护于", "阶段", "剩余工作日", "申报",
                                      "窗口维护"}
           : std::vector<std::string>{"leaver", "code", "last day", "due", "stage", "days left", "filed", "window"});
    for (const Json& each : list_of(institution, "departures")) {
        std::string due = shown(each, "due");
        if (shown(each, "provisional") == "true") due += zh ? "（暂定）" : " (provisional)";
        table.add({shown(each, "name"), shown(each, "code"), shown(each, "last_day"), due,
                   coded<DutyStage>(each, "stage", lang), shown(each, "working_days_left"),
                   coded<FilingProof>(each, "proof", lang), shown(each, "window_updated")});
    }
    return table.text("  ");
}

std::string report(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text =
        (zh ? "按今天的资格状态重新核对，" : "judged again by today's timeline, ") + shown(answer, "as_of") + "\n";
    for (const Json& institution : list_of(answer, "institutions")) {
        text += "\n" + shown(institution, "code") + " " + shown(institution, "name") + " " +
                coded<Mode>(institution, "mode", lang) + "\n";
        for (const VerdictText& verdict : kVerdicts) {
            const Json& count = *institution.find("counts")->find(verdict.name);
            if (shown(count, "lines") == "0") continue;
            text += "  " + verdict_text(verdict.name, lang) + " " + shown(count, "lines") +
                    (zh ? " 行，" : " lines, ") + yuan(count, "fen") + (zh ? " 元\n" : " yuan\n");
        }
        text += lines_table(institution, lang) + departures_table(institution, lang);
    }
    return text;
}

std::string found(const Json& answer, Lang lang) {
    return (lang == Lang::zh ? "参考号 " : "reference ") + shown(answer, "reference") + "\n" + lines_table(answer, lang);
}

std::string agents_table(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "agents").empty()) return {};
    TextTable table;
    table.add(zh ? std::vector<std::string>{"终端", "机构", "最近联系", "数据序号", "应为", "日志条数", "待报判定",
                                            "待报申报", "时间", "版本"}
                 : std::vector<std::string>{"agent", "institution", "last contact", "has", "current", "entries",
                                            "waiting", "filings", "clock", "software"});
    for (const Json& agent : list_of(answer, "agents")) {
        std::string clock = zh ? "正常" : "fine";
        if (shown(agent, "clock_suspect") == "true") clock = zh ? "可疑" : "suspect";
        if (shown(agent, "clock_unknown") == "true") clock = zh ? "未知" : "unknown";
        if (shown(agent, "frozen") == "true") clock += zh ? " 日志分叉" : " journal diverged";
        table.add({shown(agent, "agent"), shown(agent, "institution"), shown(agent, "last_contact"),
                   shown(agent, "have_seq"), shown(agent, "current_seq"), shown(agent, "entries_held"),
                   shown(agent, "waiting_entries"), shown(agent, "waiting_filings"), clock, shown(agent, "software")});
    }
    return table.text();
}

std::string key_warning(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(answer, "online_key_warning") != "true") return {};
    const std::string days = shown(answer, "online_key_days_left");
    if (days == "0")
        return zh ? "没有可用的在线密钥，不能签发：请立即执行 zige-hub trust rotate\n"
                  : "no online key is valid, nothing can be signed: zige-hub trust rotate\n";
    return zh ? "在线密钥 " + days + " 天后到期：请执行 zige-hub trust rotate\n"
              : "the online key ends in " + days + " days: zige-hub trust rotate\n";
}

std::string status(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "中心" : "hub", shown(answer, "hub")});
    table.add({zh ? "时间" : "time", shown(answer, "time")});
    table.add({zh ? "纪元/发布序号" : "epoch/publish number",
               shown(answer, "epoch") + "/" + shown(answer, "publish_number")});
    table.add({zh ? "总账条数" : "log events", shown(*answer.find("log"), "events")});
    table.add(
        {zh ? "机构/人员" : "institutions/people", shown(answer, "institutions") + "/" + shown(answer, "people")});
    table.add({zh ? "区域名单" : "ineligible set",
               shown(answer, "ineligible_entries") + " (" + shown(answer, "ineligible_version") + ")"});
    table.add({zh ? "在线密钥有效期至" : "online key until", shown(answer, "online_key_until")});
    std::string text = table.text();
    text += key_warning(answer, lang);
    if (shown(answer, "clock_refused") == "true")
        text += zh ? "服务器时钟跳变，已停止签发：zige-hub clock show\n"
                   : "the clock of the server jumped, nothing is signed: zige-hub clock show\n";
    if (shown(answer, "publishing") == "false")
        text += (zh ? "已停止发布：" : "not publishing: ") + coded<ErrorId>(answer, "stopped_by", lang) + "\n";
    return text + agents_table(answer, lang);
}

std::string held_text(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string held = shown(answer, "held");
    if (held == "held") return (zh ? "一致，收到于 " : "the same, received ") + shown(answer, "received_at");
    if (held == "not_handed_in") return zh ? "尚未上报" : "not handed in yet";
    return zh ? "不一致：该日志已分叉" : "another entry: the journal went on in two ways";
}

std::string receipt(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "凭据" : "receipt", zh ? "签名有效" : "its signature is good"});
    table.add({zh ? "机构" : "institution", shown(answer, "institution")});
    table.add({zh ? "终端/章/日志号" : "agent/chapter/number",
               shown(answer, "agent") + "/" + shown(answer, "chapter") + "/" + shown(answer, "number")});
    table.add({zh ? "中心日志" : "journal here", held_text(answer, lang)});
    table.add({zh ? "记录时间" : "recorded", shown(answer, "recorded_at")});
    if (answer.find("outcome") != nullptr) {
        table.add({zh ? "结算单/行" : "claim/line", shown(answer, "claim_id") + "/" + shown(answer, "line_id")});
        table.add({zh ? "费用时间" : "fee time", shown(answer, "fee_time")});
        table.add({zh ? "金额" : "amount", yuan(answer, "fen")});
        table.add({zh ? "结论" : "outcome", coded<Outcome>(answer, "outcome", lang)});
    }
    table.add({zh ? "终端公钥" : "public key", shown(answer, "public_key")});
    return table.text();
}

std::string log_verify(const Json& answer, Lang lang) {
    return (lang == Lang::zh ? "总账链完整，共 " : "the log's chain is whole, events: ") + shown(answer, "events") +
           " " + shown(answer, "tip") + "\n";
}

std::string log_show(const Json& answer, Lang lang) {
    TextTable table;
    for (const Json& event : list_of(answer, "events"))
        table.add({shown(event, "number"), shown(event, "at"), coded<HubEvent>(event, "event", lang),
                   shown(event, "operator"), shown(event, "institution"), event.find("body")->write()});
    return table.empty() ? (lang == Lang::zh ? "没有更多条目\n" : "no more events\n") : table.text();
}

}  // namespace

TableRows audit_table(std::string_view operation, const Json& answer, Lang lang) {
    if (operation != "report") return {};
    TableRows rows{heading_of_lines(lang)};
    rows.front().insert(rows.front().begin(), lang == Lang::zh ? "机构" : "institution");
    for (const Json& institution : list_of(answer, "institutions"))
        for (const Json& line : list_of(institution, "lines")) {
            rows.push_back(row_of_line(line, lang));
            rows.back().insert(rows.back().begin(), shown(institution, "code"));
        }
    return rows;
}

std::string print_audit(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "report") return report(answer, lang);
    if (operation == "journal.find") return found(answer, lang);
    if (operation == "receipt.verify") return receipt(answer, lang);
    if (operation == "status") return status(answer, lang);
    if (operation == "log.verify") return log_verify(answer, lang);
    return operation == "log.show" ? log_show(answer, lang) : std::string();
}

}  // namespace zige::hub

#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"
#include "shared/base/time.h"

namespace zige::daemon {
namespace {

std::string person_of(const Json& line, const Json& ground, Lang lang) {
    const Json& index = at(ground, "person");
    const Json::Array* people = at(line, "people").items();
    if (!index.integer() || people == nullptr) return {};
    const auto position = static_cast<std::size_t>(*index.integer());
    if (position >= people->size()) return {};
    const Json& person = (*people)[position];
    std::string text = coded(person, "role", lang);
    if (!words(person, "name").empty()) text += " " + words(person, "name");
    return text + " " + words(person, "code");
}

/// A notice prints the last day of the period; `nominal_end` is the first day after it.
std::string day_before(const std::string& day) {
    const auto parsed = parse_day(day, "nominal_end");
    return parsed.ok() ? format(*parsed - std::chrono::days{1}) : day;
}

std::string dates_of(const Json& ground, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string from = words(ground, "from");
    const std::string end = words(ground, "end");
    const std::string nominal = words(ground, "nominal_end");
    std::string text;
    if (!from.empty()) text += zh ? from + " 起" : "from " + from;
    if (!end.empty())
        text += zh ? (text.empty() ? "" : "，") + end + " 止" : (text.empty() ? "until " : " until ") + end;
    if (!nominal.empty() && nominal != end)
        text += zh ? "，通知期满之日 " + day_before(nominal) + "，期满不自动恢复"
                   : ", printed end " + day_before(nominal) + ", not restored by itself";
    return text;
}

void add_ground(Fields& fields, const Json& line, const Json& ground, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string reason = words(ground, zh ? "text_zh" : "text_en");
    if (is_true(ground, "freed")) reason += zh ? "（急诊抢救放行）" : " (freed by the emergency)";
    if (is_true(ground, "released")) reason += zh ? "（担责放行）" : " (released by the head)";
    fields.add(zh ? "依据" : "ground", reason);
    fields.add(zh ? "  人员" : "  person", person_of(line, ground, lang));
    fields.add(zh ? "  条款" : "  article", words(ground, "article"));
    fields.add(zh ? "  文号" : "  document", words(ground, "document"));
    fields.add(zh ? "  期间" : "  interval", dates_of(ground, lang));
}

std::string print_line(const Json& line, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "明细 " : "Line ") + words(line, "line_id") + (zh ? "：" : ": ");
    if (at(line, "outcome").is_null())
        return text +
               (zh ? "未能记录，不作答复；请按无应答处理，稍后补报\n"
                   : "not recorded, so there is no answer; settle as when the agent is silent and report later\n");
    text += words(line, zh ? "outcome_zh" : "outcome_en");
    if (words(line, "judged") != words(line, "outcome"))
        text += (zh ? "（规则结论 " : " (judged ") + words(line, "judged") + (zh ? "）" : ")");
    text += "\n";
    Fields fields("    ");
    fields.add(zh ? "费用时间" : "fee time", words(line, "fee_time"));
    if (const Json::Array* grounds = at(line, "grounds").items())
        for (const Json& ground : *grounds) add_ground(fields, line, ground, lang);
    fields.add(zh ? "处理" : "next", coded(line, "advice", lang));
    if (words(line, "outcome") == "hold")
        fields.add(zh ? "费用" : "cost",
                   zh ? "暂不收取，处理后再结算" : "nobody pays for it now; settle when it is resolved");
    else if (!is_true(line, "may_settle") && !is_true(line, "cost_to_patient"))
        fields.add(zh ? "费用" : "cost", zh ? "不得转由患者承担" : "not to be passed on to the patient");
    if (!words(line, "number").empty())
        fields.add(zh ? "日志号" : "journal",
                   words(line, "number") + (zh ? "  参考号 " : "  reference ") + words(line, "reference"));
    else if (!at(line, "recorded").is_null())
        fields.add(zh ? "日志号" : "journal", zh ? "未能写入日志" : "could not be written");
    return text + fields.text();
}

/// Of a decision that stands in the journal only its time and the hash of its copy are known.
std::string copy_words(const Json& copy, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text;
    if (at(copy, "as_of").is_null())
        text = (zh ? "判定时间：" : "Decided at ") + words(copy, "decided_at") +
               (zh ? "，当时的数据 " : ", by the copy ") + words(copy, "state_hash").substr(0, 16);
    else text = (zh ? "依据数据：" : "Judged by the copy of ") + words(copy, "as_of");
    if (!at(copy, "seq").is_null())
        text += (zh ? "，版本 " : ", version ") + words(copy, "epoch") + "." + words(copy, "seq");
    return text + "\n";
}

}  // namespace

std::string print_found_decision(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "参考号" : "reference", words(answer, "reference"));
    fields.add(zh ? "机构" : "institution",
               words(answer, "institution") + (zh ? "，终端 " : ", agent ") + words(answer, "agent"));
    fields.add(zh ? "结算单" : "claim", words(answer, "claim_id"));
    fields.add(zh ? "幂等键" : "key", words(answer, "idempotency_key"));
    fields.add(zh ? "金额" : "amount", words(answer, "amount"));
    if (words(answer, "emergency.code") != "none")
        fields.add(zh ? "申报" : "declared", coded(answer, "emergency", lang) + " " +
                                                 words(answer, "emergency_reason") + " " +
                                                 words(answer, "emergency_by"));
    if (!words(answer, "released_by").empty())
        fields.add(zh ? "担责放行" : "released", words(answer, "release_reason") + " " + words(answer, "released_by"));
    fields.add(zh ? "医嘱" : "order", words(answer, "order_number"));
    if (is_true(answer, "reversed")) fields.add(zh ? "状态" : "state", zh ? "已冲销" : "reversed");
    return fields.text() + print_decisions(answer, lang);
}

std::string print_decisions(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text;
    if (is_true(answer, "preview")) text += zh ? "预检（不记录，不作为结算依据）\n" : "Preview: nothing is recorded\n";
    if (is_true(answer, "repeated"))
        text += zh ? "该幂等键已有判定，以下为当时的答复\n" : "This key was answered before; this is that answer\n";
    if (const Json::Array* lines = at(answer, "lines").items())
        for (const Json& line : *lines) text += print_line(line, lang);
    const Json& copy = at(answer, "copy");
    text += copy_words(copy, lang);
    if (is_true(copy, "clock_suspect") || is_true(copy, "clock_unknown"))
        text += zh ? "注意：电脑时间存疑，请校准日期和时间\n"
                   : "Note: the clock of this computer is in doubt; set date and time\n";
    const std::string duties = words(answer, "duties_due");
    if (!duties.empty() && duties != "0")
        text += zh ? "提醒：有 " + duties + " 项离职更新任务，见 zige-agent departures\n"
                   : "Reminder: " + duties + " departures wait for their update, see zige-agent departures\n";
    return text;
}

Exit exit_of_decisions(const Json& answer) {
    const Json::Array* lines = at(answer, "lines").items();
    if (lines == nullptr) return Exit::io;
    for (const Json& line : *lines)
        if (!is_true(line, "may_settle")) return Exit::refused;
    return Exit::ok;
}

}  // namespace zige::daemon

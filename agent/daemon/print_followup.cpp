#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {

std::string print_evidence(const Json& duty, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "参考号" : "reference", words(duty, "reference"));
    fields.add(zh ? "结算单" : "claim", words(duty, "claim_id"));
    fields.add(zh ? "申报" : "declared", words(duty, "emergency_reason") + " " + words(duty, "emergency_by"));
    fields.add(zh ? "费用时间" : "fee time", words(duty, "fee_time"));
    fields.add(zh ? "期限" : "due", words(duty, "due"));
    if (is_true(duty, "late")) fields.add(zh ? "状态" : "state", zh ? "已超过 6 小时" : "after the 6 hours");
    fields.add(zh ? "日志号" : "journal", words(duty, "evidence_number"));
    return fields.text();
}

std::string print_evidence_list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "evidence_due").items();
    if (list == nullptr || list->empty()) return zh ? "没有待补录的证据\n" : "No evidence is due\n";
    Table table(zh ? std::vector<std::string>{"参考号", "期限", "费用时间", "结算单", "事由", "申报人"}
                   : std::vector<std::string>{"reference", "due", "fee time", "claim", "reason", "declared by"});
    for (const Json& each : *list)
        table.add({words(each, "reference"),
                   words(each, "due") + (is_true(each, "late") ? (zh ? " 逾期" : " late") : ""),
                   words(each, "fee_time"), words(each, "claim_id"), words(each, "emergency_reason"),
                   words(each, "emergency_by")});
    return table.text();
}

std::string print_mapping(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "unmapped").items();
    if (list == nullptr || list->empty()) return zh ? "没有未对应的代码\n" : "Every code stands for somebody\n";
    Table table(zh ? std::vector<std::string>{"代码", "姓名", "科室", "行数", "建议"}
                   : std::vector<std::string>{"code", "name", "department", "lines", "proposals"});
    for (const Json& each : *list) {
        std::string proposals;
        if (const Json::Array* people = at(each, "proposals").items())
            for (const Json& person : *people)
                proposals += (proposals.empty() ? "#" : "  #") + words(person, "registration") + " " +
                             words(person, "name") + " " + words(person, "code") +
                             (is_true(person, "same_department") ? (zh ? "（同科室）" : " (same department)") : "");
        table.add(
            {words(each, "code"), words(each, "name"), words(each, "department"), words(each, "lines"), proposals});
    }
    return table.text() + (zh ? "确认：zige-agent alias add --code 代码 --person #登记号 --clerk 经办人\n"
                              : "Confirm: zige-agent alias add --code CODE --person #NUMBER --clerk NAME\n");
}

std::string print_reversal(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "reversed").items();
    const std::string count = std::to_string(list == nullptr ? 0 : list->size());
    if (is_true(answer, "repeated"))
        return zh ? "以前已冲销，没有新的记录（" + count + " 条）\n"
                  : "Reversed before, nothing was written (" + count + ")\n";
    return zh ? "已冲销 " + count + " 条，可重新判定\n" : "Reversed " + count + "; they may be asked anew\n";
}

std::string print_receipt_check(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "凭据" : "receipt", zh ? "有效" : "good");
    fields.add(zh ? "终端/章/日志号" : "agent/chapter/number",
               words(answer, "agent") + "/" + words(answer, "chapter") + "/" + words(answer, "number"));
    fields.add(zh ? "记录时间" : "recorded", words(answer, "recorded_at"));
    if (at(answer, "outcome").is_null()) return fields.text();
    fields.add(zh ? "结算单/行" : "claim/line", words(answer, "claim_id") + "/" + words(answer, "line_id"));
    fields.add(zh ? "费用时间" : "fee time", words(answer, "fee_time"));
    fields.add(zh ? "金额" : "amount", words(answer, "amount"));
    fields.add(zh ? "结论" : "outcome", words(at(answer, "outcome"), zh ? "text_zh" : "text_en"));
    return fields.text();
}

}  // namespace zige::daemon

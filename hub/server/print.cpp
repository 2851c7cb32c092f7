#include "hub/server/print.h"

#include "hub/core/roster/roster.h"
#include "shared/base/error_words.h"

namespace zige::hub {

std::string shown(const Json& json, std::string_view key) {
    const Json* member = json.find(key);
    if (member == nullptr) return {};
    if (member->text() != nullptr) return *member->text();
    if (const auto flag = member->boolean()) return *flag ? "true" : "false";
    return member->number().value_or("");
}

const Json::Array& list_of(const Json& json, std::string_view key) {
    static const Json::Array kNone;
    const Json* member = json.find(key);
    return member == nullptr || member->items() == nullptr ? kNone : *member->items();
}

std::string registration(const Json& json, Lang lang) {
    const std::string number = shown(json, "registration");
    return lang == Lang::zh ? "（登记号" + number + "）" : " (registration " + number + ")";
}

std::string print_answer(std::string_view operation, const Json& answer, Lang lang) {
    for (const auto print : {print_registry, print_desk, print_audit, print_trust, print_filing, print_agent,
                             print_incident, print_notice, print_profile, print_slips, print_paper, print_career,
                             print_case})
        if (std::string text = print(operation, answer, lang); !text.empty()) return text;
    return answer.write(2) + "\n";
}

TableRows table_of(std::string_view operation, const Json& answer, Lang lang) {
    for (const auto table : {career_table, case_table, paper_table, desk_table, filing_table, audit_table})
        if (TableRows rows = table(operation, answer, lang); !rows.empty()) return rows;
    return {};
}

std::string print_error(const Error& error, Lang lang) {
    const bool zh = lang == Lang::zh;
    const ErrorWords words = words_of(error, lang);
    std::string text = "zige-hub: " + words.reason + " (" + to_string(error.id) + ")\n";
    if (!words.next.empty()) text += (zh ? "下一步：" : "Next: ") + words.next + "\n";
    if (!words.technical.empty()) text += (zh ? "技术信息：" : "Technical: ") + words.technical + "\n";
    return text;
}

}  // namespace zige::hub

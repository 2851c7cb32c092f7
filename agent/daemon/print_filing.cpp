#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {
namespace {

std::string state_of(const Json& filing, Lang lang) {
    std::string text = coded(filing, "state", lang);
    if (!at(filing, "refused_because").is_null())
        text += (lang == Lang::zh ? "：" : ": ") + coded(filing, "refused_because", lang);
    if (is_true(filing, "undo_pending")) text += lang == Lang::zh ? "；撤回待回执" : "; withdrawal not confirmed yet";
    if (is_true(filing, "answer_late"))
        text += lang == Lang::zh ? "；回执超期，请联系经办机构" : "; the answer is late, call the bureau";
    return text;
}

std::string who(const Json& filing) {
    return words(filing, "name") + (words(filing, "person").empty() ? "" : " " + words(filing, "person"));
}

/// "1234 5678", as it is read out.
std::string in_fours(const std::string& digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) text += (i != 0 && i % 4 == 0 ? " " : "") + digits.substr(i, 1);
    return text;
}

}  // namespace

std::string print_filing(const Json& filing, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "申报" : "filing", coded(filing, "kind", lang));
    fields.add(zh ? "人员" : "person", who(filing));
    fields.add(zh ? "状态" : "state", state_of(filing, lang));
    if (const std::string due = words(filing, "answer_expected.day"); !due.empty())
        fields.add(zh ? "预计回执" : "answer expected", due);
    if (!at(filing, "refused_because").is_null())
        fields.add(zh ? "处理" : "what to do", zh ? "按退回原因更正后重新申报；对原因有异议的，请联系经办机构"
                                                  : "correct it and file it anew; ask the bureau if the reason is wrong");
    fields.add(zh ? "时间" : "made", words(filing, "made"));
    fields.add(zh ? "经办" : "clerk", words(filing, "clerk"));
    fields.add(zh ? "编号" : "id", words(filing, "filing"));
    if (const std::string code = words(filing, "code"); !code.empty())
        fields.add(zh ? "申报码" : "filing code",
                   in_fours(code) + (zh ? "  请致电经办机构报此码" : "  read it to the bureau over the phone"));
    return fields.text();
}

std::string print_filings(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "filings").items();
    if (list == nullptr || list->empty()) return zh ? "没有申报\n" : "No filings\n";
    Table table(zh ? std::vector<std::string>{"编号", "申报", "人员", "状态", "时间", "经办"}
                   : std::vector<std::string>{"id", "filing", "person", "state", "made", "clerk"});
    for (const Json& each : *list)
        table.add({words(each, "filing").substr(0, 8), coded(each, "kind", lang), who(each), state_of(each, lang),
                   words(each, "made"), words(each, "clerk")});
    return table.text();
}

}  // namespace zige::daemon

#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {
namespace {

std::string due_words(const Json& duty, Lang lang) {
    std::string due = words(duty, "due");
    if (!is_true(duty, "provisional")) return due;
    return due +
           (lang == Lang::zh ? "（暂定：该年放假安排未公布）" : " (provisional: that year's calendar is not out)");
}

std::string left_words(const Json& duty, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string stage = words(duty, "stage.code");
    const std::int64_t left = at(duty, "working_days_left").integer().value_or(0);
    if (stage == "done" || stage == "expected" || stage == "undetermined") return coded(duty, "stage", lang);
    if (stage == "late" || left < 0)
        return zh ? "已逾期 " + std::to_string(-left) + " 个工作日" : std::to_string(-left) + " working days late";
    if (stage == "today") return zh ? "今天 24:00 前" : "today, before 24:00";
    return zh ? "还剩 " + std::to_string(left) + " 个工作日" : std::to_string(left) + " working days left";
}

std::string state_words(const Json& departure, Lang lang) {
    std::string text = coded(departure, "filing", lang);
    if (!at(departure, "refused_because").is_null())
        text += (lang == Lang::zh ? "：" : ": ") + coded(departure, "refused_because", lang);
    if (is_true(departure, "undo_pending"))
        text += lang == Lang::zh ? "；撤回待回执" : "; withdrawal not confirmed yet";
    return text;
}

std::string next_step(const Json& departure, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string filing = words(departure, "filing.code");
    if (filing == "withdrawn" || is_true(departure, "undo_pending")) return {};
    if (!at(departure, "window_updated").is_null()) return zh ? "无需再办" : "nothing more to do";
    const std::string id = words(departure, "departure").substr(0, 8);
    return zh ? "在动态维护窗口办理更新，再执行 zige-agent confirm --departure " + id +
                    " --updated-on 日期 --number 流水号"
              : "update the maintenance window, then zige-agent confirm --departure " + id +
                    " --updated-on DATE --number NUMBER";
}

}  // namespace

std::string print_departure(const Json& departure, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "人员" : "person", words(departure, "name") + " " + words(departure, "person"));
    fields.add(zh ? "最后工作日" : "last day", words(departure, "last_day"));
    fields.add(zh ? "原因" : "reason", words(departure, "reason"));
    fields.add(zh ? "更新期限" : "due", due_words(departure, lang));
    fields.add(zh ? "进度" : "stage", left_words(departure, lang));
    fields.add(zh ? "申报" : "filing", state_words(departure, lang));
    fields.add(zh ? "窗口更新" : "window",
               words(departure, "window_updated") +
                   (words(departure, "window_number").empty() ? "" : "  " + words(departure, "window_number")));
    fields.add(zh ? "编号" : "id", words(departure, "departure"));
    fields.add(zh ? "下一步" : "next", next_step(departure, lang));
    return fields.text();
}

std::string print_departures(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "departures").items();
    if (list == nullptr || list->empty()) return zh ? "没有离职申报\n" : "No departures\n";
    Table table(zh ? std::vector<std::string>{"编号", "人员", "代码", "最后工作日", "更新期限", "进度", "申报"}
                   : std::vector<std::string>{"id", "person", "code", "last day", "due", "stage", "filing"});
    for (const Json& departure : *list)
        table.add({words(departure, "departure").substr(0, 8), words(departure, "name"), words(departure, "person"),
                   words(departure, "last_day"),
                   words(departure, "due") + (is_true(departure, "provisional") ? (zh ? " 暂定" : " provisional") : ""),
                   left_words(departure, lang), state_words(departure, lang)});
    return table.text();
}

}  // namespace zige::daemon

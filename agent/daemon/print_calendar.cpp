#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {
namespace {

std::string joined(const Json& days) {
    std::string text;
    if (const Json::Array* items = days.items())
        for (const Json& day : *items) text += (text.empty() ? "" : " ") + words(day).substr(5);
    return text;
}

std::string source_words(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (is_true(answer, "calendar_of_copy")) return zh ? "机构数据所带日历" : "calendar of the copy";
    return zh ? "程序自带的国务院办公厅日历" : "official calendar, as built in";
}

}  // namespace

std::string print_calendar_due(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "起算日（不计）" : "from (not counted)", words(answer, "from"));
    fields.add(zh ? "工作日" : "working days", words(answer, "working_days"));
    fields.add(zh ? "期限" : "due", words(answer, "due") + " 24:00");
    if (is_true(answer, "provisional"))
        fields.add(zh ? "注意" : "note",
                   zh ? "暂定：有年份的放假安排尚未公布" : "provisional: the calendar of a year is not published yet");
    fields.add(zh ? "日历" : "calendar", source_words(answer, lang));
    return fields.text();
}

std::string print_calendar_year(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "年份" : "year", words(answer, "year"));
    fields.add(zh ? "工作日" : "working days", words(answer, "working_days"));
    fields.add(zh ? "放假" : "days off", joined(at(answer, "days_off")));
    fields.add(zh ? "调休上班" : "make-up days", joined(at(answer, "make_up")));
    if (const Json::Array* regional = at(answer, "regional").items())
        for (const Json& holiday : *regional)
            fields.add(zh ? "地方假日" : "regional", words(holiday, "day") + " " + words(holiday, "name"));
    if (!is_true(answer, "published"))
        fields.add(zh ? "注意" : "note", zh ? "暂定：该年放假安排尚未公布，只扣除固定日期的节日"
                                            : "provisional: not published, only holidays of fixed date are counted");
    fields.add(zh ? "来源" : "source", words(answer, "source"));
    fields.add(zh ? "日历" : "calendar", source_words(answer, lang));
    return fields.text();
}

}  // namespace zige::daemon

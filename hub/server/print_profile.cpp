#include "hub/core/profile/profile_diff.h"
#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

bool has_rows(const Json& value) {
    const auto& items = list_of(value, "value");
    return !items.empty() && items.front().members() != nullptr;
}

/// A value of one line; a table's rows stand below it.
std::string one_line(const Json& value) {
    const Json* what = value.find("value");
    return what == nullptr || has_rows(value) ? std::string() : what->write();
}

/// "max_people=10 fresh_hours=72 ..."
std::vector<std::string> rows_of(const Json& value) {
    std::vector<std::string> rows;
    if (!has_rows(value)) return rows;
    for (const Json& row : list_of(value, "value")) {
        std::string text;
        for (const auto& [name, cell] : *row.members())
            text += (text.empty() ? "" : " ") + name + "=" + (cell.text() != nullptr ? *cell.text() : cell.write());
        rows.push_back(std::move(text));
    }
    return rows;
}

std::string undecided(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    for (const Json& value : list_of(answer, "undecided")) {
        const bool done = shown(value, "confirmed") == "true";
        table.add({done ? (zh ? "已确认" : "confirmed") : (zh ? "待确认" : "undecided"), shown(value, "name"),
                   one_line(value), done ? shown(value, "confirmed_by") : shown(value, "note")});
        for (const std::string& row : rows_of(value)) table.add({"", "", row});
    }
    return table.empty() ? (zh ? "没有待确认的参数\n" : "nothing is undecided\n") : table.text("  ");
}

/// A value, and below it where it comes from.
std::string sourced(const Json& value, Lang lang) {
    const Json* what = value.find("value");
    return "  " + value_title(shown(value, "key"), lang) + (lang == Lang::zh ? "：" : ": ") + what->write() + "\n    " +
           coded<ValueSource>(value, "source", lang) + " " + shown(value, "text") + "\n";
}

std::string profile(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "政策参数 " : "profile ") + shown(answer, "id") + (zh ? " 第 " : " version ") +
                       shown(answer, "version") + (zh ? " 版\n" : "\n");
    std::size_t number = 0;
    for (const Json& article : list_of(answer, "articles"))
        text += "  " + std::to_string(++number) + " " + *article.text() + "\n";
    for (const Json& year : list_of(answer, "calendars"))
        text += (zh ? "工作日历 " : "calendar ") + shown(year, "year") + " " + shown(year, "source") + "\n";
    for (const Json& value : list_of(answer, "values")) text += sourced(value, lang);
    return text + (zh ? "需医保局确认的参数：\n" : "values for the bureau to confirm:\n") + undecided(answer, lang);
}

std::string summary(const Json& file, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = shown(file, "id") + "@" + shown(file, "version") + " " + shown(file, "title") + "\n";
    TextTable table;
    if (shown(file, "rules") == "true") {
        const std::string end = shown(file, "effective_to");
        table.add({zh ? "文件" : "document", shown(file, "document")});
        table.add({zh ? "施行" : "in force", shown(file, "effective_from") + (end.empty() ? "" : " – " + end)});
        table.add({zh ? "记分" : "rules", shown(file, "levels") + (zh ? " 档，情形 " : " levels, triggers ") +
                                              shown(file, "triggers") + (zh ? "，措施 " : ", measures ") +
                                              shown(file, "measures") + (zh ? "，修复途径 " : ", ways of repair ") +
                                              shown(file, "repair") + (zh ? "，时限 " : ", deadlines ") +
                                              shown(file, "deadlines")});
    } else {
        table.add({zh ? "记分" : "rules", zh ? "没有记分规则：只能判定费用" : "none: it only gates"});
    }
    table.add({zh ? "来源" : "sources", shown(file, "articles") + (zh ? " 项条文规定，" : " by article, ") +
                                            shown(file, "inherits") + (zh ? " 项沿用上级，" : " inherited, ") +
                                            shown(file, "ours") + (zh ? " 项代拟，" : " ours, ") +
                                            shown(file, "undecided") + (zh ? " 项待确认" : " undecided")});
    return text + table.text("  ");
}

std::string check(const Json& answer, Lang lang) {
    std::string text;
    for (const Json& file : list_of(answer, "files"))
        text += shown(file, "file") + (lang == Lang::zh ? "：没有错误\n" : ": no mistake\n") + summary(file, lang);
    return text;
}

std::string side(const Json& difference, std::string_view which, Lang lang) {
    const Json* value = difference.find(which);
    if (value == nullptr || value->is_null()) return lang == Lang::zh ? "（无）" : "(none)";
    return value->find("value")->write() + "  " + coded<ValueSource>(*value, "source", lang) + " " +
           shown(*value, "text");
}

std::string kind_of(const Json& difference, Lang lang) {
    const std::string kind = shown(difference, "kind");
    if (lang != Lang::zh) return kind;
    if (kind == "added") return "只在后者";
    if (kind == "removed") return "只在前者";
    return kind == "source" ? "只有来源不同" : "值不同";
}

std::string diff(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const auto name = [&](const char* which) {
        return shown(*answer.find(which), "id") + "@" + shown(*answer.find(which), "version");
    };
    const auto& differences = list_of(answer, "differences");
    std::string text = name("before") + " – " + name("after") + (zh ? "：" : ": ") +
                       std::to_string(differences.size()) + (zh ? " 项不同\n" : " differences\n");
    for (const Json& each : differences)
        text += value_title(shown(each, "key"), lang) + (zh ? "（" : " (") + kind_of(each, lang) + (zh ? "）" : ")") +
                "\n  - " + side(each, "before", lang) + "\n  + " + side(each, "after", lang) + "\n";
    return text;
}

std::string list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add(zh ? std::vector<std::string>{"政策参数", "状态", "收存时间", "待确认"}
                 : std::vector<std::string>{"profile", "state", "kept at", "waiting"});
    for (const Json& each : list_of(answer, "profiles")) {
        const std::string state = shown(each, "state");
        const char* const zh_state = state == "in_use" ? "现行" : state == "former" ? "曾用" : "未启用";
        table.add({shown(each, "profile"), zh ? zh_state : state, shown(each, "kept_at"), shown(each, "waiting")});
    }
    return table.text();
}

std::string keep(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return (zh ? "已收存，未启用：" : "kept, not in use: ") + shown(answer, "kept") + "\n" + undecided(answer, lang);
}

}  // namespace

std::string print_profile(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "profile.show") return profile(answer, lang);
    if (operation == "profile.confirm" || operation == "profile.undecided") return undecided(answer, lang);
    if (operation == "profile.check") return check(answer, lang);
    if (operation == "profile.diff") return diff(answer, lang);
    if (operation == "profile.list") return list(answer, lang);
    if (operation == "profile.keep") return keep(answer, lang);
    return operation == "profile.file" ? shown(answer, "text") : std::string();
}

}  // namespace zige::hub

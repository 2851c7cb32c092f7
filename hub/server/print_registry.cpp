#include "hub/core/roster/roster.h"
#include "hub/server/print.h"
#include "hub/server/text_table.h"
#include "shared/base/error_words.h"

namespace zige::hub {
namespace {

std::string published(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(answer, "seq") == "0") return zh ? "已记录，机构数据不变\n" : "recorded; no state changed\n";
    std::string text =
        (zh ? "已发布，序号 " : "published as ") + shown(answer, "seq") + (zh ? "，机构" : ", institutions");
    for (const Json& code : list_of(answer, "institutions")) text += " " + *code.text();
    return text + "\n";
}

std::string mode_of(const Json& info, Lang lang) {
    const std::string until = shown(info, "mode_until");
    return coded<Mode>(info, "mode", lang) + (until.empty() ? "" : (lang == Lang::zh ? " 至 " : " until ") + until);
}

std::string institution_list(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add(zh ? std::vector<std::string>{"机构代码", "名称", "类别", "模式", "人数", "离职", "序号"}
                 : std::vector<std::string>{"code", "name", "kind", "mode", "people", "left", "seq"});
    for (const Json& info : list_of(answer, "institutions"))
        table.add({shown(info, "code"), shown(info, "name"), coded<InstitutionKind>(info, "kind", lang),
                   mode_of(info, lang), shown(info, "people"), shown(info, "departed"), shown(info, "seq")});
    return table.text();
}

std::string institution(const Json& info, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "机构" : "institution", shown(info, "code") + " " + shown(info, "name")});
    table.add({zh ? "类别" : "kind", coded<InstitutionKind>(info, "kind", lang)});
    table.add({zh ? "医保区划" : "division", shown(info, "division")});
    table.add({zh ? "模式" : "mode", mode_of(info, lang)});
    table.add(
        {zh ? "人数" : "people", shown(info, "people") + (zh ? "，其中离职 " : ", left ") + shown(info, "departed")});
    table.add({zh ? "数据序号" : "state", shown(info, "seq")});
    if (shown(info, "strict") == "true")
        table.add({zh ? "点名机构" : "strict", zh ? "数据过期时拒付" : "a copy that expired denies"});
    for (const Json& each : list_of(info, "departments"))
        table.add({zh ? "科室" : "department", shown(each, "code") + " " + shown(each, "name")});
    for (const Json& each : list_of(info, "stops"))
        table.add({zh ? "中止" : "stop", coded<StopKind>(each, "kind", lang) + " " + shown(each, "department") + " " +
                                             shown(each, "from") + " – " + shown(each, "end") + " " +
                                             shown(each, "document")});
    return table.text();
}

std::string issue_line(const Json& issue, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string field = shown(issue, "field");
    const std::string detail = shown(issue, "detail");
    std::string text = zh ? "第 " + shown(issue, "line") + " 行 " + std::string(roster_field_label(field)) + "："
                          : "line " + shown(issue, "line") + " " + field + ": ";
    text += coded<ErrorId>(issue, "error", lang);
    if (!detail.empty()) text += zh ? "（" + chinese_detail(detail).value_or(detail) + "）" : " (" + detail + ")";
    return text + " [" + shown(issue, "number") + " " + shown(issue, "error") + "]\n";
}

std::string import_report(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string refused;
    std::string warned;
    for (const Json& issue : list_of(answer, "problems"))
        (shown(issue, "imported") == "true" ? warned : refused) += "  " + issue_line(issue, lang);
    TextTable table;
    const auto row = [&](const char* chinese, const char* english, const char* key) {
        table.add({zh ? chinese : english, shown(answer, key)});
    };
    row("文件格式", "layout", "layout");
    row("文字编码", "encoding", "encoding");
    row("行数", "lines", "lines");
    row("新增登记", "added", "added");
    row("再次登记", "registered again", "restarted");
    row("变更", "changed", "changed");
    row("不变", "unchanged", "unchanged");
    if (shown(answer, "ended") != "0")
        row("已离职，未恢复（再次登记须有晚于离职日的聘用日期）", "left, and stay so (a first day after the last one brings them back)",
            "ended");
    row("未导入", "did not go in", "not_imported");
    row("新增人员中已在其他机构登记", "of the added: known elsewhere", "known_elsewhere");
    row("处于暂停或终止", "suspended or terminated", "not_eligible_now");
    std::string text = table.text();
    if (!refused.empty())
        text += (zh ? "未导入的行（共 " + shown(answer, "not_imported") + " 行；尚未登记的，收费窗口会拒付或暂缓，已登记的按原登记）：\n"
                    : "lines that did not go in (" + shown(answer, "not_imported") +
                          "; who is registered stays so, the others are refused or held at tills):\n") +
                refused;
    if (!warned.empty()) text += (zh ? "已导入，请核对：\n" : "went in, to be checked:\n") + warned;
    return text;
}

std::string person(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string out =
        "#" + shown(answer, "person") + " " + shown(answer, "name") + " " + shown(answer, "identity_number") + "\n";
    for (const Json& site : list_of(answer, "sites")) {
        out += "  " + shown(site, "institution") + (zh ? " 登记号 " : " registration ") + shown(site, "registration") +
               " " + shown(site, "code") + " " + coded<Category>(site, "category", lang) + " " +
               coded<Post>(site, "post", lang);
        const std::string left = shown(site, "last_day");
        out += left.empty() ? "\n" : (zh ? " 最后工作日 " : " last day ") + left + "\n";
        for (const Json& interval : list_of(site, "standing"))
            out += "    " + coded<Standing>(interval, "status", lang) + " " + shown(interval, "from") + " – " +
                   shown(interval, "end") + (zh ? "，期满之日 " : ", printed end ") + shown(interval, "printed_end") +
                   " " + shown(interval, "document") + "\n";
    }
    return out;
}

/// XY 39: those whom the return of the agreement leaves suspended.
std::string resumed(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = published(answer, lang);
    if (const std::string why = shown(answer, "not_listed"); !why.empty())
        return text + (zh ? "已恢复。仍因此暂停的责任人员未能列出，请查 zige-hub due：" : "It is over. Who is still suspended for "
                                                                             "it could not be listed, see zige-hub due: ") +
               why + "\n";
    if (list_of(answer, "still_suspended").empty()) return text;
    text += zh ? "仍因此暂停的责任人员：\n" : "still suspended for it:\n";
    for (const Json& person : list_of(answer, "still_suspended"))
        text += "  " + shown(person, "name") + " #" + shown(person, "person") + "\n";
    return text + (zh ? "应当恢复的：zige-hub cause end #人员编号 --document " : "to end it: zige-hub cause end #id --document ") +
           shown(answer, "document") + (zh ? " --on 日期 --reason 理由\n" : " --on DAY --reason TEXT\n");
}

}  // namespace

std::string print_registry(std::string_view operation, const Json& answer, Lang lang) {
    constexpr std::string_view kPublish[] = {
        "institution.add", "institution.set", "institution.strict", "department.add", "stop",
        "profile.adopt"};
    for (const std::string_view each : kPublish)
        if (operation == each) return published(answer, lang);
    if (operation == "resume") return resumed(answer, lang);
    if (operation == "institution.list") return institution_list(answer, lang);
    if (operation == "institution.show") return institution(answer, lang);
    if (operation == "roster.import") return import_report(answer, lang);
    if (operation == "person.show") return person(answer, lang);
    return {};
}

}  // namespace zige::hub

#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {

std::string print_clerks(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "clerks").items();
    if (list == nullptr || list->empty())
        return zh ? "没有经办人：接口调用方写什么经办人就记什么\n"
                  : "No clerks: what a caller types is what is recorded\n";
    Table table(zh ? std::vector<std::string>{"经办人", "建立", "状态"}
                   : std::vector<std::string>{"clerk", "made", "state"});
    for (const Json& each : *list)
        table.add(
            {words(each, "name"), words(each, "made"), is_true(each, "locked") ? (zh ? "已锁定" : "locked") : ""});
    return table.text();
}

std::string print_clerk(std::string_view command, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string name = words(answer, "name");
    if (command == "clerk remove") return (zh ? "已停用经办人 " : "Removed ") + name + "\n";
    if (command == "clerk pin") return (zh ? "已重设密码：" : "New PIN for ") + name + "\n";
    return zh ? "已建立经办人 " + name + "；此后接口里写明经办人的，都要给出密码\n"
              : "Added " + name + "; from now on who names a clerk over the API has to give the PIN\n";
}

}  // namespace zige::daemon

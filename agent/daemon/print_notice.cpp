#include "agent/daemon/print.h"

namespace zige::daemon {

std::string print_notice(std::string_view command, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (command == "prolong")
        return (zh ? "数据副本延期至 " : "The copy counts as stale at most until ") + words(answer, "prolonged_until") +
               (zh ? "，到期前请恢复同步\n" : "; sync before that\n");
    std::string text = (zh ? "已录入通知：" : "Notice taken: ") + words(answer, "name") + " " +
                       words(answer, "person") + " " + coded(answer, "status", lang) + (zh ? "，自 " : ", from ") +
                       words(answer, "from");
    if (const std::string end = words(answer, "end"); !end.empty()) text += (zh ? " 至 " : " to ") + end;
    return text + (zh ? "，文书 " : ", document ") + words(answer, "document") +
           (zh ? "；下次同步后以中心数据为准\n" : "; the next sync confirms it\n");
}

}  // namespace zige::daemon

#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

std::string service_of(const Json& agent, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (shown(agent, "in_service") == "true") {
        if (shown(agent, "frozen") == "true") return zh ? "使用中，日志分叉" : "in service, journal diverged";
        return zh ? "使用中" : "in service";
    }
    std::string text = coded<RevocationReason>(agent, "reason", lang) + " " + shown(agent, "revoked_at");
    const std::string next = shown(agent, "replaced_by");
    return next.empty() ? text : text + (zh ? "，由终端 " : ", by agent ") + next + (zh ? " 接替" : "");
}

std::string agents(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (list_of(answer, "agents").empty()) return zh ? "没有终端\n" : "No agents\n";
    TextTable table;
    table.add(zh ? std::vector<std::string>{"终端", "机构", "上次联系", "证书有效期至", "状态"}
                 : std::vector<std::string>{"agent", "institution", "last contact", "certificate until", "state"});
    for (const Json& agent : list_of(answer, "agents"))
        table.add({shown(agent, "agent"), shown(agent, "institution"), shown(agent, "last_contact"),
                   shown(agent, "certificate_until"), service_of(agent, lang)});
    return table.text();
}

std::string agent(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    const auto row = [&](const char* chinese, const char* english, std::string value) {
        table.add({zh ? chinese : english, std::move(value)});
    };
    row("终端", "agent", shown(answer, "agent"));
    row("机构", "institution", shown(answer, "institution"));
    row("状态", "state", service_of(answer, lang));
    row("入网时间", "enrolled", shown(answer, "enrolled"));
    row("证书有效期至", "certificate until", shown(answer, "certificate_until"));
    row("上次联系", "last contact", shown(answer, "last_contact"));
    row("数据版本", "has", shown(answer, "have_seq"));
    row("日志", "journal", shown(answer, "chapter") + "/" + shown(answer, "entries_held"));
    row("待上传日志", "entries waiting", shown(answer, "waiting_entries"));
    row("待上传申报", "filings waiting", shown(answer, "waiting_filings"));
    row("程序", "software", shown(answer, "software"));
    return table.text();
}

std::string enrolled(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const bool again = shown(answer, "again") == "true";
    return (zh ? (again ? "同一终端再次申请，答复重新写出：机构 " : "已入网：机构 ")
               : (again ? "the same agent asked again: institution " : "enrolled: institution ")) +
           shown(answer, "institution") + " " + shown(answer, "institution_name") + (zh ? "，终端 " : ", agent ") +
           shown(answer, "agent") +
           (zh ? "\n答复文件带回机构：zige-agent enroll --reply 文件；只有该终端能打开\n"
               : "\nThe answer goes back: zige-agent enroll --reply FILE; only this agent opens it\n");
}

}  // namespace

std::string print_agent(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "agent.list") return agents(answer, lang);
    if (operation == "agent.enroll") return enrolled(answer, lang);
    if (!operation.starts_with("agent.")) return {};
    std::string text = agent(answer, lang);
    if (operation != "agent.show")
        text += lang == Lang::zh
                    ? "已停用：终端下次联系时收到签名通知，之后按本机数据判定，数据会逐渐过期。换新终端请签发新凭条。\n"
                    : "Out of service: at its next contact the agent gets the signed word; it goes on deciding by its "
                      "copy, which ages. A new agent needs a new slip.\n";
    return text;
}

}  // namespace zige::hub

#include "agent/daemon/commands_followup.h"

#include <algorithm>

#include "agent/daemon/calendar_api.h"

namespace zige::daemon {
namespace {

constexpr OptionSpec kClerk = {"clerk", "NAME", "经办人", "who records it"};
constexpr OptionSpec kEvidence[] = {
    {"kind", "KIND", "emergency 急诊、rescue 抢救（默认）、special 其他", "emergency, rescue (default) or special"},
    {"begun", "TIME", "抢救开始时间（resc_begntime）", "when the rescue began (resc_begntime)"},
    {"ended", "TIME", "抢救结束时间（resc_endtime）", "when it ended (resc_endtime)"},
    {"number", "NUMBER", "抢救记录编号，至多 30 字节", "number of the rescue record, at most 30 bytes"},
    {"text", "TEXT", "说明，不写患者信息", "what it says, nothing of the patient"},
    kClerk,
};
constexpr OptionSpec kReverse[] = {
    {"reference", "REF,...", "要冲销的判定的参考号", "references of the decisions"},
    {"key", "TEXT", "或：该单的幂等键，整单冲销", "or the idempotency key of the claim, for all its lines"},
    {"infno", "CODE", "撤销交易编号：2205 2208 2103", "transaction that took them back: 2205 2208 2103"},
    {"reason", "TEXT", "原因", "reason"},
    kClerk,
};
constexpr OptionSpec kCheckFile[] = {
    {"infno", "CODE", "交易编号，默认 2204；文件里有 infno 列的以列为准",
     "transaction, 2204 by default; a column infno stands before it"},
    {"out", "FILE", "把每行的答复写成 CSV（UTF-8）", "writes each row's answer as CSV (UTF-8)"},
};
constexpr std::string_view kReference[] = {"REF"};
constexpr std::string_view kFile[] = {"FILE"};

constexpr CommandSpec kCommands[] = {
    {"check-file", kFile, kCheckFile, "申报前核对一个月的明细文件（CSV，UTF-8 或 GBK，首行为字段名），不记录",
     "checks a month's file before declaring (CSV in UTF-8 or GBK, fields in the first row); nothing is recorded"},
    {"evidence list", {}, {}, "待补录证据的急诊抢救及期限", "emergencies that wait for their evidence, with due times"},
    {"evidence add", kReference, kEvidence, "补录急诊抢救证据（抢救结束后 6 小时内）",
     "record the evidence of an emergency (within 6 hours after its end)"},
    {"mapping",
     {},
     {},
     "没有对应到人员的代码，及同名人员建议（用 alias add 确认）",
     "codes that stand for nobody, with proposals by name (confirm one with alias add)"},
    {"reverse", {}, kReverse, "冲销已判定的明细，可重新判定", "take cleared lines back; they may be asked anew"},
};

ApiRequest post(std::string path, const Json& body) {
    return {"POST", std::move(path), "", body.write(), {CallerRole::owner, ""}};
}

Result<ApiRequest> add_evidence(const Invocation& command) {
    ZIGE_TRY(begun, command.need("begun"));
    ZIGE_TRY(ended, command.need("ended"));
    ZIGE_TRY(clerk, command.need("clerk"));
    return post("/v1/decisions/" + percent_encoded(command.arguments[0]) + "/evidence",
                Json::object({{"kind", command.get("kind", "rescue")},
                              {"resc_begntime", begun},
                              {"resc_endtime", ended},
                              {"record_number", command.get("number")},
                              {"text", command.get("text")},
                              {"clerk", clerk}}));
}

Result<ApiRequest> reverse(const Invocation& command) {
    ZIGE_TRY(clerk, command.need("clerk"));
    Json body = Json::object({{"infno", command.get("infno")}, {"reason", command.get("reason")}, {"clerk", clerk}});
    if (command.has("key")) body.set("idempotency_key", command.get("key"));
    Json references = Json::array();
    const std::string listed = command.get("reference");
    for (std::string_view rest = listed; !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        if (!one.empty()) references.push(one);
    }
    body.set("references", std::move(references));
    return post("/v1/reverse", body);
}

}  // namespace

std::span<const CommandSpec> followup_commands() { return kCommands; }

Result<std::optional<ApiRequest>> followup_request_of(const Invocation& command) {
    const std::string_view name = command.command->name;
    if (name == "evidence list")
        return std::optional(ApiRequest{"GET", "/v1/evidence", "", "", {CallerRole::owner, ""}});
    if (name == "mapping") return std::optional(ApiRequest{"GET", "/v1/mapping", "", "", {CallerRole::owner, ""}});
    if (name != "evidence add" && name != "reverse") return std::optional<ApiRequest>{};
    ZIGE_TRY(request, name == "reverse" ? reverse(command) : add_evidence(command));
    return std::optional(std::move(request));
}

}  // namespace zige::daemon

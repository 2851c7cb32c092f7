#include <algorithm>

#include "agent/daemon/commands_clerk.h"
#include "agent/daemon/commands_filing.h"
#include "agent/daemon/commands_followup.h"

namespace zige::daemon {
namespace {

using Names = std::string_view;

constexpr OptionSpec kCommon[] = {
    {"data", "DIR", "数据目录（默认 $ZIGE_DATA，否则 /var/lib/zige-agent）",
     "data folder (default $ZIGE_DATA, else /var/lib/zige-agent)"},
    {"anchor", "FILE", "数据目录之外的日志锚点文件（默认 $ZIGE_ANCHOR，否则 DIR.anchor）",
     "anchor of the journal, outside the data folder (default $ZIGE_ANCHOR, else DIR.anchor)"},
    {"lang", "zh|en", "显示语言，默认中文", "language of the output, Chinese by default"},
    {"json", "", "输出 JSON", "print JSON"},
    {"help", "", "显示帮助", "print this help"},
};

constexpr OptionSpec kEnroll[] = {
    {"hub", "URL", "中心地址，如 https://10.1.2.3:8443", "address of the hub, e.g. https://10.1.2.3:8443"},
    {"slip", "FILE", "入网凭条文件，- 为标准输入", "file with the enrolment slip, - for standard input"},
    {"token-file", "FILE", "同 --slip", "the same as --slip"},
    {"out", "FILE", "没有网络：写出密封的申请文件，带给经办机构，- 为标准输出",
     "without a line: writes the sealed request that goes to the bureau, - is standard output"},
    {"fingerprint", "TEXT", "凭条文件须用：纸质凭条上的信任指纹",
     "with the bureau's file: the fingerprint as the paper slip has it"},
    {"reply", "FILE", "没有网络：读入经办机构的答复文件，完成入网", "without a line: takes the bureau's answer, enrolled then"},
    {"replaces-folder", "DIR", "换电脑：旧终端的数据目录，把未上传的日志、申报和接口密钥接过来",
     "a new PC: data folder of the old agent; its journal, filings and keys of the local API are carried over"},
    {"suite", "NAME", "密码套件：ed25519-sha256 或 sm2-sm3；不填则由信任指纹识别",
     "suite of the hub: ed25519-sha256 or sm2-sm3; without it the fingerprint tells"},
};

constexpr OptionSpec kServe[] = {
    {"listen", "HOST:PORT", "本机接口地址，默认 127.0.0.1:8620；端口 0 自动选择",
     "address of the local API, 127.0.0.1:8620 by default; port 0 picks one"},
    {"sync-every", "SECONDS", "同步间隔秒数，默认 300", "seconds between syncs, 300 by default"},
    {"threads", "N", "同时连接数，默认 32", "connections that are answered at once, 32 by default"},
    {"platform-url", "URL", "作为网关：医保平台（前置机）地址，可含 {infno}；不填则 /fsi 只判定不转发",
     "as a gateway: address of the insurance platform, {infno} in it is the transaction; without it /fsi only judges"},
    {"platform-ca", "FILE", "平台的证书或签发机构（PEM），默认用系统信任的机构",
     "certificate of the platform or its authority (PEM); the system's authorities by default"},
    {"platform-timeout", "SECONDS", "等待平台答复的秒数，默认 30", "seconds that an answer of the platform may take, 30 by default"},
};

constexpr OptionSpec kLine[] = {
    {"file", "FILE", "JSON 文件，- 为标准输入；给出后其余选项无效",
     "file with the JSON, - for standard input; replaces the options below"},
    {"infno", "CODE", "交易编号，默认 2204", "transaction, 2204 by default"},
    {"ordering", "CODE", "开单人员代码（bilg_dr_codg）", "code of who ordered (bilg_dr_codg)"},
    {"executing", "CODE", "受单、执行人员代码（orders_dr_code）", "code of who executes (orders_dr_code)"},
    {"person", "ROLE=CODE,...", "其他角色的人员", "people in other roles"},
    {"time", "TIME", "费用发生时间，如 \"2026-11-20 08:30:00\"；check 默认现在",
     "time of the fee, e.g. \"2026-11-20 08:30:00\"; check takes now by default"},
    {"dept", "CODE", "开单科室代码", "code of the department"},
    {"med-type", "CODE", "医疗类别", "med_type"},
    {"amount", "YUAN", "金额，元", "amount in yuan"},
    {"item", "CLASS", "项目类别：general nursing prescription_drug otc_drug",
     "class: general nursing prescription_drug otc_drug"},
    {"line-id", "ID", "明细流水号，默认 1", "number of the line (feedetl_sn), 1 by default"},
    {"claim-id", "ID", "结算单号", "id of the claim"},
    {"key", "TEXT", "幂等键：相同键重复提交只记一次", "idempotency key: the same key again is the same decision"},
    {"emergency", "KIND", "申报急诊抢救：emergency rescue special", "declare an emergency: emergency rescue special"},
    {"reason", "TEXT", "急诊抢救的事由", "why it is an emergency"},
    {"by", "NAME", "急诊抢救的申报人", "who declares it"},
    {"release", "REASON", "担责放行的理由：未对应、未登记、缺承诺、数据过期的可放行，转中心核查",
     "the head answers for it: why; passes unmapped, unregistered, no commitment, age; reviewed later"},
    {"released-by", "NAME", "担责放行的机构负责人", "the head of the institution"},
    {"visit", "ID", "就诊号（mdtrt_id），只存散列", "id of the visit (mdtrt_id); only a hash of it is kept"},
    {"item-code", "CODE", "医保目录编码（med_list_codg）", "code of the item (med_list_codg)"},
    {"order", "NUMBER", "医嘱号：拒付后由他人开具的须填", "number of the order, for a line that was refused to somebody else"},
    {"order-time", "TIME", "医嘱时间", "when the order was written"},
    {"self-paid", "", "自费，不作判定", "not insured: not judged"},
};

constexpr OptionSpec kDepart[] = {
    {"person", "CODE", "离职人员代码", "code of who leaves"},
    {"last-day", "DATE", "最后工作日（含当日）", "last service day, inclusive"},
    {"reason", "TEXT", "原因，如 解除合同、退休", "reason, e.g. end of contract, retirement"},
    {"clerk", "NAME", "经办人", "who records it"},
};

constexpr OptionSpec kUndo[] = {
    {"departure", "ID", "离职申报编号（可只写前 8 位）或人员代码",
     "id of the departure (its first 8 digits will do), or a code of the person"},
    {"filing", "ID", "其他申报的编号（前 8 位）", "id of any other filing (its first 8 digits)"},
    {"clerk", "NAME", "经办人", "who records it"},
};

constexpr OptionSpec kConfirm[] = {
    {"departure", "ID", "离职申报编号（可只写前 8 位）或人员代码",
     "id of the departure (its first 8 digits will do), or a code of the person"},
    {"updated-on", "DATE", "动态维护窗口更新日期", "day on which the maintenance window was updated"},
    {"number", "TEXT", "窗口业务流水号", "number that the window gave"},
    {"replace", "", "更正以前确认的日期或流水号", "correct what was confirmed before"},
    {"clerk", "NAME", "经办人", "who records it"},
};

constexpr OptionSpec kKeyNew[] = {
    {"name", "TEXT", "密钥名称，如 收费处1号机", "name of the key, e.g. till 1"},
    {"role", "ROLE", "his（收费系统）、clerk（经办人）、viewer（只看）", "his, clerk or viewer"},
};

constexpr OptionSpec kStatementAdd[] = {
    {"file", "FILE", "通知上二维码的内容，或通知文件；- 为标准输入", "what the notice's code says, or its file; - is stdin"},
};

constexpr OptionSpec kDiskCheckEnd[] = {
    {"code", "CODE", "begin 时抄下的 6 位核对码", "the 6 digits that were noted at begin"},
};

constexpr Names kDateAndCount[] = {"DATE", "N"};
constexpr Names kCode[] = {"CODE..."};
constexpr Names kYear[] = {"YEAR"};
constexpr Names kName[] = {"NAME"};
constexpr Names kReference[] = {"REF"};
constexpr Names kReceiptFile[] = {"FILE"};

constexpr CommandSpec kCommands[] = {
    {"enroll", {}, kEnroll, "凭入网凭条把本机登记到中心", "enrol this computer with a slip of the bureau"},
    {"disk-check begin", {}, {}, "装机前检查磁盘是否开机还原（还原卡）：第一步，之后重启电脑",
     "before the installation: is this disk rolled back at each boot? First step, then restart the computer"},
    {"disk-check end", {}, kDiskCheckEnd, "重启之后的第二步：给出结论", "second step, after the restart: the verdict"},
    {"serve", {}, kServe, "运行服务：本机接口、定时同步", "run the service: local API and periodic sync"},
    {"sync", {}, {}, "立即与中心同步，显示收发字节数", "sync with the hub now; shows the bytes"},
    {"status", {}, {}, "本机与数据副本的状态", "state of this agent and its copy"},
    {"check", {}, kLine, "预检一条费用：不记录", "preview of a fee line: nothing is recorded"},
    {"clear", {}, kLine, "结算判定：先写入日志再答复", "decide for settlement: recorded before it is answered"},
    {"depart", {}, kDepart, "申报人员离职", "record that a person leaves"},
    {"undo", {}, kUndo, "撤回离职申报", "take a departure back"},
    {"confirm", {}, kConfirm, "确认动态维护窗口已更新", "confirm that the maintenance window was updated"},
    {"departures", {}, {}, "离职更新任务及期限", "departures with their due dates"},
    {"statement add", {}, kStatementAdd, "录入经办机构的书面通知，立即生效", "take a notice of the bureau; it counts at once"},
    {"prolong", kCode, {}, "录入电话里的延期码（最多 15 天）", "enter a code read out by telephone: some days more"},
    {"journal verify", {}, {}, "核对判定日志的链和签名", "verify chain and signatures of the journal"},
    {"journal find",
     kReference,
     {},
     "按 6 位参考号查本终端的判定",
     "the decision of this agent that a 6-character reference names"},
    {"receipt get",
     kReference,
     {},
     "一条判定的凭据：记录、路径和批次签名，可交他人核对",
     "the receipt of a decision: entry, path and batch signature, for others to check"},
    {"receipt check", kReceiptFile, {}, "核对本终端的凭据（- 为标准输入）", "check a receipt of this agent (- is standard input)"},
    {"journal set-aside",
     {},
     {},
     "日志损坏时保存原文件，以空日志启动，等经办机构开新章",
     "put a damaged journal aside and start with an empty one; the bureau opens the next chapter"},
    {"calendar due",
     kDateAndCount,
     {},
     "某日之后第 N 个工作日（当日不计）",
     "the N-th working day after a date, the date not counted"},
    {"calendar show", kYear, {}, "某年的放假与调休", "holidays and make-up days of a year"},
    {"key new", {}, kKeyNew, "新建本机接口密钥，只显示一次", "make a key for the local API; it is printed once"},
    {"key list", {}, {}, "本机接口密钥清单", "list the keys of the local API"},
    {"key revoke", kName, {}, "停用一个密钥", "revoke a key"},
    {"version", {}, {}, "版本", "version"},
};

}  // namespace

std::span<const CommandSpec> commands() {
    static const std::vector<CommandSpec> all = [] {
        std::vector<CommandSpec> list(std::begin(kCommands), std::end(kCommands));
        const auto after = std::ranges::find(list, std::string_view("departures"), &CommandSpec::name) + 1;
        list.insert(after, filing_commands().begin(), filing_commands().end());
        const auto cleared = std::ranges::find(list, std::string_view("clear"), &CommandSpec::name) + 1;
        list.insert(cleared, followup_commands().begin(), followup_commands().end());
        const auto keys = std::ranges::find(list, std::string_view("key revoke"), &CommandSpec::name) + 1;
        list.insert(keys, clerk_commands().begin(), clerk_commands().end());
        return list;
    }();
    return all;
}
std::span<const OptionSpec> common_options() { return kCommon; }

}  // namespace zige::daemon

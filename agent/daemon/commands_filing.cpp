#include "agent/daemon/commands_filing.h"

namespace zige::daemon {
namespace {

using Names = std::string_view;

constexpr OptionSpec kPerson = {"person", "CODE", "人员代码，或 #登记号", "code of the person, or # and the number"};
constexpr OptionSpec kClerk = {"clerk", "NAME", "经办人", "who files it"};
constexpr OptionSpec kIdentityFile = {"identity-file", "FILE", "从文件读证件号码，- 为标准输入；号码不写在命令行",
                                      "file with the identity number, - for standard input; never on the command line"};
constexpr OptionSpec kAskIdentity = {"ask-identity", "", "在终端键入证件号码，不回显",
                                     "type the identity number at the terminal, unseen"};
constexpr OptionSpec kCertificateType = {"certificate-type", "NN", "证件类型，默认 01 居民身份证",
                                         "kind of document, 01 resident identity card by default"};

constexpr OptionSpec kRegister[] = {
    {"code", "CODE", "国家医保人员代码", "national code"},
    {"licence", "NUMBER", "执业（资格）证书编号；没有代码时必填", "licence number; needed where there is no code"},
    {"name", "NAME", "姓名", "name"},
    {"category", "CATEGORY", "physician 医、pharmacist 药、nurse 护、technician 技；默认 physician",
     "physician (default), pharmacist, nurse, technician ..."},
    {"post", "POST", "staff 或 principal（药店主要负责人）", "staff or principal (of a pharmacy)"},
    {"department", "CODE", "科室代码", "code of the department"},
    {"from", "DAY", "登记起始日", "first day"},
    {"commitment-signed", "DAY", "服务承诺签署日；有它才即时暂予放行",
     "day on which the commitment was signed; with it the person counts at once"},
    {"multi-site", "", "多点执业", "works elsewhere too"},
    kAskIdentity,
    kIdentityFile,
    kCertificateType,
    kClerk,
};
constexpr OptionSpec kChange[] = {
    kPerson,
    {"name", "NAME", "新姓名", "new name"},
    {"department", "CODE", "新科室", "new department"},
    {"code", "CODE", "新国家代码", "new national code"},
    {"category", "CATEGORY", "新类别", "new category"},
    kAskIdentity,
    kIdentityFile,
    kCertificateType,
    kClerk,
};
constexpr OptionSpec kCommit[] = {kPerson, {"signed-on", "DAY", "签署日", "day of the signature"}, kClerk};
constexpr OptionSpec kAmend[] = {
    {"departure", "ID", "离职申报编号（前 8 位）或人员代码", "id of the departure (8 digits will do) or the person"},
    {"last-day", "DAY", "更正后的最后工作日", "the right last service day"},
    kClerk,
};
constexpr OptionSpec kLeave[] = {
    kPerson,
    {"kind", "KIND", "maternity 产假、study 进修、secondment 援派、sick 病假、other 其他",
     "maternity, study, secondment, sick or other"},
    {"from", "DAY", "起始日", "first day"},
    {"until", "DAY", "结束日（含），可不填", "last day, may be left open"},
    kClerk,
};
constexpr OptionSpec kTransfer[] = {
    kPerson,
    {"last-day", "DAY", "本机构最后工作日", "last service day here"},
    {"to", "CODE", "转入机构代码，须属同一主体", "the other institution, of the same owner"},
    {"first-day", "DAY", "转入机构首日", "first day there"},
    kClerk,
};
constexpr OptionSpec kRehire[] = {
    kPerson,
    {"from", "DAY", "返聘起始日", "first day of the new contract"},
    {"until", "DAY", "返聘到期日，可不填", "end of the contract, may be left open"},
    kClerk,
};
constexpr OptionSpec kDeath[] = {
    kPerson, {"at", "TIME", "死亡时间，如 \"2026-11-20 08:30:00\"", "time of death"}, kClerk};
constexpr OptionSpec kAlias[] = {{"code", "CODE", "HIS 用户代码（工号）", "code that the HIS uses"}, kPerson, kClerk};
constexpr OptionSpec kDuty[] = {kPerson, kClerk};
constexpr OptionSpec kPresent[] = {
    kPerson,
    {"answer", "yes|no", "还在职 yes，已不在职 no", "still here: yes or no"},
    {"note", "TEXT", "说明", "note"},
    kClerk,
};
constexpr OptionSpec kLapse[] = {
    kPerson,
    {"licence", "NUMBER", "证书编号", "licence number"},
    {"on", "DAY", "失效日", "day on which it lapsed"},
    {"reason", "TEXT", "原因", "reason"},
    kClerk,
};
constexpr OptionSpec kCase[] = {
    kPerson,
    {"document", "NUMBER", "所涉文书号", "number of the notice that it is about"},
    {"text", "TEXT", "内容，至多 900 字节", "what is said, at most 900 bytes"},
    {"attachment", "HASH", "另行递交的附件的摘要（64 位十六进制）",
     "hash of a paper that is handed in otherwise (64 hexadecimal digits)"},
    kClerk,
};
constexpr Names kId[] = {"ID"};

constexpr CommandSpec kCommands[] = {
    {"register", {}, kRegister, "新人员登记备案，回执前暂予放行", "register somebody new; counts at once, marked"},
    {"change", {}, kChange, "变更登记信息", "change details of a registration"},
    {"commit", {}, kCommit, "登记服务承诺", "record a signed commitment"},
    {"amend", {}, kAmend, "更正离职的最后工作日", "correct the last day of a departure"},
    {"leave", {}, kLeave, "登记休假、进修、援派", "record a leave"},
    {"transfer", {}, kTransfer, "转入同一主体的其他机构", "transfer to another institution of the owner"},
    {"rehire", {}, kRehire, "退休返聘，登记不中断", "rehire after retirement without a gap"},
    {"death", {}, kDeath, "登记死亡，所有机构同时终止", "record a death: ends every registration"},
    {"alias add", {}, kAlias, "把 HIS 用户代码对应到登记人员，立即生效", "map a code of the HIS to a person, at once"},
    {"alias remove", {}, kAlias, "取消代码对照", "remove such a code"},
    {"duty on", {}, kDuty, "药师签到", "a pharmacist signs on"},
    {"duty off", {}, kDuty, "药师签退", "a pharmacist signs off"},
    {"present", {}, kPresent, "答复还在职吗", "answer whether somebody is still here"},
    {"lapse", {}, kLapse, "报告执业资格失效", "report a licence that lapsed"},
    {"appeal", {}, kCase, "申辩", "appeal"},
    {"repair", {}, kCase, "资格修复申请", "apply for repair"},
    {"restore", {}, kCase, "资格恢复申请", "apply for restoration"},
    {"filing list", {}, {}, "全部申报及结果", "all filings and what became of them"},
    {"filing show", kId, {}, "一件申报", "one filing"},
    {"filing code", kId, {}, "断网时电话报给经办机构的 8 位申报码", "8 digits for the telephone when there is no line"},
};

}  // namespace

std::span<const CommandSpec> filing_commands() { return kCommands; }

}  // namespace zige::daemon

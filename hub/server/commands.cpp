#include "hub/server/command_line.h"

namespace zige::hub {
namespace {

constexpr OptionSpec kDocument = {"document", "NUMBER", "文书号", "number of the document", true};
constexpr OptionSpec kArticle = {"article", "TEXT", "条款：政策参数中的序号或原文",
                                 "article: its number or text in the profile"};
constexpr OptionSpec kIdentityFile = {"identity-file", "FILE", "从文件读身份证件号码，- 为标准输入；号码不写在命令行",
                                      "read the identity number from a file, - is stdin; never on the command line"};
constexpr OptionSpec kCertificateType = {"certificate-type", "NN", "证件类型，缺省 01",
                                         "kind of document, 01 by default"};
constexpr OptionSpec kProfileFile = {"profile", "FILE", "政策参数文件", "policy profile", true};
constexpr OptionSpec kCalendarFile = {"calendar", "FILE", "工作日历文件", "calendar", true, true};

std::vector<OptionSpec> institution_options(bool required) {
    return {{"name", "NAME", "机构名称", "name", required},
            {"kind", "KIND",
             "类别：hospital township_hospital community_centre village_clinic clinic pharmacy nursing_home",
             "hospital township_hospital community_centre village_clinic clinic pharmacy nursing_home", required},
            {"division", "CODE", "医保区划，6位", "division, 6 digits", required},
            {"mode", "MODE", "observe 观察、warn 提醒、enforce 执行；缺省 observe",
             "observe, warn or enforce; observe by default"},
            {"until", "DAY", "模式到期日，到期只提示", "end of the mode; passing it only raises a duty"},
            {"limits", "F,A,S", "数据时限（小时）：新鲜,较旧,陈旧；缺省按人数取政策参数",
             "age limits in hours: fresh,aged,stale; by headcount from the profile by default"}};
}

std::vector<CommandSpec> life_commands() {
    return {
        {"init",
         {},
         {{"id", "ID", "中心标识，如 xinyang-411500", "id of the hub", true},
          {"keys", "DIR", "密钥目录，与数据分开", "folder of the keys, apart from the data", true},
          {"root", "FILE", "根密钥文件，用后存入保险柜；可多次",
           "file of a root key: belongs in a safe; may be repeated", true, true},
          {"roots", "K/N", "N 个根密钥中须 K 个签名，缺省 1/1", "K of N root keys have to sign, 1/1 by default"},
          {"witness", "FILE", "见证文件，放在另一块磁盘", "witness file, on another disk", true},
          kProfileFile,
          kCalendarFile,
          {"suite", "SUITE", "密码套件：ed25519-sha256（缺省）或 sm2-sm3", "ed25519-sha256 (default) or sm2-sm3"}},
         "初始化中心：密钥、信任文件、政策参数和日历",
         "make keys, trust document, profile and calendars",
         ""},
        {"serve",
         {},
         {{"listen", "ADDRESS", "监听地址，缺省 0.0.0.0:7443", "address, 0.0.0.0:7443 by default"},
          {"address", "HOST:PORT", "终端拨入的地址，印在入网凭条上", "address that agents dial, printed on slips"}},
         "运行服务，收到 SIGTERM 后退出",
         "run the service until SIGTERM",
         ""},
        {"backup",
         {"DIR"},
         {},
         "备份数据库、密钥和配置到新目录，服务不用停；不含根密钥和见证文件",
         "copy database, keys and hub.json into a new folder while the service runs; not the root key, not the witness",
         ""},
        {"status", {}, {}, "中心和各终端的情况", "the hub and its agents", "status"},
        {"log verify", {}, {}, "核对总账链", "verify the chain of the log", "log.verify"},
        {"log show",
         {},
         {{"after", "N", "从第 N 条之后", "after event N"},
          {"limit", "N", "最多条数，缺省 100", "at most, 100 by default"}},
         "显示总账",
         "show the log",
         "log.show"},
    };
}

constexpr OptionSpec kRootFile = {"root", "FILE", "根密钥文件，可多次", "file of a root key, may be repeated",
                                  false,  true};
constexpr OptionSpec kDraftFile = {"draft", "FILE", "签名不够时写出草稿，交各根密钥保管人",
                                   "where the draft goes that root holders have to sign"};
constexpr OptionSpec kDays = {"days", "N", "新在线密钥有效天数，缺省并最多 90",
                              "validity of the new online key, 90 days at most and by default"};

std::vector<CommandSpec> trust_commands() {
    return {
        {"trust show",
         {"[DRAFT]"},
         {},
         "信任文件、密钥和剩余天数，或一份草稿",
         "trust document and keys, or a draft",
         ""},
        {"trust rotate",
         {},
         {kRootFile,
          kDraftFile,
          {"take", "DRAFT", "发布已签好的草稿", "publish a draft that was signed"},
          kDays,
          {"sealing", "", "同时更换密封密钥", "a new sealing key too"},
          {"tls", "", "同时更换 TLS 证书机构，之后重启服务", "a new TLS authority too; restart the service then"},
          {"root-public", "FILE", "新的根密钥集合：公钥文件，可多次", "the new set of root keys: public parts", false,
           true},
          {"threshold", "K", "新的根密钥门限", "how many root keys have to sign from then on"},
          {"reset-time", "TIME", "把各机构的可信时间重置为", "trusted time of all agents falls to it"},
          {"reset-epoch", "N", "与 --reset-time 同用：中心今后的纪元",
           "with --reset-time: epoch of the hub from then on"}},
         "轮换在线密钥：手边有根密钥时一步完成",
         "a new online key, in one step with the root key at hand",
         ""},
        {"trust revoke",
         {"KEYID"},
         {kRootFile, kDraftFile, kDays},
         "吊销被盗或遗失的在线密钥，同时换新",
         "drop a stolen or lost online key and make a new one",
         ""},
        {"trust sign",
         {"DRAFT"},
         {{"root", "FILE", "根密钥文件，可多次", "file of a root key, may be repeated", true, true}},
         "签署草稿，任何电脑上都可以",
         "sign a draft, on any computer",
         ""},
        {"trust init",
         {},
         {{"root", "FILE", "新根密钥文件，可多次", "file of a new root key, may be repeated", true, true},
          {"suite", "SUITE", "密码套件：ed25519-sha256（缺省）或 sm2-sm3", "ed25519-sha256 (default) or sm2-sm3"}},
         "在任意电脑上生成根密钥",
         "make root keys, on any computer",
         ""},
        {"clock show", {}, {}, "中心时间", "the time of the hub", "clock.show"},
        {"clock confirm",
         {},
         {{"reason", "TEXT", "原因", "why", true}},
         "确认服务器时钟无误，恢复签发",
         "the clock of the server is right, sign again",
         "clock.confirm"},
    };
}

std::vector<CommandSpec> registry_commands() {
    return {
        {"institution add", {"CODE"}, institution_options(true), "新增机构", "add an institution", "institution.add"},
        {"institution set",
         {"CODE"},
         institution_options(false),
         "变更机构",
         "change an institution",
         "institution.set"},
        {"institution strict",
         {"CODE", "ON|OFF"},
         {{"reason", "TEXT", "理由，记入总账", "reason, kept in the log", true}},
         "点名机构：数据过期时拒付（on），或撤销（off）",
         "a named institution: deny when its copy has expired (on), or no more (off)",
         "institution.strict"},
        {"institution list", {}, {}, "机构列表", "list the institutions", "institution.list"},
        {"institution show", {"CODE"}, {}, "机构详情", "show an institution", "institution.show"},
        {"department add",
         {"CODE"},
         {{"department", "CODE", "科室代码", "code of the department", true},
          {"name", "NAME", "科室名称", "name", true}},
         "新增科室",
         "add a department",
         "department.add"},
        {"roster import",
         {"FILE"},
         {{"institution", "CODE", "机构代码", "institution", true},
          {"layout", "LAYOUT", "gb001 医师、gb002 护士、gb004 药师、gb005 技师；缺省自动识别",
           "gb001 doctors, gb002 nurses, gb004 pharmacists, gb005 technicians; found out by default"},
          {"progress", "", "显示进度（终端上自动显示）", "show progress (on a terminal by default)"}},
         "导入人员名册",
         "import a roster",
         "roster.import"},
        {"person show",
         {"[WHO]"},
         {kIdentityFile, kCertificateType},
         "人员档案：WHO 为代码、姓名或 #人员编号",
         "one person: WHO is a code, a name or #id",
         "person.show"},
    };
}

std::vector<CommandSpec> agent_commands() {
    return {
        {"agent list",
         {},
         {{"institution", "CODE", "只列此机构", "of this institution only"}},
         "各机构的终端：证书、上次联系、状态",
         "the agents: certificate, last contact, state",
         "agent.list"},
        {"agent show", {"AGENT"}, {}, "一台终端的详情", "show an agent", "agent.show"},
        {"agent revoke",
         {"AGENT"},
         {{"reason", "REASON",
           "原因：lost 遗失、stolen 被盗、cloned 被复制、replaced 已更换、closed 机构关闭、retired 停用",
           "lost, stolen, cloned, replaced, closed or retired", true},
          {"replaced-by", "AGENT", "接替它的终端号", "the agent that took its place"}},
         "停用终端，不可恢复；终端下次联系时收到签名通知",
         "take an agent out of service for good; it gets the signed word",
         "agent.revoke"},
        {"agent retire", {"AGENT"}, {}, "终端退役，同 --reason retired", "as revoke --reason retired", "agent.retire"},
    };
}

std::vector<CommandSpec> desk_commands() {
    return {
        {"sanction set",
         {"[WHO]"},
         {{"suspend", "", "暂停", "suspend"},
          {"terminate", "", "终止", "terminate"},
          kDocument,
          {"served", "DAY", "送达日，缺省今天", "day of service, today by default"},
          {"from", "DAY", "文书印明的起始日；缺省送达次日", "printed first day; the day after service by default"},
          {"to", "DAY", "文书印明的期满之日（含当日）", "end as the notice prints it: the last day of the period"},
          {"barred-until", "DAY", "终止：自此日起方可再次登记备案", "of a termination: no registration before this day"},
          {"preview", "", "只显示起止和涉及的机构，不登记", "show the interval and whom it meets, record nothing"},
          {"force-date", "REASON", "日期在2025年以前、一年以后或暂停超过3年时必填：理由，记入总账",
           "why a day before 2025, over a year ahead, or a suspension over 3 years is right; kept in the log"},
          {"ends-by-itself", "", "到期自动恢复（河南不适用）", "ends by itself (not in Henan)"},
          kArticle,
          kIdentityFile,
          kCertificateType},
         "暂停或终止支付资格；WHO 为医保代码、执业证号、工号或 #人员编号，不接受姓名",
         "suspend or terminate; WHO is a code of the person or #id, a name is not enough",
         "sanction.set"},
        {"sanction end",
         {"[WHO]"},
         {kDocument,
          {"on", "DAY", "恢复之日；等于起始日即撤销，同一文书可重新登记",
           "first day of payment; the first day of the sanction withdraws it, and the document may be recorded again",
           true},
          {"reason", "TEXT", "理由", "reason", true},
          kIdentityFile,
          kCertificateType},
         "结束或撤销暂停、终止；WHO 同 sanction set",
         "end or withdraw a suspension or termination; WHO as in sanction set",
         "sanction.end"},
        {"sanction list",
         {},
         {{"person", "WHO", "只列此人", "of this person only"}, csv_option()},
         "暂停和终止列表",
         "list them",
         "sanction.list"},
        {"stop",
         {"CODE"},
         {kDocument,
          {"from", "DAY", "起始日", "first day", true},
          {"department", "CODE", "只停此科室", "only this department"},
          {"kind", "KIND", "agreement_suspended 中止、agreement_terminated 解除、agreement_not_renewed 不续签",
           "agreement_suspended, agreement_terminated or agreement_not_renewed"},
          kArticle},
         "中止机构协议或科室服务",
         "stop an institution or a department",
         "stop"},
        {"resume",
         {"CODE"},
         {kDocument,
          {"on", "DAY", "恢复之日；等于起始日即撤销，同一文书可重新登记",
           "first day of payment; the first day of the stop withdraws it, and the document may be recorded again",
           true}},
         "恢复机构或科室",
         "resume an institution or a department",
         "resume"},
        {"report",
         {},
         {{"institution", "CODE", "只报此机构", "of this institution only"},
          {"from", "DAY", "费用日期从此日起", "fees of this day and later"},
          {"to", "DAY", "费用日期到此日止（含）", "fees of this day and earlier"},
          {"kind", "VERDICT", "只列：wrongly_allowed wrongly_refused rightly_allowed rightly_refused not_judged",
           "list only wrongly_allowed, wrongly_refused, rightly_allowed, rightly_refused or not_judged"},
          {"all", "", "列出每一行；缺省只列误放行和误拒付", "list every line; only what is wrong by default"},
          csv_option()},
         "按今天的资格状态重新核对已上报的判定",
         "judge the journals again by today's timeline",
         "report"},
        {"journal find",
         {"REFERENCE"},
         {{"institution", "CODE", "机构代码", "code of the institution", true}},
         "按窗口报来的 6 位参考号查已上报的判定",
         "the decision that a 6-character reference of a till names",
         "journal.find"},
        {"receipt verify",
         {"FILE"},
         {},
         "核对机构交来的判定凭据（zige-agent receipt get），并与已上报的日志对照",
         "check the receipt of a decision (zige-agent receipt get), and compare it with the journal that was handed in",
         "receipt.verify"},
    };
}

std::vector<CommandSpec> incident_commands() {
    return {
        {"recover",
         {},
         {{"show", "", "只显示进度", "only show how far it is"},
          {"waive", "CODE", "不再等待此机构的终端", "do not wait for the agents of this institution any longer"},
          {"reason", "TEXT", "不再等待的理由", "why it is not waited for"},
          {"epoch", "N", "根密钥重置到的纪元", "the epoch that root reset to"}},
         "恢复旧备份后的中心：纪元加一，等待各终端交回数据",
         "go on with a database that was put back: the agents hand in what it lost",
         "recover"},
        {"statement",
         {"INSTITUTION", "PERSON"},
         {},
         "签发一人在一机构的资格状态通知：文字和二维码，无网络时录入终端",
         "a signed notice of a person's standing, as text and code, for an agent without a line",
         "statement"},
        {"phone-code prolong",
         {"AGENT"},
         {{"days", "N", "天数，1 到 15，缺省 7", "days, 1 to 15, 7 by default"}},
         "电话延期码：数据过期的终端再按陈旧数据判定若干天",
         "a code by telephone: an expired copy counts as stale for some days more",
         "phone_code.prolong"},
        {"incident list",
         {},
         {{"all", "", "包括已处理的", "also those that were resolved"}},
         "未处理的异常事件",
         "open incidents",
         "incident.list"},
        {"incident show", {"NUMBER"}, {}, "异常事件和证据", "an incident with its evidence", "incident.show"},
        {"incident resolve",
         {"NUMBER"},
         {{"reason", "TEXT", "查明的情况和处理", "what was found out and done", true},
          {"keep", "held|other",
           "日志分叉时哪一份继续：held 中心先收到的、other 另一份；复制缺省 held，恢复目录缺省为现有的一份",
           "which journal goes on: held, the one the hub held first, or other; held by default for a clone, whichever "
           "there is for a folder that was put back"}},
         "处理异常事件；日志分叉时开启新章",
         "settle an incident; opens the next chapter of a forked journal",
         "incident.resolve"},
    };
}

}  // namespace

const std::vector<CommandSpec>& commands() {
    static const std::vector<CommandSpec> all = [] {
        std::vector<CommandSpec> list = life_commands();
        for (auto part : {trust_commands(), registry_commands(), slip_commands(), agent_commands(), desk_commands(),
                          profile_commands(), career_commands(), filing_commands(), incident_commands(), paper_commands(),
                          case_commands()})
            for (CommandSpec& command : part) list.push_back(std::move(command));
        return list;
    }();
    return all;
}

OptionSpec csv_option() {
    return {"csv", "FILE", "另存为 CSV 文件，Excel 可直接打开", "also as a CSV file that Excel opens as it is"};
}

const std::vector<OptionSpec>& common_options() {
    static const std::vector<OptionSpec> options = {
        {"data", "DIR", "数据目录，缺省取环境变量 ZIGE_HUB_DATA", "data folder, ZIGE_HUB_DATA by default"},
        {"operator", "NAME", "经办人姓名，记入总账；缺省取 sudo 调用者或登录名，服务用户 zige-hub 必填",
         "who does it, kept in the log; who called sudo, or the login name; required of the user zige-hub"},
        {"lang", "zh|en", "输出语言，缺省中文", "language, Chinese by default"},
        {"json", "", "输出JSON", "print JSON"},
        {"help", "", "帮助", "help"},
        {"version", "", "版本", "version"},
    };
    return options;
}

}  // namespace zige::hub

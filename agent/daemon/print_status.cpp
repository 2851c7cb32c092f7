#include "agent/daemon/columns.h"
#include "agent/daemon/print.h"

namespace zige::daemon {
namespace {

/// "3 小时 12 分", "12 天 4 小时".
std::string age_words(const Json& seconds, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::int64_t minutes = seconds.integer().value_or(0) / 60;
    const auto part = [&](std::int64_t n, const char* chinese, const char* english) {
        return std::to_string(n) + " " + (zh ? chinese : english);
    };
    if (minutes >= 24 * 60) return part(minutes / 1440, "天", "days") + " " + part(minutes / 60 % 24, "小时", "h");
    return part(minutes / 60, "小时", "h") + " " + part(minutes % 60, "分", "min");
}

void add_copy(Fields& fields, const Json& copy, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (copy.is_null()) {
        fields.add(zh ? "机构数据" : "copy", zh ? "尚无，请先同步" : "none yet, sync first");
        return;
    }
    fields.add(zh ? "数据时间" : "copy as of", words(copy, "as_of") + (zh ? "（" : " (") +
                                                   coded(copy, "freshness", lang) + (zh ? "，" : ", ") +
                                                   age_words(at(copy, "age_seconds"), lang) + (zh ? "前）" : " old)"));
    fields.add(zh ? "数据版本" : "version",
               words(copy, "epoch") + "." + words(copy, "seq") + "  " + words(copy, "state_hash").substr(0, 16));
    fields.add(zh ? "登记人数" : "people", words(copy, "people"));
    const std::string until = words(copy, "mode_until");
    fields.add(
        zh ? "运行模式" : "mode",
        coded(copy, "mode", lang) + (until.empty() ? "" : (zh ? "（至 " : " (until ") + until + (zh ? "）" : ")")));
}

void add_put_back(Fields& fields, Lang lang) {
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "注意" : "note",
               zh ? "日志短于外部锚点：数据目录被退回过旧备份，请联系经办机构"
                  : "the journal is shorter than its anchor: an old folder was put back; call the bureau");
}

void add_copy_put_back(Fields& fields, Lang lang) {
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "注意" : "note",
               zh ? "机构数据（replica.db）被退回过旧备份，判定日志没有；请联系经办机构，同步后恢复"
                  : "the copy (replica.db) was put back to an old one, the journal was not: call the bureau; a sync "
                    "brings the newest again");
}

void add_hub_lost(Fields& fields, const std::string& lost, Lang lang) {
    if (lost.empty() || lost == "0") return;
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "注意" : "note", zh ? "中心丢失了已确认的日志 " + lost + " 条，本机重新上传；请告知经办机构"
                                        : "the hub lost " + lost + " entries that it had confirmed; they are uploaded "
                                          "again; tell the bureau");
}

void add_journal(Fields& fields, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "判定日志" : "journal", words(answer, "journal.entries") +
                                                (zh ? " 条，待上传 " : " entries, waiting ") +
                                                words(answer, "journal.waiting"));
    if (is_true(answer, "journal.frozen"))
        fields.add(zh ? "注意" : "note", zh ? "日志分叉，申报已冻结，请联系经办机构"
                                            : "the journal forked, filings are frozen: call the bureau");
    if (is_true(answer, "journal.anchor_ahead")) add_put_back(fields, lang);
    if (is_true(answer, "copy_put_back")) add_copy_put_back(fields, lang);
    add_hub_lost(fields, words(answer, "journal.hub_lost"), lang);
    fields.add(zh ? "待回执申报" : "filings waiting", words(answer, "filings_waiting"));
    fields.add(zh ? "离职更新任务" : "departures due", words(answer, "duties_due"));
    if (const std::string late = words(answer, "answers_late"); !late.empty() && late != "0")
        fields.add(zh ? "注意" : "note", zh ? late + " 项登记申报超期未获回执（filing list），请联系经办机构"
                                            : late + " registrations without an answer in time: call the bureau");
}

void add_refused(Fields& fields, const std::string& refused, Lang lang) {
    if (refused.empty() || refused == "0") return;
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "注意" : "note", zh ? refused + " 件申报被中心退回（filing list），请按原因更正后重新申报"
                                        : refused + " filings were refused (filing list): file them anew, corrected");
}

/// What the hub said, and what is to be done about it.
void add_revoked(Fields& fields, const Json& revoked, Lang lang) {
    if (revoked.is_null()) return;
    const bool zh = lang == Lang::zh;
    fields.add(zh ? "终端停用" : "revoked", (zh ? "中心已停用本终端：" : "the hub revoked this agent: ") +
                                                coded(revoked, "reason", lang) + (zh ? "，" : ", ") +
                                                words(revoked, "told_at"));
    const std::string next = words(revoked, "replaced_by");
    if (!next.empty())
        fields.add(zh ? "处理" : "what to do",
                   zh ? "由终端 " + next + " 接替，收费系统请改连新终端，本机程序可以停止"
                      : "agent " + next + " took over: connect the HIS to it, stop this one");
    else
        fields.add(zh ? "处理" : "what to do",
                   zh ? "不再下发数据，判定按本机数据进行并会过期；请联系经办机构，凭新入网凭条在新数据目录入网"
                      : "no more updates: decisions go on by this copy, which ages; ask the bureau for a new slip and "
                        "enrol in a new folder");
}

void add_sync(Fields& fields, const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string last = words(answer, "sync.last_contact");
    fields.add(zh ? "上次联系中心" : "last contact", last.empty() ? (zh ? "尚未联系过" : "never") : last);
    fields.add(zh ? "证书有效期至" : "certificate until", words(answer, "certificate_until"));
    const Json& error = at(answer, "sync.last_error");
    if (!error.is_null())
        fields.add(zh ? "上次同步失败" : "last failure", words(error, zh ? "reason_zh" : "reason_en"));
    if (is_true(answer, "clock.suspect"))
        fields.add(zh ? "注意" : "note", zh ? "电脑时间可疑，请校准" : "the clock of this computer is suspect");
    if (is_true(answer, "clock.unknown"))
        fields.add(zh ? "注意" : "note",
                   zh ? "电脑时间无法确认，请校准" : "the time of this computer cannot be confirmed");
}

}  // namespace

std::string print_status(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "机构" : "institution", words(answer, "institution") + " " + words(answer, "institution_name"));
    const std::string replaces = words(answer, "replaces");
    fields.add(zh ? "终端号" : "agent",
               words(answer, "agent") +
                   (replaces.empty() ? "" : (zh ? "（接替终端 " : " (in the place of agent ") + replaces + (zh ? "）" : ")")));
    fields.add(zh ? "中心" : "hub", words(answer, "hub"));
    add_revoked(fields, at(answer, "revoked"), lang);
    add_copy(fields, at(answer, "copy"), lang);
    if (!at(answer, "copy_error").is_null())
        fields.add(zh ? "注意" : "note", zh ? "本机数据损坏，已弃用，将重新下载"
                                            : "the copy was damaged and dropped; it will be fetched again");
    add_journal(fields, answer, lang);
    add_refused(fields, words(answer, "filings_refused"), lang);
    if (is_true(answer, "disk_rolls_back"))
        fields.add(zh ? "注意" : "note", zh ? "磁盘开机还原：每次重启都会丢失日志，请把数据目录放到不被还原的磁盘，再重新入网"
                                            : "this disk is rolled back at each boot: entries are lost; move the data "
                                              "folder to another disk and enrol again");
    add_sync(fields, answer, lang);
    return fields.text();
}

std::string print_sync(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    const bool changed = is_true(answer, "copy_changed");
    fields.add(zh ? "机构数据" : "copy",
               changed ? (zh ? "已更新到版本 " : "now at version ") + words(answer, "seq_after") +
                             (zh ? "（整条 " : " (records ") + words(answer, "records") +
                             (zh ? "，状态变更 " : ", standing patches ") + words(answer, "patches") + (zh ? "）" : ")")
                       : (zh ? "无变化，版本 " : "nothing new, version ") + words(answer, "seq_after"));
    fields.add(zh ? "登记人数" : "people", words(answer, "people"));
    fields.add(zh ? "发送" : "sent", words(answer, "bytes_sent") + (zh ? " 字节" : " bytes"));
    fields.add(zh ? "接收" : "received", words(answer, "bytes_received") + (zh ? " 字节" : " bytes"));
    fields.add(zh ? "上传日志" : "journal entries", words(answer, "entries_sent"));
    if (const Json::Array* results = at(answer, "results").items())
        for (const Json& result : *results)
            fields.add(
                zh ? "申报回执" : "filing",
                words(result, "filing").substr(0, 8) + " " +
                    (is_true(result, "accepted") ? (zh ? "已受理" : "accepted")
                                                 : (zh ? "退回：" : "refused: ") + coded(result, "reason", lang)));
    if (is_true(answer, "frozen"))
        fields.add(zh ? "注意" : "note", zh ? "日志分叉，申报已冻结，请联系经办机构"
                                            : "the journal forked, filings are frozen: call the bureau");
    if (is_true(answer, "anchor_ahead")) add_put_back(fields, lang);
    if (is_true(answer, "copy_put_back")) add_copy_put_back(fields, lang);
    add_hub_lost(fields, words(answer, "hub_lost"), lang);
    if (is_true(answer, "more"))
        fields.add(zh ? "注意" : "note", zh ? "还有数据未传完，请再次同步" : "more is waiting, sync again");
    return (zh ? "同步完成\n" : "Synced\n") + fields.text();
}

std::string print_journal(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    Fields fields;
    fields.add(zh ? "章" : "chapter", words(answer, "chapter"));
    fields.add(zh ? "章数" : "chapters", words(answer, "chapters"));
    fields.add(zh ? "条数" : "entries", words(answer, "entries"));
    fields.add(zh ? "签名批次" : "signed batches", words(answer, "batches"));
    fields.add(zh ? "未签名" : "not signed yet", words(answer, "not_signed"));
    fields.add(zh ? "中心已留存" : "held by the hub", words(answer, "held_by_hub"));
    fields.add(zh ? "链尾" : "tip", words(answer, "hash").substr(0, 16));
    return (zh ? "判定日志完整：序号、链和签名均相符\n" : "The journal is whole: numbers, chain and signatures fit\n") +
           fields.text();
}

std::string print_keys(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json::Array* list = at(answer, "keys").items();
    if (list == nullptr || list->empty()) return zh ? "没有接口密钥\n" : "No keys\n";
    Table table(zh ? std::vector<std::string>{"名称", "角色", "建立时间"}
                   : std::vector<std::string>{"name", "role", "made"});
    for (const Json& key : *list) table.add({words(key, "name"), words(key, "role"), words(key, "made")});
    return table.text();
}

std::string print_new_key(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return (zh ? "密钥只显示这一次，请立即填入收费系统：\n  "
               : "The key is shown this once; put it into the HIS now:\n  ") +
           words(answer, "key") +
           (zh ? "\n用法：请求头 X-Zige-Key，或 Authorization: Bearer\n"
               : "\nSend it as X-Zige-Key, or as Authorization: Bearer\n");
}

}  // namespace zige::daemon

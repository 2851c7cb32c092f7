#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {
namespace {

struct ChangeText {
    const char* name;
    const char* zh;
    const char* en;
};
constexpr ChangeText kChanges[] = {
    {"online_key_new", "新增在线密钥", "new online key"},
    {"online_key_changed", "更改在线密钥有效期", "online key with another validity"},
    {"online_key_revoked", "吊销在线密钥（尚在有效期内）", "online key revoked within its validity"},
    {"online_key_ended", "移除已到期的在线密钥", "online key dropped, it has ended"},
    {"root_key_new", "新增根密钥", "new root key"},
    {"root_key_dropped", "移除根密钥", "root key dropped"},
    {"threshold", "更改根密钥门限", "another root threshold"},
    {"sealing_key", "更换密封密钥", "another sealing key"},
    {"tls_authority", "更换 TLS 证书机构", "another TLS authority"},
    {"suite", "更换密码套件", "another suite"},
    {"reset", "重置可信时间和纪元", "reset of trusted time and epoch"},
};

std::string change_name(std::string_view name, Lang lang) {
    for (const ChangeText& change : kChanges)
        if (name == change.name) return lang == Lang::zh ? change.zh : change.en;
    return std::string(name);
}

std::string short_key(const Json& json) {
    constexpr std::size_t kShown = 16;
    return shown(json, "public_key").substr(0, kShown);
}

std::string change_detail(const Json& change) {
    if (change.find("id") != nullptr)
        return shown(change, "id") + "  " + shown(change, "from") + " – " + shown(change, "until");
    if (change.find("epoch") != nullptr) return shown(change, "time") + "  " + shown(change, "epoch");
    if (change.find("before") != nullptr) return shown(change, "before") + " → " + shown(change, "after");
    return shown(change, "after") + short_key(change);
}

/// "1/2" signatures, and by whom.
std::string signatures(const Json& draft, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    for (const Json& root : list_of(draft, "roots")) {
        const bool before = shown(root, "of_previous") == "true";
        const bool next = shown(root, "of_next") == "true";
        std::string whose = zh ? "新旧文件" : "both documents";
        if (!next) whose = zh ? "旧文件" : "the former document";
        if (!before) whose = zh ? "新文件" : "the new document";
        const bool done = shown(root, "signed") == "true";
        table.add({zh ? "根密钥" : "root key", short_key(root), whose,
                   done ? (zh ? "已签名" : "signed") : (zh ? "未签名" : "not yet")});
    }
    const auto count = [&](const char* of) {
        return shown(draft, std::string("signed_of_") + of) + "/" + shown(draft, std::string("threshold_of_") + of);
    };
    return table.text() + (zh ? "签名：旧文件 " : "signatures: former ") + count("previous") +
           (zh ? "，新文件 " : ", new ") + count("next") + "\n";
}

std::string draft(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = (zh ? "信任文件草稿：中心 " : "draft of a trust document: hub ") + shown(answer, "hub") +
                       (zh ? "，第 " : ", ") + shown(answer, "previous_version") + " → " + shown(answer, "version") +
                       (zh ? " 号，拟于 " : ", drawn up ") + shown(answer, "issued") + "\n";
    TextTable table;
    for (const Json& change : list_of(answer, "changes"))
        table.add({change_name(shown(change, "change"), lang), change_detail(change)});
    text += table.empty() ? std::string(zh ? "  没有变化\n" : "  nothing changes\n") : table.text("  ");
    text += signatures(answer, lang);
    if (const std::string file = shown(answer, "draft"); !file.empty()) {
        const bool complete = shown(answer, "complete") == "true";
        text += file +
                (complete ? (zh ? "：签名已够，请回中心执行 zige-hub trust rotate --take "
                                : ": enough signatures, at the hub: zige-hub trust rotate --take ")
                          : (zh ? "：交下一位根密钥保管人执行 zige-hub trust sign "
                                : ": the next root holder runs zige-hub trust sign ")) +
                file + "\n";
    }
    return text;
}

std::string days_left(const Json& key, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text = zh ? "剩 " + shown(key, "days_left") + " 天" : shown(key, "days_left") + " days left";
    if (shown(key, "signs") == "true") text += zh ? "，正在使用" : ", in use";
    if (shown(key, "here") == "false") text += zh ? "，私钥不在本机" : ", its private part is not here";
    return text;
}

std::string trust(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "中心" : "hub", shown(answer, "hub")});
    table.add({zh ? "信任文件" : "trust document", shown(answer, "version") + " " + shown(answer, "issued")});
    table.add({zh ? "密码套件" : "suite", shown(answer, "suite")});
    table.add({zh ? "根密钥门限" : "root threshold", shown(answer, "threshold") + "/" + shown(answer, "root_keys")});
    for (const Json& key : list_of(answer, "online_keys"))
        table.add({zh ? "在线密钥" : "online key", shown(key, "id") + " " + shown(key, "from") + " – " +
                                                       shown(key, "until") + " " + days_left(key, lang)});
    table.add({zh ? "指纹" : "fingerprint", shown(answer, "fingerprint")});
    std::string text = table.text();
    if (shown(answer, "restart_needed") == "true")
        text += zh ? "TLS 证书已更换：请立即重启服务\n" : "the TLS certificate changed: restart the service now\n";
    return text;
}

std::string made_roots(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    std::string text;
    for (const Json& key : list_of(answer, "keys"))
        text += (zh ? "根密钥 " : "root key ") + shown(key, "root") +
                (zh ? "：锁入保险柜；公钥 " : ": into the safe; its public part ") + shown(key, "public") +
                (zh ? " 交给中心\n" : " goes to the hub\n");
    return text;
}

std::string clock(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add({zh ? "中心时间" : "time of the hub", shown(answer, "time")});
    table.add({zh ? "服务器时钟" : "clock of the server", shown(answer, "wall")});
    std::string text = table.text();
    const Json* jump = answer.find("jump");
    if (jump == nullptr || jump->find("expected") == nullptr) return text + (zh ? "时钟正常\n" : "the clock is fine\n");
    text += (zh ? "时钟跳变：应约为 " : "the clock jumped: expected about ") + shown(*jump, "expected") + "\n";
    if (shown(answer, "signing") == "false")
        text += zh ? "已停止签发。校准服务器时间；时间无误则执行 zige-hub clock confirm --reason 原因\n"
                   : "nothing is signed. Set the clock right; if it is right: zige-hub clock confirm --reason TEXT\n";
    return text;
}

}  // namespace

std::string print_trust(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "trust.show" || operation == "trust.publish") return trust(answer, lang);
    if (operation == "trust.draft") return draft(answer, lang);
    if (operation == "trust.init") return made_roots(answer, lang);
    return operation == "clock.show" || operation == "clock.confirm" ? clock(answer, lang) : std::string();
}

}  // namespace zige::hub

#include "shared/base/error_words.h"

#include <vector>

#include "shared/base/result.h"

namespace zige {
namespace {

/// English as it stands in Error::detail; {} stands for a value that is kept, in the same order in both.
struct Phrase {
    std::string_view en;
    std::string_view zh;
};

constexpr Phrase kPhrases[] = {
    // lengths and counts
    {"over {} bytes", "超过 {} 字节"},
    {"at most {} bytes", "最多 {} 字节"},
    {"longer than {} bytes", "超过 {} 字节"},
    {"text of at most {} bytes", "须为不超过 {} 字节的文字"},
    {"{} bytes, at most {}", "{} 字节，最多 {} 字节"},
    {"1 to {} bytes", "须为 1 至 {} 字节"},
    {"{} bytes", "{} 字节"},
    {"{} lines", "{} 行"},
    {"over {}", "超过 {}"},
    {"too long", "过长"},
    {"too large", "过大"},
    {"too many", "过多"},
    {"a whole number from {} to {}", "须为 {} 至 {} 的整数"},
    {"must lie between {} and {}", "须在 {} 与 {} 之间"},
    {"an array of 1 to {} lines", "须为 1 至 {} 行的数组"},
    {"more than {} people on one line", "一行超过 {} 人"},
    {"18 characters are needed", "须为 18 位"},
    // shapes
    {"must be there", "不能缺少"},
    {"must be text", "须为文字"},
    {"a text", "须为文字"},
    {"must be an integer", "须为整数"},
    {"must be true or false", "须为 true 或 false"},
    {"true or false", "须为 true 或 false"},
    {"must be an object", "须为对象"},
    {"the body must be an object", "请求正文须为对象"},
    {"an array", "须为数组"},
    {"0 or 1", "须为 0 或 1"},
    {"is negative", "不能为负数"},
    {"not UTF-8", "不是 UTF-8 文字；请把终端或文件改为 UTF-8"},
    {"not UTF-8, or with a NUL", "不是 UTF-8 文字"},
    {"not GB18030", "不是 GB18030 文字，与系统语言设置（LANG）不符"},
    {"something follows the value at byte {}", "第 {} 字节处有多余内容"},
    {"no UTF-8 at byte {}", "第 {} 字节处不是 UTF-8；请以 UTF-8 发送"},
    {"no value at byte {}", "第 {} 字节处缺少取值"},
    {"no end of the text at byte {}", "第 {} 字节处文字没有结束"},
    {"no comma and no end of the object at byte {}", "第 {} 字节处缺少逗号或右括号"},
    {"no comma and no end of the array at byte {}", "第 {} 字节处缺少逗号或右括号"},
    {"no key at byte {}", "第 {} 字节处缺少字段名"},
    {"a key stands twice in the object at byte {}", "第 {} 字节处的对象有重复字段"},
    {"nested too deep at byte {}", "第 {} 字节处嵌套过深"},
    // values
    {"given twice", "重复出现"},
    {"takes no value", "不带取值"},
    {"a value must follow", "后面须有取值"},
    {"one word too many", "多余的词"},
    {"zh or en", "zh 或 en"},
    {"ed25519-sha256 or sm2-sm3", "ed25519-sha256 或 sm2-sm3"},
    {"his, clerk or viewer", "须为 his、clerk 或 viewer"},
    {"emergency, rescue or special", "须为 emergency（急诊）、rescue（抢救）或 special（其他）"},
    {"no transaction that is judged", "不是需要判定的交易"},
    {"no such class", "没有该类别"},
    {"no such role", "没有该角色"},
    {"HOST:PORT, such as {}", "写作 主机:端口，如 {}"},
    {"host and port, as in {}", "写作 主机和端口，如 {}"},
    {"the port is a number from 1 to 65535", "端口须为 1 至 65535 的数字"},
    {"not a host", "不是主机名或地址"},
    {"give --hub {}", "请加 --hub {}"},
    {"20 characters", "须为 20 位"},
    {"an amount in yuan, such as {}", "金额以元为单位，如 {}"},
    {"at most two decimals", "最多两位小数"},
    {"it has: {}", "可用：{}"},
    {"a key of role {}", "密钥角色 {}"},
    // people and dates
    {"{} lies ahead", "{} 晚于今天"},
    {"{} lies before the registration", "{} 早于登记日期"},
    {"{} is over a year ahead", "{} 在一年以后"},
    {"registered from {}", "登记日期 {}"},
    {"left on {}", "{} 离职"},
    {"{}: several people", "{}：对应多人"},
    {"the number that the window gave", "动态维护窗口给出的流水号"},
    {"its undoing is on the way", "撤回已提交，等待回执"},
    {"confirmed before: {} on {}", "已确认为 {}，更新日期 {}"},
    {"out of range", "超出范围"},
    {"missing", "已丢失"},
    {"unknown: {}", "没有这个取值：{}"},
    {"who does it", "须写经办人姓名"},
    // codes by telephone, keys
    {"a code has digits only", "只能是数字"},
    {"a code of this kind has {} digits", "这种码应为 {} 位数字"},
    {"the check digit does not match", "校验位不符"},
    {"{} wrong codes in an hour", "一小时内已错 {} 次"},
    {"{} days", "{} 天"},
    {"name a file that the root holders get", "写明草稿文件，交各根密钥保管人签名"},
    {"or --draft, or --take", "或用 --draft、--take"},
    {"{} bytes at most", "最多 {} 字节"},
    // slips
    {"stands on line {} already", "第 {} 行已有"},
    {"slip {} was not used yet, valid until {}", "凭条 {} 尚未使用，有效期至 {}"},
    {"the first column is empty", "第一列为空"},
    {"no institution code in it", "其中没有机构代码"},
    {"at most {} institutions", "最多 {} 家机构"},
    {"refuse, withdraw or skip", "须为 refuse、withdraw 或 skip"},
    {"1 to {}", "须为 1 至 {}"},
    {"- and --json write to the same place", "- 与 --json 不能同时写到标准输出"},
    {"or --json: where the slips go", "或用 --json：凭条写到哪里"},
    {"host:port that the agent dials", "终端拨入的地址，写作 主机:端口"},
    {"as it stands on the paper slip, or ask the bureau", "照纸质凭条填写；没有的请致电经办机构"},
    {"the bureau's file is needed: {}", "须用经办机构给的凭条文件：{}"},
    {"stands alone: the slip was used for the request", "单独使用：凭条在申请时已用过"},
    {"no request was made in this folder", "本机没有发出过申请"},
    {"a file", "须为文件"},
    // rosters
    {"expected {}, found {}", "应为 {}，实为 {}"},
    {"expected {}", "应为 {}"},
    {"the line has {} bytes, at most {}", "该行 {} 字节，最多 {} 字节"},
    {"name it: gb001, gb002, gb004 or gb005", "请用 --layout 指明：gb001、gb002、gb004 或 gb005"},
    {"UTF-16; save as UTF-8 or GB18030", "是 UTF-16 编码；请另存为 UTF-8 或 GB18030"},
    // folders, the line, the hub
    {"others may enter it; chmod 700 makes it private", "他人可以进入；chmod 700 改为仅属主可进"},
    {"belongs to another user", "属于其他账户"},
    {"is no folder", "不是目录"},
    {"the journal is sound and stays; run zige-agent sync",
     "日志完好，不能移开；请执行 zige-agent sync，仍有问题请联系经办机构"},
    {"held by another", "正被其他程序使用"},
    {"status {}", "中心答复状态 {}"},
    {"no whole answer in {} ms", "{} 毫秒内没有收到完整答复"},
    {"no TLS handshake in time", "没有及时建立安全连接"},
    {"the answer ended after {} bytes", "收到 {} 字节后中断"},
    {"came too slowly", "传送过慢"},
    {"stopping", "程序正在停止"},
    {"not yet valid at {}", "{} 时尚未生效"},
    {"no longer valid at {}", "{} 时已过期"},
    {"the hub saw another entry", "中心留存的内容与本机不同"},
};

/// The values that stand for the holes of `pattern` in `text`; nothing: it is another text.
std::optional<std::vector<std::string_view>> values_in(std::string_view text, std::string_view pattern) {
    std::vector<std::string_view> values;
    for (;;) {
        const auto hole = pattern.find("{}");
        if (hole == std::string_view::npos) break;
        if (!text.starts_with(pattern.substr(0, hole))) return {};
        text.remove_prefix(hole);
        pattern.remove_prefix(hole + 2);
        const std::string_view until = pattern.substr(0, pattern.find("{}"));
        const auto end = pattern.empty() ? text.size() : text.find(until);
        if (end == std::string_view::npos || end == 0) return {};
        values.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    if (text != pattern) return {};
    return values;
}

std::string filled(std::string_view pattern, const std::vector<std::string_view>& values) {
    std::string text;
    for (const std::string_view value : values) {
        const auto hole = pattern.find("{}");
        text += pattern.substr(0, hole);
        text += value;
        pattern.remove_prefix(hole + 2);
    }
    return text += pattern;
}

/// A code, a day, a path, a number, Chinese: no English words in a row.
bool is_value(std::string_view detail) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t i = 1; i + 1 < detail.size(); ++i)
        if (detail[i] == ' ' && (letter(detail[i - 1]) || letter(detail[i + 1]))) return false;
    return true;
}

/// "line 3: ..." of a file: the number, and what is behind it.
struct OnLine {
    std::string number;
    std::string_view what;
};
std::optional<OnLine> on_line(std::string_view detail) {
    constexpr std::string_view kLine = "line ";
    const auto colon = detail.find(": ");
    if (!detail.starts_with(kLine) || colon == std::string_view::npos) return {};
    const std::string_view number = detail.substr(kLine.size(), colon - kLine.size());
    if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return OnLine{"第 " + std::string(number) + " 行", detail.substr(colon + 2)};
}

}  // namespace

std::optional<std::string> chinese_detail(std::string_view detail) {
    if (const auto line = on_line(detail)) {
        const auto what = chinese_detail(line->what);
        if (!what) return {};
        return line->number + "：" + *what;
    }
    for (const Phrase& phrase : kPhrases)
        if (const auto values = values_in(detail, phrase.en)) return filled(phrase.zh, *values);
    if (is_value(detail)) return std::string(detail);
    return {};
}

ErrorWords words_of(const Error& error, Lang lang) {
    const bool zh = lang == Lang::zh;
    ErrorWords words{text(error.id, lang), next_step(error.id, lang), {}};
    if (!error.field.empty()) words.reason += (zh ? "：" : ": ") + error.field;
    if (error.detail.empty()) return words;
    const auto detail = zh ? chinese_detail(error.detail) : std::optional(error.detail);
    const auto line = on_line(error.detail);
    if (!detail && line) words.reason += "（" + line->number + "）";
    if (detail) words.reason += zh ? "（" + *detail + "）" : " (" + *detail + ")";
    else words.technical = error.detail;
    return words;
}

}  // namespace zige

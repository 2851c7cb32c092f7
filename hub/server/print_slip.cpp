#include "hub/server/print.h"
#include "hub/server/slip_page.h"
#include "hub/server/text_table.h"
#include "shared/base/error_words.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"

namespace zige::hub {
namespace {

/// A reader finds dark modules on light; which of its colours a terminal shows as light, nobody knows.
std::string black_on_white(std::string_view text) {
    std::string coloured;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        coloured += "\x1B[38;5;16;48;5;231m" + std::string(line) + "\x1B[0m\n";
    }
    return coloured;
}

std::string code_of(const Json& slip, bool colours) {
    const auto code = make_qr_encoder()->encode(slip_code(slip), kSlipLevel);
    if (!code.ok()) return {};
    const std::string blocks = qr_half_blocks(*code, QrInk::dark);
    return colours ? black_on_white(blocks) : blocks;
}

std::string tokens(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    TextTable table;
    table.add(zh ? std::vector<std::string>{"编号", "机构", "签发", "有效期至", "状态", "终端"}
                 : std::vector<std::string>{"id", "institution", "issued", "valid until", "state", "agent"});
    for (const Json& each : list_of(answer, "tokens")) {
        const std::string state = shown(each, "state");
        const std::string chinese = state == "used" ? "已使用" : state == "open" ? "未使用" : "失效";
        table.add({shown(each, "id"), shown(each, "institution"), shown(each, "issued"), shown(each, "expires"),
                   zh ? chinese : state, state == "used" ? shown(each, "agent") : ""});
    }
    return table.text();
}

/// "第 3 行 H41150300009：没有该机构".
std::string line_text(const Json& issue, Lang lang) {
    const bool zh = lang == Lang::zh;
    const std::string code = shown(issue, "institution");
    std::string text = (zh ? "  第 " + shown(issue, "line") + " 行" : "  line " + shown(issue, "line")) +
                       (code.empty() ? "" : " " + code) + (zh ? "：" : ": ") + coded<ErrorId>(issue, "error", lang);
    const std::string detail = shown(issue, "detail");
    if (!detail.empty()) text += zh ? "（" + chinese_detail(detail).value_or(detail) + "）" : " (" + detail + ")";
    return text + " [" + shown(issue, "number") + " " + shown(issue, "error") + "]\n";
}

std::string issue_list(const Json& answer, std::string_view key, const std::string& head, Lang lang) {
    if (list_of(answer, key).empty()) return {};
    std::string text = head;
    for (const Json& issue : list_of(answer, key)) text += line_text(issue, lang);
    return text;
}

std::string refused(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return issue_list(answer, "problems",
                      zh ? "一张也没有签发，先改正名单：\n" : "Nothing was issued; put the list right first:\n", lang) +
           (zh ? "已有未使用凭条的机构，加 --open withdraw 作废旧的另发，或 --open skip 跳过\n"
               : "Where a slip was not used yet: --open withdraw issues another one, --open skip leaves it\n");
}

std::string batch(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    if (!list_of(answer, "problems").empty()) return refused(answer, lang);
    std::string text = zh ? "已签发 " + shown(answer, "issued") + " 张凭条\n" : shown(answer, "issued") + " slips issued\n";
    text += issue_list(answer, "skipped", zh ? "跳过：\n" : "Skipped:\n", lang);
    if (list_of(answer, "withdrawn").empty()) return text;
    text += zh ? "已作废的旧凭条：\n" : "Older slips that are void now:\n";
    for (const Json& token : list_of(answer, "withdrawn"))
        text += "  " + shown(token, "id") + " " + shown(token, "institution") + "\n";
    return text;
}

}  // namespace

/// Both languages, whatever was asked: the slip goes to a clinic.
std::string slip_text(const Json& slip, bool colours) {
    TextTable table;
    for (const SlipField& field : slip_fields(slip))
        table.add({std::string(field.zh) + " " + std::string(field.en), field.value});
    const std::string rule(66, '-');
    return "+" + rule + "+\n  医保支付资格终端入网凭条   Enrolment slip\n\n" + table.text("  ") + "\n  " +
           shown(slip, "line") + "\n\n" + code_of(slip, colours) +
           "\n  在终端电脑上运行，扫描二维码或键入 zige: 一行：\n"
           "  On the agent's PC, then scan the code or type the zige: line:\n    zige-agent enroll --slip -\n"
           "\n  口令只能用于一台终端，请当面交付，勿拍照外传。\n"
           "  The token is for one agent only: hand it over in person.\n+" +
           rule + "+\n";
}

std::string print_slips(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "token.new") return slip_text(answer, false);
    if (operation == "token.batch") return batch(answer, lang);
    if (operation == "token.list") return tokens(answer, lang);
    if (operation == "token.withdraw")
        return (lang == Lang::zh ? "已作废 " : "void now: ") + shown(answer, "id") + "\n";
    return {};
}

}  // namespace zige::hub

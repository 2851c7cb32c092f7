#include "hub/server/print.h"
#include "hub/server/text_table.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"

namespace zige::hub {
namespace {

std::string statement(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    const Json& interval = *answer.find("interval");
    TextTable table;
    table.add({zh ? "机构" : "institution", shown(answer, "institution")});
    table.add({zh ? "人员" : "person", shown(answer, "name") + registration(answer, lang)});
    table.add(
        {zh ? "资格状态" : "standing", coded<Standing>(interval, "status", lang) + " " + shown(interval, "from") +
                                           (shown(interval, "end").empty() ? "" : " – " + shown(interval, "end"))});
    table.add({zh ? "文书" : "document", shown(interval, "document")});
    table.add({zh ? "录入" : "to be entered by", "zige-agent statement add --file -"});
    const std::string notice = shown(answer, "notice");
    std::string text = table.text() + notice + "\n";
    if (const auto code = make_qr_encoder()->encode(notice, QrLevel::low); code.ok())
        text += qr_half_blocks(*code, QrInk::dark);
    return text;
}

std::string prolongation(const Json& answer, Lang lang) {
    const bool zh = lang == Lang::zh;
    return (zh ? "延期码 " : "code ") + shown(answer, "code") + (zh ? "，终端 " : ", agent ") + shown(answer, "agent") +
           (zh ? "，" : ", ") + shown(answer, "days") + (zh ? " 天，只能用一次\n" : " days, once\n");
}

}  // namespace

std::string print_notice(std::string_view operation, const Json& answer, Lang lang) {
    if (operation == "statement") return statement(answer, lang);
    return operation == "phone_code.prolong" ? prolongation(answer, lang) : std::string();
}

}  // namespace zige::hub

#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {

TableRows paper_table(std::string_view operation, const Json& answer, Lang lang) {
    if (operation != "paper.list") return {};
    using Words = std::vector<std::string>;
    TableRows rows;
    rows.push_back(lang == Lang::zh
                       ? Words{"编号", "时间", "文书", "格式", "文书号", "机构", "人员", "经办人", "散列"}
                       : Words{"number", "at", "paper", "format", "document", "institution", "person", "by", "hash"});
    constexpr std::size_t kShortHash = 16;
    for (const Json& paper : list_of(answer, "papers")) {
        const std::string person = shown(paper, "person");
        rows.push_back({shown(paper, "number"), shown(paper, "at"), coded<PaperKind>(paper, "kind", lang),
                        shown(paper, "format"), shown(paper, "document"), shown(paper, "institution"),
                        person.empty() ? "" : "#" + person, shown(paper, "operator"),
                        shown(paper, "hash").substr(0, kShortHash)});
    }
    return rows;
}

std::string print_paper(std::string_view operation, const Json& answer, Lang lang) {
    if (operation != "paper.list") return {};
    if (list_of(answer, "papers").empty()) return lang == Lang::zh ? "没有已出具的文书\n" : "no issued papers\n";
    return TextTable(paper_table(operation, answer, lang)).text();
}

}  // namespace zige::hub

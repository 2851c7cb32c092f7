#include "hub/server/print.h"
#include "hub/server/text_table.h"

namespace zige::hub {

std::string print_paper(std::string_view operation, const Json& answer, Lang lang) {
    if (operation != "paper.list") return {};
    TextTable table;
    for (const Json& paper : list_of(answer, "papers")) {
        const std::string person = shown(paper, "person");
        table.add({shown(paper, "number"), shown(paper, "at"), coded<PaperKind>(paper, "kind", lang), shown(paper, "format"),
                   shown(paper, "document"), shown(paper, "institution"), person.empty() ? "" : "#" + person,
                   shown(paper, "operator"), shown(paper, "hash").substr(0, 16)});
    }
    if (table.empty()) return lang == Lang::zh ? "没有已出具的文书\n" : "no issued papers\n";
    return table.text();
}

}  // namespace zige::hub

#include "tests/unit/papers/sample_paper.h"

namespace zige::hub::testing {
namespace {

std::string value_of(std::string_view name) { return "值-" + std::string(name); }

struct TextOf {
    std::string operator()(const Paragraph& paragraph) const {
        std::string all;
        for (const PaperSpan& span : paragraph.spans) all += span.text;
        return all + "\n";
    }
    std::string operator()(const PaperTable& table) const {
        std::string all;
        for (const auto& row : table.rows)
            for (const PaperCell& cell : row) all += (*this)(cell.content);
        return all;
    }
    std::string operator()(const PaperCode& code) const { return code.text + "\n"; }
    std::string operator()(const PageBreak&) const { return {}; }
};

}  // namespace

PaperData full_data(PaperKind kind) {
    const PaperForm& form = form_of(kind);
    PaperData data;
    for (const auto fields : {form.fields, fields_of_all_papers()})
        for (const PaperField& field : fields) data.texts.emplace(field.name, value_of(field.name));
    for (const PaperList& list : form.lists)
        for (const char* const row : {"甲", "乙"}) {
            PaperData each;
            for (const PaperField& column : list.columns) each.texts.emplace(column.name, row + value_of(column.name));
            data.lists[std::string(list.name)].push_back(std::move(each));
        }
    return data;
}

PaperData least_data(PaperKind kind) {
    PaperData data;
    for (const PaperField& field : form_of(kind).fields)
        if (!field.demanded_by.empty()) data.texts.emplace(field.name, value_of(field.name));
    return data;
}

Result<Document> shipped_paper(PaperKind kind, const PaperData& data) {
    ZIGE_TRY(form, Template::parse(form_of(kind), shipped_template(kind)));
    ZIGE_TRY(markup, form.fill(data));
    return parse_document(form.name(), markup);
}

std::string text_of(const Document& document) {
    std::string all;
    for (const PaperBlock& block : document.blocks) all += std::visit(TextOf{}, block);
    return all;
}

}  // namespace zige::hub::testing

#include "hub/core/papers/html.h"
#include "hub/core/papers/template.h"
#include "hub/pdf/printer.h"
#include "shared/base/result.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"
#include "tests/bench/hub_rig.h"
#include "tests/bench/measure.h"
#include "tests/bench/run.h"

namespace zige::bench {
namespace {

constexpr std::size_t kRounds = 50;
constexpr std::size_t kCodeLetters = 600;  // of a signed statement

/// A notice of scoring: every field has a value, the lists two rows, the code the length of a signed statement.
hub::PaperData notice() {
    const hub::PaperForm& form = hub::form_of(PaperKind::scoring_notice);
    hub::PaperData data;
    for (const auto fields : {form.fields, hub::fields_of_all_papers()})
        for (const hub::PaperField& field : fields) data.texts.emplace(field.name, field.zh);
    for (const hub::PaperList& list : form.lists) {
        hub::PaperData row;
        for (const hub::PaperField& column : list.columns) row.texts.emplace(column.name, column.zh);
        data.lists[std::string(list.name)] = {row, row};
    }
    data.texts["qr"] = "ZIGE1:" + std::string(kCodeLetters, 'A');
    return data;
}

hub::Document filled(const hub::PaperData& data) {
    constexpr PaperKind kind = PaperKind::scoring_notice;
    const auto form = must(hub::Template::parse(hub::form_of(kind), hub::shipped_template(kind)));
    return must(hub::parse_document(form.name(), must(form.fill(data))));
}

}  // namespace

/// From the data of the case to the bytes: template, document, sheets with their embedded fonts.
std::vector<Row> paper_rows(const Run& run) {
    progress("papers");
    const hub::PaperData data = notice();
    const auto encoder = make_qr_encoder();
    const auto printer = hub::make_pdf_printer(*encoder);
    const auto print = [&] { return must(printer->print(filled(data), run.now)); };
    const std::size_t bytes = print().size();  // the first one looks for fonts
    Samples pdf;
    Samples html;
    for (std::size_t round = 0; round < run.size(kRounds, 1); ++round) {
        html.add(timed([&] { keep(must(hub::write_html(filled(data), *encoder, qr_svg)).size()); }));
        pdf.add(timed([&] { keep(print().size()); }));
    }
    return {{"PDF of a notice of scoring, from its data",
             "ms",
             pdf.median() / 1e6,
             "HTML of the same",
             html.median() / 1e6,
             {},
             {}},
            {"- the file", "kB", static_cast<double>(bytes) / 1024, "", 0, {}, {}}};
}

}  // namespace zige::bench

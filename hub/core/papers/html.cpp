#include "hub/core/papers/html.h"

#include <numeric>

#include "hub/core/papers/template.h"

namespace zige::hub {
namespace {

constexpr std::string_view kStyle = R"(<style>
@page { size: A4; margin: 25mm 22mm; }
body { margin: 0; color: #000; background: #fff; font: 12pt/1.75 "FangSong", "FangSong_GB2312", "Noto Serif CJK SC", SimSun, "WenQuanYi Micro Hei", serif; }
h1 { font-size: 20pt; line-height: 1.4; text-align: center; margin: 0 0 8mm; }
h2 { font-size: 13pt; margin: 5mm 0 1mm; }
p { margin: 0 0 1.5mm; }
p.indented { text-indent: 2em; }
.centre { text-align: center; }
.right { text-align: right; }
.small { font-size: 9.5pt; line-height: 1.5; }
.boxed { border: 0.4mm solid #000; padding: 2mm 4mm; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; table-layout: fixed; font-size: 10.5pt; line-height: 1.5; }
th, td { border: 0.2mm solid #000; padding: 1mm 2mm; vertical-align: middle; word-break: break-all; }
th { font-weight: bold; }
tr { break-inside: avoid; page-break-inside: avoid; }
.tall { height: 28mm; vertical-align: top; }
.qr { text-align: center; margin: 3mm 0; break-inside: avoid; }
.page { break-after: page; page-break-after: always; border: 0; margin: 0; height: 0; }
@media screen { body { max-width: 166mm; margin: 10mm auto; } }
</style>
)";

std::string with_lines(std::string_view text) {
    std::string out;
    for (const char c : html_escaped(text)) out += c == '\n' ? std::string("<br>") : std::string(1, c);
    return out;
}

std::string spans_of(const Paragraph& paragraph) {
    std::string out;
    for (const PaperSpan& span : paragraph.spans)
        out += span.bold ? "<b>" + with_lines(span.text) + "</b>" : with_lines(span.text);
    return out;
}

std::string class_list(const std::vector<std::string_view>& names) {
    std::string out;
    for (const std::string_view name : names) out += (out.empty() ? " class=\"" : " ") + std::string(name);
    return out.empty() ? out : out + "\"";
}

void add_align(std::vector<std::string_view>& names, PaperAlign align) {
    if (align == PaperAlign::centre) names.push_back("centre");
    if (align == PaperAlign::right) names.push_back("right");
}

std::string element_of(PaperStyle style) {
    return style == PaperStyle::title ? "h1" : style == PaperStyle::heading ? "h2" : "p";
}

class HtmlWriter {
public:
    HtmlWriter(const QrEncoder& encoder, QrDrawing drawing) : encoder_(encoder), drawing_(drawing) {}

    Result<std::string> operator()(const Paragraph& paragraph) const {
        std::vector<std::string_view> names;
        if (paragraph.style != PaperStyle::title) add_align(names, paragraph.align);
        if (paragraph.indented) names.push_back("indented");
        if (paragraph.boxed) names.push_back("boxed");
        if (paragraph.style == PaperStyle::small) names.push_back("small");
        const std::string element = element_of(paragraph.style);
        return "<" + element + class_list(names) + ">" + spans_of(paragraph) + "</" + element + ">\n";
    }

    Result<std::string> operator()(const PaperTable& table) const {
        const unsigned all = std::accumulate(table.widths.begin(), table.widths.end(), 0U);
        std::string out = "<table>\n<colgroup>";
        for (const unsigned width : table.widths)
            out += "<col style=\"width:" + std::to_string(width * 100 / all) + "%\">";
        out += "</colgroup>\n";
        for (const auto& row : table.rows) {
            out += "<tr>";
            for (const PaperCell& cell : row) out += cell_of(cell);
            out += "</tr>\n";
        }
        return out + "</table>\n";
    }

    Result<std::string> operator()(const PaperCode& code) const {
        ZIGE_TRY(matrix, encoder_.encode(code.text, kPaperCodeLevel));
        return "<div class=\"qr\">" + drawing_(matrix, kPaperCodeMillimetres) + "</div>\n";
    }

    Result<std::string> operator()(const PageBreak&) const { return std::string("<hr class=\"page\">\n"); }

private:
    static std::string cell_of(const PaperCell& cell) {
        std::vector<std::string_view> names;
        add_align(names, cell.content.align);
        if (cell.tall) names.push_back("tall");
        const std::string element = cell.head ? "th" : "td";
        const std::string span = cell.columns > 1 ? " colspan=\"" + std::to_string(cell.columns) + "\"" : "";
        return "<" + element + class_list(names) + span + ">" + spans_of(cell.content) + "</" + element + ">";
    }

    const QrEncoder& encoder_;
    QrDrawing drawing_;
};

}  // namespace

Result<std::string> write_html(const Document& document, const QrEncoder& encoder, QrDrawing drawing) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                       html_escaped(document.title) + "</title>\n" + std::string(kStyle) + "</head>\n<body>\n";
    const HtmlWriter writer(encoder, drawing);
    for (const PaperBlock& block : document.blocks) {
        ZIGE_TRY(text, std::visit(writer, block));
        page += text;
    }
    return page + "</body>\n</html>\n";
}

}  // namespace zige::hub

#include <algorithm>

#include "hub/core/papers/html.h"
#include "hub/pdf/printer.h"
#include "shared/qr/encoder.h"
#include "shared/qr/render.h"
#include "tests/component/pdf/opened_pdf.h"
#include "tests/component/qr/picture.h"
#include "tests/support/testing.h"
#include "tests/unit/papers/sample_paper.h"

/// Papers on sheets, read by programs of another maker.
namespace zige::hub {
namespace {

using testing::full_data;
using testing::shipped_paper;
using testing::text_of;
using zige::testing::OpenedPdf;
using zige::testing::without_blanks;

const Instant kMade = start_of(Day{std::chrono::local_days{std::chrono::year{2026} / 11 / 22}});

Result<Bytes> printed(const Document& document, PdfOptions options = {}) {
    const auto encoder = make_qr_encoder();
    return make_pdf_printer(*encoder, std::move(options))->print(document, kMade);
}

std::string html_of(const Document& document) {
    const auto encoder = make_qr_encoder();
    return write_html(document, *encoder, qr_svg).value();
}

struct KindRow {
    std::string name;
    PaperKind kind;
};
std::vector<KindRow> kinds() {
    std::vector<KindRow> rows;
    for (const PaperKind kind : all<PaperKind>()) rows.push_back({to_string(kind), kind});
    return rows;
}

/// Words of a document that a line end cannot part: pieces without blanks, whatever their order on the page is.
std::vector<std::string> pieces_of(const Document& document) {
    std::vector<std::string> pieces;
    const std::string text = text_of(document);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string piece = without_blanks(text.substr(at, end - at));
        if (!piece.empty()) pieces.push_back(piece);
        at = end + 1;
    }
    return pieces;
}

TEST_EACH(Pdf, of_each_paper_holds_its_text_and_its_fonts, kinds()) {
    PaperData data = full_data(row.kind);
    data.texts["name"] = "欧阳娜娜·艾合买提";
    for (auto& [name, rows] : data.lists)  // columns are narrow
        for (std::size_t at = 0; at < rows.size(); ++at)
            for (char letter = 'a'; auto& [column, value] : rows[at].texts) value = {at == 0 ? 'Q' : 'Z', letter++};
    const Document paper = shipped_paper(row.kind, data).value();
    const auto pdf = printed(paper);
    CPPUNIT_ASSERT_EQUAL(std::string(), pdf.ok() ? std::string() : pdf.error().describe());
    CPPUNIT_ASSERT(as_text(*pdf).starts_with("%PDF-"));
    const OpenedPdf opened(*pdf);
    const std::string text = opened.text();
    CPPUNIT_ASSERT(text.find(without_blanks(paper.title)) != std::string::npos);
    std::size_t looked_for = 0;
    for (const std::string& piece : pieces_of(paper)) {
        if (piece == data.text("qr") || piece.size() > 24) continue;  // longer ones may be parted by a line end within a cell
        CPPUNIT_ASSERT_MESSAGE("not in the PDF: " + piece + "\n" + text, text.find(piece) != std::string::npos);
        ++looked_for;
    }
    CPPUNIT_ASSERT(looked_for > 0);
    CPPUNIT_ASSERT(!opened.fonts().empty());
    for (const auto& font : opened.fonts()) CPPUNIT_ASSERT_MESSAGE(font.name, font.embedded);
    CPPUNIT_ASSERT(opened.pages() <= 2);
    CPPUNIT_ASSERT(pdf->size() < 300'000);
}

TEST(Pdf, shows_the_code_that_the_html_shows) {
    PaperData data = full_data(PaperKind::scoring_notice);
    data.texts["qr"] = "ZIGE1:" + std::string(600, 'A') + "0123456789";
    const Document paper = shipped_paper(PaperKind::scoring_notice, data).value();
    const OpenedPdf opened(printed(paper).value());
    std::vector<std::string> codes;
    for (std::size_t page = 1; page <= opened.pages(); ++page)
        for (const std::string& code : opened.codes(page)) codes.push_back(code);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, codes.size());
    CPPUNIT_ASSERT_EQUAL(data.texts["qr"], codes.front());
    const std::string html = html_of(paper);
    CPPUNIT_ASSERT_EQUAL(data.texts["qr"], read(zige::testing::picture_of_svg(html.substr(html.find("<svg")))).value_or("nothing"));
}

TEST(Pdf, html_lets_nobody_in) {
    PaperData data = full_data(PaperKind::talk_record);
    data.texts["name"] = "</td><script>alert('x')</script>&\"";
    const std::string html = html_of(shipped_paper(PaperKind::talk_record, data).value());
    CPPUNIT_ASSERT(html.find("<script") == std::string::npos);
    CPPUNIT_ASSERT(html.find("&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;") != std::string::npos);
    for (const char* const loads : {"http://", "https://", "url(", "src="})
        CPPUNIT_ASSERT_MESSAGE(loads, html.find(loads) == std::string::npos);
}

TEST(Pdf, is_the_same_for_the_same_paper_and_time) {
    const Document paper = shipped_paper(PaperKind::commitment, full_data(PaperKind::commitment)).value();
    CPPUNIT_ASSERT(printed(paper).value() == printed(paper).value());
}

PaperData many_rows(std::size_t count) {
    PaperData data = full_data(PaperKind::monthly_report);
    auto& rows = data.lists["handled"];
    rows.clear();
    for (std::size_t at = 1; at <= count; ++at)
        rows.push_back({{{"no", "r" + std::to_string(at) + "e"}, {"name", "张三"}, {"institution", "信阳市第一医院"}, {"points", "9"}}, {}});
    return data;
}

TEST(Pdf, repeats_the_heading_of_a_long_table_and_loses_no_row) {
    const OpenedPdf opened(printed(shipped_paper(PaperKind::monthly_report, many_rows(120)).value()).value());
    const std::string text = opened.text();
    std::size_t headings = 0;
    for (std::size_t at = 0; (at = text.find("处理日期", at)) != std::string::npos; ++at) ++headings;
    CPPUNIT_ASSERT(opened.pages() > 3);
    CPPUNIT_ASSERT_EQUAL(opened.pages(), headings);
    for (std::size_t row = 1; row <= 120; ++row) CPPUNIT_ASSERT(text.find("r" + std::to_string(row) + "e") != std::string::npos);
    CPPUNIT_ASSERT(text.find("第1页共" + std::to_string(opened.pages()) + "页") != std::string::npos);
}

TEST(Pdf, cuts_a_row_that_is_longer_than_a_sheet) {
    PaperData data = full_data(PaperKind::prior_notice);
    std::string facts;
    for (int line = 1; line <= 300; ++line) facts += "第" + std::to_string(line) + "项：串换诊疗项目。\n";
    data.texts["facts"] = facts;
    const OpenedPdf opened(printed(shipped_paper(PaperKind::prior_notice, data).value()).value());
    const std::string text = opened.text();
    CPPUNIT_ASSERT(opened.pages() >= 6);
    for (int line = 1; line <= 300; ++line) CPPUNIT_ASSERT(text.find("第" + std::to_string(line) + "项") != std::string::npos);
}

TEST(Pdf, has_no_more_sheets_than_anybody_prints) {
    Document paper{"x", {}};
    for (std::size_t at = 0; at < kMaxPaperPages; ++at) paper.blocks.emplace_back(PageBreak{});
    const auto pdf = printed(paper);
    CPPUNIT_ASSERT(!pdf.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("pages"), pdf.error().field);
}

TEST(Pdf, names_the_fonts_that_are_missing) {
    const auto pdf = printed(Document{"x", {}}, {{"No Such Font", "Neither This"}});
    CPPUNIT_ASSERT(!pdf.ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::paper_failed, pdf.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("font"), pdf.error().field);
    CPPUNIT_ASSERT_EQUAL(std::string("none of these is installed (fonts-wqy-microhei has one): No Such Font, Neither This"), pdf.error().detail);
}

TEST(Pdf, prints_no_box_for_a_character_that_no_font_has) {
    PaperData data = full_data(PaperKind::commitment);
    data.texts["name"] = "张\U000F8001";  // a bureau's private character (自造字)
    const auto pdf = printed(shipped_paper(PaperKind::commitment, data).value());
    CPPUNIT_ASSERT(!pdf.ok());
    CPPUNIT_ASSERT_EQUAL(std::string("font"), pdf.error().field);
    CPPUNIT_ASSERT_EQUAL(std::string("no installed font has U+F8001"), pdf.error().detail);
}

}  // namespace
}  // namespace zige::hub

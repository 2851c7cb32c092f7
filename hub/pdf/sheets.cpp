#include "hub/pdf/sheets.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "hub/core/papers/html.h"
#include "hub/core/ports/pdf.h"

namespace zige::hub::pdf {
namespace {

constexpr double kSide = 22 * kMillimetre;
constexpr double kTop = 25 * kMillimetre;
constexpr double kBottom = kSheetHeight - 25 * kMillimetre;
constexpr double kWidth = kSheetWidth - 2 * kSide;
constexpr double kFoot = kSheetHeight - 15 * kMillimetre;
constexpr double kPadding = 1.5 * kMillimetre;
constexpr double kTall = 28 * kMillimetre;
constexpr double kTableSize = 10.5;
constexpr double kFootSize = 9;
constexpr double kSmallest = 0.01;  // lengths that differ by less are equal

double size_of(PaperStyle style) {
    switch (style) {
        case PaperStyle::title: return 20;
        case PaperStyle::heading: return 13;
        case PaperStyle::body: return 12;
        case PaperStyle::small: return 9.5;
    }
    throw Bug("unknown style");
}

double space_after(PaperStyle style) { return style == PaperStyle::title ? 6 * kMillimetre : 1.5 * kMillimetre; }

/// A line as its layout places it.
struct Placed {
    double x = 0, top = 0, height = 0, baseline = 0;
};

std::vector<Placed> lines_of(PangoLayout* layout) {
    std::vector<Placed> lines;
    const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> at(pango_layout_get_iter(layout), pango_layout_iter_free);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at.get(), nullptr, &box);
        int top = 0, bottom = 0;
        pango_layout_iter_get_line_yrange(at.get(), &top, &bottom);
        const auto points = [](int units) { return static_cast<double>(units) / PANGO_SCALE; };
        lines.push_back({points(box.x), points(top), points(bottom - top), points(pango_layout_iter_get_baseline(at.get()))});
    } while (pango_layout_iter_next_line(at.get()));
    return lines;
}

/// A cell, and how much of it is on paper.
struct OpenCell {
    Layout layout;
    std::vector<Placed> lines;
    double x = 0, width = 0, least = 0;
    bool centred = false;  ///< between top and bottom
    std::size_t next = 0;

    double rest() const {
        if (next >= lines.size()) return 0;
        return lines.back().top + lines.back().height - lines[next].top;
    }
    bool over() const { return next >= lines.size(); }
};
using OpenRow = std::vector<OpenCell>;

double height_of(const OpenRow& row) {
    double height = 0;
    for (const OpenCell& cell : row) height = std::max({height, cell.rest(), cell.least});
    return height + 2 * kPadding;
}

class Composer {
public:
    Composer(const Typesetter& typesetter, const QrEncoder& encoder) : typesetter_(typesetter), encoder_(encoder) {}

    Result<void> operator()(const Paragraph& paragraph) {
        if (paragraph.boxed) return put_boxed(paragraph);
        ZIGE_TRY(layout, typesetter_.set(paragraph, size_of(paragraph.style), kWidth));
        const std::vector<Placed> lines = lines_of(layout.get());
        for (std::size_t at = 0; at < lines.size(); ++at) {
            if (y_ + lines[at].height > kBottom) ZIGE_CHECK(next_sheet());
            put_line(layout, at, lines[at], kSide, y_ - lines[at].top);
            y_ += lines[at].height;
        }
        y_ += space_after(paragraph.style);
        return {};
    }

    Result<void> operator()(const PaperTable& table) {
        std::optional<OpenRow> heading;
        for (const auto& cells : table.rows) {
            ZIGE_TRY(row, open_row(table, cells, kTableSize));
            const bool all_head = std::ranges::all_of(cells, &PaperCell::head);
            if (&cells == &table.rows.front() && all_head && table.rows.size() > 1) heading = row;
            ZIGE_CHECK(put_row(std::move(row), &cells == &table.rows.front() ? nullptr : heading ? &*heading : nullptr));
        }
        y_ += 3 * kMillimetre;
        return {};
    }

    Result<void> operator()(const PaperCode& code) {
        ZIGE_TRY(matrix, encoder_.encode(code.text, kPaperCodeLevel));
        constexpr double side = kPaperCodeMillimetres * kMillimetre;
        if (y_ + side > kBottom) ZIGE_CHECK(next_sheet());
        sheet().emplace_back(CodeMark{std::move(matrix), (kSheetWidth - side) / 2, y_, side});
        y_ += side + 2 * kMillimetre;
        return {};
    }

    Result<void> operator()(const PageBreak&) { return next_sheet(); }

    Result<std::vector<Sheet>> finish() {
        for (std::size_t at = 0; at < sheets_.size(); ++at) {
            Paragraph foot;
            foot.align = PaperAlign::centre;
            foot.spans = {{"第 " + std::to_string(at + 1) + " 页　共 " + std::to_string(sheets_.size()) + " 页", false}};
            ZIGE_TRY(layout, typesetter_.set(foot, kFootSize, kWidth));
            const Placed line = lines_of(layout.get()).front();
            sheets_[at].emplace_back(TextLine{layout, 0, kSide + line.x, kFoot});
        }
        return std::move(sheets_);
    }

private:
    Sheet& sheet() { return sheets_.back(); }

    Result<void> next_sheet() {
        if (sheets_.size() >= kMaxPaperPages)
            return fail(ErrorId::paper_failed, "pages", "over " + std::to_string(kMaxPaperPages));
        sheets_.emplace_back();
        y_ = kTop;
        return {};
    }

    void put_line(const Layout& layout, std::size_t index, const Placed& line, double left, double top) {
        sheet().emplace_back(TextLine{layout, static_cast<int>(index), left + line.x, top + line.baseline});
    }

    Result<void> put_boxed(const Paragraph& paragraph) {
        PaperTable box{{1}, {{PaperCell{paragraph, false, false, 1}}}};
        ZIGE_TRY(row, open_row(box, box.rows.front(), size_of(paragraph.style)));
        ZIGE_CHECK(put_row(std::move(row), nullptr));
        y_ += space_after(paragraph.style);
        return {};
    }

    Result<OpenRow> open_row(const PaperTable& table, const std::vector<PaperCell>& cells, double size) const {
        const double all = std::accumulate(table.widths.begin(), table.widths.end(), 0U);
        OpenRow row;
        double x = kSide;
        std::size_t column = 0;
        for (const PaperCell& cell : cells) {
            double width = 0;
            for (std::size_t each = 0; each < cell.columns; ++each) width += kWidth * table.widths[column++] / all;
            Paragraph content = cell.content;
            for (PaperSpan& span : content.spans) span.bold |= cell.head;
            ZIGE_TRY(layout, typesetter_.set(content, size, width - 2 * kPadding));
            auto lines = lines_of(layout.get());
            row.push_back({layout, std::move(lines), x, width, cell.tall ? kTall : 0, !cell.tall, 0});
            x += width;
        }
        return row;
    }

    /// On this sheet, else on the next one; a row longer than a sheet is cut between lines.
    Result<void> put_row(OpenRow row, const OpenRow* heading) {
        const double head = heading != nullptr ? height_of(*heading) : 0;
        if (y_ + height_of(row) > kBottom + kSmallest && height_of(row) <= kBottom - kTop - head + kSmallest)
            ZIGE_CHECK(next_sheet_with(heading));
        while (y_ + height_of(row) > kBottom + kSmallest) {
            if (!put_slice(row, kBottom - y_)) ZIGE_CHECK(next_sheet_with(heading));
            if (std::ranges::all_of(row, &OpenCell::over)) return {};
        }
        put_slice(row, height_of(row));
        return {};
    }

    Result<void> next_sheet_with(const OpenRow* heading) {
        ZIGE_CHECK(next_sheet());
        if (heading == nullptr) return {};
        OpenRow again = *heading;
        put_slice(again, height_of(again));
        return {};
    }

    /// As many lines of every cell as have room; false: not one more.
    bool put_slice(OpenRow& row, double height) {
        std::vector<std::size_t> until;
        bool progress = false;
        for (const OpenCell& cell : row) {
            std::size_t end = cell.next;
            while (end < cell.lines.size() &&
                   cell.lines[end].top + cell.lines[end].height - cell.lines[cell.next].top <= height - 2 * kPadding + kSmallest)
                ++end;
            progress |= end > cell.next;
            until.push_back(end);
        }
        if (!progress) return false;
        for (std::size_t at = 0; at < row.size(); ++at) put_cell(row[at], until[at], height);
        y_ += height;
        return true;
    }

    void put_cell(OpenCell& cell, std::size_t until, double height) {
        const double right = cell.x + cell.width, bottom = y_ + height;
        for (const Stroke& side : {Stroke{cell.x, y_, right, y_}, Stroke{cell.x, bottom, right, bottom},
                                   Stroke{cell.x, y_, cell.x, bottom}, Stroke{right, y_, right, bottom}})
            sheet().emplace_back(side);
        const bool whole = cell.next == 0 && until == cell.lines.size();
        const double spare = whole && cell.centred ? (height - 2 * kPadding - cell.rest()) / 2 : 0;
        const double top = cell.next < cell.lines.size() ? cell.lines[cell.next].top : 0;
        for (; cell.next < until; ++cell.next)
            put_line(cell.layout, cell.next, cell.lines[cell.next], cell.x + kPadding, y_ + kPadding + spare - top);
        cell.least = 0;
    }

    const Typesetter& typesetter_;
    const QrEncoder& encoder_;
    std::vector<Sheet> sheets_ = std::vector<Sheet>(1);
    double y_ = kTop;
};

}  // namespace

Result<std::vector<Sheet>> lay_out(const Document& document, const Typesetter& typesetter, const QrEncoder& encoder) {
    Composer composer(typesetter, encoder);
    for (const PaperBlock& block : document.blocks) ZIGE_CHECK(std::visit(composer, block));
    return composer.finish();
}

}  // namespace zige::hub::pdf

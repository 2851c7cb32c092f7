#include "hub/pdf/printer.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <mutex>

#include "hub/pdf/sheets.h"
#include "shared/base/bytes.h"

namespace zige::hub {
namespace {

using namespace pdf;

constexpr double kStrokeWidth = 0.5;
constexpr double kQuietModules = 4;  // ISO/IEC 18004

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Pen = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

/// Nothing may leave a callback of Cairo but its status.
cairo_status_t append(void* to, const unsigned char* data, unsigned length) noexcept {
    try {
        const auto* const begin = reinterpret_cast<const std::byte*>(data);
        static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), begin, begin + length);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::exception&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

class Drawing {
public:
    explicit Drawing(cairo_t* pen) : pen_(pen) {}

    void operator()(const TextLine& line) const {
        cairo_move_to(pen_, line.x, line.baseline);
        pango_cairo_show_layout_line(pen_, pango_layout_get_line_readonly(line.layout.get(), line.index));
    }
    void operator()(const Stroke& stroke) const {
        cairo_set_line_width(pen_, kStrokeWidth);
        cairo_move_to(pen_, stroke.x1, stroke.y1);
        cairo_line_to(pen_, stroke.x2, stroke.y2);
        cairo_stroke(pen_);
    }
    void operator()(const CodeMark& code) const {
        const auto edge = static_cast<std::ptrdiff_t>(code.matrix.size);
        const double module = code.side / (static_cast<double>(edge) + 2 * kQuietModules);
        for (std::ptrdiff_t y = 0; y < edge; ++y)
            for (std::ptrdiff_t x = 0; x < edge; ++x) {
                const std::ptrdiff_t start = x;
                while (code.matrix.is_dark(x, y)) ++x;
                if (x > start)
                    cairo_rectangle(pen_, code.x + (static_cast<double>(start) + kQuietModules) * module,
                                    code.y + (static_cast<double>(y) + kQuietModules) * module,
                                    static_cast<double>(x - start) * module, module);
            }
        cairo_fill(pen_);
    }

private:
    cairo_t* pen_;
};

class PangoPrinter final : public PdfPrinter {
public:
    PangoPrinter(const QrEncoder& encoder, PdfOptions options)
        : encoder_(encoder), options_(std::move(options)), map_(pango_cairo_font_map_new()) {
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);  // one unit is one point
    }

    Result<Bytes> print(const Document& document, Instant made) const override {
        const std::scoped_lock lock(mutex_);
        ZIGE_TRY(family, installed_font());
        const Context context(pango_font_map_create_context(map_.get()));
        set_for_paper(context.get());
        ZIGE_TRY(sheets, lay_out(document, Typesetter(context.get(), family), encoder_));
        return draw(sheets, document.title, made);
    }

private:
    Result<std::string> installed_font() const {
        PangoFontFamily** families = nullptr;
        int count = 0;
        pango_font_map_list_families(map_.get(), &families, &count);
        const std::unique_ptr<PangoFontFamily*, decltype(&g_free)> owned(families, g_free);
        for (const std::string& wanted : options_.fonts)
            for (int at = 0; at < count; ++at)
                if (g_ascii_strcasecmp(pango_font_family_get_name(families[at]), wanted.c_str()) == 0) return wanted;
        std::string names;
        for (const std::string& wanted : options_.fonts) names += (names.empty() ? "" : ", ") + wanted;
        return fail(ErrorId::paper_failed, "font", "none of these is installed (fonts-wqy-microhei has one): " + names);
    }

    static void set_for_paper(PangoContext* context) {
        const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(cairo_font_options_create(),
                                                                                                   cairo_font_options_destroy);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options.get());
        pango_context_set_language(context, pango_language_from_string("zh-cn"));
        pango_context_set_round_glyph_positions(context, FALSE);
    }

    static Result<Bytes> draw(const std::vector<Sheet>& sheets, const std::string& title, Instant made) {
        Bytes out;
        const Surface surface(cairo_pdf_surface_create_for_stream(append, &out, kSheetWidth, kSheetHeight), cairo_surface_destroy);
        std::string when = format(made) + "+08:00";
        std::ranges::replace(when, ' ', 'T');
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, when.c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
        const Pen pen(cairo_create(surface.get()), cairo_destroy);
        for (const Sheet& sheet : sheets) {
            for (const auto& mark : sheet) std::visit(Drawing(pen.get()), mark);
            cairo_show_page(pen.get());
        }
        const cairo_status_t drawn = cairo_status(pen.get());
        cairo_surface_finish(surface.get());
        const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(surface.get());
        if (status != CAIRO_STATUS_SUCCESS) return fail(ErrorId::paper_failed, "pdf", cairo_status_to_string(status));
        return out;
    }

    const QrEncoder& encoder_;
    PdfOptions options_;
    mutable std::mutex mutex_;  // a font map is for one thread at a time
    std::unique_ptr<PangoFontMap, Unref> map_;
};

}  // namespace

std::unique_ptr<PdfPrinter> make_pdf_printer(const QrEncoder& encoder, PdfOptions options) {
    return std::make_unique<PangoPrinter>(encoder, std::move(options));
}

}  // namespace zige::hub

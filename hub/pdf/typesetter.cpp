#include <algorithm>
#include <cstdio>

#include "hub/pdf/sheets.h"

namespace zige::hub::pdf {
namespace {

constexpr double kLineSpacing = 1.4;
constexpr std::size_t kNamedCharacters = 5;

struct FreeFont {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Font = std::unique_ptr<PangoFontDescription, FreeFont>;

Layout new_layout(PangoContext* context, const std::string& family, double size) {
    Layout layout(pango_layout_new(context), [](PangoLayout* each) { g_object_unref(each); });
    const Font font(pango_font_description_new());
    pango_font_description_set_family(font.get(), family.c_str());
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    return layout;
}

PangoAlignment pango_align(PaperAlign align) {
    switch (align) {
        case PaperAlign::left: return PANGO_ALIGN_LEFT;
        case PaperAlign::centre: return PANGO_ALIGN_CENTER;
        case PaperAlign::right: return PANGO_ALIGN_RIGHT;
    }
    throw Bug("unknown alignment");
}

void embolden(PangoAttrList* list, std::size_t from, std::size_t to) {
    PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->start_index = static_cast<guint>(from);
    bold->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, bold);  // takes it over
}

std::string set_text(PangoLayout* layout, const Paragraph& paragraph) {
    const std::unique_ptr<PangoAttrList, void (*)(PangoAttrList*)> attributes(pango_attr_list_new(), pango_attr_list_unref);
    const bool heading = paragraph.style == PaperStyle::title || paragraph.style == PaperStyle::heading;
    std::string text;
    for (const PaperSpan& span : paragraph.spans) {
        const std::size_t from = text.size();
        text += span.text;
        if (span.bold || heading) embolden(attributes.get(), from, text.size());
    }
    pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
    pango_layout_set_attributes(layout, attributes.get());
    return text;
}

/// "U+20BB7, U+9FCC": which characters no font has.
std::string without_glyph(PangoContext* context, const std::string& family, const std::string& text) {
    std::string names;
    std::size_t found = 0;
    for (const char* at = text.c_str(); *at != '\0' && found < kNamedCharacters; at = g_utf8_next_char(at)) {
        const Layout one = new_layout(context, family, 10);
        pango_layout_set_text(one.get(), at, static_cast<int>(g_utf8_next_char(at) - at));
        if (pango_layout_get_unknown_glyphs_count(one.get()) == 0) continue;
        char name[16];
        std::snprintf(name, sizeof name, "U+%04X", g_utf8_get_char(at));
        names += (found++ == 0 ? "" : ", ") + std::string(name);
    }
    return names;
}

}  // namespace

Result<Layout> Typesetter::set(const Paragraph& paragraph, double size, double width) const {
    Layout layout = new_layout(context_, family_, size);
    const std::string text = set_text(layout.get(), paragraph);
    if (width > 0) pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), pango_align(paragraph.align));
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(kLineSpacing));
    if (paragraph.indented) pango_layout_set_indent(layout.get(), static_cast<int>(2 * size * PANGO_SCALE));
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
        return fail(ErrorId::paper_failed, "font", "no installed font has " + without_glyph(context_, family_, text));
    return layout;
}

}  // namespace zige::hub::pdf

#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hub/core/papers/document.h"
#include "shared/base/result.h"
#include "shared/ports/qr.h"

namespace zige::hub::pdf {

/// All lengths are points: 1/72 inch.
inline constexpr double kMillimetre = 72 / 25.4;
inline constexpr double kSheetWidth = 210 * kMillimetre;
inline constexpr double kSheetHeight = 297 * kMillimetre;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
using Context = std::unique_ptr<PangoContext, Unref>;
using Layout = std::shared_ptr<PangoLayout>;

/// What is drawn on a sheet.
struct TextLine {
    Layout layout;
    int index = 0;  ///< of the line in its layout
    double x = 0, baseline = 0;
};
struct Stroke {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
};
struct CodeMark {
    QrMatrix matrix;
    double x = 0, y = 0, side = 0;
};
using Sheet = std::vector<std::variant<TextLine, Stroke, CodeMark>>;

/// Lays text out with one font. Throws nothing of Pango's.
class Typesetter {
public:
    Typesetter(PangoContext* context, std::string family) : context_(context), family_(std::move(family)) {}

    /// `width` 0: one line. paper_failed, field "font": no installed font has a character of it.
    Result<Layout> set(const Paragraph& text, double size, double width) const;

private:
    PangoContext* context_;
    std::string family_;
};

/// The sheets of a document, with their numbers below. paper_failed: over kMaxPaperPages; the typesetter's and the
/// encoder's errors.
Result<std::vector<Sheet>> lay_out(const Document& document, const Typesetter& typesetter, const QrEncoder& encoder);

}  // namespace zige::hub::pdf

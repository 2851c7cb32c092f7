#pragma once

#include <string>

#include "hub/core/papers/document.h"
#include "shared/base/result.h"
#include "shared/ports/qr.h"

namespace zige::hub {

/// How much of the code of a paper may be lost: papers are stamped, folded and copied.
inline constexpr QrLevel kPaperCodeLevel = QrLevel::medium;
inline constexpr int kPaperCodeMillimetres = 60;

/// Draws a code as an SVG image (shared/qr), so many millimetres wide.
using QrDrawing = std::string (*)(const QrMatrix& matrix, int millimetres);

/// A page that prints on A4 and loads nothing. The same bytes for the same document. wire_too_large: more than a code holds.
Result<std::string> write_html(const Document& document, const QrEncoder& encoder, QrDrawing drawing);

}  // namespace zige::hub

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/core/ports/pdf.h"
#include "shared/ports/qr.h"

namespace zige::hub {

struct PdfOptions {
    /// Families by name; the first one that is installed sets the paper, others fill in for characters that it lacks.
    std::vector<std::string> fonts = {"FangSong",           "Noto Serif CJK SC", "WenQuanYi Micro Hei",
                                      "Noto Sans CJK SC",   "Droid Sans Fallback"};
};

/// With Pango on a Cairo surface. `encoder` outlives it.
std::unique_ptr<PdfPrinter> make_pdf_printer(const QrEncoder& encoder, PdfOptions options = {});

}  // namespace zige::hub

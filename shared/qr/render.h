#pragma once

#include <string>

#include "shared/ports/qr.h"

namespace zige {

/// Modules of light around a code, without which readers do not find it (ISO/IEC 18004).
inline constexpr std::ptrdiff_t kQrQuietZone = 4;

/// What the reader's characters are: light ones on a dark terminal, dark ones on paper.
enum class QrInk { light, dark };

/// UTF-8 in lines, two rows of modules to a line (█ ▀ ▄ and blanks), with its quiet zone.
std::string qr_half_blocks(const QrMatrix& matrix, QrInk ink);

/// An SVG image `millimetres` wide and high, with its quiet zone: one unit per module.
std::string qr_svg(const QrMatrix& matrix, int millimetres);

}  // namespace zige

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace zige {

/// The modules of a QR code, without its quiet zone.
struct QrMatrix {
    std::size_t size = 0;    ///< modules in a row: 21, 25 ... 177
    std::vector<bool> dark;  ///< row by row
    /// Outside it is light, as the quiet zone is.
    bool is_dark(std::ptrdiff_t x, std::ptrdiff_t y) const {
        const auto edge = static_cast<std::ptrdiff_t>(size);
        return x >= 0 && y >= 0 && x < edge && y < edge && dark[static_cast<std::size_t>(y * edge + x)];
    }
    bool operator==(const QrMatrix&) const = default;
};

/// How much of a damaged code may be lost: 7, 15, 25, 30 %.
enum class QrLevel { low, medium, quartile, high };

/// Any thread.
class QrEncoder {
public:
    virtual ~QrEncoder() = default;
    /// The smallest code for the text. Digits, capitals and " $%*+-./:" take half the space of other characters: who
    /// has bytes writes them in capitals. wire_too_large; wire_bad_text: empty, or a NUL in it.
    virtual Result<QrMatrix> encode(std::string_view text, QrLevel level) const = 0;
};

}  // namespace zige

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/ports/qr.h"
#include "shared/qr/render.h"

/// What is shown, as a reader of another maker (zbar) sees it.
namespace zige::testing {

/// Light and dark of a picture, one square per module.
struct Picture {
    std::size_t width = 0, height = 0;
    std::vector<bool> dark;
};

/// The text of the code in the picture; nothing: no reader finds one.
std::optional<std::string> read(const Picture& picture);

Picture picture_of(const QrMatrix& matrix);
/// What somebody sees of half blocks whose characters have the colour `ink`.
Picture picture_of(std::string_view text, QrInk ink);
/// The rectangles "M4 4h7v1h-7z" of the path, painted.
Picture picture_of_svg(std::string_view svg);

}  // namespace zige::testing

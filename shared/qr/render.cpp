#include "shared/qr/render.h"

namespace zige {
namespace {

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + value + "\"";
}

/// Rows of dark modules, each run a rectangle of height 1.
std::string path_of(const QrMatrix& matrix) {
    const auto size = static_cast<std::ptrdiff_t>(matrix.size);
    std::string path;
    for (std::ptrdiff_t y = 0; y < size; ++y)
        for (std::ptrdiff_t x = 0; x < size; ++x) {
            if (!matrix.is_dark(x, y)) continue;
            std::ptrdiff_t end = x + 1;
            while (matrix.is_dark(end, y)) ++end;
            const std::string run = std::to_string(end - x);
            path += "M" + std::to_string(x + kQrQuietZone) + " " + std::to_string(y + kQrQuietZone) + "h" + run +
                    "v1h-" + run + "z";
            x = end;
        }
    return path;
}

}  // namespace

std::string qr_half_blocks(const QrMatrix& matrix, QrInk ink) {
    const std::ptrdiff_t end = static_cast<std::ptrdiff_t>(matrix.size) + kQrQuietZone;
    const auto inked = [&](std::ptrdiff_t x, std::ptrdiff_t y) { return matrix.is_dark(x, y) == (ink == QrInk::dark); };
    std::string text;
    for (std::ptrdiff_t y = -kQrQuietZone; y < end; y += 2) {
        for (std::ptrdiff_t x = -kQrQuietZone; x < end; ++x) {
            const bool lower = y + 1 < end && inked(x, y + 1);
            if (inked(x, y)) text += lower ? "█" : "▀";
            else text += lower ? "▄" : " ";
        }
        text += '\n';
    }
    return text;
}

std::string qr_svg(const QrMatrix& matrix, int millimetres) {
    const std::string side = std::to_string(static_cast<std::ptrdiff_t>(matrix.size) + 2 * kQrQuietZone);
    const std::string length = std::to_string(millimetres) + "mm";
    std::string svg = "<svg" + attribute("xmlns", "http://www.w3.org/2000/svg") + attribute("width", length) +
                      attribute("height", length) + attribute("viewBox", "0 0 " + side + " " + side) +
                      attribute("shape-rendering", "crispEdges") + ">";
    svg += "<rect" + attribute("width", side) + attribute("height", side) + attribute("fill", "#fff") + "/>";
    svg += "<path" + attribute("fill", "#000") + attribute("d", path_of(matrix)) + "/></svg>\n";
    return svg;
}

}  // namespace zige

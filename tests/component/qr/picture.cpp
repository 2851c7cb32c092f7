#include "tests/component/qr/picture.h"

#include <zbar.h>

#include "tests/support/testing.h"

namespace zige::testing {
namespace {

constexpr unsigned kPixels = 4;  // of a module

long number(std::string_view& text) {
    std::size_t used = 0;
    const long value = std::stol(std::string(text.substr(0, 12)), &used);
    text.remove_prefix(used);
    return value;
}

}  // namespace

std::optional<std::string> read(const Picture& picture) {
    const auto width = static_cast<unsigned>(picture.width) * kPixels;
    const auto height = static_cast<unsigned>(picture.height) * kPixels;
    std::string grey;
    for (unsigned y = 0; y < height; ++y)
        for (unsigned x = 0; x < width; ++x)
            grey += picture.dark[y / kPixels * picture.width + x / kPixels] ? '\x00' : '\xff';
    zbar::ImageScanner scanner;
    zbar::Image image(width, height, "Y800", grey.data(), grey.size());
    if (scanner.scan(image) != 1) return std::nullopt;
    return image.symbol_begin()->get_data();
}

Picture picture_of(const QrMatrix& matrix) {
    const auto side = static_cast<std::ptrdiff_t>(matrix.size) + 2 * kQrQuietZone;
    Picture picture{static_cast<std::size_t>(side), static_cast<std::size_t>(side), {}};
    for (std::ptrdiff_t y = 0; y < side; ++y)
        for (std::ptrdiff_t x = 0; x < side; ++x)
            picture.dark.push_back(matrix.is_dark(x - kQrQuietZone, y - kQrQuietZone));
    return picture;
}

Picture picture_of(std::string_view text, QrInk ink) {
    Picture picture;
    while (!text.empty()) {
        std::vector<bool> upper, lower;
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        while (!line.empty()) {
            const std::string_view cell = line.substr(0, line[0] == ' ' ? 1 : 3);
            line.remove_prefix(cell.size());
            upper.push_back((cell == "█" || cell == "▀") == (ink == QrInk::dark));
            lower.push_back((cell == "█" || cell == "▄") == (ink == QrInk::dark));
        }
        picture.width = upper.size();
        picture.height += 2;
        picture.dark.insert(picture.dark.end(), upper.begin(), upper.end());
        picture.dark.insert(picture.dark.end(), lower.begin(), lower.end());
    }
    return picture;
}

Picture picture_of_svg(std::string_view text) {
    text.remove_prefix(text.find("viewBox=\"0 0 ") + 13);
    const auto side = static_cast<std::size_t>(number(text));
    Picture picture{side, side, std::vector<bool>(side * side)};
    text.remove_prefix(text.find(" d=\"") + 4);
    while (text[0] == 'M') {
        text.remove_prefix(1);
        const auto x = static_cast<std::size_t>(number(text));
        const auto y = static_cast<std::size_t>(number(text));
        CPPUNIT_ASSERT_EQUAL('h', text[0]);
        text.remove_prefix(1);
        const long run = number(text);
        const std::string rest = "v1h-" + std::to_string(run) + "z";
        CPPUNIT_ASSERT_EQUAL(rest, std::string(text.substr(0, rest.size())));
        text.remove_prefix(rest.size());
        for (std::size_t at = 0; at < static_cast<std::size_t>(run); ++at) picture.dark[y * side + x + at] = true;
    }
    return picture;
}

}  // namespace zige::testing

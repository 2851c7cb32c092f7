#include <zbar.h>

#include <optional>
#include <string>

#include "shared/qr/encoder.h"
#include "shared/qr/render.h"
#include "tests/support/testing.h"

/// What is shown is read by a reader of another maker (zbar).
namespace zige {
namespace {

/// Light and dark of a picture, one square per module.
struct Picture {
    std::size_t width = 0, height = 0;
    std::vector<bool> dark;
};

constexpr unsigned kPixels = 4;  // of a module

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

/// What somebody sees of half blocks whose characters have the colour `ink`.
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

long number(std::string_view& text) {
    std::size_t used = 0;
    const long value = std::stol(std::string(text.substr(0, 12)), &used);
    text.remove_prefix(used);
    return value;
}

/// The rectangles "M4 4h7v1h-7z" of the path, painted.
Picture picture_of_svg(const std::string& svg) {
    std::string_view text = svg;
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

struct Row {
    const char* name;
    std::string text;
    QrLevel level;
};
const Row kRows[] = {
    {"a_slip", "ZIGE1:HUB.EXAMPLE:8443:7K2M-9QXR-4T8V-WC3N", QrLevel::medium},
    {"one_character", "A", QrLevel::high},
    {"chinese", "资格凭条 https://192.168.1.5:8443/", QrLevel::quartile},
    {"lower_case", "0123abcDEF", QrLevel::low},
    {"a_statement_of_400_bytes", std::string(640, 'Z') + "9", QrLevel::medium},
};
TEST_EACH(Qr, is_read_by_another_reader, kRows) {
    const QrMatrix matrix = make_qr_encoder()->encode(row.text, row.level).value();
    CPPUNIT_ASSERT_EQUAL(row.text, read(picture_of(matrix)).value_or("nothing"));
}
TEST_EACH(Qr, is_read_from_a_terminal_and_from_paper, kRows) {
    const QrMatrix matrix = make_qr_encoder()->encode(row.text, row.level).value();
    for (const QrInk ink : {QrInk::light, QrInk::dark}) {
        Picture seen = picture_of(qr_half_blocks(matrix, ink), ink);
        CPPUNIT_ASSERT_EQUAL(matrix.size + 8, seen.width);
        CPPUNIT_ASSERT_EQUAL(row.text, read(seen).value_or("nothing"));
    }
}
TEST_EACH(Qr, is_read_from_its_svg, kRows) {
    const QrMatrix matrix = make_qr_encoder()->encode(row.text, row.level).value();
    const std::string svg = qr_svg(matrix, 30);
    CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                         svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30mm\" height=\"30mm\""));
    CPPUNIT_ASSERT_EQUAL(row.text, read(picture_of_svg(svg)).value_or("nothing"));
}
TEST(Qr, is_larger_for_a_higher_level_and_for_small_letters) {
    const auto encoder = make_qr_encoder();
    const auto size = [&](const std::string& text, QrLevel level) { return encoder->encode(text, level).value().size; };
    const std::string capitals(100, 'Q');
    const std::string small(100, 'q');
    CPPUNIT_ASSERT(size(capitals, QrLevel::low) < size(capitals, QrLevel::medium));
    CPPUNIT_ASSERT(size(capitals, QrLevel::medium) < size(capitals, QrLevel::quartile));
    CPPUNIT_ASSERT(size(capitals, QrLevel::quartile) < size(capitals, QrLevel::high));
    CPPUNIT_ASSERT(size(capitals, QrLevel::medium) < size(small, QrLevel::medium));
}

struct Refused {
    const char* name;
    std::string text;
    ErrorId error;
};
const Refused kRefused[] = {
    {"nothing", "", ErrorId::wire_bad_text},
    {"a_nul", std::string("a\0b", 3), ErrorId::wire_bad_text},
    {"more_than_a_code_holds", std::string(3000, 'q'), ErrorId::wire_too_large},
    {"far_more", std::string(1'000'000, '1'), ErrorId::wire_too_large},
};
TEST_EACH(Qr, refuses, kRefused) {
    const auto matrix = make_qr_encoder()->encode(row.text, QrLevel::low);
    CPPUNIT_ASSERT_MESSAGE("was taken", !matrix.ok());
    CPPUNIT_ASSERT_EQUAL(row.error, matrix.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("qr"), matrix.error().field);
}

}  // namespace
}  // namespace zige

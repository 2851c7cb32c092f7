#include <string>

#include "shared/qr/encoder.h"
#include "shared/qr/render.h"
#include "tests/component/qr/picture.h"
#include "tests/support/testing.h"

/// What is shown is read by a reader of another maker (zbar).
namespace zige {
namespace {

using testing::picture_of;
using testing::picture_of_svg;
using testing::Picture;
using testing::read;

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

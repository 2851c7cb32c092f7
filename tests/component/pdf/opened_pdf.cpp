#include "tests/component/pdf/opened_pdf.h"

#include <zbar.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/testing.h"

namespace zige::testing {
namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

OpenedPdf::OpenedPdf(ByteView pdf) {
    std::ofstream out(folder_ / "paper.pdf", std::ios::binary);
    out.write(as_text(pdf).data(), static_cast<std::streamsize>(pdf.size()));
}

std::string OpenedPdf::run(const std::string& program, const std::string& arguments) const {
    const std::string command = "cd " + folder_.path().string() + " && " + program + " " + arguments + " >said 2>errors";
    CPPUNIT_ASSERT_EQUAL_MESSAGE(command + ": " + content_of(folder_ / "errors"), 0, std::system(command.c_str()));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(program, std::string(), content_of(folder_ / "errors"));
    return content_of(folder_ / "said");
}

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f' || c == '\t'; });
    for (std::size_t at = 0; (at = text.find("　")) != std::string::npos;) text.erase(at, std::string_view("　").size());
    return text;
}

std::string OpenedPdf::text() const { return without_blanks(run("pdftotext", "paper.pdf -")); }

std::size_t OpenedPdf::pages() const {
    const std::string info = run("pdfinfo", "paper.pdf");
    return std::stoul(info.substr(info.find("Pages:") + 6));
}

std::vector<OpenedPdf::Font> OpenedPdf::fonts() const {
    std::istringstream lines(run("pdffonts", "paper.pdf"));
    std::vector<Font> fonts;
    std::string line;
    std::getline(lines, line);
    const std::size_t embedded = line.find("emb");
    std::getline(lines, line);
    while (std::getline(lines, line)) fonts.push_back({line.substr(0, line.find(' ')), line.substr(embedded, 3) == "yes"});
    return fonts;
}

std::vector<std::string> OpenedPdf::codes(std::size_t page) const {
    const std::string number = std::to_string(page);
    run("pdftoppm", "-gray -r 200 -f " + number + " -l " + number + " -singlefile paper.pdf page");
    std::istringstream file(content_of(folder_ / "page.pgm"));
    std::string kind;
    unsigned width = 0, height = 0, white = 0;
    file >> kind >> width >> height >> white;
    CPPUNIT_ASSERT_EQUAL(std::string("P5"), kind);
    file.get();
    std::string grey(std::size_t{width} * height, '\0');
    file.read(grey.data(), static_cast<std::streamsize>(grey.size()));
    zbar::ImageScanner scanner;
    zbar::Image image(width, height, "Y800", grey.data(), grey.size());
    scanner.scan(image);
    std::vector<std::string> found;
    for (auto at = image.symbol_begin(); at != image.symbol_end(); ++at) found.push_back(at->get_data());
    return found;
}

}  // namespace zige::testing

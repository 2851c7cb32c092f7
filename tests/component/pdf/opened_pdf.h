#pragma once

#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "tests/support/temp_dir.h"

namespace zige::testing {

/// A PDF as readers of another maker (poppler's programs, zbar) see it.
class OpenedPdf {
public:
    explicit OpenedPdf(ByteView pdf);

    /// All text, without blanks and line ends: where a line breaks is the printer's affair.
    std::string text() const;
    std::size_t pages() const;
    struct Font {
        std::string name;
        bool embedded = false;
    };
    std::vector<Font> fonts() const;
    /// What the codes on page `page` say, as they come out of a printer of 200 dots to the inch.
    std::vector<std::string> codes(std::size_t page) const;

private:
    std::string run(const std::string& program, const std::string& arguments) const;
    TempDir folder_;
};

std::string without_blanks(std::string text);

}  // namespace zige::testing

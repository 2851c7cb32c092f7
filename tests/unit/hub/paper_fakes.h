#pragma once

#include <string>

#include "hub/core/paper_desk.h"
#include "tests/support/testing.h"

namespace zige::hub::testing {

/// A "PDF" that is its title.
struct PlainPdf : PdfPrinter {
    Result<Bytes> print(const Document& document, Instant) const override { return to_bytes("%PDF-" + document.title); }
};
/// A code of one module that remembers what it stands for.
struct SeenCode : QrEncoder {
    Result<QrMatrix> encode(std::string_view text, QrLevel) const override {
        seen = text;
        return QrMatrix{1, {true}};
    }
    mutable std::string seen;
};

inline void assert_has(const std::string& text, std::string_view what) {
    CPPUNIT_ASSERT_MESSAGE("missing: " + std::string(what) + "\n" + text, text.find(what) != std::string::npos);
}

}  // namespace zige::hub::testing

#pragma once

#include "hub/core/papers/document.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

namespace zige::hub {

/// Sets a document on sheets of A4. Any thread.
class PdfPrinter {
public:
    virtual ~PdfPrinter() = default;
    /// The same bytes for the same document and time, as long as library and fonts stay. All fonts are embedded.
    /// paper_failed: `field` "font": none of the fonts is installed, or no installed one has a character (`detail` names
    /// it); "pages": over kMaxPaperPages. wire_too_large: more than a code holds.
    virtual Result<Bytes> print(const Document& document, Instant made) const = 0;
};

inline constexpr std::size_t kMaxPaperPages = 2000;

}  // namespace zige::hub

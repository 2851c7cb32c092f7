#pragma once

#include "hub/core/papers/document.h"
#include "hub/core/papers/template.h"

namespace zige::hub::testing {

/// Every field of a kind filled with a text of its own ("值-points"), two rows in each list.
PaperData full_data(PaperKind kind);
/// The same with only what the articles demand.
PaperData least_data(PaperKind kind);
/// The shipped template, filled.
Result<Document> shipped_paper(PaperKind kind, const PaperData& data);
/// All text of a document, the codes' too.
std::string text_of(const Document& document);

}  // namespace zige::hub::testing

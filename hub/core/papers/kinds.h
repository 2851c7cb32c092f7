#pragma once

#include <span>
#include <string_view>

#include "shared/base/codes.h"

namespace zige::hub {

/// A place on a paper.
struct PaperField {
    std::string_view name;
    std::string_view zh;
    /// Which article demands that it stands there: a template has to print it, and it may not be blank. Empty: may be
    /// left out, or filled in by hand.
    std::string_view demanded_by;
};

struct PaperList {
    std::string_view name;
    std::string_view zh;
    std::span<const PaperField> columns;
};

/// What a kind of paper consists of.
struct PaperForm {
    PaperKind kind = PaperKind::prior_notice;
    std::string_view basis;  ///< the articles that ask for it
    std::span<const PaperField> fields;
    std::span<const PaperList> lists;

    const PaperField* field(std::string_view name) const;
    const PaperList* list(std::string_view name) const;
};

/// Every kind has one.
const PaperForm& form_of(PaperKind kind);
/// What every paper has: who issues it, when, under which text.
std::span<const PaperField> fields_of_all_papers();

/// The template that is shipped.
std::string_view shipped_template(PaperKind kind);

}  // namespace zige::hub

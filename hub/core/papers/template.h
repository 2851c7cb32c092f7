#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/papers/data.h"
#include "hub/core/papers/kinds.h"
#include "shared/base/result.h"

namespace zige::hub {

/// Caps on a template, which a bureau may change, and on what becomes of it.
inline constexpr std::size_t kMaxTemplateBytes = 256U << 10;
inline constexpr std::size_t kMaxTemplateDepth = 8;
inline constexpr std::size_t kMaxFilledBytes = 16U << 20;

/// The text of a paper with places for its data: the strict part of Mustache (docs/operations.md).
///   {{name}}               the field, escaped; a new line in it becomes <br/>
///   {{#name}} ... {{/name}}  once if the field is not blank; for a list, once per row
///   {{^name}} ... {{/name}}  if the field is blank or the list empty
///   {{! remark}}
/// There is no way to print a value that is not escaped, to include a file or to run anything.
class Template {
public:
    /// Every place names a field that this kind of paper has, and every field that its articles demand is printed.
    /// paper_bad_template: `field` is "scoring_notice.html:12", `detail` says what is wrong there.
    static Result<Template> parse(const PaperForm& form, std::string_view text);

    /// case_missing_field: a field that the articles demand is blank; paper_failed: over kMaxFilledBytes.
    Result<std::string> fill(const PaperData& data) const;
    /// Every section once, every field as its own name, line by line as in the template: to check the markup.
    std::string outline() const;
    std::string name() const;  ///< "scoring_notice.html"

private:
    struct Part {
        enum class Kind { text, field, shown, hidden, end, remark } kind = Kind::text;
        std::string_view text;  ///< the text itself, or the name
        std::size_t line = 0;
        std::size_t partner = 0;  ///< of a section: the part that ends it
    };
    class Reader;
    class Filler;
    Template(const PaperForm& form, std::string_view text) : form_(&form), text_(std::make_shared<std::string>(text)) {}

    const PaperForm* form_;
    std::shared_ptr<const std::string> text_;  // what the parts look into
    std::vector<Part> parts_;
};

/// "&", "<", ">" and quotes as HTML writes them.
std::string html_escaped(std::string_view text);

}  // namespace zige::hub

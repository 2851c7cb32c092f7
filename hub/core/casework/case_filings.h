#pragma once

#include "hub/core/casework/cases.h"
#include "hub/core/filed_cases.h"

namespace zige::hub {

/// Filings as casework: an appeal joins the case of its notice, or opens one about a notice that was entered directly;
/// an application and a lapsed licence open a case, unless one like it is open.
class CaseFilings : public FiledCases {
public:
    CaseFilings(const Environment& env, const Cases& cases, const RuleShelf& shelf)
        : env_(env), cases_(cases), shelf_(shelf) {}

    Result<std::optional<std::uint64_t>> take(Change& change, const FiledCase& filed) const override;

private:
    Result<std::optional<std::uint64_t>> appeal(Change& change, const FiledCase& filed) const;
    Result<std::optional<std::uint64_t>> apply(Change& change, const FiledCase& filed, CaseKind kind) const;
    Result<std::optional<std::uint64_t>> report_lapse(Change& change, const FiledCase& filed) const;

    Environment env_;
    const Cases& cases_;
    const RuleShelf& shelf_;
};

}  // namespace zige::hub

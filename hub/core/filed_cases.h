#pragma once

#include <optional>
#include <string>

#include "hub/core/publisher.h"

namespace zige::hub {

/// What an institution filed that is for casework.
struct FiledCase {
    FilingKind kind = FilingKind::appeal;
    PersonId person;
    std::string institution;
    std::string document;  ///< notice that it is about; empty: none
    std::string text;
    std::string filing;  ///< UUID
};

/// Takes filings over as casework, inside the change that accepts them.
class FiledCases {
public:
    virtual ~FiledCases() = default;
    /// The case that it opened or joined. Nothing: no rules are in force, or no case takes it; the filing is kept, and
    /// a person looks at it.
    virtual Result<std::optional<std::uint64_t>> take(Change& change, const FiledCase& filed) const = 0;
};

}  // namespace zige::hub

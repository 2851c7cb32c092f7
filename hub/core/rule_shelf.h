#pragma once

#include <string>

#include "hub/core/ports/store.h"
#include "hub/core/rules/rules.h"
#include "shared/base/bytes.h"

namespace zige::hub {

/// Rules as adopted, with the hash of the whole file that each decision stores (P10).
struct AdoptedRules {
    Rules rules;
    Hash256 hash{};
};

/// All rules that the hub ever adopted.
class RuleShelf {
public:
    virtual ~RuleShelf() = default;
    /// In force for what is decided on that day. rules_not_in_force, rules_missing (the profile of that day only
    /// gates).
    virtual Result<AdoptedRules> on(Tx& tx, Day decided_on) const = 0;
    /// The very version that a decision was judged by. rules_not_in_force: never adopted here; rules_missing.
    virtual Result<AdoptedRules> version(Tx& tx, const std::string& id, std::uint32_t version) const = 0;
};

}  // namespace zige::hub

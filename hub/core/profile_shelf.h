#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "hub/core/policy.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

/// The rules in the profile files that the hub keeps. Of those adopted, the last one that was in force on a day judges
/// what was decided on it: a profile adopted ahead of its time leaves the days before to the earlier one.
/// Any thread; a file is read once.
class ProfileShelf : public RuleShelf {
public:
    Result<AdoptedRules> on(Tx& tx, Day decided_on) const override;
    Result<AdoptedRules> version(Tx& tx, const std::string& id, std::uint32_t version) const override;

private:
    /// rules_missing: the file only gates.
    Result<AdoptedRules> rules_in(const KeptProfile& kept) const;

    mutable std::mutex mutex_;
    mutable std::map<Hash256, AdoptedRules> read_;  ///< guarded by mutex_
};

}  // namespace zige::hub

#include "hub/core/profile_shelf.h"

#include "hub/core/profile/profile_file.h"

namespace zige::hub {

Result<AdoptedRules> ProfileShelf::rules_in(const KeptProfile& kept) const {
    const std::scoped_lock lock(mutex_);
    if (const auto known = read_.find(kept.hash); known != read_.end()) return known->second;
    ZIGE_TRY(file, read_kept_profile(kept.text));
    if (!file.rules) return fail(ErrorId::rules_missing, "profile", to_string(kept.name));
    return read_.emplace(kept.hash, AdoptedRules{std::move(*file.rules), kept.hash}).first->second;
}

Result<AdoptedRules> ProfileShelf::on(Tx& tx, Day decided_on) const {
    ZIGE_TRY(adopted, Policy::adopted(tx));
    bool any = false;
    for (const KeptProfile& kept : adopted) {
        auto found = rules_in(kept);
        if (!found.ok() && found.error().id == ErrorId::rules_missing) continue;
        if (!found.ok()) return found.error();
        any = true;
        if (found->rules.in_force(decided_on)) return found;
    }
    return fail(any ? ErrorId::rules_not_in_force : ErrorId::rules_missing, "decided_on", format(decided_on));
}

Result<AdoptedRules> ProfileShelf::version(Tx& tx, const std::string& id, std::uint32_t version) const {
    ZIGE_TRY(kept, Policy::kept(tx, {id, version}));
    if (kept.adopted == 0)
        return fail(ErrorId::rules_not_in_force, "profile", to_string(kept.name) + " was never adopted");
    return rules_in(kept);
}

}  // namespace zige::hub

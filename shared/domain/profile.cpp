#include "shared/domain/profile.h"

#include <algorithm>
#include <tuple>

#include "shared/base/result.h"

namespace zige {

const RoleRule* Profile::rule(Txn txn, Role role) const {
    const auto key = [](const RoleRule& each) { return std::pair{each.txn, each.role}; };
    const auto at = std::ranges::lower_bound(roles, std::pair{txn, role}, {}, key);
    return at != roles.end() && at->txn == txn && at->role == role ? &*at : nullptr;
}

bool Profile::in_scope(InstitutionKind kind, Category category) const {
    return std::ranges::find(institution_kinds, kind) != institution_kinds.end() &&
           std::ranges::find(scope, std::pair{kind, category}) != scope.end();
}

const FreshnessLimits& Profile::limits_for(std::size_t people) const {
    expect(!freshness.empty(), "a profile has freshness limits");
    const auto at =
        std::ranges::find_if(freshness, [&](const FreshnessLimits& row) { return people <= row.max_people; });
    return at == freshness.end() ? freshness.back() : *at;
}

std::string_view Profile::article(std::uint16_t number) const {
    return number == 0 || number > articles.size() ? std::string_view{} : articles[number - 1U];
}

}  // namespace zige

#include "shared/domain/emergency.h"

#include <algorithm>
#include <string>

namespace zige {
namespace {

constexpr std::uint64_t bit(Ground ground) { return std::uint64_t{1} << static_cast<unsigned>(ground); }

/// Freed in every region. Departed, agreement and department stopped are not: the patient claims by hand (2号令 42,
/// 43). Neither are an ambiguous code and the operator, which are put right at the desk.
constexpr std::uint64_t kAlwaysFreed =
    bit(Ground::not_registered) | bit(Ground::unmapped) | bit(Ground::no_commitment) | bit(Ground::copy_expired);

bool is_declared(const EmergencyDeclaration& declaration) {
    return declaration.kind != EmergencyKind::none && !declaration.reason.empty() && !declaration.declared_by.empty();
}

bool counts_as_declared(std::string_view med_type, const Profile& profile) {
    return std::ranges::find(profile.emergency_med_types, med_type) != profile.emergency_med_types.end();
}

}  // namespace

EmergencyClaim::EmergencyClaim(const FeeLine& line, const Profile& profile) {
    if (!is_declared(line.emergency) && !counts_as_declared(line.med_type, profile)) return;
    freed_ = kAlwaysFreed;
    if (profile.emergency_frees_suspended) freed_ |= bit(Ground::suspended);
    if (profile.emergency_frees_terminated) freed_ |= bit(Ground::terminated);  // N23's annex gives no exemption
}

bool is_chronic(const FeeLine& line, const Profile& profile) {
    return std::ranges::any_of(profile.chronic_med_type_prefixes,
                               [&](const std::string& prefix) { return line.med_type.starts_with(prefix); });
}

}  // namespace zige

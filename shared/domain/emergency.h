#pragma once

#include <cstdint>

#include "shared/domain/fee_line.h"
#include "shared/domain/profile.h"

namespace zige {

/// What a line's claim of an emergency (急诊、抢救等特殊情形, XY 14) frees it from.
/// Claimed by a declaration that says kind, reason and who, or by a medical type that counts as one.
class EmergencyClaim {
public:
    EmergencyClaim(const FeeLine& line, const Profile& profile);
    bool claimed() const { return freed_ != 0; }
    bool frees(Ground ground) const { return (freed_ >> static_cast<unsigned>(ground) & 1U) != 0; }

private:
    std::uint64_t freed_ = 0;  // one bit per Ground
};

/// A chronic disease (门诊慢特病): passes, marked, where the copy is expired.
bool is_chronic(const FeeLine& line, const Profile& profile);

}  // namespace zige

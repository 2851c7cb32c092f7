#pragma once

#include "shared/domain/decide.h"
#include "shared/domain/emergency.h"
#include "shared/domain/release.h"

namespace zige {

/// True if `a` is worse than `b`: deny > hold > account_only > allow_marked > allow > not_judged.
constexpr bool worse(Outcome a, Outcome b) { return severity_of(a) > severity_of(b); }

/// The grounds of one decision while it is made: gravest first, freed where an emergency or the head of the
/// institution frees.
class Findings {
public:
    Findings(Decision& decision, EmergencyClaim emergency, ReleaseClaim release)
        : decision_(decision), emergency_(emergency), release_(release) {}

    /// Adds one ground and gives back what it comes to. Where there is no room the least grave one goes.
    Outcome add(GroundHit hit) { return add(hit, hit.ground); }
    /// The same; freed as if it were `like`.
    Outcome add(GroundHit hit, Ground like);
    /// The worst of all outcomes; not_judged if nothing was added.
    Outcome worst() const;
    bool any_freed() const { return any_freed_; }
    bool any_released() const { return any_released_; }
    bool emergency_claimed() const { return emergency_.claimed(); }
    bool release_claimed() const { return release_.claimed(); }

private:
    Decision& decision_;
    EmergencyClaim emergency_;
    ReleaseClaim release_;
    bool any_freed_ = false;
    bool any_released_ = false;
};

}  // namespace zige

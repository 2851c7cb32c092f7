#include "shared/domain/mode.h"

namespace zige {

Advice advice_on(const Decision& decision, bool emergency_claimed) {
    if (decision.grounds.empty()) return Advice::none;
    const GroundHit& gravest = decision.grounds[0];
    if (gravest.freed) return Advice::file_emergency_evidence;
    const bool departed = gravest.ground == Ground::departed && gravest.outcome == Outcome::deny;
    if (emergency_claimed && departed) return Advice::claim_by_hand;  // a stopped agreement advises so in any case
    return advice_of(gravest.ground);
}

void serve(Decision& decision, Mode mode, Findings& findings) {
    decision.served = decision.judged;
    if (!worse(decision.judged, Outcome::allow_marked)) return;
    GroundHit hit;
    switch (mode) {
        case Mode::enforce: return;
        case Mode::observe:
            hit.ground = Ground::mode_observe;
            hit.outcome = Outcome::allow;
            break;
        case Mode::warn:
            hit.ground = Ground::mode_warn;
            hit.outcome = Outcome::allow_marked;
            break;
    }
    decision.served = hit.outcome;
    findings.add(hit);
}

}  // namespace zige

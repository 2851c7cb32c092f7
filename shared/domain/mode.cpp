#include "shared/domain/mode.h"

namespace zige {

Advice advice_on(const Decision& decision, bool emergency_claimed, const Moment& now) {
    if (decision.grounds.empty()) return Advice::none;
    const GroundHit& gravest = decision.grounds[0];
    if (gravest.freed) return Advice::file_emergency_evidence;
    const bool of_the_visit = gravest.ground == Ground::reattribution || gravest.ground == Ground::time_inconsistent;
    if (of_the_visit && gravest.outcome == Outcome::allow_marked) return Advice::none;  // nothing is left to do
    const bool departed = gravest.ground == Ground::departed && gravest.outcome == Outcome::deny;
    if (emergency_claimed && departed) return Advice::claim_by_hand;  // a stopped agreement advises so in any case
    const bool before_first_day = gravest.ground == Ground::not_registered && gravest.end;
    if (before_first_day && (now.clock_suspect || now.clock_unknown))
        return Advice::check_clock;  // P4, P6: the till's time is wrong too
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

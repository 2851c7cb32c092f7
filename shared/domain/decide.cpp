#include "shared/domain/decide.h"

#include <algorithm>

#include "shared/domain/duty.h"
#include "shared/domain/emergency.h"
#include "shared/domain/findings.h"
#include "shared/domain/freshness.h"
#include "shared/domain/grounds.h"
#include "shared/domain/mode.h"
#include "shared/domain/visit.h"

namespace zige {
namespace {

GroundHit line_hit(Ground ground, Outcome outcome) {
    GroundHit hit;
    hit.ground = ground;
    hit.outcome = outcome;
    return hit;
}

/// A fee line that must name who ordered it and does not is nobody's.
bool lacks_ordering_person(const Inquiry& inquiry) {
    const RoleRule* rule = inquiry.copy.rule(inquiry.line.txn, Role::ordering);
    return rule != nullptr && rule->effect == RoleEffect::refuse &&
           std::ranges::none_of(inquiry.line.people,
                                [](const PersonOnLine& each) { return each.role == Role::ordering; });
}

/// True if somebody on the line is judged.
bool judge_people(const Inquiry& inquiry, Decision& decision, Findings& findings) {
    bool any = false;
    for (std::size_t i = 0; i < inquiry.line.people.size(); ++i) {
        const PersonVerdict verdict = judge_person(inquiry, static_cast<std::int8_t>(i), findings);
        any = any || verdict.found != PersonFound::not_judged;
        decision.people.push_back(verdict);
    }
    if (!lacks_ordering_person(inquiry)) return any;
    findings.add(line_hit(Ground::unmapped, Outcome::hold));
    return true;
}

void judge_fee_time(const Inquiry& inquiry, Findings& findings) {
    const Outcome hold = line_outcome(inquiry, Outcome::hold);
    if (inquiry.day < inquiry.copy.institution().history_from) findings.add(line_hit(Ground::history_too_old, hold));
    if (lies_in_future(inquiry.line.fee_time, inquiry.now)) findings.add(line_hit(Ground::fee_in_future, hold));
    if (inquiry.now.clock_suspect) findings.add(line_hit(Ground::clock_suspect, Outcome::allow_marked));
}

/// P11: age alone gives a hold at most; `deny` only where the hub has named the institution.
void judge_expired(const Inquiry& inquiry, Findings& findings) {
    const Outcome age = inquiry.copy.institution().strict ? Outcome::deny : Outcome::hold;
    GroundHit hit = line_hit(Ground::copy_expired, line_outcome(inquiry, age));
    if (!findings.emergency_claimed() && is_chronic(inquiry.line, inquiry.copy.profile())) {
        hit.outcome = Outcome::allow_marked;
        findings.add(line_hit(Ground::chronic_passes, Outcome::allow_marked));
    }
    findings.add(hit);
}

void judge_freshness(const Inquiry& inquiry, Freshness grade, Findings& findings) {
    switch (grade) {
        case Freshness::fresh: break;
        case Freshness::aged: findings.add(line_hit(Ground::copy_aged, Outcome::allow_marked)); break;
        case Freshness::stale:
            findings.add(line_hit(inquiry.now.clock_unknown ? Ground::clock_unknown : Ground::copy_stale,
                                  Outcome::allow_marked));
            break;
        case Freshness::expired: judge_expired(inquiry, findings); break;
    }
}

/// Would the bureau's acts refuse it at `time`? A copy that is too old then is no act.
bool refused_at(const Inquiry& inquiry, Instant time) {
    FeeLine moved = inquiry.line;
    moved.fee_time = time;
    moved.visit = {};
    const Decision then = decide(moved, inquiry.copy, inquiry.overlay, inquiry.now);
    if (then.judged != Outcome::deny && then.judged != Outcome::account_only) return false;
    return then.grounds[0].ground != Ground::copy_expired;
}

void judge_visit(const Inquiry& inquiry, Findings& findings) {
    judge_reattribution(inquiry, findings);
    const auto later = later_time_of(inquiry.line, inquiry.copy.profile(), inquiry.now);
    const bool refused_now = findings.worst() == Outcome::deny || findings.worst() == Outcome::account_only;
    if (!later || refused_now || !refused_at(inquiry, later->at)) return;
    const Outcome hold = line_outcome(inquiry, Outcome::hold);
    findings.add(line_hit(Ground::time_inconsistent, later->only_marks ? Outcome::allow_marked : hold));
}

}  // namespace

bool passes(Outcome outcome) { return outcome == Outcome::allow || outcome == Outcome::allow_marked; }

Decision decide(const FeeLine& line, const Copy& copy, const Overlay& overlay, const Moment& now) {
    Decision decision;
    decision.judged = decision.served = Outcome::not_judged;
    const CopyAge age = age_of_copy(line.fee_time, now, copy.limits(), copy.calendar());
    decision.freshness = age.grade;
    decision.age = age.age;
    if (!line.insured || !copy.in_scope() || !copy.judges(line.txn)) return decision;

    const Inquiry inquiry{line, copy, overlay, now, day_of(line.fee_time)};
    Findings findings(decision, EmergencyClaim(line, copy.profile()), ReleaseClaim(line));
    find_stops(inquiry, findings);
    judge_duty(inquiry, findings);
    const bool anybody = judge_people(inquiry, decision, findings);
    if (anybody) {
        judge_fee_time(inquiry, findings);
        judge_freshness(inquiry, age.grade, findings);
        judge_visit(inquiry, findings);
        if (findings.any_freed()) findings.add(line_hit(Ground::emergency, Outcome::allow_marked));
        if (findings.any_released()) findings.add(line_hit(Ground::responsible_release, Outcome::allow_marked));
    }
    decision.judged = anybody && findings.worst() == Outcome::not_judged ? Outcome::allow : findings.worst();
    decision.advice = advice_on(decision, findings.emergency_claimed(), now);
    serve(decision, copy.institution().mode, findings);
    decision.cost_to_patient = copy.profile().cost_to_patient && worse(decision.served, Outcome::allow_marked) &&
                               decision.served != Outcome::hold;  // nobody pays for a line on hold now
    return decision;
}

}  // namespace zige

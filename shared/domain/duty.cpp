#include "shared/domain/duty.h"

#include <algorithm>

namespace zige {
namespace {

bool may_dispense(const Registration& person, const Inquiry& inquiry) {
    const bool sanctioned = std::ranges::any_of(person.standing, [&](const StandingInterval& each) {
        return each.status != Standing::normal && each.covers(inquiry.day);
    });
    return !sanctioned && in_service(person, inquiry.overlay, inquiry.day);
}

bool anybody_on_duty(const Inquiry& inquiry) {
    return std::ranges::any_of(*inquiry.overlay.sessions, [&](const Overlay::DutySession& session) {
        if (!session.covers(inquiry.line.fee_time)) return false;
        const Registration* person = inquiry.copy.by_number(session.no);
        return person != nullptr && may_dispense(*person, inquiry);
    });
}

bool names_a_pharmacist(const FeeLine& line) {
    return std::ranges::any_of(line.people, [](const PersonOnLine& each) { return each.role == Role::pharmacist; });
}

}  // namespace

void judge_duty(const Inquiry& inquiry, Findings& findings) {
    const bool prescription = inquiry.line.item == ItemClass::prescription_drug;
    if (!prescription || inquiry.copy.institution().kind != InstitutionKind::pharmacy) return;
    if (!inquiry.overlay.sessions || names_a_pharmacist(inquiry.line)) return;
    if (inquiry.copy.rule(inquiry.line.txn, Role::pharmacist) == nullptr || anybody_on_duty(inquiry)) return;
    GroundHit hit;
    hit.ground = Ground::duty_session_missing;
    hit.outcome = line_outcome(inquiry, Outcome::hold);
    findings.add(hit);
}

}  // namespace zige

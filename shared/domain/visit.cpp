#include "shared/domain/visit.h"

#include <algorithm>
#include <chrono>

namespace zige {
namespace {

bool is_inpatient(Txn txn) { return txn == Txn::inpatient_fees; }

bool has_visit(Txn txn) {
    return is_inpatient(txn) || txn == Txn::outpatient_fees || txn == Txn::pharmacy_presettlement ||
           txn == Txn::pharmacy_settlement;
}

bool has_new_order(const FeeLine& line) {
    return !line.order.number.empty() && line.order.written_at && *line.order.written_at > *line.visit.refused_at;
}

}  // namespace

std::optional<LaterTime> later_time_of(const FeeLine& line, const Profile& profile, const Moment& now) {
    if (!has_visit(line.txn)) return std::nullopt;
    const bool before_visit = line.visit.begun && line.fee_time < *line.visit.begun;
    const bool clock_believed = !now.clock_suspect && !now.clock_unknown;
    const std::chrono::hours delay{profile.patient_delay_hours};
    const bool late = clock_believed && line.visit.first_asked && line.fee_time + delay < *line.visit.first_asked;
    if (!before_visit && !late) return std::nullopt;
    LaterTime later{line.fee_time, is_inpatient(line.txn) && !before_visit};
    if (before_visit) later.at = *line.visit.begun;
    if (late && !(before_visit && is_inpatient(line.txn))) later.at = std::max(later.at, *line.visit.first_asked);
    return later;
}

void judge_reattribution(const Inquiry& inquiry, Findings& findings) {
    if (!inquiry.line.visit.refused_at) return;
    GroundHit hit;
    hit.ground = Ground::reattribution;
    hit.outcome = has_new_order(inquiry.line) ? Outcome::allow_marked : line_outcome(inquiry, Outcome::hold);
    findings.add(hit);
}

}  // namespace zige

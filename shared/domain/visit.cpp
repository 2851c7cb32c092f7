#include "shared/domain/visit.h"

#include <algorithm>
#include <chrono>

#include "shared/domain/freshness.h"

namespace zige {
namespace {

bool is_inpatient(Txn txn) { return txn == Txn::inpatient_fees; }

bool has_visit(Txn txn) {
    return is_inpatient(txn) || txn == Txn::outpatient_fees || txn == Txn::pharmacy_presettlement ||
           txn == Txn::pharmacy_settlement;
}

bool has_new_order(const FeeLine& line, Instant wall) {
    const auto written = line.order.written_at;
    if (line.order.number.empty() || !written) return false;
    return *written > *line.visit.refused_at && *written <= wall + kMaxFeeAhead;
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
    const FeeLine& line = inquiry.line;
    if (!line.visit.refused_at) return;
    const Day refused_day = std::max(day_of(*line.visit.refused_at), line.visit.refused_day);
    if (day_of(line.fee_time) > refused_day) return;  // a service of a later day is another one
    const bool marks = line.visit.refused_weakly || has_new_order(line, inquiry.now.wall);
    GroundHit hit;
    hit.ground = Ground::reattribution;
    hit.outcome = marks ? Outcome::allow_marked : line_outcome(inquiry, Outcome::hold);
    findings.add(hit);
}

}  // namespace zige

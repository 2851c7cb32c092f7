#pragma once

#include <optional>

#include "shared/domain/findings.h"
#include "shared/domain/grounds.h"

namespace zige {

/// A fee that is dated before its visit, or long before anybody asked, must pass at that later time too: else a date
/// alone would bring somebody's fees back to before the sanction.
struct LaterTime {
    Instant at{};
    bool only_marks = false;  ///< of an in-patient, whose fees are asked when he goes home
    bool operator==(const LaterTime&) const = default;
};
/// Of an out-patient or pharmacy line: the begin of the visit, or the first ask where that is over
/// Profile::patient_delay_hours later; of an in-patient line the same, the first ask only as a mark. A clock that is
/// not believed says nothing of asking.
std::optional<LaterTime> later_time_of(const FeeLine& line, const Profile& profile, const Moment& now);

/// Refused to somebody before, now asked for somebody else (冒名, XY 25(四)): that person's own order, written after
/// the refusal, must be named.
void judge_reattribution(const Inquiry& inquiry, Findings& findings);

}  // namespace zige

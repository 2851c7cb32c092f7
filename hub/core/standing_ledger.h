#pragma once

#include <span>

#include "hub/core/hub_log.h"
#include "shared/domain/standing.h"

namespace zige::hub {

/// P10: a person's standing is a pure function of his ledger events, in their order. Other events are passed over. A
/// sanction that ends on its first day was withdrawn and is no interval. ledger_bad_chain: an event that could not have
/// been written by Sanctions.
Result<StandingTimeline> derive_standing(std::span<const LogEvent> events);

/// Rules 1.3: M months end at 00:00 of the same-numbered day, or of the 1st of the following month where that day is
/// missing.
Day end_after_months(Day from, unsigned months);

}  // namespace zige::hub

#pragma once

#include <functional>
#include <optional>
#include <span>

#include "hub/core/hub_log.h"
#include "hub/core/rules/career.h"

namespace zige::hub {

/// Events of a person's career in the log, and back. A body may hold more than the event: reasons, days of service.

/// The log's event, without person, institution and what else the caller adds.
LogEvent to_log(const CareerEvent& event);
/// Nothing: the event is of another kind. ledger_bad_chain: a body that to_log() did not make.
Result<std::optional<CareerEvent>> career_event(const LogEvent& event);

/// P10: a career is a pure function of the ledger's events in their order; others are passed over.
/// ledger_bad_chain: an event that could not have been written.
Result<Career> career_from(std::span<const LogEvent> events);
/// Of one person, as the log has it now; of somebody who is merged with others, over all their files.
Result<Career> load_career(Tx& tx, const HubLog& log, PersonId person);

/// Everybody with career events, in the order of ids, each with his own, oldest first; stops at an error. Memory does
/// not grow with the ledger. `progress` gets ids done and all.
using VisitCareer = std::function<Result<void>(PersonId, std::span<const LogEvent>)>;
Result<void> for_each_career(Tx& tx, const HubLog& log, const VisitCareer& visit,
                             const std::function<void(std::size_t, std::size_t)>& progress = {});

}  // namespace zige::hub

#pragma once

#include "agent/daemon/service.h"
#include "shared/domain/calendar.h"

namespace zige::daemon {

inline constexpr long kMaxWorkingDays = 3660;

/// GET /v1/calendar/due?from=2026-09-18&days=10 and GET /v1/calendar/2026. `from_copy`: the calendar came with the
/// copy, not with the program. time_bad_day, api_bad_field, api_missing_field.
Result<Json> calendar_due(std::string_view query, const Calendar& calendar, bool from_copy);
Result<Json> calendar_year(std::string_view year, const Calendar& calendar, bool from_copy);

/// The decoded value of a query parameter; empty when it is missing.
std::string query_value(std::string_view query, std::string_view name);
std::string percent_encoded(std::string_view text);

/// Answers only the calendar, from the years that the program was built with: before enrolment.
class OfficialCalendarService : public AgentService {
public:
    ApiAnswer call(const ApiRequest& request) override;
};

}  // namespace zige::daemon

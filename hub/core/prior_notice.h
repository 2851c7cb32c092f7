#pragma once

#include <optional>
#include <span>
#include <string>

#include "hub/core/hub_log.h"
#include "hub/core/rules/career.h"
#include "shared/domain/calendar.h"

namespace zige::hub {

// XY 28, 43: what a decision leads to beyond what was told is told and served on its own.

/// From which day on the decision leads to more than was told: of the event that made it so graver; nothing: it does not.
Result<std::optional<Day>> owed_since(std::span<const LogEvent> events, std::string_view document);

/// What is served with it, and when.
struct GraverService {
    PersonId person;
    const Rules& rules;
    const Calendar& calendar;
    Day served_on{};
    bool forced = false;  ///< the days are right, as the operator says with a reason
};
/// Before more than was told is served. points_bad_day: served before it became graver or was told, or while a
/// statement may come;
/// points_graver_than_told: no prior notice of it, where the text has one.
Result<void> check_told_of(Tx& tx, const HubLog& log, const Career& career, const std::string& document,
                           const GraverService& service);

/// "suspended for 2 months"
std::string words(const Reading& reading);

}  // namespace zige::hub

#pragma once

#include <optional>

#include "agent/core/replica.h"
#include "shared/domain/overlay.h"
#include "shared/domain/registration.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// As the copy says it, or as it was filed here since.
std::optional<Day> last_day_of(const Registration& person, const Overlay& overlay);
bool is_in_service(const Registration& person, const Overlay& overlay, Day today);
/// The gravest that covers the day.
Standing standing_on(const Registration& person, Day today);
/// All that the copy holds of a person (P9: no identity number is in it).
Json person_json(const Registration& person, const agent::View& view, const Overlay& overlay, Day today);

}  // namespace zige::daemon

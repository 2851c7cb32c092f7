#pragma once

#include <string_view>

#include "hub/core/rules/career.h"

namespace zige::hub::testing {

/// What careers need of 信阳 1号: the table of article 40, repair and restoration, limits.
Rules xinyang_rules();

inline Day on(std::string_view text) { return parse_day(text, "test").value(); }

/// A decision of 信阳 with an effect that only names its points.
Scored scored(std::string_view document, std::string_view decided_on, unsigned points, int conduct_year = 0);
SanctionBegan began(std::string_view document, std::string_view from, std::string_view nominal_end,
                    SanctionCause cause = SanctionCause::points, Standing status = Standing::suspended);
/// All at once, which must be possible.
Career career_of(const std::vector<CareerEvent>& events);

}  // namespace zige::hub::testing

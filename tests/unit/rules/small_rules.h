#pragma once

#include "hub/core/rules/rules.h"

namespace zige::testing {

/// Rules of no region, small enough to know by heart: bands 1-3, 4-6, 10-12 and "fraud" of 12; a year's 9 or 10 suspend
/// one month, 11 by range 1-6; a single 9 two months; 12 ends for one year, a single 12 for one to three.
hub::Rules small_rules();

}  // namespace zige::testing

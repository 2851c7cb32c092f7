#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/core/rules/points.h"
#include "tests/policy/profiles.h"
#include "tests/support/testing.h"

namespace zige::testing {

/// A 负面情形 with the least facts that it needs, and the most of those that have an upper border.
struct TriggerRow {
    std::string name;
    std::string tags;
    std::string_view profile;
    const char* trigger;
    const char* level;
    hub::CaseFacts least;
    hub::CaseFacts most;
};

/// The acts of Jining's catalogue.
std::vector<TriggerRow> jining_rows();

/// With the least facts it holds, at its level; without one of them, or with one less, it does not; at the upper border
/// it holds, and beyond not.
void check_trigger(const TriggerRow& row);

}  // namespace zige::testing

#pragma once

#include "hub/core/casework/case_file.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

/// The rules of the day of handling (记分时点, XY 20), by which points are proposed and decided; those of the case as
/// long as that day is not known, or nothing is in force on it. Steps and limits go by the rules of the case.
Result<AdoptedRules> rules_of_handling(Tx& tx, const RuleShelf& shelf, const CaseFile& file, const Track& track);

}  // namespace zige::hub

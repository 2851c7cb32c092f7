#pragma once

#include <string>

#include "hub/core/ports/store.h"
#include "shared/base/time.h"
#include "shared/domain/ids.h"

namespace zige::hub {

// What a case does is done by its steps, where another person reviews who proposes (XY 28): nobody does it beside the
// case. points_held_by_case: `detail` names the case and the next step.

/// Somebody's notice: an open case decided it, or is about it.
Result<void> check_not_held(Tx& tx, PersonId person, const std::string& document);
Result<void> check_not_held(Tx& tx, const std::string& who, const std::string& document);
/// The same, of its service: what a case has served it does not serve again, though its sanction came to it later.
Result<void> check_service_not_held(Tx& tx, const std::string& who, const std::string& document);
/// What a decision beside the cases is about.
struct HeldMatter {
    std::string institution;
    Day handled_on{};
    std::string document;   ///< number of the notice
    std::string reference;  ///< of the handling; may be empty
};
/// A matter that an open case about him has the facts of and has not decided; or a number that is its handling's.
Result<void> check_matter_not_held(Tx& tx, PersonId person, const HeldMatter& matter);
/// An application for repair of his.
Result<void> check_no_open_repair(Tx& tx, PersonId person);

}  // namespace zige::hub

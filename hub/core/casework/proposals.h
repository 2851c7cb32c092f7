#pragma once

#include <optional>
#include <string_view>

#include "hub/core/casework/case_file.h"
#include "hub/core/scoring.h"

namespace zige::hub {

// What a proposal or a correction of a case says, and what must hold before anybody is told (XY 22, 28).

/// Number of an entry; nothing if it was not entered.
Result<std::optional<unsigned>> maybe_number(const Fields& entries, std::string_view name);
ResponsibilityDegree degree_of(const Fields& entries);
Result<Violation> violation_of(const Fields& proposal);

/// Points of a decision as corrected: level, degree and weight are the decision's where nothing else is entered.
struct CorrectedPoints {
    ResponsibilityDegree degree = ResponsibilityDegree::general;
    Violation violation;
};
/// points_out_of_range: no points of that level and degree, nor of the level below or above. points_decide_anew: so
/// many need a legal review or a discussion that the decision did not have; more than decided, of which nobody was told.
Result<CorrectedPoints> correction_of(const Rules& rules, const Scored& decision, const Fields& entries);

/// What a prior notice tells: the effect as the career stands, with the most of a range. "told_status" none, suspended
/// or terminated, "told_months", "told_years", "told_points".
Fields to_be_told(const Rules& rules, const Career& career, Day handled_on, int conduct_year, unsigned points);
/// points_graver_than_told: other points came in between. Nothing is asked where nothing was told.
Result<void> check_as_told(const Rules& rules, const Track& track, const Reading& decided);

/// A status without points: the cause as the text has it, the stop that it follows, a period that is not over.
/// points_no_such_cause, sanction_not_found, points_bad_day.
Result<void> check_status(Tx& tx, const Rules& rules, const CaseFile& file, const Fields& proposal, Day on);

}  // namespace zige::hub

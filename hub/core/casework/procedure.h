#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/core/casework/sets.h"
#include "hub/core/fields.h"
#include "hub/core/rules/rules.h"
#include "shared/base/codes.h"
#include "shared/domain/calendar.h"

namespace zige::hub {

/// Whose act a step is. Operators of the bureau enter them all; whose word it was stands in the step's entries.
enum class StepBy : std::uint8_t {
    bureau,
    another_person,  ///< of the bureau, or of the bureau above it that the case names: not who proposed
    institution,
    department,  ///< 医保行政部门
    authority    ///< 卫健, 市监
};

enum class Opinion : std::uint8_t { none, agree, disagree };
const char* to_string(Opinion opinion);

/// What must hold beside the state. Several may be asked of one step.
enum class Guard : std::uint8_t {
    statement_stage_over,  ///< verified, waived, silent until the limit passed, or a text without prior notice (XY 28)
    review_if_needed,      ///< legal review from so many points (XY 28)
    discussion_if_needed,  ///< collective discussion likewise
    appeal_in_time,        ///< received within the limit after service
    appeal_late,
    first_appeal,
    found_by_department,    ///< it determined the responsibility (XY 29)
    found_by_bureau,        ///< the agency did (XY 30)
    appeal_over,            ///< nobody may appeal in time any more
    update_done_if_needed,  ///< the institution has shown the new status, if there is one
    evaluation_failed,      ///< XY 36
    of_a_notice             ///< the case is about a notice that was entered without one
};

inline constexpr Guard kGuards[] = {Guard::statement_stage_over,  Guard::review_if_needed,  Guard::discussion_if_needed,
                                    Guard::appeal_in_time,        Guard::appeal_late,       Guard::first_appeal,
                                    Guard::found_by_department,   Guard::found_by_bureau,   Guard::appeal_over,
                                    Guard::update_done_if_needed, Guard::evaluation_failed, Guard::of_a_notice};

/// One row of the procedure: in these kinds of case, from any of these states, this step leads there.
struct StepRule {
    SetOf<CaseKind> kinds;
    CaseStep step = CaseStep::facts;
    Opinion opinion = Opinion::none;  ///< the row is for this verdict only
    SetOf<CaseState> from;
    std::optional<CaseState> to;  ///< nothing: the state stays
    StepBy by = StepBy::bureau;
    SetOf<Guard> guards;
    const char* article = "";
};
std::span<const StepRule> procedure();

/// A step as it stands in a case.
struct StepTaken {
    std::uint64_t number = 0;  ///< within the case, from 1
    CaseStep step = CaseStep::facts;
    std::string actor;
    Instant at{};  ///< entered
    Day on{};      ///< happened
    Fields entries;
    /// What came of it: "effect" none, suspended, terminated or normal; "document"; "from"; "end".
    Fields outcome;
    /// The time limits that it started as they were shown then: a year that comes out later makes nobody late.
    std::vector<std::pair<DueKind, DueDate>> shown;

    Opinion opinion() const;
    /// Whose word it is: the operator's, or of who signed for the bureau above.
    std::string signer() const;
};

/// A case as far as one person is concerned.
struct Track {
    CaseKind kind = CaseKind::scoring;
    CaseState state = CaseState::opened;
    Day opened_on{};
    std::string document;  ///< notice that the case is about; empty: none
    std::string reviewer;  ///< bureau above that may review for a small county; empty: none
    std::string entered_by;  ///< who proposed or entered the notice that the case is about; empty: not known
    std::vector<StepTaken> steps;

    /// The newest step of that kind; nullptr if there is none.
    const StepTaken* last(CaseStep step) const;
    /// Was `step` taken after the newest `since`?
    bool taken_since(CaseStep step, CaseStep since) const;
    unsigned points() const;  ///< as proposed last; 0: none
    /// Who proposed last, or evaluated last; else who entered the notice that the case is about; empty: nobody did.
    std::string proposer() const;
    /// The institution has yet to show a new status.
    bool update_owed() const;
    /// The notice of this case, or of its correction, is yet to be served by a step of it.
    bool about_to_serve() const;
    bool open() const { return state != CaseState::closed && state != CaseState::dropped; }
};

/// What the procedure judges a step by.
struct Setting {
    const Rules& rules;
    const Calendar& calendar;
    Day today{};
};

/// The row that the step follows. case_wrong_step, case_step_missing, case_closed, case_same_person: `detail` names the
/// article and what is possible; case_missing_field, case_bad_field: `field` names the entry.
Result<const StepRule*> check_step(const Track& track, const StepTaken& step, const Setting& setting);
/// Adds a step that check_step() let pass. Does not check again: what was recorded stands.
void apply_step(Track& track, const StepRule& rule, StepTaken step);
/// Steps that the procedure has a row for from here, in the order of the table.
std::vector<CaseStep> possible_steps(const Track& track);

}  // namespace zige::hub

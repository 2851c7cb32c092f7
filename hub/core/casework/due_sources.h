#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/casework/due_list.h"
#include "hub/core/hub_log.h"
#include "hub/core/rule_shelf.h"

namespace zige::hub {

/// What the sources of the list of what is due have in common.
struct DueWork {
    Tx& tx;
    const HubLog& log;
    const RuleShelf& shelf;
    const Calendar& calendar;
    Day today;
    std::vector<DueItem>& items;
    std::span<const CaseFile> open;  ///< the open cases
};

/// What careers leave open, in one walk over all of them. XY 39: the agreement or department came back, and who was
/// suspended for it still is: by name. With `rules`, XY 42, 43: decisions that are not issued, and those that are not
/// served; what a case is about to serve is the case's. XY 34, N34 39: who is suspended for a printed time has to
/// apply, or stays suspended (期满待评估).
Result<void> add_of_careers(const DueWork& work, const Rules* rules);
/// XY 39 alone, of one institution; of one stop, if `document` names it. What else was in work.items goes.
Result<void> add_left_by_stop_at(const DueWork& work, const std::string& institution, const std::string& document);
/// Two files proved to be one person: decisions that lead to something else over the points of both.
Result<void> add_read_again(const DueWork& work);
/// XY 8: commitments that are due or missing; one line for an institution and day.
Result<void> add_commitments(const DueWork& work, const Rules& rules);
/// 3号令 37: a pharmacy whose principal left reports the new one.
Result<void> add_principals(const DueWork& work, const Rules& rules);

/// points_decision_unknown: no such decision; case_bad_field: its service begins a sanction for all who have the number,
/// and is told elsewhere.
Result<void> check_notice_done(Tx& tx, const HubLog& log, DueKind kind, const std::string& document);

/// When `due done` was told that a notice was issued or served, by kind and document.
using NoticesDone = std::map<std::pair<DueKind, std::string>, Day>;
Result<NoticesDone> notices_done(Tx& tx);

}  // namespace zige::hub

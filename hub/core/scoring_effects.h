#pragma once

#include <map>

#include "hub/core/career_draft.h"
#include "hub/core/rules/judging.h"
#include "hub/core/scoring.h"

namespace zige::hub {

// How the ledger shows what a scoring decision leads to. All of it plans in a CareerDraft.

/// The rules that decisions were judged by, each read once.
class JudgingRules {
public:
    JudgingRules(Tx& tx, const RuleShelf& shelf) : tx_(tx), shelf_(shelf) {}
    /// As RuleShelf::version().
    Result<const Rules*> of(const Scored& decision);

private:
    Tx& tx_;
    const RuleShelf& shelf_;
    std::map<std::pair<std::string, std::uint32_t>, AdoptedRules> read_;
};

/// What planning needs beside the draft.
struct EffectContext {
    JudgingRules& rules;
    const std::vector<std::string>& articles;  ///< of the gate's profile: an interval carries a number of one
    Day today{};
};

/// Number of the article in the list, from 1: the same, or the longest that it lies in; 0: none.
std::uint16_t article_number(const std::vector<std::string>& articles, std::string_view text);

/// case_missing_field (no day of service), points_bad_day: `service` against the day of decision and today.
Result<void> check_service(const Service& service, Day decided_on, Day today);

/// Begins the sanction that the decision leads to, the day after service; nothing if it leads to none.
Result<void> begin_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                            const Scored& decision, const Service& service);
/// The decision leads to something else now than what was served. Milder: its interval never was, and another is in its
/// place. Graver: the same once that is served, by `service` or later (XY 28, 43); where he is paid again by then, what
/// is left runs from the day after service, and nothing reaches back.
Result<void> adjust_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                             const Scored& decision, const Service& service);
/// As if they had never been: the sanctions of a decision that is withdrawn.
Result<void> take_back_sanctions(CareerDraft& draft, const std::string& document);
/// XY 33: a single 12 is not repaired. Takes back the repairs of its year on and after its day, and gives the other
/// sanctions that they made shorter their length again; tells which.
Result<std::vector<Repaired>> drop_repairs(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                                           const Scored& decision);
/// From which day on the points of the year are others, and by what.
struct ChangedFrom {
    Day day{};
    std::string document;    ///< of the decision that changed itself; empty: none
    std::string because_of;  ///< kept with each that is corrected
    bool relief = false;     ///< it takes points away only, so nothing becomes graver by it
    explicit ChangedFrom(const Scored& decision)
        : day(decision.decided_on), document(decision.document), because_of(decision.document) {}
    /// A repair works from the day after its approval.
    explicit ChangedFrom(const Repaired& repair)
        : day(repair.on + std::chrono::days{1}),
          because_of("repair " + repair.way + " " + format(repair.on)),
          relief(true) {}
    static ChangedFrom withdrawal_of(const Scored& decision) {
        ChangedFrom changed(decision);
        changed.relief = true;
        return changed;
    }
};
/// Corrects every decision from that day on that the change made lead to something else: each is judged in the career
/// as it was opened and as it is now. What differed before (two files made one) is left to a person, and what became
/// lighter is never graver than what was served. `entered` is for those where the text gives a range. Tells which; as
/// judge_again(), the document named.
Result<std::vector<Scored>> correct_later(const EffectContext& context, CareerDraft& draft, const ChangedFrom& changed,
                                          const Entered& entered);

}  // namespace zige::hub

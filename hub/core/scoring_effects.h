#pragma once

#include <map>

#include "hub/core/career_draft.h"
#include "hub/core/scoring.h"

namespace zige::hub {

/// What a scoring decision leads to, and how the ledger shows it. All of it plans in a CareerDraft.

struct Judged {
    Effect effect;
    bool consecutive_years = false;  ///< JN 五(一): years of so many points in a row lead to the row of 12
};

/// The effect of `single` points decided in `year`, over `before` points that stand. As effect_of().
Result<Judged> judge(const Rules& rules, const Career& career, int year, unsigned single, const Cumulative& before,
                     const Entered& entered);
/// What a decision that is there would lead to as the career stands now. Months or years that an operator entered stay,
/// where the rules still leave them open.
Result<Judged> judge_again(const Rules& rules, const Career& career, const Scored& decision);

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
/// The decision leads to something else now than `before`: its interval never was, and another is in its place.
Result<void> adjust_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                             const Scored& decision, const Effect& before, const Service& service);
/// Corrects every decision from the changed one's day on whose effect is another one now; tells which.
Result<std::vector<Scored>> correct_later(const EffectContext& context, CareerDraft& draft, const Scored& changed,
                                          const Service& service);

/// JN 六(三): the institution of somebody with one decision of so many points, or with so many violations in a year.
bool on_watch_list(const Rules& rules, const Career& career, int year);

}  // namespace zige::hub

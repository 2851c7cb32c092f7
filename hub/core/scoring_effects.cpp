#include "hub/core/scoring_effects.h"

#include <algorithm>

#include "hub/core/standing_ledger.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr unsigned kMonthsOfAYear = 12;

/// By points and running on that day, of another decision.
bool runs_beside(const Career& career, const StandingInterval& interval, const std::string& document, Day from) {
    const KnownSanction* known = career.sanction(interval.document);
    return interval.document != document && known != nullptr && known->cause == SanctionCause::points &&
           interval.covers(from);
}

/// How intervals of several decisions meet (ours: the latest end wins, each is judged on its own).
Result<Day> make_room(CareerDraft& draft, const Rules& rules, const std::string& document, Day from) {
    if (rules.overlap.value == Overlap::latest_end) return from;
    Day first = from;
    std::vector<SanctionOver> over;
    for (const StandingInterval& each : draft.career().timeline()) {
        if (!runs_beside(draft.career(), each, document, from)) continue;
        if (rules.overlap.value == Overlap::newest && each.from < from)
            over.push_back({each.document, from, SanctionEnd::order});
        if (rules.overlap.value == Overlap::one_after_the_other && each.nominal_end)
            first = std::max(first, *each.nominal_end);
    }
    for (const SanctionOver& each : over) ZIGE_CHECK(draft.add(each, {{"because_of", document}}));
    return first;
}

/// The interval that a reading makes from a day on.
SanctionBegan sanction_of(const EffectContext& context, const Rules& rules, const Scored& decision, Day from,
                          std::optional<Day> printed_end) {
    const Reading& served = decision.effect.served;
    SanctionBegan began;
    began.cause = SanctionCause::points;
    StandingInterval& interval = began.interval;
    interval.status = *served.status;
    interval.from = from;
    interval.document = decision.document;
    interval.article = article_number(context.articles, served.article);
    if (interval.status == Standing::terminated) {
        began.barred_until = end_after_months(from, served.ban_years * kMonthsOfAYear);
        interval.nominal_end = began.barred_until;
    } else {
        interval.nominal_end = end_after_months(from, served.months);
    }
    if (printed_end) interval.nominal_end = printed_end;
    if (rules.restores_by_itself.value && interval.status == Standing::suspended) interval.end = interval.nominal_end;
    return began;
}

bool same_status(const Reading& a, const Reading& b) {
    return a.status == b.status && a.months == b.months && a.ban_years == b.ban_years;
}

/// What had ended does not run again, unless the new period is longer than what he served.
void keep_end(SanctionBegan& anew, const StandingInterval& before) {
    if (!before.end || !anew.interval.nominal_end || anew.interval.end) return;
    if (*anew.interval.nominal_end <= *before.end) anew.interval.end = anew.interval.nominal_end;
}

}  // namespace

Result<const Rules*> JudgingRules::of(const Scored& decision) {
    const auto key = std::pair(decision.profile, decision.profile_version);
    auto at = read_.find(key);
    if (at == read_.end()) {
        ZIGE_TRY(adopted, shelf_.version(tx_, decision.profile, decision.profile_version));
        at = read_.emplace(key, std::move(adopted)).first;
    }
    return &at->second.rules;
}

std::uint16_t article_number(const std::vector<std::string>& articles, std::string_view text) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < articles.size(); ++i)
        if (!articles[i].empty() && text.starts_with(articles[i]) &&
            (found == 0 || articles[i].size() > articles[found - 1].size()))
            found = i + 1;
    return static_cast<std::uint16_t>(found);
}

Result<void> check_service(const Service& service, Day decided_on, Day today) {
    if (!service.served_on) return fail(ErrorId::case_missing_field, "served_on", "the day of service");
    if (*service.served_on < decided_on)
        return fail(ErrorId::points_bad_day, "served_on",
                    format(*service.served_on) + " lies before the decision of " + format(decided_on));
    if (*service.served_on > today)
        return fail(ErrorId::points_bad_day, "served_on", format(*service.served_on) + " is after today");
    if (service.printed_from && *service.printed_from < decided_on)
        return fail(ErrorId::points_bad_day, "printed_from",
                    format(*service.printed_from) + " lies before the decision of " + format(decided_on));
    const Day from = service.printed_from.value_or(*service.served_on + kOneDay);
    if (service.printed_end && *service.printed_end <= from)
        return fail(ErrorId::points_bad_day, "printed_end",
                    format(*service.printed_end) + " is not after the first day");
    return {};
}

Result<void> begin_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                            const Scored& decision, const Service& service) {
    if (!decision.effect.served.status) return {};
    ZIGE_CHECK(check_service(service, decision.decided_on, context.today));
    const Day usual = service.printed_from.value_or(*service.served_on + kOneDay);
    ZIGE_TRY(from, make_room(draft, rules, decision.document, usual));
    return draft.add(sanction_of(context, rules, decision, from, service.printed_end),
                     {{"served_on", format(*service.served_on)}});
}

Result<void> adjust_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                             const Scored& decision, const Effect& before, const Service& service) {
    const StandingInterval* running = draft.career().interval(decision.document);
    const KnownSanction* known = draft.career().sanction(decision.document);
    const Reading& served = decision.effect.served;
    if (running == nullptr) {  // begins if it is served; else Scoring::serve() begins it
        const bool is_served = service.served_on && *service.served_on >= decision.decided_on;
        return is_served ? begin_sanction(context, draft, rules, decision, service) : Result<void>();
    }
    if (known->cause != SanctionCause::points || same_status(before.served, served)) return {};
    const StandingInterval old = *running;
    const bool was_shortened = known->shortened;
    ZIGE_CHECK(draft.add(SanctionOver{old.document, old.from, SanctionEnd::corrected}));
    if (!served.status) return {};
    SanctionBegan anew = sanction_of(context, rules, decision, old.from, std::nullopt);
    keep_end(anew, old);
    const auto nominal_end = anew.interval.nominal_end;
    const auto barred_until = anew.barred_until;
    ZIGE_CHECK(draft.add(anew));
    if (!was_shortened || !nominal_end) return {};
    const unsigned months = rules.repair_cuts_months.value;  // what was repaired stays repaired
    SanctionShortened shorter{old.document, std::max(months_before(*nominal_end, months), old.from + kOneDay), {}};
    if (barred_until) shorter.barred_until = shorter.nominal_end;
    return draft.add(shorter);
}

Result<std::vector<Scored>> correct_later(const EffectContext& context, CareerDraft& draft, const Scored& changed,
                                          const Entered& entered) {
    std::vector<Scored> later;
    for (const KnownDecision& known : draft.career().decisions())
        if (!known.withdrawn && known.decision.document != changed.document &&
            known.decision.decided_on >= changed.decided_on)
            later.push_back(known.decision);
    std::stable_sort(later.begin(), later.end(),
                     [](const Scored& a, const Scored& b) { return a.decided_on < b.decided_on; });
    std::vector<Scored> corrected;
    for (Scored& each : later) {
        ZIGE_TRY(rules, context.rules.of(each));
        const auto judged = judge_again(*rules, draft.career(), each, entered);
        if (!judged.ok())
            return fail(judged.error().id, judged.error().field, each.document + ": " + judged.error().detail);
        if (judged->effect == each.effect) continue;
        const Effect before = std::exchange(each.effect, judged->effect);
        ZIGE_CHECK(draft.add(Corrected{each.document, each.points, each.effect}, {{"because_of", changed.document}}));
        ZIGE_CHECK(adjust_sanction(context, draft, *rules, each, before, {}));  // XY 43: served on its own
        corrected.push_back(each);
    }
    return corrected;
}

}  // namespace zige::hub

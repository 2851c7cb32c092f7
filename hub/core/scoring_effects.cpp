#include "hub/core/scoring_effects.h"

#include <algorithm>

#include "hub/core/sanctions.h"
#include "hub/core/standing_ledger.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr unsigned kMonthsOfAYear = 12;

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

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
SanctionBegan sanction_of(const EffectContext& context, const Rules& rules, const std::string& document,
                          const Reading& served, Day from, std::optional<Day> printed_end = {}) {
    SanctionBegan began;
    began.cause = SanctionCause::points;
    StandingInterval& interval = began.interval;
    interval.status = *served.status;
    interval.from = from;
    interval.document = document;
    interval.article = article_number(context.articles, served.article);
    if (interval.status == Standing::terminated) {
        began.barred_until = end_after_months(from, served.ban_years * kMonthsOfAYear);
        interval.nominal_end = began.barred_until;
    } else {
        interval.nominal_end = end_after_months(from, served.months);
    }
    if (printed_end) interval.nominal_end = printed_end;
    // JN 五(二): a suspension ends by itself, and after the years of a termination a new agreement may be made.
    if (rules.restores_by_itself.value) interval.end = interval.nominal_end;
    return began;
}

bool same_status(const Reading& a, const Reading& b) {
    return a.status == b.status && a.months == b.months && a.ban_years == b.ban_years;
}

/// The first day after it, as it stands.
std::optional<Day> last_end(const StandingInterval& interval) { return interval.end ? interval.end : interval.nominal_end; }

/// XY 34: evaluated late, he is restored from the evaluation and not from the end.
bool was_late(const StandingInterval& before, const KnownSanction& known) {
    const Day end = before.nominal_end.value_or(*before.end);
    return *before.end > std::max(end, known.barred_until.value_or(end));
}

/// What had ended does not run again, unless the new period is longer than what he served.
void keep_end(SanctionBegan& anew, const StandingInterval& before) {
    if (!before.end || !anew.interval.nominal_end || anew.interval.end) return;
    if (*anew.interval.nominal_end <= *before.end) anew.interval.end = anew.interval.nominal_end;
}

/// Another status, or more years without registration, asks for an evaluation of its own (XY 34, 40(七)(八)).
bool needs_evaluation_anew(const Reading& now, const Reading& before) {
    return now.status > before.status || now.ban_years > before.ban_years;
}

/// Who was evaluated and passed is restored from the end of the new period, too (XY 34), late at the earliest from
/// his evaluation.
Result<void> keep_restored(CareerDraft& draft, const SanctionBegan& anew, const StandingInterval& before,
                           const KnownSanction& known) {
    if (!before.end || !anew.interval.nominal_end || anew.interval.end) return {};
    Day from = std::max(*anew.interval.nominal_end, anew.barred_until.value_or(*anew.interval.nominal_end));
    if (was_late(before, known)) from = std::max(from, *before.end);
    return draft.add(SanctionOver{before.document, from, SanctionEnd::restored});
}

/// XY 33: what was repaired since the decision makes its sanction a month shorter, also where it was served later.
Result<void> apply_repairs(CareerDraft& draft, const Rules& rules, const std::string& document) {
    const std::vector<Repaired> repairs = draft.career().repairs();
    for (std::size_t i = 0; i < repairs.size(); ++i) {
        const KnownSanction* known = draft.career().sanction(document);
        RepairPlan plan;
        const std::set<int> years = draft.career().years_repaired(i);
        if (known != nullptr) shorten_by_repair(plan, rules, draft.career(), *known, repairs[i].on, years);
        for (const SanctionShortened& shorter : plan.shorter) ZIGE_CHECK(draft.add(shorter));
        for (const SanctionOver& over : plan.over) ZIGE_CHECK(draft.add(over));
    }
    return {};
}

/// What is left of a reading where a part of it has run.
Reading less(Reading all, const Reading& part) {
    if (all.status != part.status) return all;
    all.months -= std::min(all.months, part.months);
    all.ban_years -= std::min(all.ban_years, part.ban_years);
    return all;
}

/// The sanction as the text has it now in the place of the one that stands, less what was repaired. `as_told`: what he
/// was told of, as it is served.
Result<void> begin_anew(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                        const std::string& document, const Reading& now, bool as_told,
                        const CareerDraft::Notes& notes = {}) {
    const StandingInterval old = *draft.career().interval(document);
    const KnownSanction known = *draft.career().sanction(document);
    ZIGE_CHECK(draft.add(SanctionOver{document, old.from, SanctionEnd::corrected}));
    if (!now.status) return {};
    const KnownSanction* first = draft.career().sanction(document);
    const bool was_cut = first != nullptr && first->shortened;
    const bool restored = known.ended == SanctionEnd::restored;
    SanctionBegan anew = sanction_of(context, rules, document, first == nullptr ? now : less(now, first->served), old.from);
    anew.as_told = as_told;
    if (!restored) keep_end(anew, old);
    ZIGE_CHECK(draft.add(anew, notes));
    if (restored && !needs_evaluation_anew(now, known.served)) ZIGE_CHECK(keep_restored(draft, anew, old, known));
    return was_cut ? Result<void>() : apply_repairs(draft, rules, document);
}

/// Of a document that has several, the last is taken back: what it added is no more.
Result<void> take_back_last(CareerDraft& draft, const std::string& document, SanctionEnd why) {
    return draft.add(SanctionOver{document, draft.career().interval(document)->from, why});
}

/// The one before the last of a document; nullptr: none.
const KnownSanction* before_last(const Career& career, const std::string& document) {
    const KnownSanction* last = career.sanction(document);
    const KnownSanction* found = nullptr;
    for (const KnownSanction& each : career.sanctions())
        if (each.document == document && &each != last) found = &each;
    return found;
}

/// Milder: what was served later goes first, then the rest is as the text has it now.
Result<void> make_milder(const EffectContext& context, CareerDraft& draft, const Rules& rules, const Scored& decision) {
    const Reading& now = decision.effect.served;
    const KnownSanction* first = before_last(draft.career(), decision.document);
    while (first != nullptr && !is_graver(now, first->served)) {
        ZIGE_CHECK(take_back_last(draft, decision.document, SanctionEnd::corrected));
        first = before_last(draft.career(), decision.document);
    }
    if (same_status(draft.career().sanction(decision.document)->served, now)) return {};
    return begin_anew(context, draft, rules, decision.document, now, false);
}

/// Graver, and served: the whole from the first day on where he is not paid yet, else what is left from now on.
Result<void> make_graver(const EffectContext& context, CareerDraft& draft, const Rules& rules, const Scored& decision,
                         const Service& service) {
    const CareerDraft::Notes notes = {{"served_on", format(*service.served_on)}, {"forced_dates", service.forced_dates}};
    const StandingInterval old = *draft.career().interval(decision.document);
    const KnownSanction known = *draft.career().sanction(decision.document);
    const Day from = service.printed_from.value_or(*service.served_on + kOneDay);
    const Reading& now = decision.effect.served;
    if (!old.end || *old.end > from) {
        ZIGE_CHECK(begin_anew(context, draft, rules, decision.document, now, false, notes));
    } else {
        ZIGE_CHECK(draft.add(sanction_of(context, rules, decision.document, less(now, known.served), from), notes));
        if (!draft.career().was_shortened(decision.document))
            ZIGE_CHECK(apply_repairs(draft, rules, decision.document));
    }
    const std::optional<Day> end = draft.career().interval(decision.document)->nominal_end;
    if (!service.printed_end || service.printed_end == end || !end) return {};
    return fail(ErrorId::points_bad_day, "printed_end",
                "what became graver runs until " + format(*end - kOneDay) + ", " + now.article);
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

namespace {

Error implausible(const char* field, Day day, const std::string& why) {
    return fail(ErrorId::points_bad_day, field, format(day) + " " + why + "; if it is right: --force-date REASON");
}

/// A printed period wins over the text's, so what nobody means is asked about.
Result<void> check_plausible(const Service& service, Day from, Day today) {
    if (!service.forced_dates.empty()) return {};
    if (from <= *service.served_on)  // XY 43
        return implausible("printed_from", from, "is not after the day of service " + format(*service.served_on));
    const auto why = why_implausible(from, today);  // the rules were in force by then, however long ago
    if (from <= today || !why) return {};
    return implausible(service.printed_from ? "printed_from" : "served_on", from, *why);
}

/// The notice's own end of a suspension; the text's, and the text's less what was repaired, are dealt with.
Result<void> check_printed_end(const Service& service, const Reading& served, Day from) {
    if (!service.printed_end || !service.forced_dates.empty() || served.status != Standing::suspended) return {};
    if (*service.printed_end - from > kLongestSuspension)
        return implausible("printed_end", *service.printed_end - kOneDay, "makes a suspension of over 3 years");
    return implausible("printed_end", *service.printed_end - kOneDay,
                       "is not " + std::to_string(served.months) + " months from " + format(from) + ", " + served.article);
}

}  // namespace

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
    return check_plausible(service, from, today);
}

Result<void> begin_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                            const Scored& decision, const Service& service) {
    if (!decision.effect.served.status) return {};
    ZIGE_CHECK(check_service(service, decision.decided_on, context.today));
    const Day usual = service.printed_from.value_or(*service.served_on + kOneDay);
    ZIGE_TRY(from, make_room(draft, rules, decision.document, usual));
    const Reading& served = decision.effect.served;
    const CareerDraft::Notes notes = {{"served_on", format(*service.served_on)}, {"forced_dates", service.forced_dates}};
    CareerDraft of_text = draft;
    ZIGE_CHECK(of_text.add(sanction_of(context, rules, decision.document, served, from), notes));
    const auto whole = of_text.career().interval(decision.document)->nominal_end;
    ZIGE_CHECK(apply_repairs(of_text, rules, decision.document));
    // XY 33: the notice prints the text's period, or the one that the repairs leave of it.
    if (!service.printed_end || service.printed_end == whole ||
        service.printed_end == last_end(*of_text.career().interval(decision.document))) {
        draft = std::move(of_text);
        return {};
    }
    ZIGE_CHECK(check_printed_end(service, served, usual));
    return draft.add(sanction_of(context, rules, decision.document, served, from, service.printed_end), notes);
}

Result<void> adjust_sanction(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                             const Scored& decision, const Service& service) {
    const StandingInterval* running = draft.career().interval(decision.document);
    const KnownSanction* known = draft.career().sanction(decision.document);
    if (running == nullptr) {  // begins if it is served; else Scoring::serve() begins it
        const bool is_served = service.served_on && *service.served_on >= decision.decided_on;
        return is_served ? begin_sanction(context, draft, rules, decision, service) : Result<void>();
    }
    const Reading& now = decision.effect.served;
    if (known->cause != SanctionCause::points || same_status(known->served, now)) return {};
    if (!is_graver(now, known->served)) return make_milder(context, draft, rules, decision);
    return service.served_on ? make_graver(context, draft, rules, decision, service) : Result<void>();
}

Result<void> take_back_sanctions(CareerDraft& draft, const std::string& document) {
    for (const KnownSanction* known = draft.career().sanction(document);
         known != nullptr && known->cause == SanctionCause::points; known = draft.career().sanction(document))
        ZIGE_CHECK(take_back_last(draft, document, SanctionEnd::withdrawn));
    return {};
}

namespace {

/// The same sanction as the text has it, less what still shortens it.
Result<void> lengthen(const EffectContext& context, CareerDraft& draft, const std::string& document) {
    ZIGE_TRY(rules, context.rules.of(*draft.career().decision(document)));
    const Reading served = draft.career().sanction(document)->served;
    return begin_anew(context, draft, *rules, document, served, true);
}

}  // namespace

Result<std::vector<Repaired>> drop_repairs(const EffectContext& context, CareerDraft& draft, const Rules& rules,
                                           const Scored& decision) {
    std::vector<Repaired> fallen = not_repairable_any_more(rules, draft.career(), decision.document);
    if (fallen.empty()) return fallen;
    for (const Repaired& each : fallen)
        ZIGE_CHECK(draft.add(RepairWithdrawn{each}, {{"because_of", decision.document},
                                                     {"article", rules.single_12_repairable.cite.text}}));
    std::vector<std::string> shortened;
    for (const KnownSanction& each : draft.career().sanctions()) {
        const Scored* own = draft.career().decision(each.document);
        const bool same_year = own != nullptr && year_of(own->decided_on) == year_of(decision.decided_on);
        if (each.shortened && same_year && each.document != decision.document && own->effect.served.status)
            shortened.push_back(each.document);
    }
    for (const std::string& document : shortened) ZIGE_CHECK(lengthen(context, draft, document));
    return fallen;
}

namespace {

/// No status is the lightest, then a suspension by its months, then a termination by its years.
std::pair<int, unsigned> gravity(const Effect& effect) {
    const Reading& served = effect.served;
    if (!served.status) return {0, 0};
    return *served.status == Standing::terminated ? std::pair(2, served.ban_years) : std::pair(1, served.months);
}

/// Both lead to the same, or both leave the same open.
bool no_other(const Result<Judged>& a, const Result<Judged>& b) {
    if (!a.ok() || !b.ok()) return !a.ok() && !b.ok() && a.error().detail == b.error().detail;
    return gravity(a->effect) == gravity(b->effect);
}

/// Whether the change made the decision lead to something else than what stands there.
bool is_made_by(const ChangedFrom& changed, const Effect& stands, const Result<Judged>& before,
                const Result<Judged>& now) {
    if (before.ok() && before->effect == stands) return !now.ok() || now->effect != stands;
    if (no_other(before, now)) return false;
    if (!now.ok()) return !changed.relief || stands.served.status;
    const bool lighter = changed.relief || (before.ok() && gravity(now->effect) < gravity(before->effect));
    return !lighter || gravity(now->effect) < gravity(stands);
}

}  // namespace

Result<std::vector<Scored>> correct_later(const EffectContext& context, CareerDraft& draft, const ChangedFrom& changed,
                                          const Entered& entered) {
    std::vector<Scored> later;
    for (const KnownDecision& known : draft.career().decisions())
        if (!known.withdrawn && known.decision.document != changed.document &&
            known.decision.decided_on >= changed.day)
            later.push_back(known.decision);
    std::stable_sort(later.begin(), later.end(),
                     [](const Scored& a, const Scored& b) { return a.decided_on < b.decided_on; });
    std::vector<Scored> corrected;
    for (Scored& each : later) {
        ZIGE_TRY(rules, context.rules.of(each));
        const auto judged = judge_again(*rules, draft.career(), each, entered);
        if (!is_made_by(changed, each.effect, judge_again(*rules, draft.opened(), each, entered), judged)) continue;
        if (!judged.ok())
            return fail(judged.error().id, judged.error().field, each.document + ": " + judged.error().detail);
        each.effect = judged->effect;
        ZIGE_CHECK(draft.add(Corrected{each.document, each.points, each.effect}, {{"because_of", changed.because_of}}));
        ZIGE_CHECK(adjust_sanction(context, draft, *rules, each, {}));  // XY 43: served on its own
        corrected.push_back(each);
    }
    return corrected;
}

}  // namespace zige::hub

#include "hub/core/linked_sanctions.h"

#include <algorithm>

#include "hub/core/case_hold.h"
#include "hub/core/institution_data.h"
#include "hub/core/sanctions.h"
#include "hub/core/scoring_plan.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};

Result<void> check(const CauseOrder& order) {
    if (order.cause == SanctionCause::order || order.cause == SanctionCause::points)
        return fail(ErrorId::case_bad_field, "cause", to_string(order.cause));
    if (order.document.empty() || order.document.size() > kMaxText)
        return fail(ErrorId::case_missing_field, "document", "1 to 300 bytes");
    if (order.who.empty()) return fail(ErrorId::case_missing_field, "who", "at least one");
    if (!by_stop(order.cause) && !order.from) return fail(ErrorId::case_missing_field, "from");
    return {};
}

StandingInterval interval_of_order(const CauseOrder& order) {
    StandingInterval interval;
    interval.status = order.cause == SanctionCause::practice_suspended ? Standing::suspended : Standing::terminated;
    interval.from = *order.from;
    interval.nominal_end = order.nominal_end;
    interval.document = order.document;
    return interval;
}

Result<void> check_interval(const StandingInterval& interval, std::optional<Day> barred_until, Day today) {
    if (const auto why = why_implausible(interval.from, today))
        return fail(ErrorId::points_bad_day, "from", format(interval.from) + " " + *why);
    if (interval.nominal_end && *interval.nominal_end <= interval.from)
        return fail(ErrorId::sanction_bad_interval, "nominal_end", format(*interval.nominal_end));
    if (barred_until && *barred_until <= interval.from)
        return fail(ErrorId::sanction_bad_interval, "barred_until", format(*barred_until));
    return {};
}

/// XY 39: the responsible are the institution's own people.
Result<void> check_registered(const CareerDraft& draft, const std::string& institution) {
    const auto& known = draft.institutions();
    if (institution.empty() || std::ranges::find(known, institution) != known.end()) return {};
    std::string elsewhere;
    for (const std::string& each : known) elsewhere += (elsewhere.empty() ? "" : " ") + each;
    return fail(ErrorId::points_not_registered_there, "institution",
                "#" + std::to_string(draft.person().value) + " " + draft.name() + " is registered at " +
                    (elsewhere.empty() ? "-" : elsewhere) + ", never at " + institution);
}

/// JN 三(三): no new agreement within a year after a failed test.
std::optional<Day> bar_of(const CauseOrder& order, Day from) {
    constexpr unsigned kMonthsOfAYear = 12;
    if (order.barred_until || order.cause != SanctionCause::assessment_failed) return order.barred_until;
    return end_after_months(from, kMonthsOfAYear);
}

LinkedResult::Person told(const CareerDraft& draft, const StandingInterval& interval) {
    return {draft.person(), draft.name(), interval, draft.institutions()};
}

/// JN 五(二): after the years of an ended agreement a new one may be made, without an evaluation.
Result<void> end_with_the_bar(Tx& tx, const RuleShelf& shelf, const CauseOrder& order, StandingInterval& interval) {
    if (order.cause != SanctionCause::assessment_failed) return {};
    ZIGE_TRY(adopted, shelf.on(tx, interval.from));
    ZIGE_CHECK(check_cause(adopted.rules, order.cause, interval.status));
    const std::optional<Day> bar = bar_of(order, interval.from);
    if (adopted.rules.restores_by_itself.value && bar) interval.nominal_end = interval.end = bar;
    return {};
}

Result<Planned<LinkedResult>> plan_start(Tx& tx, const HubLog& log, const RuleShelf& shelf, const CauseOrder& order,
                                         Day today) {
    StandingInterval interval = by_stop(order.cause) ? StandingInterval{} : interval_of_order(order);
    if (by_stop(order.cause)) {
        ZIGE_TRY(stopped, stop_for(tx, order.institution, order.cause, order.document));
        interval = std::move(stopped);
    }
    ZIGE_CHECK(check_interval(interval, order.barred_until, today));
    ZIGE_CHECK(end_with_the_bar(tx, shelf, order, interval));
    Planned<LinkedResult> planned;
    for (const std::string& who : order.who) {
        ZIGE_TRY(draft, CareerDraft::open(tx, log, who));
        ZIGE_CHECK(check_registered(draft, order.institution));
        ZIGE_CHECK(check_not_held(tx, draft.person(), order.document));
        if (draft.career().interval(order.document) != nullptr)
            return fail(ErrorId::sanction_overlaps, "document", order.document + " runs for " + draft.name());
        ZIGE_CHECK(draft.add(SanctionBegan{interval, order.cause, bar_of(order, interval.from)},
                             {{"institution", order.institution}, {"reason", order.reason}}));
        planned.outcome.people.push_back(told(draft, interval));
        planned.drafts.push_back(std::move(draft));
    }
    return planned;
}

Result<StandingInterval> running_for_cause(const Career& career, const std::string& document, Day end) {
    const StandingInterval* interval = career.interval(document);
    const KnownSanction* known = career.sanction(document);
    if (interval == nullptr || known->cause == SanctionCause::points)
        return fail(ErrorId::sanction_not_found, "document", document);
    if (interval->end && *interval->end <= end)
        return fail(ErrorId::sanction_not_found, "document", "has ended on " + format(*interval->end));
    if (end < interval->from)
        return fail(ErrorId::sanction_bad_interval, "end", format(end) + " lies before " + format(interval->from));
    return *interval;
}

/// JN 三（三）: years without an agreement end with no cause; on its first day: it never was.
Result<void> check_years(const Career& career, const StandingInterval& interval, Day end) {
    const KnownSanction* known = career.sanction(interval.document);
    if (end <= interval.from || known == nullptr || !known->barred_until || *known->barred_until <= end) return {};
    return fail(ErrorId::points_barred, "end",
                interval.document + " bars registration until " + format(*known->barred_until));
}

}  // namespace

Result<void> check_cause(const Rules& rules, SanctionCause cause, Standing status) {
    const bool suspends = cause == SanctionCause::agreement || cause == SanctionCause::department ||
                          cause == SanctionCause::practice_suspended;
    const bool terminates = cause == SanctionCause::agreement || cause == SanctionCause::licence_lost ||
                            cause == SanctionCause::assessment_failed;
    const CauseRule* rule = rules.cause(cause);
    const std::string& article = rule == nullptr ? rules.document : rule->cite.text;
    if (status == Standing::suspended ? !suspends : !terminates)
        return fail(ErrorId::points_no_such_cause, "cause",
                    std::string(to_string(cause)) + " leads to " +
                        to_string(suspends ? Standing::suspended : Standing::terminated) + "; " + article);
    if (cause == SanctionCause::assessment_failed && rule == nullptr)
        return fail(ErrorId::points_no_such_cause, "cause", rules.document + " has no article for " + to_string(cause));
    return {};
}

Result<StandingInterval> stop_for(Tx& tx, const std::string& institution, SanctionCause cause,
                                  const std::string& document, std::optional<Standing> status) {
    ZIGE_TRY(stopped, load_institution(tx, institution));
    const bool department = cause == SanctionCause::department;
    for (const Stop& stop : stopped.stops) {
        if ((!document.empty() && stop.document != document) || (stop.end && *stop.end <= stop.from)) continue;
        if (department != (stop.kind == StopKind::department_suspended)) continue;
        StandingInterval interval;
        // XY 39 knows 中止 and 暂停 (suspended) and 解除 (terminated).
        const bool ended = stop.kind == StopKind::agreement_terminated || stop.kind == StopKind::agreement_not_renewed;
        interval.status = ended ? Standing::terminated : Standing::suspended;
        interval.from = stop.from;
        interval.nominal_end = stop.end;
        interval.article = stop.article;
        interval.document = stop.document;
        if (!status || *status == interval.status) return interval;
    }
    if (document.empty())
        return fail(ErrorId::sanction_not_found, "cause",
                    "no agreement or department of " + institution + " is stopped like that");
    return fail(ErrorId::sanction_not_found, "document", document + " stops nothing at " + institution);
}

Result<LinkedResult> LinkedSanctions::start(const std::string& actor, const CauseOrder& order, Run run) {
    ZIGE_CHECK(check(order));
    const HubLog log(env_.hasher);
    return carry_out<LinkedResult>(env_, publisher_, actor, run,
                                   [&](Tx& tx, Day today) { return plan_start(tx, log, shelf_, order, today); });
}

Result<LinkedResult> LinkedSanctions::end(const std::string& actor, const std::vector<std::string>& who,
                                          const std::string& document, Day end, const std::string& reason, Run run) {
    const HubLog log(env_.hasher);
    const auto plan = [&](Tx& tx, Day today) -> Result<Planned<LinkedResult>> {
        if (end > today + kOneDay) return fail(ErrorId::points_bad_day, "end", format(end) + " is ahead");
        Planned<LinkedResult> planned;
        for (const std::string& each : who) {
            ZIGE_TRY(draft, CareerDraft::open(tx, log, each));
            ZIGE_CHECK(check_not_held(tx, draft.person(), document));
            ZIGE_TRY(interval, running_for_cause(draft.career(), document, end));
            ZIGE_CHECK(check_years(draft.career(), interval, end));
            ZIGE_CHECK(draft.add(SanctionOver{document, end, SanctionEnd::cause_ended}, {{"reason", reason}}));
            interval.end = end;
            planned.outcome.people.push_back(told(draft, interval));
            planned.drafts.push_back(std::move(draft));
        }
        return planned;
    };
    return carry_out<LinkedResult>(env_, publisher_, actor, run, plan);
}

}  // namespace zige::hub

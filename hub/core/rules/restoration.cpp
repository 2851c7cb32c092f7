#include "hub/core/rules/restoration.h"

#include <algorithm>

#include "hub/core/rules/deadlines.h"

namespace zige::hub {
namespace {

Result<void> check_days(const StandingInterval& interval, const RestorationAsked& asked) {
    if (asked.evaluated_on < asked.applied_on)
        return fail(ErrorId::points_bad_day, "evaluated_on",
                    format(asked.evaluated_on) + " lies before the application of " + format(asked.applied_on));
    if (asked.applied_on < interval.from)
        return fail(ErrorId::points_bad_day, "applied_on",
                    format(asked.applied_on) + " lies before " + format(interval.from) + ", when the sanction begins");
    return {};
}

/// XY 40(七)(八): the years without registration are not to be evaluated away years ahead.
Result<void> check_bar(const Rules& rules, const Career& career, const KnownSanction* sanction,
                       const RestorationAsked& asked) {
    if (sanction == nullptr || !sanction->barred_until) return {};
    const Day until = *sanction->barred_until;
    if (until <= asked.evaluated_on + kLongestBeforeBar) return {};
    std::string articles = rules.document;
    if (const Scored* decision = career.decision(asked.document)) articles += " " + decision->effect.served.article;
    if (const DeadlineRule* apply = rules.deadline(DueKind::apply_restoration)) articles += " " + apply->cite.text;
    return fail(ErrorId::points_barred, "evaluated_on",
                asked.document + " bars registration until " + format(until) + "; apply towards its end, " + articles);
}

/// In time, if the text says when.
bool in_time(const ApplicationWindow& window, const StandingInterval& interval, Day applied_on) {
    return window.earliest ? applied_on < *interval.nominal_end : applied_on <= window.limit.day;
}

}  // namespace

std::optional<ApplicationWindow> application_window(const Rules& rules, const StandingInterval& interval,
                                                    const Calendar& calendar) {
    if (!interval.nominal_end) return std::nullopt;
    const auto limit = due_date(rules, DueKind::apply_restoration, *interval.nominal_end, calendar);
    if (!limit) return std::nullopt;
    return ApplicationWindow{*limit, rules.apply_earliest.value};
}

Result<RestorationPlan> plan_restoration(const Rules& rules, const Career& career, const Calendar& calendar,
                                         const RestorationAsked& asked) {
    const StandingInterval* interval = career.interval(asked.document);
    if (interval == nullptr) return fail(ErrorId::points_not_suspended, "document", asked.document);
    if (interval->end)
        return fail(ErrorId::points_not_suspended, "document", asked.document + " ends on " + format(*interval->end));
    ZIGE_CHECK(check_days(*interval, asked));
    const KnownSanction* sanction = career.sanction(asked.document);
    ZIGE_CHECK(check_bar(rules, career, sanction, asked));
    RestorationPlan plan;
    plan.over = {asked.document, asked.evaluated_on, SanctionEnd::restored};
    plan.register_again = interval->status == Standing::terminated;
    plan.window = application_window(rules, *interval, calendar);
    if (plan.window && plan.window->earliest && asked.applied_on < plan.window->limit.day)
        return fail(ErrorId::case_too_early, "applied_on",
                    "not before " + format(plan.window->limit.day) + ", " + rules.apply_earliest.cite.text);
    if (interval->nominal_end) {
        plan.late = plan.window && !in_time(*plan.window, *interval, asked.applied_on);
        const Day evaluated = plan.late ? asked.evaluated_on : *interval->nominal_end;
        plan.over.end = std::max(evaluated, *interval->nominal_end);
    }
    if (sanction != nullptr && sanction->barred_until) plan.over.end = std::max(plan.over.end, *sanction->barred_until);
    return plan;
}

}  // namespace zige::hub

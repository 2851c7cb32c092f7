#include "hub/core/casework/limits.h"

#include <algorithm>

#include "hub/core/rules/deadlines.h"

namespace zige::hub {
namespace {

using K = CaseKind;
using P = CaseStep;
using S = CaseState;

constexpr SetOf<K> kDecisions{K::scoring, K::status};

constexpr LimitRule kLimits[] = {
    {DueKind::issue_notice,
     kDecisions,
     P::facts,
     {S::established, S::heard, S::proposed, S::noticed, S::stated, S::answered, S::reviewed, S::discussed, S::decided},
     StepBy::bureau,
     false},
    {DueKind::statement, kDecisions, P::notice, {S::noticed}, StepBy::institution, true},
    {DueKind::serve_notice, kDecisions, P::issue, {S::issued}, StepBy::bureau, false},
    {DueKind::institution_update,
     kDecisions,
     P::serve,
     {S::served, S::appealed_late, S::appealed, S::explained, S::with_department, S::in_appraisal},
     StepBy::institution,
     false},
    {DueKind::institution_update,
     {K::scoring, K::status, K::repair, K::restoration},
     P::inform,
     {S::informed},
     StepBy::institution,
     false},
    {DueKind::appeal, kDecisions, P::serve, {S::served, S::updated}, StepBy::institution, true},
    {DueKind::handle_appeal,
     kDecisions,
     P::appeal,
     {S::appealed_late, S::appealed, S::explained, S::with_department, S::in_appraisal, S::upheld, S::corrected,
      S::withdrawn},
     StepBy::bureau,
     false},
    {DueKind::evaluate_restoration,
     {K::restoration},
     std::nullopt,
     {S::opened, S::consented, S::evaluated, S::refused, S::decided},
     StepBy::bureau,
     false},
    {DueKind::review_repair,
     {K::repair},
     std::nullopt,
     {S::opened, S::consented, S::evaluated, S::refused, S::decided},
     StepBy::bureau,
     false},
};

/// Where the limit begins: XY 42 counts from the handling that was made here, or from the penalty's arrival.
Day start_of_limit(const StepTaken& step) {
    if (step.step != CaseStep::facts) return step.on;
    for (const char* name : {"received_on", "handled_on"})
        if (const auto day = step.entries.maybe_day(name); day.ok() && *day) return **day;
    return step.on;
}

/// Appraisals that are not counted, where the rules say so (N34 44).
std::vector<ClockStop> appraisals(const Track& track, Day start, const Rules& rules) {
    std::vector<ClockStop> stops;
    if (!rules.appraisal_stops_clock.value) return stops;
    for (const StepTaken& step : track.steps) {
        if (step.step == CaseStep::appraise && step.on >= start) stops.push_back({step.on, std::nullopt});
        if (step.step == CaseStep::appraised && !stops.empty()) stops.back().end = step.on;
    }
    return stops;
}

const StepTaken* starting_step(const Track& track, const LimitRule& rule) {
    return rule.started_by ? track.last(*rule.started_by) : nullptr;
}

/// A date that was shown counts if it was provisional and lay later.
DueDate with_shown(DueDate now, const StepTaken* step, DueKind kind) {
    if (step == nullptr) return now;
    for (const auto& [shown_kind, shown] : step->shown) {
        if (shown_kind != kind) continue;
        if (!shown.provisional) return shown;
        return shown.day > now.day ? shown : now;
    }
    return now;
}

std::optional<DueDate> due_of(const Track& track, const LimitRule& rule, const Setting& setting) {
    const StepTaken* step = starting_step(track, rule);
    if (rule.started_by && step == nullptr) return std::nullopt;
    const Day start = step == nullptr ? track.opened_on : start_of_limit(*step);
    std::vector<ClockStop> stops;
    if (rule.due == DueKind::handle_appeal) stops = appraisals(track, start, setting.rules);
    const auto due = due_date(setting.rules, rule.due, start, setting.calendar, stops);
    if (!stops.empty()) return due;  // what was shown before lies too early
    return due ? std::optional(with_shown(*due, step, rule.due)) : std::nullopt;
}

bool runs(const Track& track, const LimitRule& rule) {
    if (!rule.kinds.has(track.kind) || !rule.runs_in.has(track.state)) return false;
    if (rule.started_by && track.last(*rule.started_by) == nullptr) return false;
    if (rule.due == DueKind::institution_update) return track.update_owed();
    // The institution appealed once; it has no second right.
    return rule.due != DueKind::appeal || track.last(CaseStep::appeal) == nullptr;
}

}  // namespace

std::span<const LimitRule> limit_rules() { return kLimits; }

std::vector<CaseDue> limits_of(const Track& track, const Setting& setting) {
    std::vector<CaseDue> all;
    for (const LimitRule& rule : kLimits) {
        if (!runs(track, rule)) continue;
        CaseDue due{rule.due, due_of(track, rule, setting), false, rule.by, rule.is_right, {}};
        const DeadlineRule* text = setting.rules.deadline(rule.due);
        if (text != nullptr) due.article = text->cite.text;
        due.stopped = text != nullptr && !due.due && track.state == CaseState::in_appraisal;
        // A right that was not used is gone; it is nobody's task.
        if (due.is_right && (!due.due || due.due->day < setting.today)) continue;
        all.push_back(std::move(due));
    }
    return all;
}

std::optional<DueDate> limit_started(const Track& track, DueKind kind, const Setting& setting) {
    for (const LimitRule& rule : kLimits)
        if (rule.due == kind && rule.kinds.has(track.kind)) return due_of(track, rule, setting);
    return std::nullopt;
}

std::vector<std::pair<DueKind, DueDate>> limits_to_show(const Track& track, const StepTaken& step,
                                                        const Setting& setting) {
    std::vector<std::pair<DueKind, DueDate>> shown;
    for (const LimitRule& rule : kLimits) {
        if (!rule.kinds.has(track.kind) || rule.started_by != step.step) continue;
        if (const auto due = due_date(setting.rules, rule.due, start_of_limit(step), setting.calendar))
            shown.emplace_back(rule.due, *due);
    }
    return shown;
}

}  // namespace zige::hub

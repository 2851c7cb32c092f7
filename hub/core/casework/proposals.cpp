#include "hub/core/casework/proposals.h"

#include "hub/core/linked_sanctions.h"
#include "hub/core/prior_notice.h"
#include "hub/core/rules/judging.h"

namespace zige::hub {
namespace {

constexpr std::pair<std::string_view, Weight> kWeights[] = {{"plain", Weight::plain},
                                                            {"lighter", Weight::lighter},
                                                            {"heavier", Weight::heavier},
                                                            {"mitigated", Weight::mitigated},
                                                            {"aggravated", Weight::aggravated}};

std::optional<Weight> weight_of(std::string_view name) {
    for (const auto& [known, weight] : kWeights)
        if (known == name) return weight;
    return std::nullopt;
}

/// How the points lie to what level and degree give; nothing: they are not of them.
std::optional<Weight> weight_for(const Rules& rules, const std::string& level, ResponsibilityDegree degree,
                                 unsigned points) {
    for (const auto& [name, weight] : kWeights)
        if (score(rules, level, degree, weight, points).ok()) return weight;
    return std::nullopt;
}

Error of_another_level(const Rules& rules, const std::string& level, unsigned points) {
    const PointLevel* known = rules.level(level);
    return fail(ErrorId::points_out_of_range, "points",
                std::to_string(points) + " is none of level " + level +
                    " for this degree, nor of the next; enter --level and --degree; " +
                    (known == nullptr ? rules.document : known->cite.text));
}

/// XY 28: more than he was told of is told before it is decided; an appeal leads to no more (ours).
Result<void> check_not_graver(const Rules& rules, unsigned before, unsigned after) {
    if (!rules.prior_notice.value || after <= before) return {};
    return fail(ErrorId::points_decide_anew, "points",
                "from " + std::to_string(before) + " to " + std::to_string(after) + "; " + rules.prior_notice.cite.text);
}

/// XY 28: so many points are reviewed before they are decided, and those of before were not.
Result<void> check_reviewed(const std::optional<Sourced<unsigned>>& from, unsigned before, unsigned after) {
    if (!from || before >= from->value || after < from->value) return {};
    return fail(ErrorId::points_decide_anew, "points",
                "from " + std::to_string(before) + " to " + std::to_string(after) + "; " + from->cite.text);
}

Result<Reading> told_in(const Fields& outcome) {
    Reading told;
    told.status = from_name<Standing>(outcome.text("told_status"));
    ZIGE_TRY(months, maybe_number(outcome, "told_months"));
    ZIGE_TRY(years, maybe_number(outcome, "told_years"));
    told.months = months.value_or(0);
    told.ban_years = years.value_or(0);
    return told;
}

bool needs_a_stop(SanctionCause cause) {
    return cause == SanctionCause::agreement || cause == SanctionCause::department;
}

}  // namespace

Result<std::optional<unsigned>> maybe_number(const Fields& entries, std::string_view name) {
    if (!entries.find(name)) return std::optional<unsigned>();
    ZIGE_TRY(number, entries.number(name));
    return std::optional(static_cast<unsigned>(number));
}

ResponsibilityDegree degree_of(const Fields& entries) {
    return from_name<ResponsibilityDegree>(entries.text("degree")).value_or(ResponsibilityDegree::general);
}

Result<Violation> violation_of(const Fields& proposal) {
    ZIGE_TRY(points, maybe_number(proposal, "points"));
    return Violation{std::string(proposal.text("level")), weight_of(proposal.text("weight")).value_or(Weight::plain),
                     points};
}

Result<CorrectedPoints> correction_of(const Rules& rules, const Scored& decision, const Fields& entries) {
    CorrectedPoints corrected;
    corrected.degree = entries.find("degree") ? degree_of(entries) : decision.degree;
    ZIGE_TRY(violation, violation_of(entries));
    if (violation.level.empty()) violation.level = decision.level;
    const unsigned points = violation.points.value_or(0);
    if (!entries.find("weight")) {
        const auto weight = weight_for(rules, violation.level, corrected.degree, points);
        if (!weight) return of_another_level(rules, violation.level, points);
        violation.weight = *weight;
    }
    ZIGE_CHECK(score(rules, violation.level, corrected.degree, violation.weight, violation.points));
    ZIGE_CHECK(check_reviewed(rules.discussion_from, decision.points, points));
    ZIGE_CHECK(check_reviewed(rules.legal_review_from, decision.points, points));
    ZIGE_CHECK(check_not_graver(rules, decision.points, points));
    corrected.violation = std::move(violation);
    return corrected;
}

Fields to_be_told(const Rules& rules, const Career& career, Day handled_on, int conduct_year, unsigned points) {
    const int year = static_cast<int>(std::chrono::year_month_day{handled_on}.year());
    const Cumulative before = career.cumulative(rules, handled_on, conduct_year);
    const Reading told = judge_at_most(rules, career, year, points, before).effect.served;
    Fields fields;
    fields.add("told_status", told.status ? to_string(*told.status) : "none");
    if (told.months != 0) fields.add("told_months", static_cast<std::int64_t>(told.months));
    if (told.ban_years != 0) fields.add("told_years", static_cast<std::int64_t>(told.ban_years));
    return fields.add("told_points", static_cast<std::int64_t>(before.counted + points));
}

Result<void> check_as_told(const Rules& rules, const Track& track, const Reading& decided) {
    const StepTaken* notice = track.last(CaseStep::notice);
    if (notice == nullptr || !notice->outcome.find("told_status") ||
        !track.taken_since(CaseStep::notice, CaseStep::propose))
        return {};
    ZIGE_TRY(told, told_in(notice->outcome));
    if (!is_graver(decided, told)) return {};
    return fail(ErrorId::points_graver_than_told, "notice",
                "told on " + format(notice->on) + ": " + words(told) + "; now " + words(decided) + "; " +
                    rules.prior_notice.cite.text);
}

Result<void> check_status(Tx& tx, const Rules& rules, const CaseFile& file, const Fields& proposal, Day on) {
    const auto cause = from_name<SanctionCause>(proposal.text("cause"));
    const auto status = from_name<Standing>(proposal.text("status"));
    if (!cause || !status) return fail(ErrorId::case_missing_field, cause ? "status" : "cause");
    ZIGE_CHECK(check_cause(rules, *cause, *status));
    if (needs_a_stop(*cause)) ZIGE_CHECK(stop_for(tx, file.institution, *cause, {}, status));
    ZIGE_TRY(until, proposal.maybe_day("until"));
    if (until && *until <= on)
        return fail(ErrorId::points_bad_day, "until", format(*until) + " is over before anything is served");
    return {};
}

}  // namespace zige::hub

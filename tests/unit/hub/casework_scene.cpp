#include "tests/unit/hub/casework_scene.h"

#include <algorithm>

namespace zige::hub::testing {

Rules casework_rules() {
    Rules rules = xinyang_rules();
    const Rules procedure = procedure_rules();
    rules.prior_notice = procedure.prior_notice;
    rules.legal_review_from = procedure.legal_review_from;
    rules.discussion_from = procedure.discussion_from;
    rules.appeal_needs_seal = procedure.appeal_needs_seal;
    rules.appraisal_stops_clock = procedure.appraisal_stops_clock;
    rules.deadlines = procedure.deadlines;
    const auto report = [](DueKind kind) {
        return DeadlineRule{kind, 0, DayUnit::working_days, true, {ValueSource::article, "第三十七条"}};
    };
    rules.deadlines.push_back(report(DueKind::monthly_report));
    rules.deadlines.push_back(report(DueKind::quarterly_report));
    rules.deadlines.push_back(
        {DueKind::apply_restoration, 10, DayUnit::working_days, true, {ValueSource::article, "第三十四条"}});
    return rules;
}

CaseworkScene::CaseworkScene(Rules rules) : ScoringScene({std::move(rules)}) {}

void CaseworkScene::on(std::string_view day_text) {
    clock.advance(at(std::string(day_text) + " 09:00:00") - clock.wall());
}

std::uint64_t CaseworkScene::open(CaseKind kind, const std::vector<std::string>& people, const std::string& document) {
    CaseOrder order;
    order.kind = kind;
    order.institution = kHospital;
    order.people = people;
    order.text = "现场检查";
    order.document = document;
    number = must(cases().open("张拟稿", order)).file.number;
    return number;
}

Result<StepResult> CaseworkScene::attempt(CaseStep step, std::vector<std::string> entries, const std::string& actor,
                                          const std::vector<std::string>& people) {
    const CaseFile file = must(cases().show(number)).file;
    StepTaken taken;
    taken.entries = entries_for(step, file.kind, Opinion::agree);
    if (step == CaseStep::facts) entries.insert(entries.begin(), "handled_on=2026-06-01");
    for (const std::string& each : entries)
        taken = with(taken, each.substr(0, each.find('=')), each.substr(each.find('=') + 1));
    return cases().step(actor, {number, step, people, std::nullopt, taken.entries});
}

StepResult CaseworkScene::take(CaseStep step, std::vector<std::string> entries, const std::string& actor,
                               const std::vector<std::string>& people) {
    return must(attempt(step, std::move(entries), actor, people));
}

std::vector<std::string> proposal_of(unsigned points) {
    const auto [violation, degree] = violation_of(points);
    return {"level=" + violation.level, std::string("degree=") + to_string(degree), "points=" + std::to_string(points)};
}

void CaseworkScene::to_proposed(std::vector<std::string> proposal, CaseKind kind, std::vector<std::string> facts) {
    open(kind);
    take(CaseStep::facts, std::move(facts));
    take(CaseStep::hear);
    take(CaseStep::propose, std::move(proposal), "张拟稿");
}

void CaseworkScene::to_answered(std::vector<std::string> proposal, CaseKind kind) {
    to_proposed(std::move(proposal), kind);
    take(CaseStep::notice);
    take(CaseStep::waive);
}

void CaseworkScene::decide(unsigned points) {
    to_proposed(proposal_of(points));
    take(CaseStep::notice);
    on("2026-06-02");
    take(CaseStep::waive);
    if (points >= 10) take(CaseStep::review);
    if (points >= 12) take(CaseStep::discuss, {}, "王主任");
    on("2026-06-03");
    take(CaseStep::decide, {"document=" + kNotice});
    take(CaseStep::issue);
    on("2026-06-04");
    take(CaseStep::serve);
}

void CaseworkScene::stop(std::string_view from, const std::string& document) {
    Stop stop;
    stop.kind = StopKind::agreement_suspended;
    stop.document = document;
    stop.from = day(from);
    must(hub().registry().stop(kOperator, kHospital, stop));
}

CaseState CaseworkScene::state(const std::string& who) {
    CaseFile file = must(cases().show(number)).file;
    return file.find(must(hub().registry().find_exactly(who)))->track.state;
}

Fields CaseworkScene::outcome(CaseStep step, const std::string& who) {
    CaseFile file = must(cases().show(number)).file;
    return file.find(must(hub().registry().find_exactly(who)))->track.last(step)->outcome;
}

}  // namespace zige::hub::testing

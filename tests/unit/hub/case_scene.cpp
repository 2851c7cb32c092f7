#include "tests/unit/hub/case_scene.h"

namespace zige::hub::testing {
namespace {

constexpr std::string_view kDay = "2026-03-02";

Cite cite(std::string text) { return {ValueSource::article, std::move(text)}; }

DeadlineRule limit(DueKind kind, unsigned days, const char* article, DayUnit unit = DayUnit::working_days) {
    return {kind, days, unit, false, cite(article)};
}

std::string value_of(const StepEntry& entry) {
    switch (entry.kind) {
        case EntryKind::text: return std::string("填写") + entry.name;
        case EntryKind::day: return std::string(kDay);
        case EntryKind::number: return std::string_view(entry.name) == "conduct_year" ? "2026" : "9";
        case EntryKind::yes: return "yes";
        case EntryKind::choice:
            return std::string(std::string_view(entry.choices).substr(0, std::string_view(entry.choices).find('|')));
    }
    return {};
}

}  // namespace

Rules procedure_rules() {
    Rules rules;
    rules.id = "henan-xinyang";
    rules.version = 1;
    rules.prior_notice = {true, cite("第二十八条")};
    rules.legal_review_from = {10, cite("第二十八条第二款")};
    rules.discussion_from = {12, cite("第二十八条第二款")};
    rules.appeal_needs_seal = {false, cite("第二十八条")};
    rules.appraisal_stops_clock = {false, cite("第三十一条")};
    rules.deadlines = {limit(DueKind::statement, 5, "第二十八条", DayUnit::calendar_days),
                       limit(DueKind::issue_notice, 5, "第四十二条"),
                       limit(DueKind::serve_notice, 3, "第四十三条"),
                       limit(DueKind::appeal, 10, "第二十八条"),
                       limit(DueKind::handle_appeal, 10, "第三十一条"),
                       limit(DueKind::evaluate_restoration, 10, "第三十四条")};
    return rules;
}

Rules national_procedure_rules() {
    Rules rules = procedure_rules();
    rules.id = "national";
    rules.prior_notice = {false, cite("经办规程未作规定")};
    rules.legal_review_from.reset();
    rules.discussion_from.reset();
    rules.appeal_needs_seal = {true, cite("第四十一条")};
    rules.appraisal_stops_clock = {true, cite("第四十四条")};
    for (DeadlineRule& each : rules.deadlines)
        if (each.kind == DueKind::handle_appeal) each = limit(DueKind::handle_appeal, 20, "第四十四条");
    return rules;
}

Fields entries_for(CaseStep step, CaseKind kind, Opinion opinion) {
    Fields fields;
    for (const StepEntry* entry : entries_of(step, kind)) {
        if (std::string_view(entry->name) == "verdict") fields.add("verdict", to_string(opinion));
        else if (entry->required || std::string_view(entry->name) == "sealed" ||
                 std::string_view(entry->name) == "signed")
            fields.add(entry->name, value_of(*entry));
    }
    return fields;
}

StepTaken step_of(CaseStep step, CaseKind kind, std::string_view on, const std::string& actor, Opinion opinion) {
    StepTaken taken;
    taken.step = step;
    taken.actor = actor;
    taken.on = day(on);
    taken.entries = entries_for(step, kind, opinion);
    return taken;
}

StepTaken with(StepTaken step, std::string_view name, std::string_view value) {
    Fields fields;
    for (const auto& [key, old] : step.entries.all())
        if (key != name) fields.add(key, old);
    if (!value.empty()) fields.add(name, value);
    step.entries = std::move(fields);
    return step;
}

TrackScene::TrackScene(CaseKind kind, Rules its_rules) : rules(std::move(its_rules)) {
    track.kind = kind;
    track.opened_on = day(kDay);
}

Result<const StepRule*> TrackScene::check(const StepTaken& step, std::string_view today) const {
    return check_step(track, step, {rules, Calendar::official(), day(today)});
}

TrackScene& TrackScene::take(StepTaken step) {
    const Setting setting{rules, Calendar::official(), day("2026-12-31")};
    const StepRule* rule = must(check_step(track, step, setting));
    step.shown = limits_to_show(track, step, setting);
    apply_step(track, *rule, std::move(step));
    return *this;
}

TrackScene& TrackScene::take(CaseStep step, std::string_view on, const std::string& actor, Opinion opinion) {
    return take(step_of(step, track.kind, on, actor, opinion));
}

TrackScene& TrackScene::to_noticed(unsigned points) {
    take(CaseStep::facts, "2026-03-02").take(CaseStep::hear, "2026-03-03");
    take(with(step_of(CaseStep::propose, track.kind, "2026-03-04", "张拟稿"), "points", std::to_string(points)));
    return take(CaseStep::notice, "2026-03-06");
}

TrackScene& TrackScene::to_served() {
    to_noticed(9).take(CaseStep::waive, "2026-03-09");
    StepTaken decision = step_of(CaseStep::decide, track.kind, "2026-03-16");
    decision.outcome.add("effect", "suspended");
    return take(std::move(decision)).take(CaseStep::issue, "2026-03-17").take(CaseStep::serve, "2026-03-18");
}

ErrorId TrackScene::refused(const StepTaken& step, std::string_view today) const {
    const auto answer = check(step, today);
    if (answer.ok()) throw std::runtime_error("the step was not refused");
    return answer.error().id;
}

}  // namespace zige::hub::testing

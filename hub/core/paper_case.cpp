#include "hub/core/paper_case.h"

#include <algorithm>

#include "hub/core/casework/entries.h"
#include "hub/core/casework/limits.h"
#include "hub/core/paper_facts.h"
#include "hub/core/rules/judging.h"
#include "hub/core/rules/points.h"
#include "hub/core/rules/wordings.h"

namespace zige::hub {
namespace {

using K = PaperKind;
using P = CaseStep;

struct PaperOfCase {
    PaperKind kind;
    SetOf<CaseKind> cases;
    std::vector<CaseStep> tells_of;  ///< one of these has happened; empty: nothing has to
};
const std::vector<PaperOfCase>& papers_of_cases() {
    static const std::vector<PaperOfCase> papers = {
        {K::prior_notice, {CaseKind::scoring, CaseKind::status}, {P::propose}},
        {K::scoring_notice, {CaseKind::scoring, CaseKind::status}, {P::decide}},
        {K::appeal_result, {CaseKind::scoring, CaseKind::status}, {P::uphold, P::correct, P::withdraw, P::accept, P::admit}},
        {K::talk_record, {CaseKind::scoring, CaseKind::status}, {}},
        {K::restoration_result, {CaseKind::restoration}, {P::decide, P::evaluate}},
        {K::repair_result, {CaseKind::repair}, {P::decide, P::evaluate}},
        {K::referral_health, {CaseKind::referral}, {}},
        {K::referral_market, {CaseKind::referral}, {}}};
    return papers;
}

constexpr std::string_view kFreeText[] = {"facts",    "reason",  "law",    "intended",   "claims",    "changed",
                                          "route",    "occasion", "content", "answer",    "enclosures", "source",
                                          "measure",  "addressee", "issuer", "phone",     "basis"};

/// What was taken, and says so: that a late appeal is let in decides nothing yet.
const StepTaken* told_by(const Track& track, CaseStep step) {
    const StepTaken* taken = track.last(step);
    const bool let_in = taken != nullptr && step == P::admit && taken->opinion() != Opinion::disagree;
    return let_in ? nullptr : taken;
}

std::string entry(const StepTaken* step, std::string_view name) {
    return step == nullptr ? std::string() : std::string(step->entries.text(name));
}

std::string outcome(const StepTaken* step, std::string_view name) {
    return step == nullptr ? std::string() : std::string(step->outcome.text(name));
}

std::string chinese_day(const std::string& day) {
    const auto parsed = parse_day(day, "day");
    return parsed.ok() ? chinese(*parsed) : std::string();
}

/// What the hub knows of the decision itself stays.
void set(PaperData& data, std::string_view name, std::string value) {
    if (!value.empty() && data.text(name).empty()) data.texts.insert_or_assign(std::string(name), std::move(value));
}

std::string measure_words(const Reading& reading) {
    if (!reading.status) return {};
    if (*reading.status == Standing::suspended)
        return "暂停医保支付资格 " + std::to_string(reading.months) + " 个月";
    return "终止医保支付资格，" + std::to_string(reading.ban_years) + " 年内不得再次登记备案";
}

/// What the proposed points lead to over those of before: once it is decided, of before the decision.
std::string effect_words(const CaseOfPaper& from, const Fields& facts, unsigned points) {
    const auto handled = facts.maybe_day("handled_on");
    const auto year = facts.number("conduct_year");
    if (!handled.ok() || !*handled || !year.ok()) return {};
    const Rules& rules = from.proposed_by;
    const std::string decided = entry(from.person.track.last(P::decide), "document");
    const Cumulative before = from.career.decision(decided) != nullptr
                                  ? from.career.cumulative_before(rules, decided)
                                  : from.career.cumulative(rules, **handled, static_cast<int>(*year));
    const int decided_in = static_cast<int>(std::chrono::year_month_day(**handled).year());
    const auto judged = judge(rules, from.career, decided_in, points, before, {});
    return judged.ok() ? measure_words(judged->effect.served) : std::string();
}

std::string intended_points(const CaseOfPaper& from, const StepTaken& proposal) {
    const StepTaken* facts = from.person.track.last(P::facts);
    const auto degree = from_name<ResponsibilityDegree>(proposal.entries.text("degree"));
    std::string words = points_given(from.proposed_by, entry(&proposal, "points"));
    if (degree && has_degrees(from.proposed_by)) words += "（" + std::string(text(*degree, Lang::zh)) + "）";
    const std::string effect =
        facts == nullptr ? std::string() : effect_words(from, facts->entries, from.person.track.points());
    return words + (effect.empty() ? "" : "，" + effect);
}

std::string intended_status(const StepTaken& proposal) {
    const std::string until = entry(&proposal, "until");
    return (proposal.entries.text("status") == "terminated" ? "终止医保支付资格" : "暂停医保支付资格") +
           (until.empty() ? std::string() : "，至 " + chinese_day(until) + "（含当日）");
}

/// What a text says; a question that is still open to the bureau is nobody else's.
std::string printable(const Cite& cite) { return cite.article().empty() ? std::string() : cite.text; }

/// "参加政策宣传活动（第三十三条第（二）项）"
std::string words_of(const RepairWay& way) {
    const std::string article = way.cite.article();
    return way.text + (article.empty() ? "" : "（" + article + "）");
}

/// The articles that the facts lead to, else that of the proposed level.
std::string law_of(const CaseOfPaper& from, const StepTaken& proposal) {
    const Rules& rules = from.proposed_by;
    const std::string level = entry(&proposal, "level");
    std::string cites;
    const auto facts = facts_from(entry(from.person.track.last(P::facts), "facts"));
    if (facts.ok() && !facts->empty())
        for (const Proposal::Reason& reason : propose(rules, CaseFacts(facts->begin(), facts->end())).reasons)
            if (const std::string cite = printable(reason.cite); reason.level == level && !cite.empty())
                cites += (cites.empty() ? "" : "、") + cite;
    if (const PointLevel* known = rules.level(level); cites.empty() && known != nullptr) cites = printable(known->cite);
    return rules.document.substr(0, std::min(rules.document.find("，"), rules.document.find("；"))) + (cites.empty() ? "" : " " + cites);
}

void add_facts(const Track& track, PaperData& data) {
    const StepTaken* facts = track.last(P::facts);
    set(data, "facts", entry(facts, "text"));
    set(data, "occasion", entry(facts, "text"));
    set(data, "source", entry(facts, "handling"));
}

void add_proposal(const CaseOfPaper& from, PaperData& data) {
    const Track& track = from.person.track;
    const StepTaken* proposal = track.last(P::propose);
    if (proposal == nullptr) return;
    set(data, "reason", entry(proposal, "reason"));
    set(data, "intended",
        track.kind == CaseKind::scoring ? intended_points(from, *proposal) : intended_status(*proposal));
    set(data, "law", law_of(from, *proposal));
}

/// Points that lead to no measure: the article of the points themselves.
void add_points_alone(const CaseOfPaper& from, PaperData& data) {
    const StepTaken* proposal = from.person.track.last(P::propose);
    if (proposal == nullptr || from.person.track.kind != CaseKind::scoring) return;
    set(data, "law", law_of(from, *proposal));
    set(data, "measure", "无其他处理措施");
}

void add_limits(const CaseOfPaper& from, PaperData& data) {
    for (const auto& [name, kind] : {std::pair{"answer_by", DueKind::statement}, {"appeal_by", DueKind::appeal}})
        if (const auto due = limit_started(from.person.track, kind, from.setting))
            set(data, name, chinese(due->day) + (due->provisional ? "（暂定）" : ""));
}

std::string appeal_outcome(const CaseOfPaper& from) {
    const Track& track = from.person.track;
    if (told_by(track, P::admit) != nullptr) return std::string(words(from.setting.rules, "appeal_late"));
    if (track.last(P::withdraw) != nullptr) return "撤销原处理";
    return track.last(P::correct) != nullptr ? "更正原处理" : "维持原处理";
}

void add_appeal(const CaseOfPaper& from, PaperData& data) {
    const Track& track = from.person.track;
    const StepTaken* appeal = track.last(P::appeal);
    if (appeal != nullptr) set(data, "received_on", chinese(appeal->on));
    set(data, "claims", entry(appeal, "text"));
    set(data, "outcome", appeal_outcome(from));
    for (const CaseStep step : {P::withdraw, P::correct, P::uphold, P::admit})
        set(data, "reason", entry(told_by(track, step), "reason"));
    if (track.last(P::accept) != nullptr) set(data, "reason", entry(track.last(P::explain), "text"));
    if (track.last(P::withdraw) != nullptr) set(data, "changed", "原处理撤销，记分和登记备案状态恢复至处理之前");
    const StepTaken* correction = track.last(P::correct);
    if (const std::string points = entry(correction, "points"); !points.empty())
        set(data, "changed", "更正为" + points_given(from.proposed_by, points));
    if (const std::string until = entry(correction, "until"); !until.empty())
        set(data, "changed", "期满之日更正为 " + chinese_day(until));
}

void add_restoration(const CaseOfPaper& from, PaperData& data) {
    const Track& track = from.person.track;
    const StepTaken* overruled = track.last(P::overrule);
    const StepTaken* decided = track.last(P::decide);
    set(data, "applied_on", chinese(from.file.opened_on));
    set(data, "outcome", decided == nullptr ? "未通过" : "通过");
    set(data, "reason", overruled == nullptr ? entry(track.last(P::evaluate), "text") : entry(overruled, "reason"));
    if (decided == nullptr) return;
    set(data, "passed", "是");
    set(data, "effective_on", chinese_day(outcome(decided, "end")));
    if (outcome(decided, "recommit") == "yes") set(data, "after_termination", "是");
    else data.texts.erase("after_termination");
}

void add_repair(const CaseOfPaper& from, PaperData& data) {
    const Track& track = from.person.track;
    const StepTaken* evaluated = track.last(P::evaluate);
    const StepTaken* decided = track.last(P::decide);
    const std::string way = entry(evaluated, "way");
    const auto& ways = from.setting.rules.repair;
    const auto known = std::ranges::find(ways, way, &RepairWay::id);
    set(data, "way", known == ways.end() ? way : words_of(*known));
    set(data, "reason", entry(evaluated, "text"));
    data.texts.insert_or_assign("outcome", decided == nullptr ? "不予修复" : "同意修复");
    for (const char* name : {"points", "year"}) data.texts.erase(name);  // those of the decision
    if (decided == nullptr) return;
    const auto points = decided->outcome.number("points");
    const auto after = decided->outcome.number("points_of_year");
    if (!points.ok() || !after.ok()) return;
    set(data, "points", std::to_string(*points));
    set(data, "after", std::to_string(*after));
    set(data, "before", std::to_string(*after + *points));
    set(data, "year", std::to_string(static_cast<int>(std::chrono::year_month_day(decided->on).year())));
    set(data, "shortened_to", chinese_day(outcome(decided, "until")));
}

}  // namespace

Result<void> check_paper_of_case(PaperKind kind, const CaseFile& file, const CasePerson& person) {
    std::string has;
    for (const PaperOfCase& each : papers_of_cases()) {
        if (!each.cases.has(file.kind)) continue;
        has += (has.empty() ? "" : ", ") + std::string(to_string(each.kind));
        if (each.kind != kind) continue;
        const bool told =
            std::ranges::any_of(each.tells_of, [&](CaseStep step) { return told_by(person.track, step) != nullptr; });
        const StepTaken* evaluated = person.track.last(P::evaluate);
        const bool passed = evaluated != nullptr && (evaluated->opinion() == Opinion::agree ||
                                                     person.track.last(P::overrule) != nullptr);
        const bool decided = !passed || person.track.last(P::decide) != nullptr;
        if (each.tells_of.empty() || (told && decided)) return {};
        return fail(ErrorId::case_step_missing, to_string(each.tells_of.front()), "the paper says what came of it");
    }
    return fail(ErrorId::case_bad_field, "kind", "this case has no such paper; it has: " + has);
}

std::string document_of_paper(PaperKind kind, const CaseFile& file, const CasePerson& person) {
    const Track& track = person.track;
    if (kind == K::prior_notice) return entry(track.last(P::notice), "document");
    return notice_of(file, track);
}

void add_case(PaperKind kind, const CaseOfPaper& from, PaperData& data) {
    const Track& track = from.person.track;
    if (kind == K::prior_notice)  // what was decided before is another matter
        for (const char* name : {"law", "measure"}) data.texts.erase(name);
    add_facts(track, data);
    if (kind == K::prior_notice) add_proposal(from, data);
    if (kind == K::scoring_notice) add_points_alone(from, data);
    add_limits(from, data);
    if (kind == K::scoring_notice)
        if (const StepTaken* issue = track.last(P::issue)) data.texts.insert_or_assign("issued_on", chinese(issue->on));
    if (kind == K::appeal_result) add_appeal(from, data);
    if (kind == K::restoration_result) add_restoration(from, data);
    if (kind == K::repair_result) add_repair(from, data);
    if (kind == K::referral_health || kind == K::referral_market) {
        const std::string referred = entry(track.last(P::refer), "text");
        set(data, "facts", referred.empty() ? from.file.text : referred);
    }
}

bool is_free_text(std::string_view field) { return std::ranges::find(kFreeText, field) != std::end(kFreeText); }

Result<const CasePerson*> person_of_paper(CaseFile& file, const std::string& who) {
    if (who.empty() && file.people.size() == 1) return static_cast<const CasePerson*>(&file.people.front());
    if (who.empty()) return fail(ErrorId::case_missing_field, "person", "several people in the case: --person WHO");
    const CasePerson* person = file.find(PersonId{std::stoull(who.substr(1))});
    if (person == nullptr)
        return fail(ErrorId::case_bad_field, "person", "not in this case: " + who);
    return person;
}

}  // namespace zige::hub

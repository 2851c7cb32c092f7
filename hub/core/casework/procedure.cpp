#include "hub/core/casework/procedure.h"

#include <algorithm>

#include "hub/core/casework/entries.h"
#include "hub/core/casework/limits.h"
#include "hub/core/rules/deadlines.h"

namespace zige::hub {
namespace {

/// A row that a case about no notice never takes.
bool needs_a_notice(const Track& track, const StepRule& row) {
    return row.guards.has(Guard::of_a_notice) && track.document.empty();
}

/// The steps that lead on from a state, shortest way first: what is missing before `step` can be taken.
std::optional<CaseStep> missing_before(const Track& track, CaseStep step) {
    struct Way {
        CaseState at;
        std::optional<CaseStep> first;
    };
    std::vector<Way> ways{{track.state, std::nullopt}};
    SetOf<CaseState> seen{track.state};
    for (std::size_t i = 0; i < ways.size(); ++i) {
        const Way way = ways[i];
        for (const StepRule& row : procedure()) {
            if (!row.kinds.has(track.kind) || !row.from.has(way.at) || needs_a_notice(track, row)) continue;
            if (row.step == step && way.first) return way.first;
            if (!row.to || seen.has(*row.to)) continue;
            seen.add(*row.to);
            ways.push_back({*row.to, way.first ? way.first : std::optional(row.step)});
        }
    }
    return std::nullopt;
}

std::string named(CaseStep step) {
    return std::string(to_string(step)) + " (" + std::string(text(step, Lang::zh)) + ")";
}

std::string named(CaseState state) {
    return std::string(to_string(state)) + " (" + std::string(text(state, Lang::zh)) + ")";
}

/// Names the step that is missing, and which one waits for it.
Error comes_first(CaseStep missing, CaseStep tried, const std::string& article, const std::string& why = {}) {
    return fail(ErrorId::case_step_missing, to_string(missing),
                article + "; " + named(missing) + " comes before " + named(tried) + (why.empty() ? "" : ": " + why));
}

Error appealed_before(const Track& track, const std::string& article) {
    return fail(ErrorId::case_appealed_already, to_string(CaseStep::appeal),
                article + "; appealed on " + format(track.last(CaseStep::appeal)->on));
}

/// An application that was refused, and that no department overruled.
bool evaluation_failed(const Track& track) {
    const StepTaken* last = track.last(CaseStep::evaluate);
    const bool at_its_end = track.state == CaseState::refused || track.state == CaseState::informed ||
                            track.state == CaseState::upheld;
    return at_its_end && last != nullptr && last->opinion() == Opinion::disagree &&
           track.last(CaseStep::overrule) == nullptr;
}

/// No row from this state: what the step follows, what is possible now.
Error refuse_step(const Track& track, CaseStep step) {
    const char* article = nullptr;
    for (const StepRule& row : procedure())
        if (row.step == step && row.kinds.has(track.kind) && article == nullptr) article = row.article;
    if (article == nullptr)
        return fail(ErrorId::case_wrong_step, to_string(step),
                    "a case of " + std::string(to_string(track.kind)) + " (" + text(track.kind, Lang::zh) +
                        ") has no such step");
    if (!track.open())
        return fail(ErrorId::case_closed, to_string(step), "is " + named(track.state) + "; " + article);
    if (step == CaseStep::appeal && track.last(CaseStep::appeal) != nullptr) return appealed_before(track, article);
    if (step == CaseStep::decide && evaluation_failed(track))
        return fail(ErrorId::case_evaluation_failed, to_string(step), "state " + named(track.state) + "; " + article);
    if (const auto missing = missing_before(track, step)) return comes_first(*missing, step, article);
    std::string possible;
    for (const CaseStep each : possible_steps(track)) possible += (possible.empty() ? "" : ", ") + named(each);
    return fail(ErrorId::case_wrong_step, to_string(step),
                std::string(article) + "; state " + named(track.state) + ", possible: " + possible);
}

bool reached(const Track& track, const std::optional<Sourced<unsigned>>& from) {
    return track.kind == CaseKind::scoring && from && track.points() >= from->value;
}

bool agreed_since_proposal(const Track& track, CaseStep step) {
    const StepTaken* last = track.last(step);
    return last != nullptr && last->opinion() == Opinion::agree && track.taken_since(step, CaseStep::propose);
}

Error missing(CaseStep step, const StepRule& row, const std::string& why, const char* article = nullptr) {
    return comes_first(step, row.step, article == nullptr ? row.article : article, why);
}

Result<void> statement_stage_over(const Track& track, const StepTaken& step, const StepRule& row,
                                  const Setting& setting) {
    if (track.state == CaseState::proposed) {
        if (!setting.rules.prior_notice.value) return {};
        return missing(CaseStep::notice, row, "whom it concerns is told first", setting.rules.prior_notice.cite.text.c_str());
    }
    if (track.state != CaseState::noticed) return {};
    const auto due = limit_started(track, DueKind::statement, setting);
    if (due && step.on > due->day) return {};  // XY 28: silence is waiver
    return missing(
        CaseStep::waive, row,
        due ? "a statement may come until the end of " + format(due->day) : "no statement yet, nor a waiver");
}

/// From service in this case, else from that of the notice that the case is about.
std::optional<DueDate> end_of_appeal(const Track& track, const StepTaken& step, const Setting& setting) {
    if (const auto due = limit_started(track, DueKind::appeal, setting)) return due;
    const auto served_on = step.entries.maybe_day("served_on");
    if (!served_on.ok() || !*served_on) return std::nullopt;
    return due_date(setting.rules, DueKind::appeal, **served_on, setting.calendar);
}

Result<void> appeal_time(const Track& track, const StepTaken& step, const StepRule& row, const Setting& setting,
                         bool wants_late) {
    const auto due = end_of_appeal(track, step, setting);
    const bool late = due && step.on > due->day;
    if (late == wants_late) return {};
    return fail(ErrorId::case_wrong_step, to_string(row.step),
                std::string(row.article) + "; " +
                    (due ? "the time for an appeal ends on " + format(due->day) : std::string("no limit is known")));
}

Result<void> found_by(const Track& track, const StepRule& row, std::string_view wanted) {
    const StepTaken* facts = track.last(CaseStep::facts);
    if (facts == nullptr || facts->entries.text("found_by") == wanted) return {};  // unknown: either may be
    return fail(ErrorId::case_wrong_step, to_string(row.step),
                std::string(row.article) + "; the responsibility was determined by the " +
                    (wanted == "bureau" ? "department" : "bureau"));
}

Result<void> appeal_over(const Track& track, const StepTaken& step, const StepRule& row, const Setting& setting) {
    const auto due = limit_started(track, DueKind::appeal, setting);
    if (due && step.on > due->day) return {};
    return fail(ErrorId::case_too_early, to_string(row.step),
                std::string(row.article) + "; " +
                    (due ? "an appeal may come until the end of " + format(due->day) : "the service is not recorded"));
}

Result<void> check_guard(Guard guard, const Track& track, const StepTaken& step, const StepRule& row,
                         const Setting& setting) {
    switch (guard) {
        case Guard::statement_stage_over: return statement_stage_over(track, step, row, setting);
        case Guard::review_if_needed:
            if (!reached(track, setting.rules.legal_review_from) || agreed_since_proposal(track, CaseStep::review))
                return {};
            return missing(CaseStep::review, row, std::to_string(track.points()) + " points",
                           setting.rules.legal_review_from->cite.text.c_str());
        case Guard::discussion_if_needed:
            if (!reached(track, setting.rules.discussion_from) || agreed_since_proposal(track, CaseStep::discuss))
                return {};
            return missing(CaseStep::discuss, row, std::to_string(track.points()) + " points",
                           setting.rules.discussion_from->cite.text.c_str());
        case Guard::appeal_in_time: return appeal_time(track, step, row, setting, false);
        case Guard::appeal_late: return appeal_time(track, step, row, setting, true);
        case Guard::first_appeal:
            if (track.last(CaseStep::appeal) == nullptr) return {};
            return appealed_before(track, row.article);
        case Guard::found_by_department: return found_by(track, row, "department");
        case Guard::found_by_bureau: return found_by(track, row, "bureau");
        case Guard::appeal_over: return appeal_over(track, step, row, setting);
        case Guard::update_done_if_needed:
            if (!track.update_owed()) return {};
            return missing(CaseStep::updated, row, "the institution has not shown the new status");
        case Guard::evaluation_failed: {
            const StepTaken* last = track.last(CaseStep::evaluate);
            if (last != nullptr && last->opinion() == Opinion::disagree && track.last(CaseStep::overrule) == nullptr)
                return {};
            return fail(ErrorId::case_wrong_step, to_string(row.step),
                        std::string(row.article) + "; the evaluation passed");
        }
        case Guard::of_a_notice:
            if (!track.document.empty()) return {};
            return fail(ErrorId::case_wrong_step, to_string(row.step), std::string(row.article) + "; about no notice");
    }
    throw Bug("unknown guard");
}

Result<void> check_guards(const Track& track, const StepTaken& step, const StepRule& row, const Setting& setting) {
    for (const Guard guard : kGuards)
        if (row.guards.has(guard)) ZIGE_CHECK(check_guard(guard, track, step, row, setting));
    return {};
}

/// A name without its blanks: those of Chinese type and those that nobody sees make nobody another person.
std::string without_blanks(std::string_view name) {
    static constexpr std::string_view kBlanks[] = {
        " ",            "\t",           "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82",
        "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89",
        "\xE2\x80\x8A", "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xA0",
        "\xE3\x80\x80", "\xEF\xBB\xBF"};
    std::string rest;
    while (!name.empty()) {
        const auto blank = std::ranges::find_if(kBlanks, [&](std::string_view each) { return name.starts_with(each); });
        const bool found = blank != std::end(kBlanks);
        if (!found) rest += name.front();
        name.remove_prefix(found ? blank->size() : 1);
    }
    return rest;
}

/// Who proposes does not review; a bureau above may, if the case names it.
Result<void> check_person(const Track& track, const StepTaken& step, const StepRule& row) {
    if (row.by != StepBy::another_person) return {};
    const std::string_view bureau = step.entries.text("bureau");
    if (!bureau.empty() && bureau != track.reviewer)
        return fail(ErrorId::case_bad_field, "bureau", track.reviewer.empty() ? "the case names none" : track.reviewer);
    if (!bureau.empty() && step.entries.text("signed_by").empty())
        return fail(ErrorId::case_missing_field, "signed_by");
    if (bureau.empty() && !step.entries.text("signed_by").empty()) return fail(ErrorId::case_missing_field, "bureau");
    if (without_blanks(step.signer()) != without_blanks(track.proposer())) return {};
    return fail(ErrorId::case_same_person, to_string(step.step),
                std::string(row.article) + "; proposed by " + step.signer());
}

Result<void> check_days(const Track& track, const StepTaken& step, const Setting& setting) {
    if (step.on > setting.today)
        return fail(ErrorId::case_bad_field, "on",
                    format(step.on) + " lies after the hub's date " + format(setting.today));
    const Day before = track.steps.empty() ? track.opened_on : track.steps.back().on;
    if (step.on < before)
        return fail(ErrorId::case_bad_field, "on",
                    format(step.on) + " lies before the step before it, " + format(before));
    ZIGE_TRY(served, step.entries.maybe_day("served_on"));
    if (served && *served > step.on)
        return fail(ErrorId::case_bad_field, "served_on",
                    format(*served) + " lies after the appeal of " + format(step.on));
    if (step.step != CaseStep::facts) return {};
    ZIGE_TRY(handled, step.entries.day("handled_on"));
    ZIGE_TRY(received, step.entries.maybe_day("received_on"));
    if (handled > setting.today) return fail(ErrorId::points_decided_ahead, "handled_on", format(handled));
    if (received && (*received < handled || *received > setting.today))
        return fail(ErrorId::points_bad_day, "received_on", format(*received));
    if (!step.entries.find("conduct_year")) return {};
    ZIGE_TRY(year, step.entries.number("conduct_year"));
    const int handled_in = static_cast<int>(std::chrono::year_month_day(handled).year());
    if (year > handled_in || year < handled_in - 10)
        return fail(ErrorId::points_bad_day, "conduct_year", std::to_string(year) + ", handled on " + format(handled));
    return {};
}

}  // namespace

const char* to_string(Opinion opinion) {
    switch (opinion) {
        case Opinion::none: return "none";
        case Opinion::agree: return "agree";
        case Opinion::disagree: return "disagree";
    }
    return "?";
}

Opinion StepTaken::opinion() const {
    const std::string_view word = entries.text("verdict");
    return word == "agree" ? Opinion::agree : word == "disagree" ? Opinion::disagree : Opinion::none;
}

std::string StepTaken::signer() const {
    const std::string_view signed_by = entries.text("signed_by");
    return signed_by.empty() ? actor : std::string(signed_by);
}

const StepTaken* Track::last(CaseStep step) const {
    const auto at =
        std::find_if(steps.rbegin(), steps.rend(), [&](const StepTaken& each) { return each.step == step; });
    return at == steps.rend() ? nullptr : &*at;
}

bool Track::taken_since(CaseStep step, CaseStep since) const {
    for (auto at = steps.rbegin(); at != steps.rend(); ++at) {
        if (at->step == step) return true;
        if (at->step == since) return false;
    }
    return false;
}

unsigned Track::points() const {
    const StepTaken* last_proposal = last(CaseStep::propose);
    if (last_proposal == nullptr) return 0;
    const auto points = last_proposal->entries.number("points");
    return points.ok() ? static_cast<unsigned>(*points) : 0;
}

std::string Track::proposer() const {
    const StepTaken* proposal =
        last(kind == CaseKind::repair || kind == CaseKind::restoration ? CaseStep::evaluate : CaseStep::propose);
    return proposal == nullptr ? entered_by : proposal->signer();
}

bool Track::update_owed() const {
    for (auto at = steps.rbegin(); at != steps.rend(); ++at) {
        if (at->step == CaseStep::updated) return false;
        const std::string_view effect = at->outcome.text("effect");
        const bool began = at->outcome.text("unserved") != "yes";
        if (!effect.empty() && effect != "none" && began) return true;
        if (at->step == CaseStep::serve && !effect.empty()) return false;  // nothing began, whatever was decided
    }
    return false;
}

bool Track::about_to_serve() const {
    if (last(CaseStep::decide) != nullptr && last(CaseStep::serve) == nullptr) return true;
    const StepTaken* correction = last(CaseStep::correct);
    return correction != nullptr && correction->outcome.text("unserved") == "yes" &&
           !taken_since(CaseStep::inform, CaseStep::correct);
}

Result<const StepRule*> check_step(const Track& track, const StepTaken& step, const Setting& setting) {
    std::vector<const StepRule*> rows;
    for (const StepRule& row : procedure())
        if (row.step == step.step && row.kinds.has(track.kind) && row.from.has(track.state) &&
            !needs_a_notice(track, row))
            rows.push_back(&row);
    if (rows.empty()) return refuse_step(track, step.step);
    ZIGE_CHECK(check_entries(track, step, setting.rules));
    ZIGE_CHECK(check_days(track, step, setting));
    std::optional<Error> why;
    for (const StepRule* row : rows) {
        if (row->opinion != Opinion::none && row->opinion != step.opinion()) continue;
        const auto guarded = check_guards(track, step, *row, setting);
        if (guarded.ok()) {
            ZIGE_CHECK(check_person(track, step, *row));
            return row;
        }
        if (!why) why = guarded.error();
    }
    return why ? *why : refuse_step(track, step.step);
}

void apply_step(Track& track, const StepRule& rule, StepTaken step) {
    if (rule.to) track.state = *rule.to;
    track.steps.push_back(std::move(step));
}

std::vector<CaseStep> possible_steps(const Track& track) {
    std::vector<CaseStep> steps;
    for (const StepRule& row : procedure())
        if (row.kinds.has(track.kind) && row.from.has(track.state) && !needs_a_notice(track, row) &&
            std::ranges::find(steps, row.step) == steps.end())
            steps.push_back(row.step);
    return steps;
}

}  // namespace zige::hub

#include "agent/daemon/clear_answer.h"

#include <algorithm>

#include "agent/daemon/answer.h"
#include "agent/daemon/service.h"

namespace zige::daemon {
namespace {

/// A line that could not be recorded and need not be refused has an error instead of an outcome (RULES: no answer).
Json unanswered_line(std::string_view line_id) {
    Json line = error_answer(fail(ErrorId::journal_not_recorded)).body;
    line.set("line_id", line_id);
    line.set("outcome", nullptr);
    return line;
}

Json cleared_line(const agent::LineAnswer& answer, const agent::ClaimLine& asked, const agent::ClaimAnswer& cleared) {
    if (!answer.answered) return unanswered_line(asked.line_id);
    Json line = decision_json(asked.line_id, answer.decision, asked.line, *cleared.view->copy);
    if (cleared.repeated) forget_age(line);
    line.set("recorded", answer.recorded);
    line.set("number", answer.recorded ? Json(answer.number) : Json());
    line.set("reference", answer.recorded ? Json(answer.reference) : Json());
    return line;
}

}  // namespace

Result<wire::JournalEntry> entry_of_repeated(const agent::Journal& journal, const agent::ClaimAnswer& cleared) {
    ZIGE_TRY(entry, journal.entry(cleared.chapter, cleared.lines.front().number));
    if (std::holds_alternative<wire::DecisionEntry>(entry.body)) return entry;
    return fail(ErrorId::journal_corrupt, "entry", std::to_string(entry.index));
}

Json copy_json(const agent::View& view, const Moment& now) {
    const auto age = std::max(std::chrono::seconds{0}, now.running - view.as_of);
    return Json::object({{"institution", view.state.institution.text},
                         {"epoch", view.state.epoch.value},
                         {"seq", view.state.seq.value},
                         {"state_hash", to_hex(view.copy->state_hash())},
                         {"as_of", format(view.as_of)},
                         {"age_seconds", age.count()},
                         {"mode", to_string(view.copy->institution().mode)},
                         {"decided_at", format(now.wall)},
                         {"clock_unknown", now.clock_unknown},
                         {"clock_suspect", now.clock_suspect}});
}

Json journaled_copy_json(const wire::JournalEntry& entry, const wire::DecisionEntry& decision,
                         const agent::View& view) {
    const bool present = decision.state_hash == view.copy->state_hash();
    return Json::object({{"institution", view.state.institution.text},
                         {"epoch", present ? Json(view.state.epoch.value) : Json()},
                         {"seq", present ? Json(view.state.seq.value) : Json()},
                         {"state_hash", to_hex(decision.state_hash)},
                         {"as_of", nullptr},
                         {"age_seconds", nullptr},
                         {"mode", to_string(decision.mode)},
                         {"decided_at", format(entry.times.wall)},
                         {"clock_unknown", nullptr},
                         {"clock_suspect", nullptr}});
}

void Worst::add(Outcome outcome) {
    if (!worst_ || severity_of(outcome) > severity_of(*worst_)) worst_ = outcome;
}

void Worst::put_into(Json& answer) const {
    answer.set("outcome", worst_ ? Json(to_string(*worst_)) : Json());
    answer.set("outcome_zh", worst_ ? Json(text(*worst_, Lang::zh)) : Json());
    answer.set("outcome_en", worst_ ? Json(text(*worst_, Lang::en)) : Json());
}

void forget_age(Json& line) {
    line.set("freshness", nullptr);
    line.set("copy_age_seconds", nullptr);
}

Result<Json> cleared_json(agent::Agent& agent, const agent::Claim& asked, const agent::ClaimAnswer& cleared) {
    ZIGE_TRY(desk, agent.desk());
    Json lines = Json::array();
    Worst worst;
    std::size_t unanswered = 0;
    for (std::size_t i = 0; i < cleared.lines.size(); ++i) {
        const agent::LineAnswer& line = cleared.lines[i];
        if (line.answered) worst.add(line.decision.served);
        unanswered += line.answered ? 0 : 1;
        lines.push(cleared_line(line, asked.lines[i], cleared));
    }
    Json answer = Json::object({{"claim_id", asked.claim_id}, {"preview", false}});
    worst.put_into(answer);
    answer.set("unanswered", unanswered);
    answer.set("repeated", cleared.repeated);
    answer.set("chapter", cleared.chapter.value);
    answer.set("lines", std::move(lines));
    if (cleared.repeated) {
        ZIGE_TRY(journal, agent.journal());
        ZIGE_TRY(entry, entry_of_repeated(*journal, cleared));
        answer.set("copy", journaled_copy_json(entry, std::get<wire::DecisionEntry>(entry.body), *cleared.view));
    } else {
        answer.set("copy", copy_json(*cleared.view, cleared.moment));
    }
    answer.set("duties_due", desk->duties_due());
    return answer;
}

}  // namespace zige::daemon

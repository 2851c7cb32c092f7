#include <algorithm>

#include "agent/daemon/answer.h"
#include "agent/daemon/claim.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/money.h"
#include "shared/wire/journaled_line.h"

namespace zige::daemon {
namespace {

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

/// The copy that a journaled decision was judged by: the journal names its hash, mode and time and no more. Version
/// only where that copy is still the present one.
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

Result<Json> copy_of_repeated(const agent::Journal& journal, const agent::ClaimAnswer& cleared) {
    ZIGE_TRY(entry, journal.entry(cleared.chapter, cleared.lines.front().number));
    const auto* decision = std::get_if<wire::DecisionEntry>(&entry.body);
    if (decision == nullptr) return fail(ErrorId::journal_corrupt, "entry", std::to_string(entry.index));
    return journaled_copy_json(entry, *decision, *cleared.view);
}

/// The worst outcome of all lines stands for the claim.
class Worst {
public:
    void add(Outcome outcome) {
        if (!worst_ || severity_of(outcome) > severity_of(*worst_)) worst_ = outcome;
    }
    void put_into(Json& answer) const {
        answer.set("outcome", worst_ ? Json(to_string(*worst_)) : Json());
        answer.set("outcome_zh", worst_ ? Json(text(*worst_, Lang::zh)) : Json());
        answer.set("outcome_en", worst_ ? Json(text(*worst_, Lang::en)) : Json());
    }

private:
    std::optional<Outcome> worst_;
};

/// A line that could not be recorded and need not be refused has an error instead of an outcome (RULES: no answer).
Json unanswered_line(std::string_view line_id) {
    Json line = error_answer(fail(ErrorId::journal_not_recorded)).body;
    line.set("line_id", line_id);
    line.set("outcome", nullptr);
    return line;
}

/// How fresh the copy was is not journaled.
void forget_age(Json& line) {
    line.set("freshness", nullptr);
    line.set("copy_age_seconds", nullptr);
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

/// The part of the path behind "/v1/decisions/".
std::string_view reference_in(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Result<Json> LocalService::decision(const ApiRequest& request) {
    ZIGE_TRY(journal, agent_.journal());
    ZIGE_TRY(gate, agent_.gate());
    const std::string reference(reference_in(request.path));
    ZIGE_TRY(entry, journal->find_reference(reference));
    const auto* asked = std::get_if<wire::DecisionEntry>(&entry.body);
    if (asked == nullptr) return fail(ErrorId::journal_not_found, "reference", reference);
    const FeeLine fee = wire::line_of(*asked);
    ZIGE_TRY(preview, gate->check(fee));
    Json line = decision_json(asked->line_id, agent::as_journaled(preview.decision, *asked), fee, *preview.view->copy);
    forget_age(line);
    line.set("cost_to_patient", nullptr);
    line.set("recorded", true);
    line.set("number", entry.index);
    line.set("reference", reference);
    const auto status = journal->status();
    return Json::object({{"reference", reference},
                         {"institution", preview.view->state.institution.text},
                         {"agent", status.agent.value},
                         {"claim_id", asked->claim_id},
                         {"idempotency_key", asked->idempotency_key},
                         {"emergency", code_json(asked->emergency)},
                         {"emergency_reason", asked->emergency_reason},
                         {"emergency_by", asked->emergency_by},
                         {"amount", format_yuan(asked->amount)},
                         {"lines", Json::array({std::move(line)})},
                         {"copy", journaled_copy_json(entry, *asked, *preview.view)}});
}

Result<Json> LocalService::check(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(claim, ClaimText::read(body));
    ZIGE_TRY(gate, agent_.gate());
    ZIGE_TRY(desk, agent_.desk());
    const agent::Claim asked = claim.view();
    Json lines = Json::array();
    Json answer = Json::object({{"claim_id", asked.claim_id}, {"preview", true}});
    Worst worst;
    for (const agent::ClaimLine& line : asked.lines) {
        ZIGE_TRY(preview, gate->check(line.line));
        worst.add(preview.decision.served);
        lines.push(decision_json(line.line_id, preview.decision, line.line, *preview.view->copy));
        answer.set("copy", copy_json(*preview.view, preview.moment));
    }
    worst.put_into(answer);
    answer.set("lines", std::move(lines));
    answer.set("duties_due", desk->duties_due());
    return answer;
}

Result<Json> LocalService::clear(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(claim, ClaimText::read(body));
    ZIGE_TRY(gate, agent_.gate());
    ZIGE_TRY(desk, agent_.desk());
    const agent::Claim asked = claim.view();
    ZIGE_TRY(cleared, gate->clear(asked));
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
        ZIGE_TRY(journal, agent_.journal());
        ZIGE_TRY(copy, copy_of_repeated(*journal, cleared));
        answer.set("copy", std::move(copy));
    } else {
        answer.set("copy", copy_json(*cleared.view, cleared.moment));
    }
    answer.set("duties_due", desk->duties_due());
    return answer;
}

}  // namespace zige::daemon

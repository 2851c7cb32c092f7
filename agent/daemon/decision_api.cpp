#include "agent/daemon/answer.h"
#include "agent/daemon/claim.h"
#include "agent/daemon/clear_answer.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/money.h"
#include "shared/wire/journaled_line.h"

namespace zige::daemon {

Result<Json> LocalService::decision(const ApiRequest& request) {
    ZIGE_TRY(journal, agent_.journal());
    ZIGE_TRY(gate, agent_.gate());
    const std::string reference(part_in(request));
    ZIGE_TRY(located, journal->locate(reference));
    const auto& [name, entry] = located;
    ZIGE_TRY(reversal, journal->store().reversal_of(name));
    const bool reversed = reversal.has_value();
    const auto* asked = std::get_if<wire::DecisionEntry>(&entry.body);
    if (asked == nullptr) return fail(ErrorId::journal_not_found, "reference", reference);
    const FeeLine fee = wire::line_of(*asked);
    ZIGE_TRY(preview, gate->check_afterwards({{}, fee}));
    const Copy& copy = *preview.view->copy;
    Json line = decision_json(asked->line_id, agent::as_journaled(preview.decision, *asked, copy), fee, copy);
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
                         {"release_reason", asked->release_reason},
                         {"released_by", asked->released_by},
                         {"order_number", asked->order_number},
                         {"order_written", asked->order_written ? Json(format(*asked->order_written)) : Json()},
                         {"reversed", reversed},
                         {"amount", format_yuan(asked->amount)},
                         {"lines", Json::array({std::move(line)})},
                         {"copy", journaled_copy_json(entry, *asked, *preview.view)}});
}

Result<Json> LocalService::check(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(afterwards, flag_member(body, "afterwards", false));
    ZIGE_TRY(claim, ClaimText::read(body));
    ZIGE_TRY(gate, agent_.gate());
    ZIGE_TRY(desk, agent_.desk());
    const agent::Claim asked = claim.view();
    Json lines = Json::array();
    Json answer = Json::object({{"claim_id", asked.claim_id}, {"preview", true}});
    Worst worst;
    ZIGE_TRY(sight, gate->look());
    sight.first_ask = !afterwards;
    for (const agent::ClaimLine& line : asked.lines) {
        ZIGE_TRY(decision, gate->check(line, sight));
        worst.add(decision.served);
        lines.push(decision_json(line.line_id, decision, line.line, *sight.view->copy));
    }
    answer.set("copy", copy_json(*sight.view, sight.moment));
    worst.put_into(answer);
    answer.set("lines", std::move(lines));
    answer.set("duties_due", desk->duties_due());
    return answer;
}

Result<Json> LocalService::clear(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(claim, ClaimText::read(body));
    ZIGE_CHECK(prove_releases(body, request.caller));
    ZIGE_TRY(gate, agent_.gate());
    const agent::Claim asked = claim.view();
    ZIGE_TRY(cleared, gate->clear(asked));
    return cleared_json(agent_, asked, cleared);
}

Result<Json> LocalService::precheck(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(claim, ClaimText::read(body));
    ZIGE_TRY(gate, agent_.gate());
    const agent::Claim asked = claim.view();
    Json lines = Json::array();
    std::size_t changing = 0;
    for (const agent::ClaimLine& order : asked.lines) {
        ZIGE_TRY(outlook, gate->outlook(order));
        ZIGE_TRY(now, gate->check(order));
        Json changes = Json::array();
        for (const ComingChange& each : outlook.changes) {
            Json change = decision_json(order.line_id, each.decision, order.line, *outlook.view->copy);
            change.set("from", format(each.from));
            changes.push(std::move(change));
        }
        changing += outlook.changes.empty() ? 0 : 1;
        Json line = decision_json(order.line_id, now.decision, order.line, *now.view->copy);
        line.set("changes", std::move(changes));
        lines.push(std::move(line));
    }
    return Json::object({{"preview", true}, {"changing", changing}, {"lines", std::move(lines)}});
}

Result<Json> LocalService::mapping(const ApiRequest&) {
    ZIGE_TRY(gate, agent_.gate());
    ZIGE_TRY(desk, agent_.desk());
    const auto view = agent_.view();
    if (!view) return fail(ErrorId::agent_no_copy);
    const auto overlay = desk->overlay();
    const Day today = day_of(clock_.wall());
    Json list = Json::array();
    for (const agent::UnmappedCode& seen : gate->unmapped().list(*view->copy, *overlay, today)) {
        Json proposals = Json::array();
        for (const auto& each : agent::proposals_for(seen, *view->copy, *overlay, today))
            proposals.push(Json::object({{"registration", each.no.value},
                                         {"code", each.code},
                                         {"name", each.name},
                                         {"department", each.department},
                                         {"same_department", each.same_department}}));
        list.push(Json::object({{"code", seen.code},
                                {"name", seen.name},
                                {"department", seen.department},
                                {"lines", seen.lines},
                                {"last", format(seen.last)},
                                {"proposals", std::move(proposals)}}));
    }
    return Json::object({{"unmapped", std::move(list)}});
}

}  // namespace zige::daemon

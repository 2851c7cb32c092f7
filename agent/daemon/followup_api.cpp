#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

Result<Instant> time_member(const Json& body, std::string_view key) {
    ZIGE_TRY(words, text_member(body, key, kMaxText));
    return parse_time(words, key);
}

Json duty_json(const agent::EvidenceDuty& duty) {
    return Json::object({{"reference", duty.reference},
                         {"chapter", duty.decision.chapter.value},
                         {"number", duty.decision.number},
                         {"claim_id", duty.claim_id},
                         {"line_id", duty.line_id},
                         {"emergency", code_json(duty.kind)},
                         {"emergency_reason", duty.reason},
                         {"emergency_by", duty.declared_by},
                         {"fee_time", format(duty.fee_time)},
                         {"due", format(duty.due)},
                         {"late", duty.late},
                         {"evidence_number", duty.evidence ? Json(duty.evidence->number) : Json()}});
}

Result<std::vector<std::string>> references_in(const Json& body) {
    std::vector<std::string> references;
    const Json* list = body.find("references");
    if (list == nullptr || list->is_null()) return references;
    if (list->items() == nullptr) return fail(ErrorId::api_bad_field, "references", "an array of references");
    for (const Json& each : *list->items()) {
        if (each.text() == nullptr || each.text()->size() > kMaxCode)
            return fail(ErrorId::api_bad_field, "references[" + std::to_string(references.size()) + "]", "a reference");
        references.push_back(*each.text());
    }
    return references;
}

Json numbers_json(const std::vector<wire::EntryName>& names) {
    Json list = Json::array();
    for (const wire::EntryName& each : names)
        list.push(Json::object({{"chapter", each.chapter.value}, {"number", each.number}}));
    return list;
}

}  // namespace

Result<Json> LocalService::evidence(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    agent::Followup::Evidence evidence;
    evidence.reference = part_in(request);
    ZIGE_TRY(kind_name, text_member(body, "kind", kMaxCode));
    const auto kind = from_name<EmergencyKind>(kind_name);
    if (!kind) return fail(ErrorId::api_bad_field, "kind", "emergency, rescue or special");
    evidence.kind = *kind;
    ZIGE_TRY(begun, time_member(body, "resc_begntime"));
    ZIGE_TRY(ended, time_member(body, "resc_endtime"));
    ZIGE_TRY(number, optional_text_member(body, "record_number", kMaxText));
    ZIGE_TRY(text, optional_text_member(body, "text", kMaxText));
    ZIGE_TRY(by, clerk_of(body, request.caller));
    evidence.begun = begun;
    evidence.ended = ended;
    evidence.record_number = number.value_or("");
    evidence.text = text.value_or("");
    evidence.by = by;
    ZIGE_TRY(followup, agent_.followup());
    ZIGE_TRY(duty, followup->evidence(evidence));
    return duty_json(duty);
}

Result<Json> LocalService::evidence_duties(const ApiRequest&) {
    ZIGE_TRY(followup, agent_.followup());
    ZIGE_TRY(duties, followup->duties());
    Json list = Json::array();
    for (const agent::EvidenceDuty& duty : duties) list.push(duty_json(duty));
    return Json::object({{"evidence_due", std::move(list)}});
}

Result<Json> LocalService::reverse(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    agent::Followup::Wish wish;
    ZIGE_TRY(references, references_in(body));
    ZIGE_TRY(key, optional_text_member(body, "idempotency_key", kMaxIdempotencyKey));
    ZIGE_TRY(infno, optional_text_member(body, "infno", kMaxCode));
    ZIGE_TRY(reason, optional_text_member(body, "reason", kMaxText));
    ZIGE_TRY(by, clerk_of(body, request.caller));
    wish = {std::move(references), key.value_or(""), infno.value_or(""), reason.value_or(""), by};
    ZIGE_TRY(followup, agent_.followup());
    ZIGE_TRY(done, followup->reverse(wish));
    return Json::object({{"reversed", numbers_json(done.decisions)},
                         {"entries", numbers_json(done.entries)},
                         {"repeated", done.repeated}});
}

}  // namespace zige::daemon

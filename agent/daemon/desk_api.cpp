#include <set>

#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

Json departure_json(const agent::Duty& duty) {
    Json departure = Json::object({{"departure", to_hex(duty.filing)},
                                   {"person", duty.code},
                                   {"registration", duty.no.value},
                                   {"name", duty.name},
                                   {"reason", duty.reason}});
    departure.set("kind", code_json(duty.kind));
    departure.set("amended", duty.amended);
    add_duty(departure, duty.duty);
    departure.set("filing", code_json(duty.state));
    departure.set("refused_because", duty.state == FilingState::refused ? code_json(duty.refused_because) : Json());
    departure.set("undo_pending", duty.undo_pending);
    departure.set("window_updated", day_json(duty.window_updated));
    departure.set("window_number", duty.receipt_number);
    return departure;
}

/// The path names a departure: whoever it does not know has none.
Result<Json> answer_of(const Result<agent::Duty>& duty) {
    if (duty) return departure_json(*duty);
    if (duty.error().id != ErrorId::filing_unknown_person) return duty.error();
    return fail(ErrorId::departure_not_found, "departure", duty.error().detail);
}

}  // namespace

Result<Json> LocalService::departures(const ApiRequest&) {
    ZIGE_TRY(desk, agent_.desk());
    Json list = Json::array();
    for (const agent::Duty& duty : desk->duties()) list.push(departure_json(duty));
    return Json::object({{"departures", std::move(list)}, {"duties_due", desk->duties_due()}});
}

Result<Json> LocalService::depart(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    agent::Desk::Departure departure;
    ZIGE_TRY(person, text_member(body, "person", kMaxCode));
    ZIGE_TRY(last_day, day_member(body, "last_day"));
    ZIGE_TRY(reason, optional_text_member(body, "reason", kMaxText));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(duty, desk->depart({person, last_day, reason.value_or(""), clerk}));
    return departure_json(duty);
}

/// The id of a departure, its first 8 or more digits, or a code of the person.
Result<std::string> LocalService::person_of(const ApiRequest& request, agent::Desk& desk) const {
    const std::string id(part_in(request));
    std::set<std::uint32_t> meant;
    for (const agent::Duty& duty : desk.duties())
        if (id.size() >= 8 && to_hex(duty.filing).starts_with(id)) meant.insert(duty.no.value);
    if (meant.size() == 1) return "#" + std::to_string(*meant.begin());
    if (id.size() > kMaxCode || meant.size() > 1) return fail(ErrorId::departure_not_found, "departure", id);
    return id;
}

Result<Json> LocalService::undo(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(person, person_of(request, *desk));
    return answer_of(desk->undo(person, clerk));
}

Result<Json> LocalService::amend(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(last_day, day_member(body, "last_day"));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(person, person_of(request, *desk));
    return answer_of(desk->amend(person, last_day, clerk));
}

Result<Json> LocalService::confirm(const ApiRequest& request) {
    ZIGE_TRY(body, parse_json(request.body, kMaxApiBody));
    ZIGE_TRY(updated_on, day_member(body, "updated_on"));
    ZIGE_TRY(number, text_member(body, "number", kMaxText));
    ZIGE_TRY(clerk, clerk_of(body, request.caller));
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(replace, flag_member(body, "replace", false));
    ZIGE_TRY(person, person_of(request, *desk));
    return answer_of(desk->confirm(person, updated_on, number, clerk, replace));
}

}  // namespace zige::daemon

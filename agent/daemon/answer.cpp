#include "agent/daemon/answer.h"

#include "shared/domain/may_settle.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

std::string name_of(RecordNo no, const Copy& copy) {
    const Registration* registration = no.value == 0 ? nullptr : copy.by_number(no);
    return registration == nullptr ? "" : registration->name;
}

Json person_json(std::size_t index, const Decision& decision, const FeeLine& line, const Copy& copy) {
    Json person = Json::object({{"role", code_json(line.people[index].role)}, {"code", line.people[index].code}});
    if (index >= decision.people.size()) return person;
    const PersonVerdict& verdict = decision.people[index];
    person.set("found", code_json(verdict.found));
    person.set("name", name_of(verdict.no, copy));
    person.set("outcome", code_json(verdict.outcome));
    return person;
}

Json ground_json(const GroundHit& hit, const FeeLine& line, const Copy& copy) {
    Json ground = code_json(hit.ground);
    ground.set("outcome", to_string(hit.outcome));
    ground.set("freed", hit.freed);
    ground.set("released", hit.released);
    const bool has_person = hit.person >= 0 && static_cast<std::size_t>(hit.person) < line.people.size();
    ground.set("person", has_person ? Json(static_cast<int>(hit.person)) : Json());
    ground.set("article", copy.profile().article(hit.article));
    ground.set("document", hit.document);
    ground.set("from", day_json(hit.from));
    ground.set("end", day_json(hit.end));
    ground.set("nominal_end", day_json(hit.nominal_end));
    return ground;
}

}  // namespace

Json day_json(const std::optional<Day>& day) { return day ? Json(format(*day)) : Json(); }

Json due_json(const DueDate& due) { return Json::object({{"day", format(due.day)}, {"provisional", due.provisional}}); }

Result<Day> day_member(const Json& body, std::string_view key) {
    ZIGE_TRY(words, text_member(body, key, kMaxText));  // what is typed in full width is told as a day that is none
    return parse_day(words, key);
}

Json decision_json(std::string_view line_id, const Decision& decision, const FeeLine& line, const Copy& copy) {
    Json grounds = Json::array();
    for (const GroundHit& hit : decision.grounds) grounds.push(ground_json(hit, line, copy));
    Json people = Json::array();
    for (std::size_t i = 0; i < line.people.size(); ++i) people.push(person_json(i, decision, line, copy));
    return Json::object({{"line_id", line_id},
                         {"outcome", to_string(decision.served)},
                         {"outcome_number", static_cast<int>(decision.served)},
                         {"outcome_zh", text(decision.served, Lang::zh)},
                         {"outcome_en", text(decision.served, Lang::en)},
                         {"may_settle", may_settle(decision.served)},
                         {"judged", to_string(decision.judged)},
                         {"grounds", std::move(grounds)},
                         {"people", std::move(people)},
                         {"advice", code_json(decision.advice)},
                         {"cost_to_patient", decision.cost_to_patient},
                         {"freshness", code_json(decision.freshness)},
                         {"copy_age_seconds", decision.age.count()},
                         {"txn", infno_of(line.txn)},
                         {"fee_time", format(line.fee_time)}});
}

void add_duty(Json& to, const DepartureDuty& duty) {
    to.set("last_day", format(duty.last_day));
    to.set("due", format(duty.due.day));
    to.set("provisional", duty.due.provisional);
    to.set("stage", code_json(duty.stage));
    to.set("working_days_left", duty.working_days_left);
}

}  // namespace zige::daemon

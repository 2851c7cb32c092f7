#include "agent/daemon/answer.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/people.h"

namespace zige::daemon {
namespace {

constexpr std::chrono::hours kBoardAge{24};

/// Of everybody in service whose qualification is suspended or terminated on that day: what the public notice shows,
/// and no more. Whoever left or died is not on it.
Json rows_of(const Copy& copy, const Overlay& overlay, Day today) {
    Json list = Json::array();
    for (const Registration& person : copy.registrations()) {
        const Standing standing = standing_on(person, today);
        if (standing == Standing::normal || !is_in_service(person, overlay, today)) continue;
        Json row = Json::object({{"name", person.name},
                                 {"category", code_json(person.category)},
                                 {"department", person.department},
                                 {"status", code_json(standing)}});
        std::optional<Day> from;
        for (const StandingInterval& each : person.standing)
            if (each.status == standing && each.covers(today) && (!from || each.from < *from)) from = each.from;
        row.set("from", day_json(from));
        list.push(std::move(row));
    }
    return list;
}

}  // namespace

/// 公示栏: nobody is shown in public by a copy that may have been overtaken, or by a clock that cannot be believed.
Result<Json> LocalService::board(const ApiRequest&) {
    const auto view = agent_.view();
    const auto time = agent_.time().status();
    const bool neutral = !view || time.suspect || time.unknown || time.running - view->as_of > kBoardAge;
    Json answer = Json::object({{"neutral", neutral}, {"as_of", view ? Json(format(view->as_of)) : Json()}});
    answer.set("text_zh", neutral ? "信息更新中，请向服务窗口查询" : "医保支付资格暂停、终止人员");
    answer.set("text_en", neutral ? "being updated, please ask at the counter"
                                  : "staff whose payment qualification is suspended or terminated");
    Json people = Json::array();
    if (!neutral) {
        ZIGE_TRY(desk, agent_.desk());
        people = rows_of(*view->copy, *desk->overlay(), today());
    }
    answer.set("people", std::move(people));
    return answer;
}

/// What somebody has to do, and until when: windows to update, evidence, answers of the bureau that are late, codes to
/// map.
Result<Json> LocalService::duties(const ApiRequest&) {
    ZIGE_TRY(desk, agent_.desk());
    Json list = Json::array();
    const auto add = [&](const char* kind, std::string id, std::string name, Json due, bool late) {
        list.push(Json::object({{"kind", kind},
                                {"id", std::move(id)},
                                {"name", std::move(name)},
                                {"due", std::move(due)},
                                {"late", late}}));
    };
    for (const agent::Duty& duty : desk->duties())
        if (!duty.window_updated)
            add("departure", to_hex(duty.filing), duty.name, format(duty.duty.due.day),
                duty.duty.stage == DutyStage::late);
    ZIGE_TRY(followup, agent_.followup());
    ZIGE_TRY(evidence, followup->duties());
    for (const agent::EvidenceDuty& duty : evidence)
        if (!duty.evidence) add("evidence", duty.reference, duty.declared_by, format(duty.due), duty.late);
    for (const agent::FilingStatus& filing : desk->filings())
        if (filing.expected && (filing.state == FilingState::pending || filing.state == FilingState::sent))
            add("answer", to_hex(filing.filing.uuid), filing.name, format(filing.expected->day), filing.answer_late);
    if (const auto view = agent_.view()) {
        ZIGE_TRY(gate, agent_.gate());
        for (const agent::UnmappedCode& code : gate->unmapped().list(*view->copy, *desk->overlay(), today()))
            add("mapping", code.code, code.name, Json(), false);
    }
    return Json::object({{"duties", std::move(list)}});
}

}  // namespace zige::daemon

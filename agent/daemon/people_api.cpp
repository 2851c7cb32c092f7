#include <algorithm>

#include "agent/daemon/answer.h"
#include "agent/daemon/calendar_api.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/options.h"
#include "agent/daemon/people.h"
#include "shared/wire/limits.h"

namespace zige::daemon {
namespace {

constexpr long kPage = 200;

Json commitment_json(const Commitment& commitment) {
    return Json::object({{"kind", code_json(commitment.kind)}, {"date", day_json(commitment.date)}});
}

Json intervals_json(const Registration& person, const Copy& copy) {
    Json list = Json::array();
    for (const StandingInterval& each : person.standing)
        list.push(Json::object({{"status", code_json(each.status)},
                                {"from", format(each.from)},
                                {"end", day_json(each.end)},
                                {"nominal_end", day_json(each.nominal_end)},
                                {"article", copy.profile().article(each.article)},
                                {"document", each.document}}));
    return list;
}

Json leaves_json(const Registration& person) {
    Json list = Json::array();
    for (const Leave& each : person.leaves)
        list.push(Json::object(
            {{"kind", code_json(each.kind)}, {"from", format(each.from)}, {"until", day_json(each.until)}}));
    return list;
}

Json row_json(const Registration& person, const Overlay& overlay, Day today) {
    return Json::object({{"registration", person.no.value},
                         {"person", person.code},
                         {"name", person.name},
                         {"category", code_json(person.category)},
                         {"post", code_json(person.post)},
                         {"department", person.department},
                         {"commitment", commitment_json(person.commitment)},
                         {"registered_from", format(person.registered_from)},
                         {"last_day", day_json(last_day_of(person, overlay))},
                         {"in_service", is_in_service(person, overlay, today)},
                         {"status", code_json(standing_on(person, today))}});
}

/// The codes by which people look for somebody: name, code, department; as it is typed.
bool meets(const Registration& person, std::string_view part) {
    const auto holds = [&](const std::string& text) { return text.find(part) != std::string::npos; };
    return part.empty() || holds(person.name) || holds(person.code) || holds(person.department);
}

struct Page {
    std::uint32_t after = 0;
    std::size_t limit = kPage;
};
Result<Page> page_of(std::string_view query) {
    Page page;
    if (const std::string after = query_value(query, "after"); !after.empty()) {
        const auto number = parse_number(after, "after", 0, 1L << 31);
        if (!number) return fail(ErrorId::api_bad_field, "after", number.error().detail);
        page.after = static_cast<std::uint32_t>(*number);
    }
    if (const std::string limit = query_value(query, "limit"); !limit.empty()) {
        const auto number = parse_number(limit, "limit", 1, kPage);
        if (!number) return fail(ErrorId::api_bad_field, "limit", number.error().detail);
        page.limit = static_cast<std::size_t>(*number);
    }
    return page;
}

}  // namespace

std::optional<Day> last_day_of(const Registration& person, const Overlay& overlay) {
    const Overlay::Entry* filed = overlay.find(person.no);
    return filed == nullptr ? person.last_day : filed->last_day;
}

bool is_in_service(const Registration& person, const Overlay& overlay, Day today) {
    const auto last = last_day_of(person, overlay);
    return person.registered_from <= today && (!last || today <= *last);
}

Standing standing_on(const Registration& person, Day today) {
    Standing worst = Standing::normal;
    for (const StandingInterval& each : person.standing)
        if (each.covers(today)) worst = std::max(worst, each.status);
    return worst;
}

Result<const Registration*> LocalService::found_person(const agent::View& view, std::string_view who) const {
    if (who.starts_with('#')) {
        const auto number = parse_number(who.substr(1), "person", 1, 1L << 31);
        const Registration* person =
            number ? view.copy->by_number(RecordNo{static_cast<std::uint32_t>(*number)}) : nullptr;
        if (person != nullptr) return person;
        return fail(ErrorId::filing_unknown_person, "person", std::string(who.substr(0, kMaxCode)));
    }
    if (who.size() <= kMaxCode) {
        const Copy::Found found = view.copy->find(who, today());
        if (found.resolution == Resolution::known) return found.registration;
        ZIGE_TRY(desk, agent_.desk());
        const auto overlay = desk->overlay();
        const Overlay::Code* filed = overlay->code(who);
        if (filed != nullptr && !filed->removed)
            if (const Registration* person = view.copy->by_number(filed->target)) return person;
    }
    return fail(ErrorId::filing_unknown_person, "person", std::string(who.substr(0, kMaxCode)));
}

Day LocalService::today() const { return day_of(clock_.wall()); }

Result<std::shared_ptr<const agent::View>> LocalService::present_view() const {
    auto view = agent_.view();
    if (!view) return fail(ErrorId::agent_no_copy);
    return view;
}

/// Ascending numbers of registration; `after` of the next page is the last one of this.
Result<Json> LocalService::people(const ApiRequest& request) {
    ZIGE_TRY(page, page_of(request.query));
    ZIGE_TRY(view, present_view());
    ZIGE_TRY(desk, agent_.desk());
    const auto overlay = desk->overlay();
    const std::string part = query_value(request.query, "query");
    Json list = Json::array();
    bool more = false;
    for (const Registration& person : view->copy->registrations()) {
        if (person.no.value <= page.after || !meets(person, part)) continue;
        more = list.items()->size() == page.limit;
        if (more) break;
        list.push(row_json(person, *overlay, today()));
    }
    return Json::object({{"people", std::move(list)}, {"more", more}});
}

Result<Json> LocalService::person(const ApiRequest& request) {
    ZIGE_TRY(view, present_view());
    ZIGE_TRY(desk, agent_.desk());
    ZIGE_TRY(found, found_person(*view, part_in(request)));
    Json answer = person_json(*found, *view, *desk->overlay(), today());
    Json filings = Json::array();
    for (const agent::FilingStatus& each : desk->filings())
        if (each.no == found->no) filings.push(to_hex(each.filing.uuid));
    answer.set("filings", std::move(filings));
    return answer;
}

Json person_json(const Registration& person, const agent::View& view, const Overlay& overlay, Day today) {
    Json answer = row_json(person, overlay, today);
    Json codes = Json::array();
    for (const Alias& alias : view.copy->aliases())
        if (alias.target == person.no && !alias.code.empty()) codes.push(alias.code);
    answer.set("codes", std::move(codes));
    answer.set("standing", intervals_json(person, *view.copy));
    answer.set("leaves", leaves_json(person));
    answer.set("as_of", format(view.as_of));
    return answer;
}

}  // namespace zige::daemon

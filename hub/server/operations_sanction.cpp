#include <set>

#include "hub/server/operations.h"

namespace zige::hub {
namespace {

constexpr std::uint32_t kPage = 1000;

Json result_json(const SanctionResult& result) {
    Json json = to_json(result.published);
    Json at{Json::Array{}};
    for (const std::string& code : result.institutions) at.push(code);
    json.set("person", result.person.value).set("name", result.name).set("registered_at", std::move(at));
    return json;
}

Result<SanctionOrder> order_of(OperationContext& context, const CallArguments& arguments) {
    SanctionOrder order;
    if (arguments.flag("suspend") == arguments.flag("terminate"))
        return fail(ErrorId::api_missing_field, "suspend", "exactly one of suspend and terminate");
    order.status = arguments.flag("suspend") ? Standing::suspended : Standing::terminated;
    ZIGE_TRY(person, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(article, article_of(context, arguments));
    ZIGE_TRY(served, arguments.maybe_day("served"));
    ZIGE_TRY(from, arguments.maybe_day("from"));
    ZIGE_TRY(to, arguments.maybe_day("to"));
    order.person = std::move(person);
    order.document = std::move(document);
    order.article = article;
    order.served_on = served.value_or(context.today());
    // A sanction begins on the day after service unless the notice itself prints its first day.
    order.printed_start = from.has_value();
    order.from = from.value_or(order.served_on + std::chrono::days{1});
    if (to) order.nominal_end = *to + std::chrono::days{1};  // printed is the last day of the period
    ZIGE_TRY(barred, arguments.maybe_day("barred_until"));
    order.barred_until = barred;
    ZIGE_TRY(forced, arguments.text_or("force_date", ""));
    order.forced_dates = std::move(forced);
    order.ends_by_itself = arguments.flag("ends_by_itself");
    return order;
}

Result<Json> set(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(order, order_of(context, arguments));
    const bool preview = arguments.flag("preview");
    Sanctions& sanctions = context.hub.sanctions();
    ZIGE_TRY(result, preview ? sanctions.preview(order) : sanctions.start(actor, order));
    Json json = result_json(result);
    json.set("status", to_string(order.status))
        .set("document", order.document)
        .set("from", format(order.from))
        .set("nominal_end", to_json(order.nominal_end))
        .set("printed_end", to_json(day_before(order.nominal_end)))
        .set("ends_by_itself", order.ends_by_itself)
        .set("recorded", !preview);
    return json;
}

Result<Json> end(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(person, exact_person_of(context, arguments));
    ZIGE_TRY(document, arguments.text("document"));
    ZIGE_TRY(on, arguments.day("on"));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_TRY(result, context.hub.sanctions().end(actor, person, document, on, reason));
    Json json = result_json(result);
    json.set("end", format(on));
    return json;
}

Json timeline_of(const PersonInfo& person) {
    Json list{Json::Array{}};
    if (person.sites.empty()) return list;
    for (const StandingInterval& interval : person.sites.front().registration.standing) {
        Json each = to_json(interval);
        each.set("person", person.id.value).set("name", person.name);
        list.push(std::move(each));
    }
    return list;
}

/// Everybody who ever was suspended or terminated, from the log.
Result<std::set<PersonId>> sanctioned_people(const Hub& hub) {
    std::set<PersonId> people;
    std::uint64_t after = 0;
    for (std::size_t got = kPage; got == kPage;) {
        ZIGE_TRY(events, hub.log(after, kPage));
        got = events.size();
        for (const LogEvent& event : events) {
            after = event.number;
            if (event.event == HubEvent::sanction_started || event.event == HubEvent::standing_recovered)
                people.insert(event.person);
        }
    }
    return people;
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(who, arguments.maybe_text("person"));
    Json all{Json::Array{}};
    std::vector<std::string> people;
    if (who) {
        people.push_back(*who);
    } else {
        ZIGE_TRY(ids, sanctioned_people(context.hub));
        for (const PersonId id : ids) people.push_back("#" + std::to_string(id.value));
    }
    for (const std::string& each : people) {
        ZIGE_TRY(person, context.hub.registry().find_person(each));
        const Json timeline = timeline_of(person);
        for (const Json& interval : *timeline.items()) all.push(interval);
    }
    return Json::object({{"sanctions", std::move(all)}});
}

constexpr NamedOperation kOperations[] = {{"sanction.set", set}, {"sanction.end", end}, {"sanction.list", list}};

}  // namespace

std::span<const NamedOperation> sanction_operations() { return kOperations; }

}  // namespace zige::hub

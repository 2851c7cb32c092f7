#include <limits>

#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json incident_json(const Incident& incident, bool whole) {
    Json json = Json::object({{"number", incident.number},
                              {"kind", to_string(incident.kind)},
                              {"institution", incident.institution},
                              {"agent", incident.agent.value},
                              {"chapter", incident.chapter.value},
                              {"since", format(incident.opened)},
                              {"next_zh", next_zh_of(incident.kind)},
                              {"next_en", next_en_of(incident.kind)},
                              {"resolved", incident.resolved ? Json(format(*incident.resolved)) : Json()},
                              {"resolved_by", incident.resolved_by},
                              {"resolution", incident.resolution}});
    if (!whole) return json;
    Json evidence = Json::object();
    for (const auto& [name, value] : incident.evidence.all()) evidence.set(name, value);
    json.set("evidence", std::move(evidence));
    return json;
}

Result<std::uint64_t> number_of(const CallArguments& arguments) {
    ZIGE_TRY(text, arguments.text("number"));
    const auto number = whole_number(text);
    if (!number || *number < 0) return fail(ErrorId::api_bad_field, "number", text);
    return static_cast<std::uint64_t>(*number);
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(incidents, context.hub.incidents().list(arguments.flag("all")));
    Json list{Json::Array{}};
    if (const auto stopped = context.hub.stopped_incident()) list.push(incident_json(*stopped, true));
    for (const Incident& incident : incidents) list.push(incident_json(incident, false));
    return Json::object({{"incidents", std::move(list)}});
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(number, number_of(arguments));
    const auto stopped = context.hub.stopped_incident();
    if (number == 0 && stopped) return incident_json(*stopped, true);
    ZIGE_TRY(incident, context.hub.incidents().show(number));
    return incident_json(incident, true);
}

Result<std::optional<Branch>> branch_of(const CallArguments& arguments) {
    ZIGE_TRY(name, arguments.maybe_text("keep"));
    if (!name) return std::optional<Branch>();
    if (*name == "held") return std::optional(Branch::held);
    if (*name == "other") return std::optional(Branch::other);
    return fail(ErrorId::api_bad_field, "keep", "held or other");
}

Result<Json> resolve(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(number, number_of(arguments));
    ZIGE_TRY(reason, arguments.text("reason"));
    ZIGE_TRY(branch, branch_of(arguments));
    ZIGE_TRY(incident, context.hub.incidents().resolve(actor, number, {reason, branch}));
    return incident_json(incident, true);
}

constexpr NamedOperation kOperations[] = {
    {"incident.list", list}, {"incident.show", show}, {"incident.resolve", resolve}};

}  // namespace

std::span<const NamedOperation> incident_operations() { return kOperations; }

}  // namespace zige::hub

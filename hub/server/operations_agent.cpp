#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json agent_json(const AgentInfo& agent) {
    Json json = Json::object({{"agent", agent.id.value},
                              {"institution", agent.institution},
                              {"in_service", !agent.end.has_value()},
                              {"chapter", agent.chapter.value},
                              {"enrolled", format(agent.enrolled_at)},
                              {"certificate_until", format(agent.certificate_until)},
                              {"last_contact", agent.last_contact ? Json(format(*agent.last_contact)) : Json()},
                              {"have_seq", agent.have_seq.value},
                              {"entries_held", agent.entries_held},
                              {"waiting_entries", agent.waiting_entries},
                              {"waiting_filings", agent.waiting_filings},
                              {"frozen", agent.frozen},
                              {"software", agent.software}});
    if (!agent.end) return json;
    json.set("revoked_at", format(agent.end->at));
    json.set("reason", to_string(agent.end->reason));
    json.set("replaced_by", agent.end->replaced_by.value == 0 ? Json() : Json(agent.end->replaced_by.value));
    return json;
}

Result<AgentId> agent_named(const CallArguments& arguments, std::string_view name) {
    ZIGE_TRY(number, arguments.number_or(name, 0, 1, UINT32_MAX));
    if (number == 0) return fail(ErrorId::api_missing_field, std::string(name));
    return AgentId{static_cast<std::uint32_t>(number)};
}

Result<Json> list(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(institution, arguments.text_or("institution", ""));
    ZIGE_TRY(all, context.hub.agents().list(institution));
    Json agents{Json::Array{}};
    for (const AgentInfo& agent : all) agents.push(agent_json(agent));
    return Json::object({{"agents", std::move(agents)}});
}

Result<Json> show(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(agent, agent_named(arguments, "agent"));
    ZIGE_TRY(info, context.hub.agents().show(agent));
    return agent_json(info);
}

Result<Json> end(OperationContext& context, const CallArguments& arguments, RevocationReason reason,
                 AgentId replaced_by) {
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(agent, agent_named(arguments, "agent"));
    ZIGE_TRY(info, context.hub.agents().revoke(actor, agent, reason, replaced_by));
    context.hub.ingest().forget_clients();  // idle polls are refused from now on, too
    return agent_json(info);
}

Result<Json> revoke(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    ZIGE_TRY(reason, arguments.code<RevocationReason>("reason"));
    AgentId successor;
    if (arguments.has("replaced_by")) {
        ZIGE_TRY(named, agent_named(arguments, "replaced_by"));
        successor = named;
    }
    return end(context, arguments, reason, successor);
}

Result<Json> retire(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    return end(context, arguments, RevocationReason::retired, {});
}

constexpr NamedOperation kOperations[] = {
    {"agent.list", list}, {"agent.show", show}, {"agent.revoke", revoke}, {"agent.retire", retire}};

}  // namespace

std::span<const NamedOperation> agent_operations() { return kOperations; }

}  // namespace zige::hub

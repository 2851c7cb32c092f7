#include "hub/server/operations.h"

namespace zige::hub {
namespace {

Json agent_json(const Recovery::AgentProgress& agent) {
    return Json::object({{"agent", agent.agent.value},
                         {"handed_in", agent.handed_in ? Json(format(*agent.handed_in)) : Json()},
                         {"standings", agent.recovered.standings},
                         {"departures", agent.recovered.departures},
                         {"stops", agent.recovered.stops},
                         {"kept", agent.recovered.kept}});
}

Result<Json> progress(OperationContext& context) {
    ZIGE_TRY(progress, context.hub.recovery().show());
    const auto stopped = context.hub.stopped();
    Json institutions{Json::Array{}};
    for (const auto& each : progress.institutions) {
        Json agents{Json::Array{}};
        for (const auto& agent : each.agents) agents.push(agent_json(agent));
        institutions.push(Json::object(
            {{"code", each.code}, {"name", each.name}, {"recovered", each.recovered}, {"agents", std::move(agents)}}));
    }
    return Json::object({{"publishing", !stopped.has_value()},
                         {"stopped_by", stopped ? Json(to_string(stopped->id)) : Json()},
                         {"epoch", progress.epoch.value},
                         {"institutions", std::move(institutions)}});
}

Result<Json> recover(OperationContext& context, const CallArguments& arguments, const ServiceCall&) {
    if (arguments.flag("show")) return progress(context);
    ZIGE_TRY(actor, actor_of(arguments));
    ZIGE_TRY(waived, arguments.maybe_text("waive"));
    if (waived) {
        ZIGE_TRY(reason, arguments.text("reason"));
        ZIGE_CHECK(context.hub.recovery().waive(actor, *waived, reason));
        return progress(context);
    }
    std::optional<Epoch> by_root;
    if (arguments.has("epoch")) {
        ZIGE_TRY(epoch, arguments.number_or("epoch", 0, 1, UINT32_MAX));
        by_root = Epoch{static_cast<std::uint32_t>(epoch)};
    }
    ZIGE_CHECK(context.hub.recovery().start(actor, by_root));
    return progress(context);
}

constexpr NamedOperation kOperations[] = {{"recover", recover}};

}  // namespace

std::span<const NamedOperation> recovery_operations() { return kOperations; }

}  // namespace zige::hub

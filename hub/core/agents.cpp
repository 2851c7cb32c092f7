#include "hub/core/agents.h"

#include "hub/core/statements.h"
#include "shared/wire/envelope.h"

namespace zige::hub {

Result<AgentId> agent_of(ByteView envelope) {
    constexpr std::size_t kAgentKidBytes = 4;
    ZIGE_TRY(kid, wire::envelope_kid(envelope));
    if (kid.size() != kAgentKidBytes) return fail(ErrorId::wire_unknown_key, "envelope.kid", to_hex(kid));
    std::uint32_t number = 0;
    for (const std::byte b : kid) number = (number << 8U) | std::to_integer<std::uint32_t>(b);
    return AgentId{number};
}

Result<Agent> load_agent(Tx& tx, AgentId id) {
    ZIGE_TRY(agent, load_any_agent(tx, id));
    if (agent.revoked) return fail(ErrorId::agent_revoked, "agent", std::to_string(id.value));
    return agent;
}

Result<Agent> load_named_agent(Tx& tx, AgentId id) {
    auto agent = load_any_agent(tx, id);
    if (!agent.ok() && agent.error().id == ErrorId::hub_unknown_agent)
        return fail(ErrorId::hub_no_such_agent, "agent", std::to_string(id.value));
    if (agent.ok() && agent->revoked) return fail(ErrorId::hub_agent_ended, "agent", std::to_string(id.value));
    return agent;
}

Result<Agent> load_any_agent(Tx& tx, AgentId id) {
    ZIGE_TRY(row, tx.first(Sql::agent_get, {sql(id.value)}));
    if (!row) return fail(ErrorId::hub_unknown_agent, "agent", std::to_string(id.value));
    return Agent{id,
                 row->text(0),
                 Chapter{row->small(1)},
                 row->bytes(2),
                 row->bytes(3),
                 row->flag(4),
                 row->flag(5),
                 row->unsigned_number(6),
                 row->hash(7),
                 Chapter{row->small(8)},
                 row->unsigned_number(9),
                 AgentId{row->small(10)},
                 row->small(11)};
}

Result<bool> succeeds(Tx& tx, AgentId agent, const Agent& predecessor) {
    AgentId next = predecessor.replaced_by;
    // Who replaces is newer, so numbers rise and this ends.
    for (AgentId last = predecessor.id; next > last && next != agent;) {
        last = next;
        ZIGE_TRY(between, load_any_agent(tx, next));
        next = between.replaced_by;
    }
    return next.value != 0 && next == agent;
}

Result<void> save_journal_state(Tx& tx, const Agent& agent) {
    return tx.exec(Sql::agent_held, {sql(agent.held), sql(agent.held_hash), sql(agent.frozen), sql(agent.id.value)});
}

}  // namespace zige::hub

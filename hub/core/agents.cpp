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
    ZIGE_TRY(row, tx.first(Sql::agent_get, {sql(id.value)}));
    if (!row) return fail(ErrorId::hub_unknown_agent, "agent", std::to_string(id.value));
    if (row->flag(4)) return fail(ErrorId::agent_revoked, "agent", std::to_string(id.value));
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
                 row->unsigned_number(9)};
}

Result<void> save_journal_state(Tx& tx, const Agent& agent) {
    return tx.exec(Sql::agent_held, {sql(agent.held), sql(agent.held_hash), sql(agent.frozen), sql(agent.id.value)});
}

}  // namespace zige::hub

#include "hub/core/agents.h"

#include "hub/core/statements.h"

namespace zige::hub {

Result<Agent> load_agent(Tx& tx, AgentId id) {
    ZIGE_TRY(row, tx.first(Sql::agent_get, {sql(id.value)}));
    if (!row || row->flag(4)) return fail(ErrorId::hub_unknown_agent, "agent", std::to_string(id.value));
    return Agent{id,           row->text(0), Chapter{row->small(1)},  row->bytes(2), row->bytes(3),
                 row->flag(4), row->flag(5), row->unsigned_number(6), row->hash(7)};
}

Result<void> save_journal_state(Tx& tx, const Agent& agent) {
    return tx.exec(Sql::agent_held, {sql(agent.held), sql(agent.held_hash), sql(agent.frozen), sql(agent.id.value)});
}

}  // namespace zige::hub

#pragma once

#include <optional>

#include "hub/core/ports/store.h"
#include "shared/domain/ids.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// An enrolled agent as the database knows it.
struct Agent {
    AgentId id;
    std::string institution;
    Chapter chapter;
    Bytes signing_key;
    Bytes tls_key;
    bool revoked = false;
    bool frozen = false;            ///< its journal diverged: filings wait for an operator
    std::uint64_t held = 0;         ///< entries 1..held of this chapter are kept
    Hash256 held_hash{};            ///< chain hash there
    Chapter open_chapter;           ///< that an operator opened, to be started by the agent; 0: none
    std::uint64_t open_branch = 0;  ///< Branch of the journal that may start it
    AgentId replaced_by;            ///< who took its place; 0: nobody
    std::uint32_t phone_serial = 0;  ///< of the newest prolongation that was given for it
};

/// Whose envelope it says to be: its key id. wire_unknown_key, those of reading an envelope.
Result<AgentId> agent_of(ByteView envelope);
/// hub_unknown_agent: there is none; agent_revoked.
Result<Agent> load_agent(Tx& tx, AgentId id);
/// The same for a command of an operator: hub_no_such_agent, hub_agent_ended.
Result<Agent> load_named_agent(Tx& tx, AgentId id);
/// One that is out of service too. hub_unknown_agent.
Result<Agent> load_any_agent(Tx& tx, AgentId id);
/// Whether `agent` took the place of `predecessor`, or of who took it, and so on (LIFE-7).
Result<bool> succeeds(Tx& tx, AgentId agent, const Agent& predecessor);
/// Keeps held, held_hash and frozen.
Result<void> save_journal_state(Tx& tx, const Agent& agent);

}  // namespace zige::hub

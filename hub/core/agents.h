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
};

/// Whose envelope it says to be: its key id. wire_unknown_key, those of reading an envelope.
Result<AgentId> agent_of(ByteView envelope);
/// hub_unknown_agent: there is none; agent_revoked.
Result<Agent> load_agent(Tx& tx, AgentId id);
/// Keeps held, held_hash and frozen.
Result<void> save_journal_state(Tx& tx, const Agent& agent);

}  // namespace zige::hub

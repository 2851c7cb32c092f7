#pragma once

#include <optional>
#include <string_view>

#include "hub/core/ports/store.h"

namespace zige::hub {

/// Single values of the hub in its database.
enum class HubValue {
    epoch,               ///< number
    publish,             ///< number of the last publish
    last_person,         ///< newest PersonId
    last_agent,          ///< newest AgentId
    last_ineligible,     ///< newest row of the region ineligible set
    ineligible_version,  ///< number
    ineligible_salt,     ///< bytes
    config,              ///< bytes: encoded Config in force
    clock,               ///< bytes: what ClockGuard keeps
    last_incident,       ///< newest number of an incident
    recovery_witness,    ///< bytes: the witness as the last recovery found it
    entries,             ///< journal entries that were ever taken, of all agents
    recovery_log,        ///< log number at which the last recovery started; 0: there was none
    last_paper,          ///< newest number of an issued paper
    last_case,           ///< newest number of a case
};

/// 0 before it was set.
Result<std::uint64_t> get_number(Tx& tx, HubValue value);
Result<void> set_number(Tx& tx, HubValue value, std::uint64_t number);
/// The next one of a counter.
Result<std::uint64_t> next_number(Tx& tx, HubValue counter);
Result<std::optional<Bytes>> get_bytes(Tx& tx, HubValue value);
Result<void> set_bytes(Tx& tx, HubValue value, ByteView bytes);

}  // namespace zige::hub

#pragma once

#include "hub/core/environment.h"
#include "hub/core/trust.h"
#include "shared/wire/agent_messages.h"

namespace zige::hub {

/// What an envelope says that this hub signed, whenever it was: any online key of any of its trust documents, and the
/// time in the message lies in the validity of that key (TRUST-6). wire_unknown_key, wire_key_out_of_date, those of an
/// envelope.
Result<wire::Head> open_own_head(const Environment& env, const Trust& trust, ByteView envelope);
Result<wire::Held> open_own_held(const Environment& env, const Trust& trust, ByteView envelope);
Result<wire::Delta> open_own_delta(const Environment& env, const Trust& trust, ByteView envelope);

/// The state that a proof names for this institution. `state` is not known of a `held`.
struct Proven {
    Hash256 hash{};
    std::optional<wire::State> state;
};
/// As above; wire_wrong_institution: a head or delta of another institution; hub_agent_of_other_institution: a `held`
/// for another agent.
Result<Proven> open_proof(const Environment& env, const Trust& trust, const std::string& institution, AgentId agent,
                          const wire::StateProof& proof);

}  // namespace zige::hub

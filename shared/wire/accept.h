#pragma once

#include "shared/ports/crypto.h"
#include "shared/wire/delta.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// A reset by root that no state followed yet (TRUST-9).
struct StateReset {
    Epoch epoch;                      ///< of the next state
    std::uint32_t trust_version = 0;  ///< of the document that carried the reset
};

/// Whether an institution `own` that holds `have` (null: nothing yet) may take `next` (STATE rules). True: it is newer;
/// false: it is the very state that we hold.
/// wire_wrong_institution; wire_replayed: older, or its trust version is; wire_fork: another state under the same
/// number; wire_epoch_jump: more than one epoch ahead. `reset` (null: none waits): only a state of its epoch that was
/// published under its document or a later one, whatever is held; the caller forgets the reset when it has that state.
Result<bool> check_state(const InstitutionCode& own, const State* have, const State& next,
                         const StateReset* reset = nullptr);

/// The same while a reset by root waits for its first state (TRUST-9): one of `epoch`, made under trust document
/// `trust_version` or a later one, is taken whatever is held.
/// wire_wrong_institution; wire_epoch_jump: of a later epoch; wire_replayed: of an earlier one or an earlier document.
Result<bool> check_state_after_reset(const InstitutionCode& own, const State* have, const State& next, Epoch epoch,
                                     std::uint32_t trust_version);

/// Whether a delta starts where we are: at `have`, or from nothing (a snapshot). wire_gap: ask for a snapshot
/// (DELTA-1).
Result<void> check_delta_start(const DeltaStart& delta, const Hash256& have);

/// Whether chunk `index` is the one that the manifest names (BLOB-3). wire_bad_chunk: fetch it again.
Result<void> check_chunk(const Manifest& manifest, std::size_t index, ByteView chunk, const Hasher& hasher);

/// Whether a blob is the one that the manifest names (BLOB-4). wire_bad_hash.
Result<void> check_blob(const Manifest& manifest, ByteView blob, const Hasher& hasher);

}  // namespace zige::wire

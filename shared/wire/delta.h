#pragma once

#include "shared/wire/messages.h"

namespace zige::wire {

/// A delta up to its records.
struct DeltaStart {
    State state;
    Instant hub_time{};
    std::uint32_t ineligible_version = 0;
    std::optional<Hash256> from;  ///< nothing: it is state.previous
    std::optional<Bytes> config;
};

/// Takes a delta piece by piece, in the order of its bytes; an error ends the reading and is handed on.
class DeltaSink {
public:
    virtual ~DeltaSink() = default;
    virtual Result<void> start(DeltaStart start) = 0;
    /// Ascending numbers. `leaf`: the bytes under the Merkle leaf, valid during the call.
    virtual Result<void> record(Record record, ByteView leaf) = 0;
    /// Ascending numbers; that none is among the records is for the sink to refuse (decode_delta does).
    virtual Result<void> patch(StandingPatch patch) = 0;
};

/// Reads the payload of a delta with no more memory than one record: for the first sync of a large institution.
/// What reached the sink before an error stands in no valid delta. Errors as decode_delta (codec.h).
Result<void> read_delta(ByteView payload, DeltaSink& sink);

}  // namespace zige::wire

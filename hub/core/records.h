#pragma once

#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// Makes states: compares what the tables say with what was published last.
class Records {
public:
    Records(const Environment& env, const HubLog& log, const Trust& trust) : env_(env), log_(log), trust_(trust) {}

    /// The institution's next state, stored as published at change.seq(). False: it would be the same as the last.
    Result<bool> publish(Change& change, const std::string& institution) const;

private:
    Result<Hash256> update_leaves(Change& change, const std::string& institution) const;
    Result<Hash256> keep_config(Tx& tx, const std::string& institution) const;

    Environment env_;
    const HubLog& log_;
    const Trust& trust_;
};

/// The newest state of an institution up to `newest`; nothing if it has none.
struct StoredState {
    wire::State state;
    Hash256 hash{};
    Instant published{};
};
Result<std::optional<StoredState>> last_state(Tx& tx, const std::string& institution, std::uint64_t newest);

}  // namespace zige::hub

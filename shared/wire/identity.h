#pragma once

#include <string>

#include "shared/ports/sealing.h"
#include "shared/wire/messages.h"

namespace zige::wire {

/// An identity document, in the clear only where it is typed and inside the hub (P9).
struct Identity {
    std::string certificate_type;  ///< "01" resident identity card ...
    std::string number;
    bool operator==(const Identity&) const = default;
};

/// Trims; for type 01 checks the number strictly and raises an x, for no other (their forms are not known).
/// filing_bad_identity, identity_bad_length and its like; the number is never part of the error.
Result<Identity> check_identity(Identity identity);

/// What a filing carries: [certificate type, number] sealed to the hub's sealing key (FIL-4). crypto_bad_key,
/// crypto_failed.
Result<Bytes> seal_identity(const Identity& identity, const TrustDocument& hub, const Sealer& sealer);
/// filing_bad_identity: sealed to another key or for another hub, damaged, or not what check_identity() gives.
Result<Identity> open_identity(ByteView sealed, std::string_view hub_id, const Unsealer& unsealer);

}  // namespace zige::wire

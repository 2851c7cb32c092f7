#pragma once

#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/ports/sealing.h"

namespace zige::agent {

/// The hub's suite and the compressor. Objects of the caller, which outlive the core.
struct Crypto {
    const Hasher& hasher;
    const Verifier& verifier;
    const Compressor& compressor;
    const Sealer& sealer;
};

}  // namespace zige::agent

#pragma once

#include "hub/core/ports/store.h"
#include "shared/ports/clock.h"
#include "shared/ports/compressor.h"
#include "shared/ports/crypto.h"
#include "shared/ports/files.h"
#include "shared/ports/key_maker.h"
#include "shared/ports/random.h"

namespace zige::hub {

/// The world as the hub's core sees it. Everything outlives the core.
struct Environment {
    Store& store;
    const Clock& clock;
    Random& random;
    const Hasher& hasher;
    const Verifier& verifier;
    const KeyMaker& keys;
    const Compressor& compressor;
    Files& files;

    Day today() const { return day_of(clock.wall()); }
};

}  // namespace zige::hub

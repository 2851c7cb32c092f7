#pragma once

#include <memory>

#include "shared/ports/key_maker.h"

namespace zige {

/// Keys and certificates of a hub with this suite. Its ciphers are AES-256-GCM with random nonces.
std::unique_ptr<KeyMaker> make_key_maker(Suite suite);

}  // namespace zige

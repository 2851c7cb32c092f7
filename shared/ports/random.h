#pragma once

#include <span>

#include "shared/base/bytes.h"

namespace zige {

/// Cryptographic randomness. Any thread.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> out) = 0;
};

}  // namespace zige

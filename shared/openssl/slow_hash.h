#pragma once

#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

inline constexpr std::size_t kSlowHashBytes = 32;

/// scrypt (RFC 7914) with N = 2^14, r = 8, p = 1: 16 MB and some 50 ms for each guess, so that a short secret is not
/// found by trying all of them on a stolen file. ErrorId::crypto_failed: there is no memory for it.
Result<Bytes> slow_hash(std::string_view secret, ByteView salt);

}  // namespace zige

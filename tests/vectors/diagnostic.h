#pragma once

#include <string>

#include "shared/base/bytes.h"

namespace zige::vectors {

/// Diagnostic notation (RFC 8949 8) of well-formed CBOR: integers, strings, arrays, maps, booleans, null.
/// A reader of its own, so that vectors are not explained by the code that they test.
std::string diagnostic(ByteView bytes);

}  // namespace zige::vectors

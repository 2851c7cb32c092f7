#pragma once

#include <map>
#include <memory>

#include "shared/ports/compressor.h"

namespace zige {

/// Raw deflate. `dictionaries`: content by id, at most 32 kB each. Id 0 is always known: no dictionary.
/// deflate() with an id that is not there is a Bug.
std::unique_ptr<Compressor> make_compressor(std::map<std::uint8_t, Bytes> dictionaries);

}  // namespace zige

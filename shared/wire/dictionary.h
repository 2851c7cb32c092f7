#pragma once

#include <cstdint>
#include <map>

#include "shared/base/bytes.h"

namespace zige::wire {

/// Preset dictionaries of raw deflate (protocol/dictionary). One that was ever used never changes.
inline constexpr std::uint8_t kNewestDictionary = 1;

/// Empty for an id that is not known.
ByteView dictionary(std::uint8_t id);

/// All of them, as the compressor's factory takes them.
std::map<std::uint8_t, Bytes> dictionaries();

}  // namespace zige::wire

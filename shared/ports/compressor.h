#pragma once

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// Raw deflate (RFC 1951) with a preset dictionary of protocol/dictionary. Any thread.
class Compressor {
public:
    virtual ~Compressor() = default;
    virtual Bytes deflate(ByteView plain, std::uint8_t dictionary) const = 0;
    /// wire_too_large: more than `limit` bytes would come out (nothing beyond is allocated);
    /// wire_bad_compression: damaged, ends early, or bytes follow the end; wire_unknown_dictionary.
    virtual Result<Bytes> inflate(ByteView packed, std::uint8_t dictionary, std::size_t limit) const = 0;
};

}  // namespace zige

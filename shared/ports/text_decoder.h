#pragma once

#include <string>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zige {

/// Turns text of another character set into UTF-8. Any thread.
class TextDecoder {
public:
    virtual ~TextDecoder() = default;
    /// file_bad_encoding: `detail` names the offset of the first bad byte. Nothing is replaced or skipped.
    virtual Result<std::string> to_utf8(ByteView text) const = 0;
};

}  // namespace zige

#pragma once

#include <memory>

#include "shared/ports/text_decoder.h"

namespace zige {

/// GB18030, and with it GBK and GB2312, by the C library.
std::unique_ptr<TextDecoder> make_gb18030_decoder();

}  // namespace zige

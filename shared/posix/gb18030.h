#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/ports/text_decoder.h"

namespace zige {

/// GB18030, and with it GBK and GB2312, by the C library.
std::unique_ptr<TextDecoder> make_gb18030_decoder();

/// The other way. file_bad_encoding: not UTF-8.
Result<std::string> to_gb18030(std::string_view utf8);

}  // namespace zige

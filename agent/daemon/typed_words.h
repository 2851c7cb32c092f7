#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/ports/text_decoder.h"

namespace zige::daemon {

/// Whether a locale ("zh_CN.GBK", "zh_CN.gb18030@pinyin") types in GBK or its relatives.
bool types_gb18030(std::string_view locale);

/// The words of a command line as UTF-8: from GB18030 where the locale says so, else only if they are UTF-8 already.
/// usage_bad_argument names the option, never the damaged text. Nothing is replaced.
Result<std::vector<std::string>> typed_words(std::span<const std::string_view> words, std::string_view locale,
                                             const TextDecoder& gb18030);

}  // namespace zige::daemon

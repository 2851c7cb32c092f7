#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/codes.h"

namespace zige {

struct Error;

/// What the reader does now: a sentence of the registry, "" where the error's own text says it all.
const char* next_step(ErrorId code, Lang lang);

/// An error as its reader sees it. In Chinese nothing English stands inside a sentence: a detail that has no Chinese
/// words goes into `technical`, to be shown on a line of its own for whoever is called for help.
struct ErrorWords {
    std::string reason;     ///< "日期无效：last_day（2026-13-01）"
    std::string next;       ///< may be empty
    std::string technical;  ///< may be empty
};
ErrorWords words_of(const Error& error, Lang lang);

/// `detail` in Chinese: by the table of phrases, or as it is where it is a value and no words ("D411502000123").
/// Nothing: only English is known.
std::optional<std::string> chinese_detail(std::string_view detail);

}  // namespace zige

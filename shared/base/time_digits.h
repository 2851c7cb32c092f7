#pragma once

#include <string>

#include "shared/base/time.h"

namespace zige {

/// "20260918084000", China time: as the national interface writes the time of a message.
inline std::string digits_of(Instant when) {
    std::string text = format(when);
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
}

}  // namespace zige

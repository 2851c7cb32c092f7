#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace zige::daemon {

/// One line that somebody types at the terminal of this process, which does not show it (P9). usage_bad_argument: there
/// is no terminal; use a file.
/// `instead`: the option that takes it from a file.
Result<std::string> read_unseen(std::string_view prompt, std::string_view instead);

}  // namespace zige::daemon

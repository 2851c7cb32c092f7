#pragma once

#include <string>
#include <string_view>

#include "hub/core/profile/profile_file.h"

namespace zige::testing {

/// The tag of what an article of a text says: "信医保〔2025〕1号 第四十条第（四）项：…" is XY-40-4. A text that names
/// no document is of `profile`'s own. Empty: not understood.
std::string article_tag(std::string_view profile, std::string_view text);

/// The tag that tests of a value of `profile` carry: of its article, or of the higher text's; "ours:<key>" where the
/// value is ours or undecided.
std::string value_tag(std::string_view profile, const hub::SourcedValue& value);

}  // namespace zige::testing

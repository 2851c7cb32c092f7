#pragma once

#include "shared/base/result.h"

namespace zige::capi {

/// The sentence for a code of a ZIGE_TEXT_... group. api_bad_field: "group" or "code".
Result<const char*> sentence(std::int32_t group, std::int32_t code, Lang lang);

}  // namespace zige::capi

#pragma once

#include "shared/base/codes.h"
#include "shared/base/exit_code.h"

namespace zige::hub {

/// What zige-hub ends with for an error.
Exit exit_of(ErrorId error);

}  // namespace zige::hub

#pragma once

#include <memory>

#include "shared/ports/qr.h"

namespace zige {

std::unique_ptr<QrEncoder> make_qr_encoder();

}  // namespace zige

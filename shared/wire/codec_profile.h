#pragma once

#include "shared/wire/codec_parts.h"

namespace zige::wire {

void write(Writer&, const Profile&);
Profile read_profile(Reader&);

}  // namespace zige::wire

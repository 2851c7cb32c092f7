#pragma once

#include <string>
#include <string_view>

#include "agent/core/enrol.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxSlipBytes = 16U << 10;

/// Reads a printed or typed slip (入网凭条). The line behind its QR code says all: "zige:HOST:PORT/TOKEN/FINGERPRINT".
/// Without that line, the first two lines that end in base-32 groups are token and fingerprint, and `hub` is needed.
/// `hub`: "https://host:port", wins over the slip's address; empty if not given. enrol_bad_slip names what is missing.
Result<agent::Slip> read_slip(std::string_view text, std::string_view hub);

}  // namespace zige::daemon

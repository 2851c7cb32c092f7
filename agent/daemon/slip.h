#pragma once

#include <string>
#include <string_view>

#include "agent/core/enrol.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxSlipBytes = 16U << 10;

/// Reads a slip (入网凭条) as it was printed, scanned or typed. What its QR code says is enough, anywhere in the text:
/// "zige:HOST:PORT/TOKEN/FINGERPRINT", in capitals or not, with blanks and line ends in it, with the full-width
/// characters of a Chinese keyboard. Without it, the first two lines that end in base-32 groups are token and
/// fingerprint, and `hub` is needed.
/// `hub`: "https://host:port", wins over the slip's address; empty if not given. enrol_bad_slip names what is missing.
Result<agent::Slip> read_slip(std::string_view text, std::string_view hub);

/// Whether the text has a whole code of a slip in it.
bool holds_code(std::string_view text);

}  // namespace zige::daemon

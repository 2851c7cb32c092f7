#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/enrol.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxSlipBytes = 16U << 10;  ///< of a text

/// Reads a slip (入网凭条) as it was printed, scanned or typed. What its QR code says is enough, anywhere in the text:
/// "zige:HOST:PORT/TOKEN/FINGERPRINT", in capitals or not, with blanks and line ends in it, with the full-width
/// characters of a Chinese keyboard. Without it, the first two lines that end in base-32 groups are token and
/// fingerprint, and `hub` is needed.
/// `hub`: "https://host:port", wins over the slip's address; empty if not given. enrol_bad_slip names what is missing.
Result<agent::Slip> read_slip(std::string_view text, std::string_view hub);

/// The bureau's file for an institution without a line, and the slip that it is: `fingerprint` is what the paper says,
/// for who carries the file is not trusted. enrol_bad_slip: fingerprint (not given, not 20 characters); wire_*.
struct SlipFile {
    agent::Slip slip;
    std::vector<Bytes> trust;  ///< encoded SignedTrust each
};
bool is_slip_file(std::string_view content);
Result<SlipFile> read_slip_file(ByteView content, std::string_view fingerprint, std::string_view hub);

/// Whether the text has a whole code of a slip in it.
bool holds_code(std::string_view text);

}  // namespace zige::daemon

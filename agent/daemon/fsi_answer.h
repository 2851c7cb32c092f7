#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/gate.h"
#include "agent/daemon/fsi_message.h"
#include "shared/base/result.h"
#include "shared/base/time.h"
#include "shared/poco/http_server.h"
#include "shared/poco/json.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxErrMsg = 200;       ///< characters of err_msg
inline constexpr std::size_t kMaxFsiOutput = 40000;  ///< bytes of output, as the interface has it

/// Of the numbers and times of an answer.
struct FsiStamp {
    std::string institution;  ///< code; its digits 2 to 7 begin inf_refmsgid
    std::uint64_t serial = 0;
    Instant received{};
    Instant answered{};
};

/// In the interface's own envelope: infcode 0 or -1, err_msg, and our own words under output.zige.
HttpReply fsi_reply(int status, Charset charset, std::string_view err_msg, Json zige, const FsiStamp& stamp);

/// For a message box, at most kMaxErrMsg characters: which lines, who, why, the reference, and what to do next. As a
/// gateway none of the message went on; empty: no line is refused.
std::string refusal_words(const agent::Claim& asked, const agent::ClaimAnswer& cleared, bool gateway);
/// The same of an error: what, where, and what to do next.
std::string error_words(const Error& error);

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;
/// What was decided, beside an answer that is the platform's own: X-Zige-Outcome, the worst of all lines, and
/// X-Zige-Reference, theirs in the order of the message, between commas; empty where none was recorded.
HttpHeaders decision_headers(const agent::ClaimAnswer& cleared);

/// The answer of POST /v1/clear, shortened to what fits into `output`: first lines that pass plainly, then all.
Json shortened(Json cleared);

/// Whether such a line may go on.
bool may_settle(const agent::LineAnswer& line);

/// What somebody's answer says. Each may be empty.
struct PlatformWords {
    std::string infcode;     ///< "0" is good; empty: it is no answer of the interface
    std::string visit;       ///< mdtrt_id that it gave
    std::string settlement;  ///< setl_id that it gave
};
PlatformWords words_of_platform(std::string_view content_type, ByteView body);

}  // namespace zige::daemon

#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include "agent/core/agent.h"
#include "agent/core/forwards.h"
#include "agent/daemon/fsi_answer.h"
#include "agent/daemon/service.h"
#include "shared/poco/http_server.h"
#include "shared/poco/platform.h"
#include "shared/ports/clock.h"
#include "shared/ports/crypto.h"

namespace zige::daemon {

/// POST /fsi/{infno}: messages of the national interface as they are. It judges them by the same gate as POST /v1/clear
/// and answers in the interface's envelope; as a gateway it sends on what passes whole, byte for byte, once (JRN-11).
/// What a message says of a patient is neither kept nor logged. Any thread.
class FsiDesk {
public:
    /// All outlive the FsiDesk.
    struct Parts {
        agent::Agent& agent;
        const Clock& clock;
        const Hasher& hasher;
        Platform* platform = nullptr;                    ///< null: judges, and sends nothing on
        int max_waiting = 16;                            ///< messages that wait for the platform at once
        std::function<void(const std::string&)> report;  ///< one English line for each failure that nobody else sees
        /// Whether somebody may be said to answer for lines (LocalService::prove); empty: whoever is named.
        std::function<Result<void>(std::string_view name, std::string_view pin, const Caller& caller)> prove = {};
    };
    explicit FsiDesk(Parts parts) : parts_(std::move(parts)) {}

    /// `infno`: of the path; empty: the message says. `caller`: who showed a key, or why not. Every answer is an
    /// envelope of the interface. Status 200: it is judged, or the message is at fault; 401 to 413: the call is; 5xx:
    /// no answer could be formed (docs/embedding.md).
    HttpReply call(const HttpRequest& http, std::string_view infno, const Result<Caller>& caller);
    /// In the same envelope, for what never came so far.
    HttpReply refuse(int status, const Error& error);

private:
    class Call;
    FsiStamp stamp(Instant received);

    Parts parts_;
    std::atomic<std::uint64_t> serial_{0};
    std::atomic<int> waiting_{0};  // messages that wait for the platform
};

}  // namespace zige::daemon

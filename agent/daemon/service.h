#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/poco/json.h"

namespace zige::daemon {

/// Who asks. The owner is whoever may open the data folder: the command line, by lock or by the 0600 socket.
enum class CallerRole { owner, his, clerk, viewer };
const char* to_string(CallerRole role);

struct Caller {
    CallerRole role = CallerRole::viewer;
    std::string name;  ///< of the key; empty for the owner
};

/// One call of the local interface, whichever way it came.
struct ApiRequest {
    std::string method = "GET";
    std::string path;   ///< "/v1/departures/3f.../undo"
    std::string query;  ///< "from=2026-09-18&days=10"
    std::string body;   ///< JSON, or empty
    Caller caller;
};

struct ApiAnswer {
    int status = 200;
    Json body;  ///< {"error": {...}} unless the status is 2xx
};

/// The next lines of an answer, each with its end; "" behind the last one. One call at a time.
using AnswerLines = std::function<std::string()>;

/// The one interface of the agent: every command, local HTTP request and test goes through it. Any thread.
class AgentService {
public:
    virtual ~AgentService() = default;
    virtual ApiAnswer call(const ApiRequest& request) = 0;
    /// POST /v1/clear of a claim that comes line by line; what is decided is decided as the lines are taken.
    /// api_bad_method: this way has no such call.
    virtual Result<AnswerLines> clear_lines(const ApiRequest& request);
};

/// {"error": {"code": "api_bad_field", "number": 6003, "field": "...", "reason_zh": "...", "reason_en": "...",
/// "next_zh": "...", "next_en": "...", "detail": "..."}} with the HTTP status that fits.
ApiAnswer error_answer(const Error& error);
int http_status(ErrorId error);

/// The Error of an answer that is one (for the command line); status 2xx gives nothing.
std::optional<Error> error_of(const ApiAnswer& answer);

}  // namespace zige::daemon

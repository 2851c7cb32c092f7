#pragma once

#include "hub/server/log.h"
#include "hub/server/service.h"
#include "shared/poco/http_server.h"

namespace zige::hub {

inline constexpr std::string_view kOperationPath = "/v1/operations/";

/// POST /v1/operations/NAME on the Unix socket: encode_call() in, the answer or an error as JSON out. Any thread.
HttpReply answer_operation(HubService& service, Log& log, const HttpRequest& request);

}  // namespace zige::hub

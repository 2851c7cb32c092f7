#pragma once

#include <string>
#include <string_view>

#include "shared/domain/ids.h"
#include "shared/ports/transport.h"

namespace zige::agent {

/// The body of a successful answer. A refusal {"error":"name"} becomes that error of the registry (field `hub`); any
/// other status: net_refused from 500 on, sync_refused below.
Result<Bytes> body_of(Result<HttpAnswer> answer);

/// The key id of an agent in its envelopes: its number, 4 bytes big-endian.
Bytes kid_of(AgentId agent);

/// "zige.example:7443" as "https://zige.example:7443"; enrol_bad_slip for anything that is no host and port.
Result<std::string> hub_url_of(std::string_view typed);

}  // namespace zige::agent

#pragma once

#include <memory>
#include <string>

#include "agent/capi/answer_out.h"
#include "agent/capi/charset.h"
#include "agent/capi/claim_in.h"
#include "agent/daemon/service.h"
#include "zige/zige.h"

namespace zige::capi {

/// An agent behind a handle: our own, or one that runs in another process. Any thread, but for close().
class Session {
public:
    virtual ~Session() = default;
    virtual Result<void> check(const ClaimReader& claim, AnswerWriter& to) = 0;
    virtual Result<void> clear(const ClaimReader& claim, AnswerWriter& to) = 0;
    virtual Result<void> sync(bool carry, zige_sync_report& to) = 0;
    virtual Result<void> tick() = 0;
    /// A call of the local interface.
    virtual daemon::ApiAnswer call(const daemon::ApiRequest& request) = 0;
    /// Ends a sync that is under way, and waits for it.
    virtual void close() = 0;
};

/// api_missing_field, api_bad_field, file_bad_encoding: of the options. agent_not_enrolled, agent_busy, and what
/// opening an agent says.
Result<std::unique_ptr<Session>> open_owner(const zige_open_options& options, const Charset& charset);
Result<std::unique_ptr<Session>> open_client(const zige_connect_options& options, const Charset& charset);

}  // namespace zige::capi

#pragma once

#include "hub/core/hub.h"
#include "hub/server/log.h"
#include "hub/server/rate_limit.h"
#include "shared/poco/http_server.h"

namespace zige::hub {

/// The paths that agents know, over HTTPS. Errors are {"error":"name"} with a status.
///   GET  /v1/trust?from=N      signed trust documents after version N; anybody
///   POST /v1/enroll            EnrolRequest; anybody who holds a token, rate limited
///   GET  /v1/head?...          the institution's head; a known agent's client certificate
///   POST /v1/sync              a carrying sync; likewise
///   GET  /v1/blob/HEX/I        chunk I of a blob; likewise
///   POST /v1/renew             RenewRequest: another certificate; no client certificate, rate limited
/// An agent that was revoked is answered 410 with the signed word (LIFE-3).
///   POST /v1/copy              everything that an agent holds, for a hub that recovers; likewise; answer 204
/// Any thread.
class AgentApi {
public:
    AgentApi(Hub& hub, const Clock& clock, Log& log, RateLimit::Limits limits = {})
        : hub_(hub), clock_(clock), log_(log), limit_(limits) {}

    HttpReply answer(const HttpRequest& request);

private:
    struct Route;
    static const Route kRoutes[];

    Result<Bytes> dispatch(const HttpRequest& request);
    Result<void> slow_down(const HttpRequest& request);
    Result<Bytes> trust(const HttpRequest& request);
    Result<Bytes> enroll(const HttpRequest& request);
    Result<Bytes> head(const HttpRequest& request);
    Result<Bytes> sync(const HttpRequest& request);
    Result<Bytes> blob(const HttpRequest& request);
    Result<Bytes> renew(const HttpRequest& request);
    /// The signed word for who sent `request`.
    Result<Bytes> word_for(const HttpRequest& request);
    Result<Bytes> copy(const HttpRequest& request);
    /// SubjectPublicKeyInfo of the client certificate: what agents are known by. hub_unknown_agent.
    static Result<Bytes> peer_key(const HttpRequest& request);

    Hub& hub_;
    const Clock& clock_;
    Log& log_;
    RateLimit limit_;
};

}  // namespace zige::hub

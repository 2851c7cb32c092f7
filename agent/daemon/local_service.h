#pragma once

#include <mutex>

#include "agent/core/agent.h"
#include "agent/daemon/api_keys.h"
#include "agent/daemon/service.h"
#include "shared/ports/clock.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxApiBody = 1U << 20;
inline constexpr std::size_t kMaxNoticeText = 1U << 16;  ///< a notice as the bureau prints it, with its picture

/// The calls of the local interface on an agent that this process owns: roles, routes and handlers.
/// docs/embedding.md lists the paths. Thread safety: call() from any thread; syncs wait for each other.
class LocalService : public AgentService {
public:
    /// Keeps references.
    LocalService(agent::Agent& agent, ApiKeys& keys, const Clock& clock);

    /// api_unknown_path, api_bad_method, api_forbidden (the role of the caller may not do this), and what the core
    /// says.
    ApiAnswer call(const ApiRequest& request) override;

    /// One sync, when no other runs. For the daemon's own thread, and for POST /v1/sync.
    Result<agent::SyncReport> sync(bool carry);
    /// No sync runs while the lock is held.
    std::unique_lock<std::mutex> wait_for_sync() { return std::unique_lock(syncing_); }

private:
    struct Route;
    static const Route kRoutes[];
    const Route* find_route(const ApiRequest& request, bool& path_known) const;

    Result<Json> check(const ApiRequest& request);
    Result<Json> clear(const ApiRequest& request);
    Result<Json> decision(const ApiRequest& request);
    Result<Json> evidence(const ApiRequest& request);
    Result<Json> evidence_duties(const ApiRequest& request);
    Result<Json> reverse(const ApiRequest& request);
    Result<Json> receipt(const ApiRequest& request);
    Result<Json> check_receipt(const ApiRequest& request);
    Result<Json> precheck(const ApiRequest& request);
    Result<Json> mapping(const ApiRequest& request);
    Result<Json> status(const ApiRequest& request);
    Result<Json> departures(const ApiRequest& request);
    Result<Json> depart(const ApiRequest& request);
    Result<Json> undo(const ApiRequest& request);
    Result<Json> confirm(const ApiRequest& request);
    Result<Json> amend(const ApiRequest& request);
    Result<Json> file(const ApiRequest& request);
    Result<Json> duty(const ApiRequest& request);
    Result<Json> filings(const ApiRequest& request);
    Result<Json> filing(const ApiRequest& request);
    Result<Json> take_back(const ApiRequest& request);
    Result<Json> filing_code(const ApiRequest& request);
    Result<Json> sync_now(const ApiRequest& request);
    Result<Json> verify_journal(const ApiRequest& request);
    Result<Json> calendar(const ApiRequest& request);
    Result<Json> list_keys(const ApiRequest& request);
    Result<Json> make_key(const ApiRequest& request);
    Result<Json> revoke_key(const ApiRequest& request);
    Result<Json> add_statement(const ApiRequest& request);
    Result<Json> prolong(const ApiRequest& request);

    Result<std::string> person_of(const ApiRequest& request, agent::Desk& desk) const;

    agent::Agent& agent_;
    ApiKeys& keys_;
    const Clock& clock_;
    std::mutex syncing_;  // one sync_once at a time
};

/// Who records it: the field `clerk`, else the name of the caller's key. api_missing_field.
Result<std::string> clerk_of(const Json& body, const Caller& caller);

}  // namespace zige::daemon

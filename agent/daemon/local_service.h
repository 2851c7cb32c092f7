#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "agent/core/agent.h"
#include "agent/daemon/api_keys.h"
#include "agent/daemon/pin_book.h"
#include "agent/daemon/service.h"
#include "shared/ports/clock.h"

namespace zige::daemon {

inline constexpr std::size_t kMaxApiBody = 1U << 20;
inline constexpr std::size_t kMaxNoticeText = 1U << 16;  ///< a notice as the bureau prints it, with its picture

/// Wrong queries of each caller, so that nobody tries codes and PINs of a whole staff. Any thread.
class SelfQueries {
public:
    bool are_too_many(const std::string& caller, std::chrono::milliseconds now);  ///< `now`: since boot
    void note_wrong(const std::string& caller, std::chrono::milliseconds now);

private:
    struct Wrong {
        int times = 0;
        std::chrono::milliseconds since{};
    };
    std::mutex mutex_;
    std::map<std::string, Wrong> wrong_;  // by the name of the key: as many as there are keys
};

/// The calls of the local interface on an agent that this process owns: roles, routes and handlers.
/// routes.cpp has the table of them, docs/embedding.md explains. Thread safety: call() from any thread; syncs wait for each other.
class LocalService : public AgentService {
public:
    /// All outlive it.
    struct Parts {
        agent::Agent& agent;
        ApiKeys& keys;
        PinBook& clerks;  ///< 经办人 with a PIN of their own; while there is none, a name is taken as it is given
        PinBook& people;  ///< staff who ask for themselves, by "#" and the registration number
        Random& random;
        const Clock& clock;
    };
    explicit LocalService(const Parts& parts);

    /// api_unknown_path, api_bad_method, api_forbidden (the role of the caller may not do this), and what the core
    /// says.
    ApiAnswer call(const ApiRequest& request) override;
    /// At once: agent_no_copy, api_forbidden, api_overloaded (four at a time), and what ClaimStream::read says. Keeps
    /// this service.
    Result<AnswerLines> clear_lines(const ApiRequest& request) override;

    /// Nothing, or why `name` may not be said to act: local_pin_needed, local_pin_wrong, local_pin_locked,
    /// local_pins_damaged. `pin` may be empty.
    Result<void> prove(std::string_view name, std::string_view pin, const Caller& caller);
    /// One sync, when no other runs. For the daemon's own thread, and for POST /v1/sync.
    Result<agent::SyncReport> sync(bool carry);
    /// No sync runs while the lock is held.
    std::unique_lock<std::mutex> wait_for_sync() { return std::unique_lock(syncing_); }

private:
    using Handler = Result<Json> (LocalService::*)(const ApiRequest&);
    struct Route;
    static const Route kRoutes[];
    const Route* find_route(const ApiRequest& request, bool& path_known) const;
    /// What stands in the path for the braces of its route; empty: it has none. A view into the request.
    std::string_view part_in(const ApiRequest& request) const;

    Result<Json> openapi(const ApiRequest& request);
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
    Result<Json> people(const ApiRequest& request);
    Result<Json> person(const ApiRequest& request);
    Result<Json> give_person_pin(const ApiRequest& request);
    Result<Json> self(const ApiRequest& request);
    Result<Json> board(const ApiRequest& request);
    Result<Json> duties(const ApiRequest& request);
    Result<Json> list_clerks(const ApiRequest& request);
    Result<Json> add_clerk(const ApiRequest& request);
    Result<Json> remove_clerk(const ApiRequest& request);
    Result<Json> set_clerk_pin(const ApiRequest& request);
    Result<Json> add_statement(const ApiRequest& request);
    Result<Json> prolong(const ApiRequest& request);

    /// Who records it: the field `clerk`, proven by `clerk_pin`; else the name of the caller's key. api_missing_field, and
    /// what prove() says.
    Result<std::string> clerk_of(const Json& body, const Caller& caller);
    Result<void> prove_releases(const Json& body, const Caller& caller);
    Day today() const;
    Result<std::shared_ptr<const agent::View>> present_view() const;  ///< agent_no_copy
    /// By any code, or "#" and the registration number. Lives as long as the view. filing_unknown_person.
    Result<const Registration*> found_person(const agent::View& view, std::string_view who) const;
    Result<const Registration*> proven_self(const agent::View& view, const Json& body);
    Result<std::string> person_of(const ApiRequest& request, agent::Desk& desk) const;

    const Parts parts_;
    agent::Agent& agent_;
    const Clock& clock_;
    SelfQueries self_queries_;
    std::atomic<int> streams_{0};  // claims that come line by line
    std::mutex syncing_;  // one sync_once at a time
};

}  // namespace zige::daemon

#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "hub/core/agents.h"
#include "hub/core/feed.h"
#include "hub/core/filed_cases.h"
#include "hub/core/publisher.h"
#include "hub/core/recovery.h"
#include "shared/wire/messages.h"

namespace zige::hub {

inline constexpr std::chrono::minutes kPcClockTolerance{10};  ///< of an agent's wall clock, against the hub's time

struct IngestOptions {
    std::chrono::seconds contact_every{300};  ///< distance of contact slots; agents are spread over it
    std::chrono::seconds client_refresh{60};  ///< after this a TLS client is looked up again
};

/// Takes in what agents bring: journal, filings, health (P5). Any thread.
class Ingest {
public:
    Ingest(const Environment& env, const Trust& trust, Publisher& publisher, Feed& feed, const Recovery& recovery,
           const FiledCases& cases, IngestOptions options = {});

    /// One carrying sync. `request`: envelope of a SyncRequest; `peer_key`: SubjectPublicKeyInfo of the TLS client
    /// certificate, empty when the message did not come over TLS (a file). Answer: encoded SyncAnswer.
    /// Everything that it acknowledges is durable on return. One transaction: on an error nothing was taken.
    /// hub_unknown_agent, hub_agent_of_other_institution, wire_*, hub_behind_witness.
    Result<Bytes> sync(ByteView request, ByteView peer_key);

    /// The institution that a TLS client belongs to, for head and blob requests. hub_unknown_agent, agent_revoked.
    /// Kept in memory for `client_refresh`: an idle poll reads no database.
    Result<std::string> institution_of(ByteView peer_key);
    /// After an agent was taken out of service: every client is looked up again.
    void forget_clients();

private:
    struct Opened {
        wire::SyncRequest request;
        std::set<Bytes> verified;  ///< verified_batches()
    };
    Result<Opened> open(ByteView envelope, ByteView peer_key);
    Result<void> name_stolen_key(const Agent& agent, const wire::SyncRequest& request, ByteView peer_key);
    Result<void> take(Change& change, Agent& agent, const Opened& opened, wire::Held& held) const;
    Result<void> take_filings(Change& change, Agent& agent, const wire::SyncRequest& request, wire::Held& held) const;
    Result<Bytes> answer(const Agent& agent, const wire::SyncRequest& request, wire::Held held, bool withheld);
    Result<Bytes> answer_without_state(const wire::SyncRequest& request, const wire::Held& held) const;

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    Feed& feed_;
    const Recovery& recovery_;
    const FiledCases& cases_;
    IngestOptions options_;
    struct Client {
        std::string institution;
        Instant read_at{};
    };
    std::mutex mutex_;  // guards clients_
    std::map<Bytes, Client> clients_;
};

}  // namespace zige::hub

#pragma once

#include <string>

#include "hub/core/agents.h"
#include "hub/core/feed.h"
#include "hub/core/publisher.h"
#include "shared/wire/messages.h"

namespace zige::hub {

struct IngestOptions {
    std::chrono::seconds contact_every{300};  ///< distance of contact slots; agents are spread over it
};

/// Takes in what agents bring: journal, filings, health (P5). Any thread.
class Ingest {
public:
    Ingest(const Environment& env, const Trust& trust, Publisher& publisher, Feed& feed, IngestOptions options = {});

    /// One carrying sync. `request`: envelope of a SyncRequest; `peer_key`: SubjectPublicKeyInfo of the TLS client
    /// certificate, empty when the message did not come over TLS (a file). Answer: encoded SyncAnswer.
    /// Everything that it acknowledges is durable on return. One transaction: on an error nothing was taken.
    /// hub_unknown_agent, hub_agent_of_other_institution, wire_*, hub_behind_witness.
    Result<Bytes> sync(ByteView request, ByteView peer_key);

    /// The institution that a TLS client belongs to, for head and blob requests. hub_unknown_agent.
    Result<std::string> institution_of(ByteView peer_key) const;

private:
    Result<wire::SyncRequest> open(Tx& tx, ByteView envelope, ByteView peer_key, Agent& agent) const;
    Result<void> take(Change& change, Agent& agent, const wire::SyncRequest& request, wire::Held& held) const;
    Result<Bytes> answer(const Agent& agent, const wire::SyncRequest& request, wire::Held held);

    Environment env_;
    const Trust& trust_;
    Publisher& publisher_;
    Feed& feed_;
    IngestOptions options_;
};

}  // namespace zige::hub

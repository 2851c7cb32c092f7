#include "hub/core/ingest.h"

#include "hub/core/agents.h"
#include "hub/core/filing_desk.h"
#include "hub/core/journal_intake.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::uint32_t kSlotStep = 37;  // seconds between the slots of agents with neighbouring numbers

/// Agents come at their own second of each period, whatever they did before: no crowd after an outage.
Instant next_slot(Instant now, AgentId agent, std::chrono::seconds every) {
    const std::chrono::seconds offset = std::chrono::seconds{agent.value * kSlotStep} % every;
    const Instant earliest = now + every / 2;
    const auto past = (earliest.time_since_epoch() - offset) % every;
    return earliest + (past.count() == 0 ? std::chrono::seconds{0} : every - past);
}

Result<void> check_sender(const Agent& agent, const wire::SyncRequest& request) {
    if (request.institution.text != agent.institution)
        return fail(ErrorId::hub_agent_of_other_institution, "request.institution", request.institution.text);
    if (request.chapter != agent.chapter)
        return fail(ErrorId::wire_bad_chain, "request.chapter", std::to_string(request.chapter.value));
    return {};
}

Result<void> keep_health(Tx& tx, const Agent& agent, const wire::SyncRequest& request, Instant now) {
    const wire::Health& health = request.health;
    return tx.exec(Sql::agent_health, {sql(now), sql(request.seq.value), sql(health.software),
                                       sql(health.clock_suspect), sql(health.clock_unknown),
                                       sql(health.waiting_entries), sql(health.waiting_filings), sql(agent.id.value)});
}

}  // namespace

Ingest::Ingest(const Environment& env, const Trust& trust, Publisher& publisher, Feed& feed, IngestOptions options)
    : env_(env), trust_(trust), publisher_(publisher), feed_(feed), options_(options) {}

Result<wire::SyncRequest> Ingest::open(ByteView envelope, ByteView peer_key) const {
    ZIGE_TRY(id, agent_of(envelope));
    ZIGE_TRY(agent, read_from(env_.store, [id = id](Tx& tx) { return load_agent(tx, id); }));
    if (!peer_key.empty() && to_bytes(peer_key) != agent.tls_key)
        return fail(ErrorId::hub_unknown_agent, "peer", "the TLS certificate belongs to another agent");
    ZIGE_TRY(payload, wire::open_envelope({trust_.hub_id(), MessageType::sync_request}, envelope, agent.signing_key,
                                          env_.verifier, env_.compressor, kMaxSyncRequestPayload));
    ZIGE_TRY(request, wire::decode_sync_request(payload));
    if (request.agent != id)
        return fail(ErrorId::hub_unknown_agent, "request.agent", std::to_string(request.agent.value));
    return request;
}

Result<void> Ingest::take(Change& change, Agent& agent, const wire::SyncRequest& request, wire::Held& held) const {
    JournalIntake journal(env_, change, agent);
    for (const wire::Segment& segment : request.segments) ZIGE_CHECK(journal.take(segment));
    ZIGE_CHECK(journal.check_claim(request.journal_size, request.journal_hash));
    ZIGE_CHECK(save_journal_state(change.tx(), agent));
    FilingDesk filings(env_, trust_, change, agent);
    for (const Bytes& filing : request.filings) {
        ZIGE_TRY(result, filings.take(filing));
        if (result) held.results.push_back(*result);
    }
    ZIGE_CHECK(keep_health(change.tx(), agent, request, change.now()));
    held.agent = agent.id;
    held.chapter = agent.chapter;
    held.size = agent.held;
    held.hash = agent.held_hash;
    held.frozen = agent.frozen;
    held.hub_time = change.now();
    held.next_contact = next_slot(change.now(), agent.id, options_.contact_every);
    return {};
}

Result<Bytes> Ingest::sync(ByteView envelope, ByteView peer_key) {
    if (envelope.size() > kMaxSyncRequestBytes) return fail(ErrorId::wire_too_large, "request");
    ZIGE_TRY(request, open(envelope, peer_key));  // nobody waits for the write lock with bad bytes
    Agent agent;
    wire::Held held;
    auto published =
        publisher_.change("agent " + std::to_string(request.agent.value), [&](Change& change) -> Result<void> {
            ZIGE_TRY(known, load_agent(change.tx(), request.agent));
            agent = std::move(known);
            ZIGE_CHECK(check_sender(agent, request));
            return take(change, agent, request, held);
        });
    if (!published.ok()) return published.error();
    return answer(agent, request, std::move(held));
}

Result<Bytes> Ingest::answer(const Agent& agent, const wire::SyncRequest& request, wire::Held held) {
    wire::SyncAnswer answer;
    answer.trust = trust_.chain_after(request.trust_version);
    ZIGE_TRY(update, feed_.update(agent.institution, request.state_hash, request.staged));
    answer.institution_type = update.type;
    answer.institution = std::move(update.envelope);
    ZIGE_TRY(current, feed_.current(agent.institution));
    held.state_hash = current.hash;
    for (wire::FilingResult& result : held.results)  // done and undone in one sync: no state shows it
        if (result.in_seq > current.state.seq) result.in_seq = Seq{};
    ZIGE_TRY(signed_held, trust_.sign(MessageType::held, wire::encode(held), held.hub_time));
    answer.held = std::move(signed_held);
    ZIGE_TRY(ineligible, feed_.ineligible(request.ineligible_version));
    answer.ineligible = std::move(ineligible);
    return wire::encode(answer);
}

Result<std::string> Ingest::institution_of(ByteView peer_key) {
    if (peer_key.empty()) return fail(ErrorId::hub_unknown_agent, "peer", "no client certificate");
    const Instant now = env_.clock.wall();
    {
        const std::scoped_lock lock(mutex_);
        const auto known = clients_.find(to_bytes(peer_key));
        if (known != clients_.end() && now >= known->second.read_at &&
            now < known->second.read_at + options_.client_refresh)
            return known->second.institution;
    }
    ZIGE_TRY(institution, read_from(env_.store, [&](Tx& tx) -> Result<std::string> {
                 ZIGE_TRY(row, tx.first(Sql::agent_by_tls_key, {sql(peer_key)}));
                 if (!row) return fail(ErrorId::hub_unknown_agent, "peer");
                 if (row->flag(2)) return fail(ErrorId::agent_revoked, "peer", std::to_string(row->number(1)));
                 return row->text(0);
             }));
    const std::scoped_lock lock(mutex_);
    clients_[to_bytes(peer_key)] = {institution, now};  // no more than there are agents
    return institution;
}

void Ingest::forget_clients() {
    const std::scoped_lock lock(mutex_);
    clients_.clear();
}

}  // namespace zige::hub

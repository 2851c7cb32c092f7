#include "hub/core/ingest.h"

#include "hub/core/agents.h"
#include "hub/core/filing_desk.h"
#include "hub/core/incidents.h"
#include "hub/core/journal_intake.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
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

Result<void> check_sender(const Agent& agent, const wire::SyncRequest& request, bool chapters_may_be_ahead) {
    if (request.institution.text != agent.institution)
        return fail(ErrorId::hub_agent_of_other_institution, "request.institution", request.institution.text);
    if (request.chapter > agent.chapter && request.chapter != agent.open_chapter && !chapters_may_be_ahead)
        return fail(ErrorId::wire_bad_chain, "request.chapter", std::to_string(request.chapter.value));
    return {};
}

/// The agent started the chapter that was opened for it: those before are left as far as they are held.
Result<void> settle_chapter(const Environment& env, Tx& tx, Agent& agent, Chapter chapter) {
    if (chapter <= agent.chapter) return {};
    ZIGE_CHECK(tx.exec(Sql::chapter_put,
                       {sql(agent.id.value), sql(agent.chapter.value), sql(agent.held), sql(agent.held_hash)}));
    for (Chapter lost{agent.chapter.value + 1}; lost < chapter; ++lost.value)
        ZIGE_CHECK(tx.exec(Sql::chapter_put, {sql(agent.id.value), sql(lost.value), sql(std::uint64_t{0}),
                                              sql(wire::chain_start(agent.id, lost, env.hasher))}));
    agent.chapter = chapter;
    agent.open_chapter = Chapter{};
    agent.held = 0;
    agent.held_hash = wire::chain_start(agent.id, chapter, env.hasher);
    agent.frozen = false;
    return tx.exec(Sql::agent_chapter, {sql(chapter.value), sql(agent.held_hash), sql(agent.id.value)});
}

/// Whether this journal is the one that the operator lets go on.
bool may_start(const Agent& agent, bool diverged, bool current) {
    if (agent.open_chapter.value == 0) return false;
    const auto branch = static_cast<Branch>(agent.open_branch);
    if (!current) return branch != Branch::held;
    return branch == Branch::any || diverged == (branch == Branch::other);
}

Fields as_evidence(const wire::SyncRequest& request, Instant now) {
    Fields evidence;
    evidence.add("software", request.health.software)
        .add("journal_size", static_cast<std::int64_t>(request.journal_size))
        .add("journal_hash", to_hex(request.journal_hash))
        .add("trusted", format(request.times.trusted))
        .add("running", format(request.times.running))
        .add("wall", format(request.times.wall))
        .add("hub_time", format(now));
    return evidence;
}

/// P4: what the computer shows as its time, against ours. An agent that was long without a line cannot tell whether its
/// clock runs ahead; here it can be told. Never early: a request was minutes on a bad line at most.
bool clock_is_off(const wire::SyncRequest& request, Instant now) {
    return request.health.clock_suspect || std::chrono::abs(request.times.wall - now) > kPcClockTolerance;
}

/// What the agent says of itself and a person must see to. Each is opened once.
Result<void> note_troubles(Change& change, const Agent& agent, const wire::SyncRequest& request, bool goes_on) {
    const struct {
        bool seen;
        IncidentKind kind;
        Chapter chapter;
    } troubles[] = {{request.health.anchor_ahead && !goes_on, IncidentKind::restored_folder, request.chapter},
                    {clock_is_off(request, change.now()), IncidentKind::clock_suspect, {}},
                    {request.health.disk_rolls_back, IncidentKind::disk_rolls_back, {}}};
    for (const auto& trouble : troubles) {
        if (!trouble.seen) continue;
        auto opened = open_incident(change, {trouble.kind, agent.institution, agent.id, trouble.chapter},
                                    as_evidence(request, change.now()));
        if (!opened.ok()) return opened.error();
    }
    return {};
}

Result<void> keep_health(Tx& tx, const Agent& agent, const wire::SyncRequest& request, Instant now) {
    const wire::Health& health = request.health;
    return tx.exec(
        Sql::agent_health,
        {sql(now), sql(request.seq.value), sql(health.software), sql(health.clock_suspect), sql(health.clock_unknown),
         sql(health.waiting_entries), sql(health.waiting_filings), sql(request.trust_version), sql(agent.id.value)});
}

}  // namespace

Ingest::Ingest(const Environment& env, const Trust& trust, Publisher& publisher, Feed& feed, const Recovery& recovery,
               const FiledCases& cases, IngestOptions options)
    : env_(env), trust_(trust), publisher_(publisher), feed_(feed), recovery_(recovery), cases_(cases), options_(options) {}

Result<Ingest::Opened> Ingest::open(ByteView envelope, ByteView peer_key) {
    ZIGE_TRY(id, agent_of(envelope));
    ZIGE_TRY(agent, read_from(env_.store, [id = id](Tx& tx) { return load_agent(tx, id); }));
    ZIGE_TRY(payload, wire::open_envelope({trust_.hub_id(), MessageType::sync_request}, envelope, agent.signing_key,
                                          env_.verifier, env_.compressor, kMaxSyncRequestPayload));
    ZIGE_TRY(request, wire::decode_sync_request(payload));
    if (request.agent != id)
        return fail(ErrorId::hub_unknown_agent, "request.agent", std::to_string(request.agent.value));
    if (!peer_key.empty() && to_bytes(peer_key) != agent.tls_key) {
        ZIGE_CHECK(name_stolen_key(agent, request, peer_key));
        return fail(ErrorId::hub_unknown_agent, "peer", "the TLS certificate belongs to another agent");
    }
    auto verified = verified_batches(request, agent.signing_key, env_);
    return Opened{std::move(request), std::move(verified)};
}

/// What one agent signed came over the line of another: its signing key, or its messages, are in other hands.
Result<void> Ingest::name_stolen_key(const Agent& agent, const wire::SyncRequest& request, ByteView peer_key) {
    const std::string actor = "agent " + std::to_string(agent.id.value);
    auto named = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Fields evidence = as_evidence(request, change.now());
        ZIGE_TRY(peer, change.tx().first(Sql::agent_by_tls_key, {sql(peer_key)}));
        if (peer) evidence.add("sent_by_agent", peer->number(1));
        auto opened = open_incident(change, {IncidentKind::stolen_key, agent.institution, agent.id, {}}, evidence);
        return opened.ok() ? Result<void>() : opened.error();
    });
    return named.ok() ? Result<void>() : named.error();
}

Result<void> Ingest::take(Change& change, Agent& agent, const Opened& opened, wire::Held& held) const {
    const wire::SyncRequest& request = opened.request;
    ZIGE_CHECK(settle_chapter(env_, change.tx(), agent, request.chapter));
    JournalIntake journal(env_, change, agent, request.chapter, opened.verified);
    for (const wire::Segment& segment : request.segments) ZIGE_CHECK(journal.take(segment));
    ZIGE_CHECK(journal.check_claim(request.chapter, request.journal_size, request.journal_hash));
    const bool current = request.chapter == agent.chapter;
    const bool goes_on = may_start(agent, journal.diverged(), current);
    if (!goes_on) ZIGE_CHECK(journal.name_divergence(request.health.anchor_ahead));
    ZIGE_CHECK(journal.save());
    ZIGE_TRY(position, journal.held(request.chapter));
    if (current) ZIGE_CHECK(take_filings(change, agent, request, held));
    ZIGE_CHECK(note_troubles(change, agent, request, goes_on));
    ZIGE_CHECK(keep_health(change.tx(), agent, request, change.now()));
    held.agent = agent.id;
    held.chapter = request.chapter;
    held.size = position.size;
    held.hash = position.hash;
    held.frozen = agent.frozen || !current;
    // A folder from before the present chapter gets there chapter by chapter (LIFE-2).
    if (goes_on) held.open_chapter = Chapter{request.chapter.value + 1};
    ZIGE_TRY(earlier, journal.earlier(request.chapter));
    held.earlier = std::move(earlier);
    held.hub_time = change.now();
    held.next_contact = next_slot(change.now(), agent.id, options_.contact_every);
    return {};
}

Result<void> Ingest::take_filings(Change& change, Agent& agent, const wire::SyncRequest& request,
                                  wire::Held& held) const {
    FilingDesk filings(env_, trust_, cases_, change, agent);
    for (const Bytes& filing : request.filings) {
        ZIGE_TRY(result, filings.take(filing));
        if (result) held.results.push_back(*result);
    }
    return {};
}

Result<Bytes> Ingest::sync(ByteView envelope, ByteView peer_key) {
    if (envelope.size() > kMaxSyncRequestBytes) return fail(ErrorId::wire_too_large, "request");
    ZIGE_TRY(opened, open(envelope, peer_key));  // nobody waits for the write lock with bad bytes
    const wire::SyncRequest& request = opened.request;
    Agent agent;
    wire::Held held;
    Recovery::Verdict verdict;
    auto published =
        publisher_.change("agent " + std::to_string(request.agent.value), [&](Change& change) -> Result<void> {
            ZIGE_TRY(known, load_agent(change.tx(), request.agent));
            agent = std::move(known);
            ZIGE_TRY(judged, recovery_.judge(change, agent, request, held));
            verdict = judged;
            if (verdict.stop) change.stop(*verdict.stop);
            const auto sender = check_sender(agent, request, verdict.chapters_may_be_ahead);
            if (!sender.ok() && verdict.stop) return {};  // what the database lacks is named, and nothing is taken
            ZIGE_CHECK(sender);
            return take(change, agent, opened, held);
        });
    if (!published.ok()) return published.error();
    return answer(agent, request, std::move(held), verdict.withheld);
}

/// Before an agent handed in what only it has (REC-1): no state, and none is named.
Result<Bytes> Ingest::answer_without_state(const wire::SyncRequest& request, const wire::Held& held) const {
    wire::SyncAnswer answer;
    answer.trust = trust_.chain_after(request.trust_version);
    ZIGE_TRY(signed_held, trust_.sign(MessageType::held, wire::encode(held), held.hub_time));
    answer.held = std::move(signed_held);
    return wire::encode(answer);
}

Result<Bytes> Ingest::answer(const Agent& agent, const wire::SyncRequest& request, wire::Held held, bool withheld) {
    ZIGE_CHECK(publisher_.visible());
    if (withheld) return answer_without_state(request, held);
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
    // A version of an earlier epoch may be one of another past: the whole set, with or after the state of this epoch.
    const bool other_epoch = request.epoch != Epoch{} && request.epoch < current.state.epoch;
    if (other_epoch && answer.institution_type != MessageType::delta) return wire::encode(answer);
    ZIGE_TRY(ineligible, feed_.ineligible(other_epoch ? 0 : request.ineligible_version));
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

#include "hub/core/recovery.h"

#include <algorithm>

#include "hub/core/hub_values.h"
#include "hub/core/incidents.h"
#include "hub/core/own_signature.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

/// P5: no number is given twice. Every epoch has its own block of numbers, so that one backup that is put back again
/// does not give what it gave the last time. On the wire they are u32: there are kBlocks of them.
constexpr std::uint64_t kBlock = 1'000'000;
constexpr std::uint64_t kBlocks = 4000;
/// Above a counter that is in the block already, or outgrew it: as many as the lost part may have given.
constexpr std::uint64_t kLost = 100'000;

std::uint64_t above_lost(std::uint64_t restored, std::uint64_t epoch) {
    const std::uint64_t block = std::min(epoch, kBlocks) * kBlock;
    return std::max(block, std::min<std::uint64_t>(restored + kLost, std::max<std::uint64_t>(restored, UINT32_MAX)));
}

/// Those of the hub itself; an institution's records have their own.
constexpr HubValue kCounters[] = {HubValue::last_agent, HubValue::last_person, HubValue::last_incident,
                                  HubValue::last_ineligible, HubValue::ineligible_version};

Result<void> raise_counters(Tx& tx, std::uint64_t epoch) {
    for (const HubValue counter : kCounters) {
        ZIGE_TRY(restored, get_number(tx, counter));
        ZIGE_CHECK(set_number(tx, counter, above_lost(restored, epoch)));
    }
    return {};
}

struct StateAt {
    Hash256 hash{};
    Bytes content;
};
Result<std::optional<StateAt>> state_at(Tx& tx, const std::string& institution, Epoch epoch, Seq seq) {
    ZIGE_TRY(row, tx.first(Sql::state_at, {sql(institution), sql(epoch.value), sql(seq.value)}));
    if (!row) return std::optional<StateAt>{};
    return std::optional<StateAt>(StateAt{row->hash(0), row->bytes(1)});
}

Result<bool> knows(Tx& tx, const std::string& institution, const Hash256& hash) {
    if (hash == wire::kGenesis) return true;
    ZIGE_TRY(row, tx.first(Sql::state_by_hash, {sql(institution), sql(hash)}));
    return row.has_value();
}

/// How far a chapter of an agent is held; nothing: it never was.
Result<std::uint64_t> held_of(Tx& tx, const Agent& agent, Chapter chapter) {
    if (chapter == agent.chapter) return agent.held;
    ZIGE_TRY(row, tx.first(Sql::chapter_get, {sql(agent.id.value), sql(chapter.value)}));
    return row ? row->unsigned_number(0) : 0;
}

/// Whether a state is one of the present epoch: what was told with an earlier one was lost by a restore that is known.
Result<bool> is_of_this_epoch(Tx& tx, const std::string& institution, const Hash256& hash) {
    ZIGE_TRY(row, tx.first(Sql::state_by_hash, {sql(institution), sql(hash)}));
    if (!row) return false;
    ZIGE_TRY(state, wire::decode_state(row->bytes(0)));
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    return state.epoch.value == epoch;
}

Fields evidence_of(const wire::SyncRequest& request, const Proven& proven) {
    Fields evidence;
    evidence.add("agent", static_cast<std::int64_t>(request.agent.value))
        .add("epoch", static_cast<std::int64_t>(proven.state ? proven.state->epoch.value : request.epoch.value))
        .add("seq", static_cast<std::int64_t>(proven.state ? proven.state->seq.value : request.seq.value))
        .add("state", to_hex(proven.hash))
        .add("signed", to_string(request.proof->type))
        .add("envelope", to_hex(request.proof->envelope));
    return evidence;
}

}  // namespace

Result<Published> Recovery::start(const std::string& actor, std::optional<Epoch> by_root) {
    if (by_root) {
        const auto& reset = trust_.document().reset;
        if (!reset || reset->epoch != *by_root)
            return fail(ErrorId::trust_bad_reset, "epoch", "the trust document resets to no such epoch");
    }
    Publisher::Restart restart;
    restart.by_root = by_root;
    auto seen = read_from(env_.store, [](Tx& tx) { return any_open(tx, IncidentKind::hub_restored_unknown); });
    if (!seen.ok()) return seen.error();
    if (*seen) {
        const Fields& evidence = (*seen)->evidence;
        ZIGE_TRY(epoch, evidence.number("epoch"));
        ZIGE_TRY(seq, evidence.number("seq"));
        restart.epoch = Epoch{static_cast<std::uint32_t>(epoch)};
        restart.publish_number = static_cast<std::uint64_t>(seq);
    }
    return publisher_.restart(actor, restart, [&](Change& change) { return begin(change); });
}

Result<void> Recovery::begin(Change& change) const {
    Tx& tx = change.tx();
    ZIGE_TRY(tip, log_.tip(tx));
    ZIGE_CHECK(set_number(tx, HubValue::recovery_log, tip.number + 1));
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    LogEvent event;
    event.event = HubEvent::recovery_started;
    event.body.add("epoch", static_cast<std::int64_t>(epoch))
        .add("publish", static_cast<std::int64_t>(change.seq().value));
    ZIGE_CHECK(change.log(std::move(event)));
    ZIGE_CHECK(close_incidents(change, IncidentKind::hub_restored_unknown, "zige-hub recover"));
    ZIGE_CHECK(raise_counters(tx, epoch));
    ZIGE_TRY(codes, tx.query(Sql::institution_codes, {}));
    for (const Row& row : codes) {
        const std::string& code = row.text(0);
        ZIGE_TRY(next, tx.first(Sql::institution_next_no, {sql(code)}));
        const std::uint64_t raised = above_lost(next->unsigned_number(0), epoch);
        ZIGE_CHECK(tx.exec(Sql::institution_raise_no, {sql(raised), sql(code), sql(raised)}));
        ZIGE_TRY(all, all_handed_in(tx, code));  // it has no agent: nobody could hand anything in
        if (all) continue;
        ZIGE_CHECK(tx.exec(Sql::institution_recovered, {sql(false), sql(code)}));
        change.touch(code);
    }
    return {};
}

Result<Published> Recovery::waive(const std::string& actor, const std::string& institution, const std::string& reason) {
    if (reason.empty() || reason.size() > kMaxText)
        return fail(ErrorId::usage_bad_argument, "reason", "1 to 300 bytes");
    return publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(record, load_institution(change.tx(), institution));
        if (record.recovered) return fail(ErrorId::hub_not_recovering, "institution", institution);
        return end(change, institution, reason);
    });
}

Result<void> Recovery::end(Change& change, const std::string& institution, const std::string& why) const {
    ZIGE_CHECK(change.tx().exec(Sql::institution_recovered, {sql(true), sql(institution)}));
    LogEvent event;
    event.event = HubEvent::recovery_ended;
    event.institution = institution;
    event.body.add("why", why);
    ZIGE_CHECK(change.log(std::move(event)));
    change.touch(institution);
    return {};
}

/// Every agent that is not revoked handed in since the recovery started.
Result<bool> Recovery::all_handed_in(Tx& tx, const std::string& institution) const {
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    ZIGE_TRY(row, tx.first(Sql::agents_not_handed_in, {sql(institution), sql(epoch)}));
    return row->number(0) == 0;
}

Result<void> Recovery::note_hand_in(Change& change, const Agent& agent, const Hash256& state,
                                    const Recovered& recovered) const {
    Tx& tx = change.tx();
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    ZIGE_CHECK(tx.exec(Sql::hand_in_put, {sql(epoch), sql(agent.id.value), sql(state), sql(agent.institution),
                                          sql(change.now()), sql(recovered.standings), sql(recovered.departures),
                                          sql(recovered.stops), sql(recovered.kept)}));
    ZIGE_TRY(record, load_institution(tx, agent.institution));
    if (record.recovered) return {};
    ZIGE_TRY(all, all_handed_in(tx, agent.institution));
    return all ? end(change, agent.institution, "all agents handed in") : Result<void>();
}

Result<wire::CopyHandIn> Recovery::open(ByteView envelope, ByteView peer_key) const {
    ZIGE_TRY(id, agent_of(envelope));
    ZIGE_TRY(agent, read_from(env_.store, [id = id](Tx& tx) { return load_agent(tx, id); }));
    if (!peer_key.empty() && to_bytes(peer_key) != agent.tls_key)
        return fail(ErrorId::hub_unknown_agent, "peer", "the TLS certificate belongs to another agent");
    ZIGE_TRY(payload, wire::open_envelope({trust_.hub_id(), MessageType::hand_in}, envelope, agent.signing_key,
                                          env_.verifier, env_.compressor, kMaxPayloadBytes));
    ZIGE_TRY(copy, wire::decode_copy_hand_in(payload));
    if (copy.agent != id) return fail(ErrorId::hub_unknown_agent, "copy.agent", std::to_string(copy.agent.value));
    return copy;
}

/// Two people under one number: what was done under it since belongs to whom? No program knows.
Result<void> Recovery::name_other_people(Change& change, const Agent& agent, const VerifiedCopy& copy,
                                         const Recovered& recovered) {
    if (recovered.others == 0) return {};
    Fields evidence = recovered.other_people;
    evidence.add("numbers", static_cast<std::int64_t>(recovered.others))
        .add("state", to_hex(copy.hash))
        .add("epoch", static_cast<std::int64_t>(copy.state.epoch.value))
        .add("seq", static_cast<std::int64_t>(copy.state.seq.value));
    auto opened = open_incident(change, {IncidentKind::number_of_another, agent.institution, agent.id, {}}, evidence);
    return opened.ok() ? Result<void>() : opened.error();
}

Result<void> Recovery::hand_in(ByteView envelope, ByteView peer_key) {
    ZIGE_TRY(copy, open(envelope, peer_key));
    ZIGE_TRY(agent, read_from(env_.store, [&](Tx& tx) { return load_agent(tx, copy.agent); }));
    ZIGE_TRY(verified, verify_copy(env_, trust_, agent.institution, copy));
    ZIGE_CHECK(publisher_.rise_above(verified.state.seq));
    auto done = publisher_.change("agent " + std::to_string(agent.id.value), [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(known, knows(tx, agent.institution, verified.hash));
        ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
        ZIGE_TRY(before, tx.first(Sql::hand_in_get, {sql(epoch), sql(agent.id.value), sql(verified.hash)}));
        if (known || before) return {};
        if (verified.state.epoch.value >= epoch)  // not lost by a restore that an operator knows of
            return fail(ErrorId::hand_in_refused, "copy.state", "epoch " + std::to_string(verified.state.epoch.value));
        ZIGE_TRY(since, get_number(tx, HubValue::recovery_log));
        ZIGE_TRY(recovered, StricterFromCopy(log_, change, agent.institution, since).take(verified.records));
        LogEvent event;
        event.event = HubEvent::copy_handed_in;
        event.institution = agent.institution;
        event.body.add("agent", static_cast<std::int64_t>(agent.id.value))
            .add("epoch", static_cast<std::int64_t>(verified.state.epoch.value))
            .add("seq", static_cast<std::int64_t>(verified.state.seq.value))
            .add("state", to_hex(verified.hash))
            .add("standings", static_cast<std::int64_t>(recovered.standings))
            .add("departures", static_cast<std::int64_t>(recovered.departures))
            .add("stops", static_cast<std::int64_t>(recovered.stops))
            .add("kept", static_cast<std::int64_t>(recovered.kept))
            .add("other_people", static_cast<std::int64_t>(recovered.others));
        ZIGE_CHECK(change.log(std::move(event)));
        ZIGE_CHECK(name_other_people(change, agent, verified, recovered));
        return note_hand_in(change, agent, verified.hash, recovered);
    });
    if (!done.ok()) return done.error();
    return {};
}

Result<Recovery::Verdict> Recovery::judge(Change& change, const Agent& agent, const wire::SyncRequest& request,
                                          wire::Held& held) const {
    ZIGE_TRY(verdict, judge_state(change, agent, request, held));
    if (!verdict.stop) ZIGE_CHECK(judge_journal(change, agent, request, verdict));
    return verdict;
}

Result<Recovery::Verdict> Recovery::judge_state(Change& change, const Agent& agent, const wire::SyncRequest& request,
                                                wire::Held& held) const {
    Tx& tx = change.tx();
    Verdict verdict;
    ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
    ZIGE_TRY(record, load_institution(tx, agent.institution));
    verdict.chapters_may_be_ahead = !record.recovered;
    const Hash256 claimed = claimed_state(agent, request);
    ZIGE_TRY(known, knows(tx, agent.institution, claimed));
    if (known) {
        if (!record.recovered) ZIGE_CHECK(note_hand_in(change, agent, claimed, {}));  // nothing was lost
        return verdict;
    }
    ZIGE_TRY(handed, tx.first(Sql::hand_in_get, {sql(epoch), sql(agent.id.value), sql(claimed)}));
    if (handed) return verdict;
    if (request.epoch.value < epoch) {  // REC-1
        held.hand_in = true;
        verdict.withheld = true;
        return verdict;
    }
    held.prove = true;                  // its word alone stops nobody
    verdict.withheld = !request.proof;  // a newer state of ours would take from it what it has to prove
    if (request.proof) ZIGE_CHECK(judge_proof(change, agent, request, claimed, verdict));
    return verdict;
}

/// Who wants a snapshot names no state: what it holds, and would lose by it, is what its proof names (SYNC-10).
Hash256 Recovery::claimed_state(const Agent& agent, const wire::SyncRequest& request) const {
    if (request.state_hash != wire::kGenesis || !request.proof) return request.state_hash;
    const auto proven = open_proof(env_, trust_, agent.institution, agent.id, *request.proof);
    return proven.ok() ? proven->hash : wire::kGenesis;
}

/// P5: a `held` that was signed here says how far a journal was held.
Result<void> Recovery::judge_journal(Change& change, const Agent& agent, const wire::SyncRequest& request,
                                     Verdict& verdict) const {
    if (!request.proof || request.proof->type != MessageType::held) return {};
    const auto proven = open_own_held(env_, trust_, request.proof->envelope);
    if (!proven.ok() || proven->agent != agent.id) return {};  // proves nothing
    ZIGE_TRY(held, held_of(change.tx(), agent, proven->chapter));
    if (held >= proven->size) return {};
    ZIGE_TRY(present, is_of_this_epoch(change.tx(), agent.institution, proven->state_hash));
    if (!present) return {};  // or the state is lost as well, and is what is to be proven
    Fields evidence;
    evidence.add("agent", static_cast<std::int64_t>(agent.id.value))
        .add("epoch", static_cast<std::int64_t>(request.epoch.value))
        .add("seq", static_cast<std::int64_t>(request.seq.value))
        .add("chapter", static_cast<std::int64_t>(proven->chapter.value))
        .add("entries_proven", static_cast<std::int64_t>(proven->size))
        .add("entries_held", static_cast<std::int64_t>(held))
        .add("signed", to_string(request.proof->type))
        .add("signed_at", format(proven->hub_time))
        .add("envelope", to_hex(request.proof->envelope));
    auto opened = open_incident(change, {IncidentKind::hub_restored_unknown, {}, {}, {}}, evidence);
    if (!opened.ok()) return opened.error();
    verdict.withheld = true;
    verdict.stop = fail(ErrorId::hub_behind_agent, "agent",
                        std::to_string(agent.id.value) + " was told that " + std::to_string(proven->size) +
                            " entries are held, here are " + std::to_string(held));
    return {};
}

Result<void> Recovery::judge_proof(Change& change, const Agent& agent, const wire::SyncRequest& request,
                                   const Hash256& claimed, Verdict& verdict) const {
    const auto proven = open_proof(env_, trust_, agent.institution, agent.id, *request.proof);
    if (!proven.ok()) return {};    // proves nothing
    if (proven->hash != claimed) {  // of another state: that of this one is wanted
        verdict.withheld = true;
        return {};
    }
    Fields evidence = evidence_of(request, *proven);
    if (proven->state) {
        ZIGE_TRY(ours, state_at(change.tx(), agent.institution, proven->state->epoch, proven->state->seq));
        if (ours) {  // STATE-2: two states under one number, both signed here
            evidence.add("our_state", to_hex(ours->hash)).add("our_bytes", to_hex(ours->content));
            ZIGE_TRY(opened, open_incident(change, {IncidentKind::state_fork, agent.institution, {}, {}}, evidence));
            if (opened) {
                LogEvent event;
                event.event = HubEvent::state_fork_seen;
                event.institution = agent.institution;
                event.body.add("state", to_hex(proven->hash)).add("our_state", to_hex(ours->hash));
                ZIGE_CHECK(change.log(std::move(event)));
            }
        }  // under its number or not: the database lost it, and the agent alone can hand it back (P5)
    }
    auto opened = open_incident(change, {IncidentKind::hub_restored_unknown, {}, {}, {}}, evidence);
    if (!opened.ok()) return opened.error();
    verdict.withheld = true;
    verdict.stop = fail(ErrorId::hub_behind_agent, "agent",
                        std::to_string(agent.id.value) + " holds seq " + std::string(evidence.text("seq")));
    return {};
}

Result<Recovery::Progress> Recovery::show() const {
    return read_from(env_.store, [&](Tx& tx) -> Result<Progress> {
        Progress progress;
        ZIGE_TRY(epoch, get_number(tx, HubValue::epoch));
        ZIGE_TRY(started, get_number(tx, HubValue::recovery_log));
        progress.epoch = Epoch{static_cast<std::uint32_t>(epoch)};
        if (started == 0) return progress;
        ZIGE_TRY(codes, tx.query(Sql::institution_codes, {}));
        ZIGE_TRY(agents, tx.query(Sql::agent_all, {}));
        ZIGE_TRY(done, tx.query(Sql::hand_ins_of, {sql(epoch)}));
        for (const Row& code : codes) {
            ZIGE_TRY(record, load_institution(tx, code.text(0)));
            InstitutionProgress each{code.text(0), record.name, record.recovered, {}};
            for (const Row& row : agents) {
                if (row.text(1) != each.code) continue;
                AgentProgress agent{AgentId{row.small(0)}, {}, {}};
                for (const Row& hand_in : done) {
                    if (hand_in.small(0) != agent.agent.value) continue;
                    agent.handed_in = hand_in.instant(1);
                    agent.recovered.standings += hand_in.small(3);
                    agent.recovered.departures += hand_in.small(4);
                    agent.recovered.stops += hand_in.small(5);
                    agent.recovered.kept += hand_in.small(6);
                }
                each.agents.push_back(agent);
            }
            progress.institutions.push_back(std::move(each));
        }
        return progress;
    });
}

}  // namespace zige::hub

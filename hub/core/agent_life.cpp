#include "hub/core/agent_life.h"

#include "hub/core/institution_data.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/envelope.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

/// Columns of agent_life.
AgentInfo info_of(const Row& row) {
    AgentInfo info;
    info.id = AgentId{row.small(0)};
    info.institution = row.text(1);
    info.chapter = Chapter{row.small(2)};
    info.enrolled_at = row.instant(3);
    info.certificate_until = row.instant(4);
    if (const auto reason = from_number<RevocationReason>(row.unsigned_number(5)))
        info.end = AgentInfo::End{*reason, row.instant(6), AgentId{row.small(7)}};
    info.frozen = row.flag(8);
    info.entries_held = row.unsigned_number(9);
    if (!row.is_null(10)) info.last_contact = row.instant(10);
    info.have_seq = Seq{row.unsigned_number(11)};
    info.software = row.text(12);
    info.waiting_entries = row.small(13);
    info.waiting_filings = row.small(14);
    return info;
}

Result<AgentInfo> find(Tx& tx, AgentId agent) {
    ZIGE_TRY(row, tx.first(Sql::agent_life, {sql(agent.value)}));
    if (!row) return fail(ErrorId::hub_no_such_agent, "agent", std::to_string(agent.value));
    return info_of(*row);
}

HubEvent event_of(RevocationReason reason) {
    switch (reason) {
        case RevocationReason::replaced: return HubEvent::agent_replaced;
        case RevocationReason::retired:
        case RevocationReason::closed: return HubEvent::agent_retired;
        case RevocationReason::lost:
        case RevocationReason::stolen:
        case RevocationReason::cloned: return HubEvent::agent_revoked;
    }
    return HubEvent::agent_revoked;
}

/// What was held of its journal, and what it said was still waiting: all that is known if its folder is lost.
void add_journal(LogEvent& event, const AgentInfo& agent) {
    event.body.add("chapter", static_cast<std::int64_t>(agent.chapter.value))
        .add("held", static_cast<std::int64_t>(agent.entries_held))
        .add("waiting_entries", static_cast<std::int64_t>(agent.waiting_entries))
        .add("waiting_filings", static_cast<std::int64_t>(agent.waiting_filings));
}

Result<void> check_successor(Tx& tx, const AgentInfo& agent, AgentId successor) {
    if (successor.value == 0) return {};
    const auto refuse = [&](const char* why) {
        return fail(ErrorId::usage_bad_argument, "replaced_by", std::to_string(successor.value) + ": " + why);
    };
    if (successor == agent.id) return refuse("the agent itself");
    ZIGE_TRY(next, find(tx, successor));
    if (next.institution != agent.institution) return refuse("of another institution");
    if (next.end) return refuse("out of service");
    return {};
}

}  // namespace

Result<void> end_agent(Change& change, AgentId id, RevocationReason reason, AgentId replaced_by) {
    ZIGE_TRY(agent, find(change.tx(), id));
    if (agent.end) return fail(ErrorId::hub_agent_ended, "agent", std::to_string(id.value));
    ZIGE_CHECK(check_successor(change.tx(), agent, replaced_by));
    ZIGE_CHECK(change.tx().exec(Sql::agent_revoke, {sql(static_cast<std::uint64_t>(reason)), sql(change.now()),
                                                    sql(replaced_by.value), sql(id.value)}));
    LogEvent event;
    event.event = event_of(reason);
    event.institution = agent.institution;
    event.body.add("agent", static_cast<std::int64_t>(id.value)).add("reason", to_string(reason));
    if (replaced_by.value != 0) event.body.add("replaced_by", static_cast<std::int64_t>(replaced_by.value));
    add_journal(event, agent);
    return change.log(std::move(event));
}

Result<void> replace_agent(Change& change, AgentId id, AgentId successor) {
    ZIGE_TRY(agent, find(change.tx(), id));
    if (!agent.end) return end_agent(change, id, RevocationReason::replaced, successor);
    if (agent.end->replaced_by.value != 0)
        return fail(ErrorId::enrol_token_used, "token", "agent " + std::to_string(agent.end->replaced_by.value) +
                                                            " took the place of agent " + std::to_string(id.value));
    ZIGE_CHECK(check_successor(change.tx(), agent, successor));
    ZIGE_CHECK(change.tx().exec(Sql::agent_successor, {sql(successor.value), sql(id.value)}));
    LogEvent event;
    event.event = HubEvent::agent_replaced;
    event.institution = agent.institution;
    event.body.add("agent", static_cast<std::int64_t>(id.value))
        .add("reason", to_string(agent.end->reason))
        .add("replaced_by", static_cast<std::int64_t>(successor.value));
    add_journal(event, agent);
    return change.log(std::move(event));
}

Result<void> check_replaceable(Tx& tx, AgentId id, const std::string& institution) {
    ZIGE_TRY(agent, find(tx, id));
    if (agent.institution != institution)
        return fail(ErrorId::usage_bad_argument, "replaces", std::to_string(id.value) + ": of another institution");
    if (!agent.end || agent.end->replaced_by.value == 0) return {};
    return fail(ErrorId::hub_agent_ended, "replaces",
                std::to_string(id.value) + ": by agent " + std::to_string(agent.end->replaced_by.value));
}

Result<std::vector<AgentInfo>> AgentLife::list(const std::string& institution) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<AgentInfo>> {
        if (!institution.empty()) ZIGE_CHECK(load_institution(tx, institution));
        ZIGE_TRY(rows, tx.query(Sql::agent_life_all, {}));
        std::vector<AgentInfo> agents;
        for (const Row& row : rows) {
            AgentInfo info = info_of(row);
            if (institution.empty() || info.institution == institution) agents.push_back(std::move(info));
        }
        return agents;
    });
}

Result<AgentInfo> AgentLife::show(AgentId agent) const {
    return read_from(env_.store, [&](Tx& tx) { return find(tx, agent); });
}

Result<AgentInfo> AgentLife::revoke(const std::string& actor, AgentId agent, RevocationReason reason,
                                    AgentId replaced_by) {
    auto done = publisher_.change(actor, [&](Change& change) { return end_agent(change, agent, reason, replaced_by); });
    if (!done.ok()) return done.error();
    return show(agent);
}

Result<Bytes> AgentLife::word(AgentId agent) const {
    ZIGE_TRY(info, show(agent));
    if (!info.end) return fail(ErrorId::hub_unknown_agent, "agent", "in service");
    ZIGE_TRY(now, publisher_.now());
    const wire::Revocation revocation{agent, info.end->reason, now, info.end->replaced_by};
    return trust_.sign(MessageType::revocation, wire::encode(revocation), now);
}

Result<Bytes> AgentLife::word_for(ByteView tls_key) const {
    ZIGE_TRY(agent, read_from(env_.store, [&](Tx& tx) -> Result<AgentId> {
                 ZIGE_TRY(row, tx.first(Sql::agent_by_tls_key, {sql(tls_key)}));
                 if (!row) return fail(ErrorId::hub_unknown_agent, "peer");
                 return AgentId{row->small(1)};
             }));
    return word(agent);
}

Result<wire::RenewRequest> AgentLife::open(ByteView envelope, const Agent& agent) const {
    ZIGE_TRY(payload, wire::open_envelope({trust_.hub_id(), MessageType::renew_request}, envelope, agent.signing_key,
                                          env_.verifier, env_.compressor, kMaxEnrolBytes));
    ZIGE_TRY(request, wire::decode_renew_request(payload));
    if (request.agent != agent.id || request.institution.text != agent.institution)
        return fail(ErrorId::renew_refused, "request.agent", "not who signed it");
    ZIGE_TRY(key, env_.keys.request_key(request.tls_csr));
    if (key != agent.tls_key) return fail(ErrorId::renew_refused, "request.tls_csr", "another key than was enrolled");
    return request;
}

Result<wire::RenewAnswer> AgentLife::certify(Change& change, const Agent& agent,
                                             const wire::RenewRequest& request) const {
    // An answer that was lost, or that could not be read for want of a newer trust document, is given again.
    ZIGE_TRY(info, find(change.tx(), agent.id));
    if (info.certificate_until - change.now() > kCertificateValidity / 2) {
        ZIGE_TRY(row, change.tx().first(Sql::agent_enrolled, {sql(agent.id.value)}));
        return wire::RenewAnswer{agent.id, row->bytes(1), change.now()};
    }
    const Instant until = change.now() + kCertificateValidity;
    ZIGE_TRY(certificate,
             trust_.issue_client_certificate(request.tls_csr, "agent-" + std::to_string(agent.id.value),
                                             change.now() - kCertificateClockSlack, until));
    ZIGE_CHECK(change.tx().exec(Sql::agent_certificate, {sql(certificate), sql(until), sql(agent.id.value)}));
    LogEvent event;
    event.event = HubEvent::certificate_renewed;
    event.institution = agent.institution;
    event.body.add("agent", static_cast<std::int64_t>(agent.id.value)).add("until", format(until));
    ZIGE_CHECK(change.log(std::move(event)));
    return wire::RenewAnswer{agent.id, std::move(certificate), change.now()};
}

Result<Bytes> AgentLife::renew(ByteView envelope) {
    if (envelope.size() > kMaxEnrolBytes) return fail(ErrorId::wire_too_large, "renew");
    ZIGE_TRY(id, agent_of(envelope));
    // Nobody waits for the write lock with bad bytes.
    ZIGE_TRY(known, read_from(env_.store, [id = id](Tx& tx) { return load_agent(tx, id); }));
    ZIGE_TRY(request, open(envelope, known));
    wire::RenewAnswer answer;
    auto done = publisher_.change("agent " + std::to_string(id.value), [&](Change& change) -> Result<void> {
        ZIGE_TRY(agent, load_agent(change.tx(), request.agent));
        ZIGE_TRY(made, certify(change, agent, request));
        answer = std::move(made);
        return {};
    });
    if (!done.ok()) return done.error();
    return trust_.sign(MessageType::renew_answer, wire::encode(answer), answer.hub_time);
}

}  // namespace zige::hub

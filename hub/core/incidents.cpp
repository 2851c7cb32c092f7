#include "hub/core/incidents.h"

#include "hub/core/agents.h"
#include "hub/core/hub_values.h"
#include "hub/core/institution_data.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

std::int64_t number_of(IncidentKind kind) { return static_cast<std::int64_t>(kind); }

// Columns: id, kind, institution, agent, chapter, opened_at, evidence, resolved_at, resolved_by, resolution.
Result<Incident> incident_from(const Row& row) {
    Incident incident;
    incident.number = row.unsigned_number(0);
    ZIGE_TRY(kind, enum_from<IncidentKind>(row, 1));
    incident.kind = kind;
    incident.institution = row.text(2);
    incident.agent = AgentId{row.small(3)};
    incident.chapter = Chapter{row.small(4)};
    incident.opened = row.instant(5);
    ZIGE_TRY(evidence, Fields::decode(row.text(6)));
    incident.evidence = std::move(evidence);
    if (!row.is_null(7)) incident.resolved = row.instant(7);
    incident.resolved_by = row.text(8);
    incident.resolution = row.text(9);
    return incident;
}

LogEvent about(HubEvent event, const Incident& incident) {
    LogEvent log;
    log.event = event;
    log.institution = incident.institution;
    log.body.add("incident", static_cast<std::int64_t>(incident.number)).add("kind", to_string(incident.kind));
    if (incident.agent.value != 0) log.body.add("agent", static_cast<std::int64_t>(incident.agent.value));
    if (incident.chapter.value != 0) log.body.add("chapter", static_cast<std::int64_t>(incident.chapter.value));
    return log;
}

Result<void> close(Change& change, const Incident& incident, const std::string& resolution) {
    ZIGE_CHECK(change.tx().exec(Sql::incident_resolve,
                                {sql(change.now()), sql(change.actor()), sql(resolution), sql(incident.number)}));
    LogEvent event = about(HubEvent::incident_resolved, incident);
    event.body.add("reason", resolution);
    return change.log(std::move(event));
}

bool is_of_a_journal(IncidentKind kind) {
    return kind == IncidentKind::cloned || kind == IncidentKind::restored_folder;
}
bool ends_by_recovery(IncidentKind kind) {
    return kind == IncidentKind::hub_behind || kind == IncidentKind::hub_restored_unknown;
}

/// Two computers with one journal: the one that was there first goes on. A folder put back has no other one.
Branch usual_branch(const Incident& incident) {
    return incident.kind == IncidentKind::cloned ? Branch::held : Branch::any;
}

Result<Incident> find(Tx& tx, std::uint64_t number) {
    ZIGE_TRY(row, tx.first(Sql::incident_get, {sql(number)}));
    if (!row) return fail(ErrorId::incident_not_found, "number", std::to_string(number));
    return incident_from(*row);
}

Result<void> check(const Incident& incident, const Incidents::Resolution& resolution) {
    if (incident.resolved)
        return fail(ErrorId::incident_already_resolved, "number",
                    "by " + incident.resolved_by + ", " + format(*incident.resolved));
    if (ends_by_recovery(incident.kind)) return fail(ErrorId::incident_wrong_step, "number", "zige-hub recover");
    if (resolution.branch && !is_of_a_journal(incident.kind))
        return fail(ErrorId::incident_wrong_step, "keep", "no journal is forked here");
    return {};
}

}  // namespace

Result<bool> open_incident(Change& change, const IncidentSubject& subject, const Fields& evidence) {
    Tx& tx = change.tx();
    ZIGE_TRY(open, tx.first(Sql::incident_open_about, {number_of(subject.kind), sql(subject.institution),
                                                       sql(subject.agent.value), sql(subject.chapter.value)}));
    if (open) return false;
    Incident incident;
    ZIGE_TRY(number, next_number(tx, HubValue::last_incident));
    incident.number = number;
    incident.kind = subject.kind;
    incident.institution = subject.institution;
    incident.agent = subject.agent;
    incident.chapter = subject.chapter;
    ZIGE_CHECK(tx.exec(Sql::incident_put,
                       {sql(number), number_of(subject.kind), sql(subject.institution), sql(subject.agent.value),
                        sql(subject.chapter.value), sql(change.now()), sql(evidence.encode())}));
    ZIGE_CHECK(change.log(about(HubEvent::incident_opened, incident)));
    return true;
}

Result<void> close_incidents(Change& change, IncidentKind kind, const std::string& resolution) {
    ZIGE_TRY(rows, change.tx().query(Sql::incidents_open_of_kind, {number_of(kind)}));
    for (const Row& row : rows) {
        ZIGE_TRY(incident, incident_from(row));
        ZIGE_CHECK(close(change, incident, resolution));
    }
    return {};
}

Result<std::optional<Incident>> any_open(Tx& tx, IncidentKind kind) {
    ZIGE_TRY(row, tx.first(Sql::incidents_open_of_kind, {number_of(kind)}));
    if (!row) return std::optional<Incident>{};
    ZIGE_TRY(incident, incident_from(*row));
    return std::optional<Incident>(std::move(incident));
}

Result<std::vector<Incident>> Incidents::list(bool all) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<std::vector<Incident>> {
        ZIGE_TRY(rows, tx.query(Sql::incidents_all, {}));
        std::vector<Incident> incidents;
        for (const Row& row : rows) {
            ZIGE_TRY(incident, incident_from(row));
            if (all || !incident.resolved) incidents.push_back(std::move(incident));
        }
        return incidents;
    });
}

Result<Incident> Incidents::show(std::uint64_t number) const {
    return read_from(env_.store, [&](Tx& tx) { return find(tx, number); });
}

Result<Incident> Incidents::resolve(const std::string& actor, std::uint64_t number, const Resolution& resolution) {
    if (resolution.reason.empty() || resolution.reason.size() > kMaxText)
        return fail(ErrorId::usage_bad_argument, "reason", "1 to 300 bytes");
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        ZIGE_TRY(incident, find(change.tx(), number));
        ZIGE_CHECK(check(incident, resolution));
        if (is_of_a_journal(incident.kind))
            ZIGE_CHECK(open_chapter(change, incident, resolution.branch.value_or(usual_branch(incident))));
        return close(change, incident, resolution.reason);
    });
    if (!done.ok()) return done.error();
    return show(number);
}

/// The journal that does not get the new chapter stays where it is: its next contact names it again.
Result<void> Incidents::open_chapter(Change& change, const Incident& incident, Branch branch) const {
    Tx& tx = change.tx();
    auto agent = load_agent(tx, incident.agent);
    if (!agent.ok() && agent.error().id == ErrorId::agent_revoked) return {};  // since then: nobody goes on
    if (!agent.ok()) return agent.error();
    const Chapter next{agent->chapter.value + 1};
    // About a chapter that was left: whoever goes on there is stopped, unless the operator means just that one.
    if (incident.chapter != agent->chapter && branch == Branch::held) return {};
    ZIGE_CHECK(tx.exec(Sql::agent_open_chapter,
                       {sql(next.value), static_cast<std::int64_t>(branch), sql(incident.agent.value)}));
    LogEvent event;
    event.event = HubEvent::chapter_opened;
    event.institution = incident.institution;
    event.body.add("agent", static_cast<std::int64_t>(incident.agent.value))
        .add("chapter", static_cast<std::int64_t>(next.value))
        .add("incident", static_cast<std::int64_t>(incident.number));
    return change.log(std::move(event));
}

}  // namespace zige::hub

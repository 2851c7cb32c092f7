#include "hub/core/notices.h"

#include <algorithm>

#include "hub/core/agents.h"
#include "hub/core/institution_data.h"
#include "hub/core/records.h"
#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/codec.h"
#include "shared/wire/limits.h"
#include "shared/wire/phone_codes.h"

namespace zige::hub {
namespace {

constexpr std::string_view kPrefix = "ZIGE1:";

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// The person's registration there that stands, with the interval that began last.
Result<KnownRegistration> sanctioned(Tx& tx, const HubLog& log, const std::string& institution, PersonId person) {
    ZIGE_TRY(all, load_registrations(tx, log, institution));
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        if (at->person != person) continue;
        if (at->registration.standing.empty()) return fail(ErrorId::sanction_not_found, "person", at->registration.name);
        return *at;
    }
    return fail(ErrorId::person_not_found, "person", "not registered at " + institution);
}

}  // namespace

Result<Notices::Notice> Notices::issue(const std::string& actor, const std::string& institution,
                                       const std::string& who) {
    const HubLog log(env_.hasher);
    Notice notice;
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(person, Registry::find_person_id(tx, who));
        ZIGE_TRY(known, sanctioned(tx, log, institution, person));
        ZIGE_TRY(last, last_state(tx, institution, static_cast<std::uint64_t>(kMaxSeq)));
        if (!last) return fail(ErrorId::institution_not_found, "institution", institution);
        notice.name = known.registration.name;
        notice.statement = {
            {institution}, known.registration.no, known.registration.standing.back(), last->state.seq, change.now()};
        LogEvent event;
        event.event = HubEvent::statement_issued;
        event.institution = institution;
        event.record = known.registration.no;
        event.person = person;
        event.body.add("document", notice.statement.interval.document)
            .add("basis", static_cast<std::int64_t>(last->state.seq.value));
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    const Bytes payload = wire::encode(notice.statement);
    if (payload.size() > kMaxStatementBytes)  // STMT-4
        return fail(ErrorId::wire_too_large, "statement", std::to_string(payload.size()) + " bytes");
    ZIGE_TRY(envelope, trust_.sign(MessageType::statement, payload, notice.statement.hub_time));
    notice.text = std::string(kPrefix) + capitals(to_hex(envelope));
    return notice;
}

Result<Notices::PhoneCode> Notices::prolong(const std::string& actor, AgentId agent, int days) {
    PhoneCode made{agent, 0, days, {}};
    auto done = publisher_.change(actor, [&](Change& change) -> Result<void> {
        Tx& tx = change.tx();
        ZIGE_TRY(known, load_named_agent(tx, agent));
        ZIGE_TRY(row, tx.first(Sql::agent_phone, {sql(agent.value)}));
        made.serial = row->small(1) + 1;
        // The trust document that it held when it was heard last (PHONE-2).
        const std::uint32_t version = row->small(2) == 0 ? trust_.version() : row->small(2);
        ZIGE_TRY(key, wire::phone_key({trust_.hub_id(), agent, version}, trust_.unsealer(), row->bytes(0)));
        ZIGE_TRY(code, wire::prolongation_code(key, {made.serial, days}, env_.hasher));
        made.code = wire::spoken(code);
        ZIGE_CHECK(tx.exec(Sql::agent_phone_serial, {sql(made.serial), sql(agent.value)}));
        LogEvent event;
        event.event = HubEvent::phone_code_issued;
        event.institution = known.institution;
        event.body.add("agent", static_cast<std::int64_t>(agent.value))
            .add("serial", static_cast<std::int64_t>(made.serial))
            .add("days", static_cast<std::int64_t>(days));
        return change.log(std::move(event));
    });
    if (!done.ok()) return done.error();
    return made;
}

}  // namespace zige::hub

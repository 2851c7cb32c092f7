#include "hub/core/hand_in.h"

#include <algorithm>
#include <set>

#include "hub/core/kept_records.h"
#include "hub/core/own_signature.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/wire/chain.h"
#include "shared/wire/codec.h"

namespace zige::hub {
namespace {

Result<std::vector<Record>> read_records(const Environment& env, const wire::CopyHandIn& copy, const Hash256& root) {
    std::vector<Record> records;
    std::vector<Hash256> leaves;
    records.reserve(copy.records.size());
    leaves.reserve(copy.records.size());
    for (const Bytes& bytes : copy.records) {
        ZIGE_TRY(record, wire::decode_record(bytes));
        if (!records.empty() && record_no(records.back()) >= record_no(record))
            return fail(ErrorId::wire_bad_order, "copy.records", std::to_string(record_no(record).value));
        leaves.push_back(wire::merkle_leaf(bytes, env.hasher));
        records.push_back(std::move(record));
    }
    if (wire::merkle_root(leaves, env.hasher) != root)  // STATE-6
        return fail(ErrorId::wire_bad_root, "copy.records", std::to_string(records.size()) + " records");
    if (records.empty() || record_no(records.front()).value != 0)
        return fail(ErrorId::hand_in_refused, "copy.records", "no institution record");
    return records;
}

/// Nothing: it has no end.
bool ends_before(const std::optional<Day>& a, const std::optional<Day>& b) { return a && (!b || *a < *b); }

}  // namespace

Result<VerifiedCopy> verify_copy(const Environment& env, const Trust& trust, const std::string& institution,
                                 const wire::CopyHandIn& copy) {
    ZIGE_TRY(proven, open_proof(env, trust, institution, copy.agent, copy.proof));
    VerifiedCopy verified;
    ZIGE_TRY(state, wire::decode_state(copy.state));
    verified.hash = wire::state_hash(state, env.hasher);
    if (state.institution.text != institution || copy.institution.text != institution)
        return fail(ErrorId::wire_wrong_institution, "copy.institution", state.institution.text);
    if (proven.hash != verified.hash) return fail(ErrorId::hand_in_refused, "copy.proof", "names another state");
    if (env.hasher.hash({copy.config}) != state.config_hash)  // STATE-7
        return fail(ErrorId::wire_bad_hash, "copy.config", "not what the state names");
    ZIGE_TRY(records, read_records(env, copy, state.root));
    verified.state = std::move(state);
    verified.records = std::move(records);
    return verified;
}

Result<Recovered> StricterFromCopy::take(const std::vector<Record>& records) {
    Tx& tx = change_.tx();
    ZIGE_TRY(known, load_registrations(tx, log_, institution_));
    std::map<RecordNo, const KnownRegistration*> by_number;
    for (const KnownRegistration& each : known) by_number[each.registration.no] = &each;
    std::set<RecordNo> taken;  // by aliases, and by what was kept before
    ZIGE_TRY(aliases, load_aliases(tx, institution_));
    for (const Alias& alias : aliases) taken.insert(alias.no);
    ZIGE_TRY(kept, load_kept(tx, institution_));
    for (const Record& record : kept) taken.insert(record_no(record));
    RecordNo highest;
    for (const Record& record : records) {
        const RecordNo no = record_no(record);
        highest = std::max(highest, no);
        if (const auto* institution = std::get_if<InstitutionRecord>(&record)) {
            ZIGE_CHECK(take_institution(*institution));
            continue;
        }
        const auto* registration = std::get_if<Registration>(&record);
        const auto at = by_number.find(no);
        if (registration != nullptr && at != by_number.end()) {
            ZIGE_CHECK(take_registration(*registration, *at->second));
        } else if (!taken.contains(no)) {
            ZIGE_CHECK(keep_record(change_, institution_, record));
            ++done_.kept;
        }
    }
    ZIGE_CHECK(tx.exec(Sql::institution_raise_no, {sql(highest.value + 1), sql(institution_), sql(highest.value + 1)}));
    change_.touch(institution_);
    return done_;
}

Result<void> StricterFromCopy::take_institution(const InstitutionRecord& then) {
    Tx& tx = change_.tx();
    ZIGE_TRY(now, load_institution(tx, institution_));
    if (then.mode > now.mode) {
        ZIGE_CHECK(tx.exec(Sql::institution_mode,
                           {static_cast<std::int64_t>(then.mode), sql(then.mode_until), sql(institution_)}));
        LogEvent event;
        event.event = HubEvent::mode_set;
        event.institution = institution_;
        event.body.add("mode", to_string(then.mode)).add("until", then.mode_until).add("recovered", "yes");
        ZIGE_CHECK(change_.log(std::move(event)));
    }
    for (const Stop& stop : then.stops) {
        const bool known = std::any_of(now.stops.begin(), now.stops.end(), [&](const Stop& each) {
            return each.document == stop.document && each.department == stop.department;
        });
        if (known) continue;  // an end that was lost is set again by whoever decided it
        ZIGE_CHECK(tx.exec(Sql::stop_put,
                           {sql(institution_), sql(stop.document), static_cast<std::int64_t>(stop.kind),
                            sql(stop.department), sql(stop.from), sql(stop.end), sql(std::uint32_t{stop.article})}));
        LogEvent event;
        event.event = stop.department.empty() ? HubEvent::agreement_stopped : HubEvent::department_stopped;
        event.institution = institution_;
        event.body.add("document", stop.document).add("from", stop.from).add("recovered", "yes");
        ZIGE_CHECK(change_.log(std::move(event)));
        ++done_.stops;
    }
    return {};
}

Result<void> StricterFromCopy::take_registration(const Registration& then, const KnownRegistration& now) {
    const auto& last_day = now.registration.last_day;
    if (then.last_day && (!last_day || *then.last_day < *last_day)) {
        ZIGE_CHECK(
            change_.tx().exec(Sql::registration_last_day, {sql(then.last_day), sql(institution_), sql(then.no.value)}));
        LogEvent event;
        event.event = HubEvent::registration_ended;
        event.institution = institution_;
        event.record = then.no;
        event.person = now.person;
        event.body.add("last_day", then.last_day).add("recovered", "yes");
        ZIGE_CHECK(change_.log(std::move(event)));
        ++done_.departures;
    }
    for (const StandingInterval& interval : then.standing) {
        ZIGE_TRY(stricter, is_stricter(interval, now.person));
        if (!stricter) continue;
        ZIGE_CHECK(file_recovered(change_, institution_, then.no, now.person, interval));
        ZIGE_CHECK(touch_everywhere(now.person));
        ++done_.standings;
    }
    return {};
}

/// Not if the ledger says as much, nor if somebody decided about the document since the recovery started.
Result<bool> StricterFromCopy::is_stricter(const StandingInterval& then, PersonId person) const {
    ZIGE_TRY(events, log_.sanctions_of(change_.tx(), person));
    for (const LogEvent& event : events)
        if (event.number > recovery_log_ && event.event != HubEvent::standing_recovered &&
            event.body.text("document") == then.document)
            return false;
    ZIGE_TRY(timeline, derive_standing(events));
    return std::none_of(timeline.begin(), timeline.end(), [&](const StandingInterval& now) {
        return now.document == then.document && now.status >= then.status && now.from <= then.from &&
               !ends_before(now.end, then.end);
    });
}

/// The person is one everywhere (XY 45, 46).
Result<void> StricterFromCopy::touch_everywhere(PersonId person) {
    ZIGE_TRY(rows, change_.tx().query(Sql::institutions_of_person, {sql(person.value)}));
    for (const Row& row : rows) change_.touch(row.text(0));
    change_.touch_region();
    return {};
}

}  // namespace zige::hub

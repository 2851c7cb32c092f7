#include "hub/core/hand_in.h"

#include <algorithm>
#include <set>

#include "hub/core/kept_records.h"
#include "hub/core/own_signature.h"
#include "hub/core/people.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"
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

/// A code is one person's; without one there is but the name.
bool is_one(const Registration& a, const Registration& b) {
    return a.code == b.code && (!a.code.empty() || a.name == b.name);
}

/// What a kept record gains is only what makes it stricter (REC-4).
Registration stricter_of(Registration kept, const Registration& then) {
    for (const StandingInterval& interval : then.standing)
        if (std::ranges::find(kept.standing, interval) == kept.standing.end()) kept.standing.push_back(interval);
    std::ranges::stable_sort(kept.standing, {}, &StandingInterval::from);
    if (ends_before(then.last_day, kept.last_day)) kept.last_day = then.last_day;
    return kept;
}

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

Result<void> StricterFromCopy::load() {
    Tx& tx = change_.tx();
    ZIGE_TRY(known, load_registrations(tx, log_, institution_));
    known_ = std::move(known);
    ZIGE_TRY(aliases, load_aliases(tx, institution_));
    aliases_ = std::move(aliases);
    ZIGE_TRY(kept, load_kept(tx, institution_));
    for (Record& record : kept) kept_.emplace(record_no(record), std::move(record));
    return {};
}

Result<Recovered> StricterFromCopy::take(const std::vector<Record>& records) {
    ZIGE_CHECK(load());
    for (const Record& record : records)
        if (const auto* alias = std::get_if<Alias>(&record)) copy_aliases_.push_back(*alias);
    // Above all that the copy has, before any of it gets another number.
    const std::uint64_t next = record_no(records.back()).value + 1;
    ZIGE_CHECK(change_.tx().exec(Sql::institution_raise_no, {sql(next), sql(institution_), sql(next)}));
    for (const Record& record : records) {
        if (const auto* institution = std::get_if<InstitutionRecord>(&record))
            ZIGE_CHECK(take_institution(*institution));
        if (const auto* person = std::get_if<Registration>(&record)) ZIGE_CHECK(take_person(*person));
    }
    for (const Alias& alias : copy_aliases_) ZIGE_CHECK(take_alias(alias));
    change_.touch(institution_);
    return done_;
}

bool StricterFromCopy::is_free(RecordNo no) const {
    const auto has = [&](const auto& each) { return each.no == no; };
    return !kept_.contains(no) && std::ranges::none_of(aliases_, has) &&
           std::ranges::none_of(known_, [&](const auto& each) { return each.registration.no == no; });
}

std::set<std::string> StricterFromCopy::codes_of(const std::vector<Alias>& aliases,
                                                 const Registration& registration) const {
    std::set<std::string> codes{registration.code};
    for (const Alias& alias : aliases)
        if (alias.target == registration.no) codes.insert(alias.code);
    codes.erase("");
    return codes;
}

/// One number in two histories may be two people's (P1): who shares no code with the other is somebody else.
bool StricterFromCopy::is_same(const Registration& then, const Registration& now) const {
    const auto codes = codes_of(copy_aliases_, then);
    const auto present = codes_of(aliases_, now);
    if (codes.empty() || present.empty()) return then.name == now.name;
    return std::ranges::any_of(codes, [&](const std::string& code) { return present.contains(code); });
}

Result<void> StricterFromCopy::take_person(const Registration& then) {
    const auto number = [](const KnownRegistration& each) { return each.registration.no; };
    const auto same = [&](const KnownRegistration& each) { return is_same(then, each.registration); };
    const auto by_number = std::ranges::find(known_, then.no, number);
    if (by_number != known_.end() && same(*by_number)) return take_registration(then, *by_number);
    if (by_number != known_.end()) note_other(then, by_number->registration);
    const bool has_code = !codes_of(copy_aliases_, then).empty();
    const auto by_code = has_code ? std::ranges::find_if(known_, same) : known_.end();
    if (by_code != known_.end()) {
        now_under_[then.no] = number(*by_code);
        return take_registration(then, *by_code);
    }
    return keep(then);
}

/// Nobody is joined with anybody here; a person sees to what else was done in that number's name.
void StricterFromCopy::note_other(const Registration& then, const Registration& now) {
    if (++done_.others > kMaxOtherPeople) return;
    const auto shown = [](const Registration& each) { return each.name + " " + each.code; };
    const std::string number = "number_" + std::to_string(then.no.value);
    done_.other_people.add(number + "_agent", shown(then)).add(number + "_hub", shown(now));
}

/// Of somebody whom the database has under no number; if its own is another one's, under one that was never given.
Result<void> StricterFromCopy::keep(Registration then) {
    const auto found = std::ranges::find_if(kept_, [&](const auto& each) {
        const auto* before = std::get_if<Registration>(&each.second);
        return before != nullptr && is_one(*before, then);
    });
    if (found != kept_.end()) {
        now_under_[then.no] = found->first;
        ZIGE_CHECK(file_elsewhere(then));
        Record record = stricter_of(std::get<Registration>(found->second), then);
        if (record == found->second) return {};
        ZIGE_CHECK(change_.tx().exec(Sql::kept_drop, {sql(institution_), sql(found->first.value)}));
        return put(std::move(record));
    }
    ++done_.kept;
    if (const auto taken = kept_.find(then.no); taken != kept_.end())
        if (const auto* now = std::get_if<Registration>(&taken->second)) note_other(then, *now);
    ZIGE_TRY(no, own_or_next(then.no));
    now_under_[then.no] = no;
    ZIGE_CHECK(file_elsewhere(then));
    then.no = no;
    return put(std::move(then));
}

Result<RecordNo> StricterFromCopy::own_or_next(RecordNo no) {
    if (is_free(no)) return no;
    return next_record_no(change_.tx(), institution_);
}

Result<void> StricterFromCopy::put(Record record) {
    ZIGE_CHECK(keep_record(change_, institution_, record));
    kept_.insert_or_assign(record_no(record), std::move(record));
    return {};
}

Result<void> StricterFromCopy::take_alias(const Alias& then) {
    Alias alias = then;
    const auto moved = now_under_.find(then.target);
    if (moved != now_under_.end()) alias.target = moved->second;
    const auto says_so = [&](const Alias& each) { return each.target == alias.target && each.code == alias.code; };
    if (std::ranges::any_of(aliases_, says_so)) return {};
    for (const auto& [no, record] : kept_)
        if (const auto* kept = std::get_if<Alias>(&record); kept != nullptr && says_so(*kept)) return {};
    // A removed code, or one that was changed since: the database knows what there is to know.
    if (!is_free(then.no) && (alias.code.empty() || alias.target == then.target)) return {};
    ++done_.kept;
    ZIGE_TRY(no, own_or_next(then.no));
    alias.no = no;
    return put(std::move(alias));
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
        ZIGE_CHECK(change_.tx().exec(Sql::registration_last_day,
                                     {sql(then.last_day), sql(institution_), sql(now.registration.no.value)}));
        LogEvent event;
        event.event = HubEvent::registration_ended;
        event.institution = institution_;
        event.record = now.registration.no;
        event.person = now.person;
        event.body.add("last_day", then.last_day).add("recovered", "yes");
        ZIGE_CHECK(change_.log(std::move(event)));
        ++done_.departures;
    }
    return file_stricter(then, now.registration.no, now.person);
}

Result<void> StricterFromCopy::file_stricter(const Registration& then, RecordNo no, PersonId person) {
    for (const StandingInterval& interval : then.standing) {
        ZIGE_TRY(stricter, is_stricter(interval, person));
        if (!stricter) continue;
        ZIGE_CHECK(file_recovered(change_, institution_, no, person, interval));
        ZIGE_CHECK(touch_everywhere(person));
        ZIGE_CHECK(touch_where_kept(then.code));
        ++done_.standings;
    }
    return {};
}

/// P8: whom the database lost here and knows elsewhere, by a national code, which is one person's, or lost there too:
/// what stands against him here stands there.
Result<void> StricterFromCopy::file_elsewhere(const Registration& then) {
    if (!is_person_code(then.code) || then.standing.empty()) return {};
    ZIGE_CHECK(touch_where_kept(then.code));
    const auto person = find_by_code(change_.tx(), then.code);
    if (!person && person.error().id == ErrorId::person_ambiguous) return {};
    if (!person) return person.error();
    return *person ? file_stricter(then, now_under_.at(then.no), (*person)->id) : Result<void>();
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

Result<void> StricterFromCopy::touch_where_kept(const std::string& code) {
    ZIGE_TRY(kept, kept_elsewhere(change_.tx(), institution_, code));
    for (const KeptElsewhere& each : kept) change_.touch(each.institution);
    return {};
}

/// The person is one everywhere (XY 45, 46).
Result<void> StricterFromCopy::touch_everywhere(PersonId person) {
    ZIGE_TRY(rows, change_.tx().query(Sql::institutions_of_person, {sql(person.value)}));
    for (const Row& row : rows) change_.touch(row.text(0));
    change_.touch_region();
    return {};
}

}  // namespace zige::hub

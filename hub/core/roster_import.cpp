#include "hub/core/roster_import.h"

#include <algorithm>

#include "hub/core/career_ledger.h"
#include "hub/core/kept_records.h"
#include "hub/core/people.h"
#include "hub/core/roster/lines.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

/// What stands in the record: the national code, else the licence number.
const std::string& code_of(const RosterRow& row) {
    return row.national_code.empty() ? row.licence_number : row.national_code;
}

bool fits(const std::string& text, std::size_t limit) {
    return text.size() <= limit && text.find('\0') == std::string::npos;
}

/// A name in which a character was lost takes no whole name away.
bool lost_against(const std::string& came, const std::string& known) {
    return rare_character(came) == RareCharacter::lost && rare_character(known) != RareCharacter::lost;
}

std::optional<Error> bad_text(const RosterRow& row) {
    const struct {
        const char* field;
        const std::string& value;
        std::size_t limit;
    } texts[] = {{"name", row.name, kMaxText},
                 {"national_code", row.national_code, kMaxCode},
                 {"licence_number", row.licence_number, kMaxCode},
                 {"certificate_type", row.certificate_type, kMaxCode},
                 {"certificate_number", row.certificate_number, kMaxCode},
                 {"department", row.department, kMaxCode}};
    for (const auto& text : texts)
        if (!fits(text.value, text.limit)) return fail(ErrorId::roster_bad_value, text.field, "too long, or a NUL");
    return std::nullopt;
}

}  // namespace

Result<RosterImport> RosterImport::start(const Environment& env, const Trust& trust, Change& change,
                                         const std::string& institution) {
    Tx& tx = change.tx();
    ZIGE_TRY(record, load_institution(tx, institution));
    RosterImport import(env, trust, change, std::move(record));
    ZIGE_TRY(registrations, load_registrations(tx, HubLog(env.hasher), institution));
    std::map<std::uint32_t, PersonId> people;
    for (KnownRegistration& known : registrations) {
        people[known.registration.no.value] = known.person;
        if (!known.registration.code.empty()) import.holders_[known.registration.code].insert(known.person);
        import.latest_[known.person] = std::move(known);  // ascending numbers: the newest stays
    }
    ZIGE_TRY(aliases, load_aliases(tx, institution));
    for (const Alias& alias : aliases) {
        import.aliases_.emplace(alias.target.value, alias.code);
        import.holders_[alias.code].insert(people[alias.target.value]);
    }
    return import;
}

std::optional<Error> RosterImport::refuse(const RosterRow& row) const {
    if (auto bad = bad_text(row)) return bad;
    if (!row.institution.empty() && row.institution != institution_.code.text)
        return fail(ErrorId::roster_wrong_institution, "institution", row.institution);
    if (row.name.empty()) return fail(ErrorId::roster_missing_value, "name");
    if (row.certificate_number.empty()) return fail(ErrorId::roster_missing_value, "certificate_number");
    if (row.left) return fail(ErrorId::roster_person_left, "status", row.name);
    return std::nullopt;
}

std::optional<Error> RosterImport::code_conflict(const std::string& code, PersonId person) const {
    if (code.empty()) return std::nullopt;
    const auto holders = holders_.find(code);
    if (holders == holders_.end() || holders->second.contains(person)) return std::nullopt;
    return fail(ErrorId::code_taken, "code", code);
}

/// A licence number that somebody else has is left out; it keeps nobody out.
void RosterImport::drop_taken_licence(RosterRow& row, PersonId person) {
    if (auto conflict = code_conflict(row.licence_number, person)) {
        conflict->field = "licence";
        report_.problems.push_back({row.line, std::move(*conflict), true});
        row.licence_number.clear();
    }
}

Result<void> RosterImport::take(RosterRow row) {
    if (auto error = refuse(row)) {
        report_.problems.push_back({row.line, std::move(*error), false});
        return {};
    }
    const Hash256 key = trust_.identity_key(row.certificate_type, row.certificate_number);
    ZIGE_TRY(found, change_.tx().first(Sql::person_by_key, {sql(key)}));
    const PersonId known = found ? PersonId{found->unsigned_number(0)} : PersonId{};
    std::optional<Error> error = code_conflict(row.national_code, known);
    if (!error && found && seen_.contains(known))
        error = fail(ErrorId::roster_duplicate_person, "certificate_number", row.name);
    if (error) {
        report_.problems.push_back({row.line, std::move(*error), false});
        return {};
    }
    drop_taken_licence(row, known);
    ZIGE_TRY(person, find_or_add(row));
    seen_.insert(person.id);
    return take_person(row, person);
}

Result<RosterImport::Person> RosterImport::find_or_add(const RosterRow& row) {
    const wire::Identity identity{row.certificate_type, row.certificate_number};
    ZIGE_TRY(found, find_by_identity(change_.tx(), trust_, identity));
    if (found) return Person{found->id, false};
    ZIGE_TRY(id, add_person(change_.tx(), trust_, identity, row.name));
    return Person{id, true};
}

/// XY 45: whoever came after a sanction began was never to be registered; who was there before keeps it here too.
Result<std::optional<Error>> RosterImport::barred(const RosterRow& row, PersonId person) const {
    const auto known = latest_.find(person);
    const bool here = known != latest_.end() && !known->second.registration.last_day;
    if (here || !row.contract_from) return std::optional<Error>{};
    ZIGE_TRY(career, load_career(change_.tx(), HubLog(env_.hasher), person));
    const auto bar = career.bar_on(env_.today());
    const StandingInterval* interval = bar ? career.interval(bar->document) : nullptr;
    if (interval == nullptr || *row.contract_from < interval->from) return std::optional<Error>{};
    return std::optional<Error>(
        fail(ErrorId::points_barred, "from", bar->words()));
}

Result<void> RosterImport::take_person(const RosterRow& row, Person person) {
    if (!person.is_new) {
        ZIGE_TRY(bar, barred(row, person.id));
        if (bar) {
            report_.problems.push_back({row.line, std::move(*bar), false});
            return {};
        }
        ZIGE_TRY(not_eligible, not_eligible_today(person.id));
        if (not_eligible) ++report_.not_eligible_now;  // keeps that standing here too (XY 45)
    }
    const auto known = latest_.find(person.id);
    if (known == latest_.end()) {
        if (!person.is_new) ++report_.known_elsewhere;
        ++report_.added;
        return add(row, person);
    }
    const Registration& registration = known->second.registration;
    if (registration.last_day) {
        const bool again = row.contract_from && *row.contract_from > *registration.last_day;
        if (!again) {  // the institution owns departures: an export that lags does not bring anybody back
            ++report_.ended;
            return {};
        }
        ++report_.restarted;
        return add(row, person);
    }
    return update(row, known->second);
}

Result<void> RosterImport::add(const RosterRow& row, Person person) {
    ZIGE_TRY(kept, match_kept(change_, institution_.code.text, code_of(row), person.id));
    RecordNo no = kept ? kept->no : RecordNo{};
    if (!kept) {
        ZIGE_TRY(next, next_record());
        no = next;
    }
    Registration registration;
    registration.no = no;
    if (kept) registration.last_day = kept->last_day;  // the number never names somebody else
    registration.code = code_of(row);
    registration.name = row.name;
    registration.category = row.category;
    registration.post = row.post;
    registration.department = row.department;
    registration.commitment = {CommitmentKind::baseline, std::nullopt};
    registration.registered_from = row.contract_from.value_or(institution_.history_from);
    ZIGE_CHECK(
        change_.tx().exec(Sql::registration_put,
                          {sql(institution_.code.text), sql(no.value), sql(person.id.value), sql(registration.code),
                           sql(registration.name), static_cast<std::int64_t>(registration.category),
                           static_cast<std::int64_t>(registration.post), sql(registration.department),
                           static_cast<std::int64_t>(registration.commitment.kind), SqlValue{},
                           sql(registration.registered_from), sql(registration.last_day)}));
    if (!registration.code.empty()) holders_[registration.code].insert(person.id);
    ZIGE_CHECK(log(HubEvent::person_registered, registration, person.id));
    latest_[person.id] = {registration, person.id};
    return keep_licence_as_alias(row, no, person.id);
}

Result<void> RosterImport::update(const RosterRow& row, const KnownRegistration& known) {
    Registration next = known.registration;
    // An export without code does not take away one that we know.
    if (!code_of(row).empty()) next.code = code_of(row);
    if (!lost_against(row.name, next.name)) next.name = row.name;
    next.category = row.category;
    next.post = row.post;
    next.department = row.department;
    const std::uint32_t aliases_before = report_.aliases_added;
    const PersonId person = known.person;
    const bool changed = next != known.registration;
    if (changed) {
        if (next.code != known.registration.code && !known.registration.code.empty())  // goes on naming the person
            ZIGE_CHECK(change_.tx().exec(
                Sql::former_code_put, {sql(institution_.code.text), sql(next.no.value), sql(known.registration.code)}));
        ZIGE_CHECK(change_.tx().exec(Sql::registration_details,
                                     {sql(next.code), sql(next.name), static_cast<std::int64_t>(next.category),
                                      static_cast<std::int64_t>(next.post), sql(next.department),
                                      sql(institution_.code.text), sql(next.no.value)}));
        if (next.name != known.registration.name)
            ZIGE_CHECK(change_.tx().exec(Sql::person_rename, {sql(next.name), sql(person.value)}));
        holders_[next.code].insert(person);
        ZIGE_CHECK(log(HubEvent::registration_changed, next, person));
        latest_[person].registration = next;
    }
    ZIGE_CHECK(keep_licence_as_alias(row, next.no, person));
    if (changed || report_.aliases_added != aliases_before) ++report_.changed;
    else ++report_.unchanged;
    return {};
}

Result<void> RosterImport::keep_licence_as_alias(const RosterRow& row, RecordNo target, PersonId person) {
    const std::string& code = row.licence_number;
    const bool needless = code.empty() || code == code_of(row) || aliases_.contains({target.value, code});
    if (needless || code_conflict(code, person)) return {};
    ZIGE_TRY(no, next_record());
    ZIGE_CHECK(
        change_.tx().exec(Sql::alias_put, {sql(institution_.code.text), sql(no.value), sql(target.value), sql(code)}));
    aliases_.emplace(target.value, code);
    holders_[code].insert(person);
    ++report_.aliases_added;
    return {};
}

Result<void> RosterImport::log(HubEvent event, const Registration& registration, PersonId person) {
    LogEvent entry;
    entry.event = event;
    entry.institution = institution_.code.text;
    entry.record = registration.no;
    entry.person = person;
    entry.body.add("code", registration.code)
        .add("name", registration.name)
        .add("category", to_string(registration.category))
        .add("post", to_string(registration.post))
        .add("department", registration.department)
        .add("from", registration.registered_from);
    return change_.log(std::move(entry));
}

Result<bool> RosterImport::not_eligible_today(PersonId person) const {
    ZIGE_TRY(events, HubLog(env_.hasher).sanctions_of(change_.tx(), person));
    ZIGE_TRY(standing, derive_standing(events));
    return std::any_of(standing.begin(), standing.end(),
                       [today = env_.today()](const StandingInterval& interval) { return interval.covers(today); });
}

Result<RecordNo> RosterImport::next_record() { return next_record_no(change_.tx(), institution_.code.text); }

Result<ImportReport> RosterImport::finish() {
    if (report_.added + report_.changed + report_.restarted == 0) return report_;
    LogEvent entry;
    entry.event = HubEvent::roster_imported;
    entry.institution = institution_.code.text;
    entry.body.add("added", static_cast<std::int64_t>(report_.added))
        .add("changed", static_cast<std::int64_t>(report_.changed))
        .add("restarted", static_cast<std::int64_t>(report_.restarted))
        .add("unchanged", static_cast<std::int64_t>(report_.unchanged))
        .add("ended", static_cast<std::int64_t>(report_.ended))
        .add("problems", static_cast<std::int64_t>(report_.problems.size()));
    ZIGE_CHECK(change_.log(std::move(entry)));
    change_.touch(institution_.code.text);
    change_.touch_region();  // somebody who is suspended may have come with another code
    return report_;
}

}  // namespace zige::hub

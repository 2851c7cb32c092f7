#include "hub/core/career_draft.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {
namespace {

constexpr std::chrono::days kOneDay{1};
constexpr std::size_t kFrom = 10;  // of registrations_of_person
constexpr std::size_t kLastDay = 11;
constexpr const char* kAfterTermination = "restored after a termination";

/// Restored, over with its cause (XY 35), or with an end from the beginning; what was entered directly leaves them.
bool ends_registrations(const Career& career, const StandingInterval& interval) {
    const KnownSanction* known = career.sanction(interval.document);
    if (interval.status != Standing::terminated || !interval.end || known == nullptr) return false;
    if (!known->ended) return known->cause != SanctionCause::order;
    return *known->ended == SanctionEnd::restored || *known->ended == SanctionEnd::cause_ended;
}

/// Last days of registrations that a termination with an end gives.
std::set<Day> last_days(const Career& career) {
    std::set<Day> days;
    for (const StandingInterval& each : career.timeline())
        if (ends_registrations(career, each)) days.insert(*each.end - kOneDay);
    return days;
}

/// Those of `one` that `other` does not have.
std::set<Day> days_gone(const Career& one, const Career& other) {
    std::set<Day> gone;
    const std::set<Day> these = last_days(one);
    const std::set<Day> those = last_days(other);
    std::ranges::set_difference(these, those, std::inserter(gone, gone.end()));
    return gone;
}

bool terminated_on(const Career& career, Day day) {
    return std::ranges::any_of(career.timeline(), [&](const StandingInterval& each) {
        return each.status == Standing::terminated && each.covers(day);
    });
}

/// How a termination ended a registration.
struct Ending {
    Day last_day{};
    std::optional<Day> before;  ///< its last day until then
};
using Endings = std::map<std::pair<std::string, std::uint32_t>, Ending>;

Result<void> set_last_day(Change& change, PersonId person, const RegistrationAgain& one, const char* reason,
                          std::optional<Day> before = std::nullopt) {
    ZIGE_CHECK(change.tx().exec(Sql::registration_last_day,
                                {sql(one.last_day), sql(one.institution), sql(one.no.value)}));
    LogEvent event;
    event.event = one.last_day ? HubEvent::registration_ended : HubEvent::registration_changed;
    event.institution = one.institution;
    event.record = one.no;
    event.person = person;
    event.body.add("no", static_cast<std::int64_t>(one.no.value)).add("last_day", one.last_day).add("reason", reason);
    event.body.add("before", before);
    return change.log(std::move(event));
}

/// Every registration that a termination ended, by its newest ending.
Result<Endings> endings(Tx& tx) {
    Fields wanted;
    wanted.add("reason", kAfterTermination);
    ZIGE_TRY(rows, tx.query(Sql::log_of_event_with, {static_cast<std::int64_t>(HubEvent::registration_ended),
                                                     sql(wanted.encode())}));
    Endings found;
    for (const Row& row : rows) {
        ZIGE_TRY(body, Fields::decode(row.text(2)));
        if (!body.find("no")) continue;
        ZIGE_TRY(no, body.number("no"));
        ZIGE_TRY(last_day, body.day("last_day"));
        ZIGE_TRY(before, body.maybe_day("before"));
        found[{row.text(1), static_cast<std::uint32_t>(no)}] = {last_day, before};
    }
    return found;
}

}  // namespace

Result<CareerDraft> CareerDraft::open(Tx& tx, const HubLog& log, const std::string& who) {
    CareerDraft draft;
    ZIGE_TRY(person, Registry::find_person_id(tx, who));
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    if (!row) return fail(ErrorId::person_not_found, "person");
    ZIGE_TRY(sites, tx.query(Sql::institutions_of_person, {sql(person.value)}));
    ZIGE_TRY(career, load_career(tx, log, person));
    draft.person_ = person;
    draft.name_ = row->text(0);
    draft.before_ = career;
    draft.career_ = std::move(career);
    for (const Row& site : sites) draft.institutions_.push_back(site.text(0));
    return draft;
}

Result<void> CareerDraft::add(const CareerEvent& event, const Notes& notes) {
    if (std::holds_alternative<SanctionBegan>(event) && career_.timeline().size() >= kMaxIntervals)
        return fail(ErrorId::sanction_bad_interval, "person", "has too many intervals");
    const auto stepped = career_.step(event);
    if (!stepped.ok()) return stepped.error();
    LogEvent logged = to_log(event);
    logged.person = person_;
    for (const auto& [name, value] : notes)
        if (!value.empty()) logged.body.add(name, value);
    events_.push_back(std::move(logged));
    return {};
}

Result<std::vector<RegistrationAgain>> CareerDraft::registrations_again(Tx& tx) const {
    const std::set<Day> gone = days_gone(before_, career_);
    std::vector<RegistrationAgain> again;
    if (gone.empty()) return again;
    ZIGE_TRY(rows, tx.query(Sql::registrations_of_person, {sql(person_.value)}));
    ZIGE_TRY(ended, endings(tx));
    for (const Row& row : rows) {
        const auto last_day = row.maybe_day(kLastDay);
        const auto own = ended.find({row.text(0), row.small(1)});
        if (!last_day || !gone.contains(*last_day) || own == ended.end() || own->second.last_day != *last_day) continue;
        RegistrationAgain one{row.text(0), RecordNo{row.small(1)}, own->second.before,
                              terminated_on(career_, *last_day + kOneDay)};
        // Where he was registered anew meanwhile, the old one runs to the day before.
        for (const Row& other : rows)
            if (other.text(0) == one.institution && other.day(kFrom) > *last_day)
                one.last_day = std::min(one.last_day.value_or(other.day(kFrom) - kOneDay), other.day(kFrom) - kOneDay);
        if (one.last_day != last_day) again.push_back(std::move(one));
    }
    return again;
}

Result<void> CareerDraft::record_again(Change& change) const {
    ZIGE_TRY(again, registrations_again(change.tx()));
    for (const RegistrationAgain& each : again)
        ZIGE_CHECK(set_last_day(change, person_, each, "the termination never was"));
    return {};
}

Result<void> CareerDraft::record_endings(Change& change) const {
    const std::set<Day> days = days_gone(career_, before_);  // that are new
    for (const Day last_day : days) {
        ZIGE_TRY(rows, change.tx().query(Sql::registrations_of_person, {sql(person_.value)}));
        for (const Row& row : rows) {
            const auto before = row.maybe_day(kLastDay);
            if ((before && *before <= last_day) || row.day(kFrom) > last_day) continue;
            const RegistrationAgain one{row.text(0), RecordNo{row.small(1)}, last_day};
            ZIGE_CHECK(set_last_day(change, person_, one, kAfterTermination, before));
        }
    }
    return {};
}

Result<void> CareerDraft::record(Change& change) const {
    for (const LogEvent& event : events_) ZIGE_CHECK(change.log(event));
    if (events_.empty()) return {};
    ZIGE_CHECK(record_again(change));
    ZIGE_CHECK(record_endings(change));
    for (const std::string& code : institutions_) change.touch(code);
    change.touch_region();
    return {};
}

}  // namespace zige::hub

#include "hub/core/career_draft.h"

#include "hub/core/registry.h"
#include "hub/core/statements.h"
#include "shared/wire/limits.h"

namespace zige::hub {

Result<CareerDraft> CareerDraft::open(Tx& tx, const HubLog& log, const std::string& who) {
    CareerDraft draft;
    ZIGE_TRY(person, Registry::find_person_id(tx, who));
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    if (!row) return fail(ErrorId::person_not_found, "person");
    ZIGE_TRY(sites, tx.query(Sql::institutions_of_person, {sql(person.value)}));
    ZIGE_TRY(career, load_career(tx, log, person));
    draft.person_ = person;
    draft.name_ = row->text(0);
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

Result<void> CareerDraft::record_endings(Change& change) const {
    ZIGE_TRY(rows, change.tx().query(Sql::registrations_of_person, {sql(person_.value)}));
    constexpr std::size_t kFrom = 10;
    constexpr std::size_t kLastDay = 11;
    for (const Row& row : rows) {
        const auto last_day = row.maybe_day(kLastDay);
        if ((last_day && *last_day <= *registrations_end_) || row.day(kFrom) > *registrations_end_) continue;
        ZIGE_CHECK(change.tx().exec(Sql::registration_last_day,
                                    {sql(registrations_end_), sql(row.text(0)), sql(row.small(1))}));
        LogEvent event;
        event.event = HubEvent::registration_ended;
        event.institution = row.text(0);
        event.record = RecordNo{row.small(1)};
        event.person = person_;
        event.body.add("last_day", registrations_end_).add("reason", "restored after a termination");
        ZIGE_CHECK(change.log(std::move(event)));
    }
    return {};
}

Result<void> CareerDraft::record(Change& change) const {
    for (const LogEvent& event : events_) ZIGE_CHECK(change.log(event));
    if (events_.empty()) return {};
    if (registrations_end_) ZIGE_CHECK(record_endings(change));
    for (const std::string& code : institutions_) change.touch(code);
    change.touch_region();
    return {};
}

}  // namespace zige::hub

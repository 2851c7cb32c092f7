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

Result<void> CareerDraft::record(Change& change) const {
    for (const LogEvent& event : events_) ZIGE_CHECK(change.log(event));
    if (events_.empty()) return {};
    for (const std::string& code : institutions_) change.touch(code);
    change.touch_region();
    return {};
}

}  // namespace zige::hub

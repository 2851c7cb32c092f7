#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/hub_log.h"
#include "hub/core/ports/store.h"
#include "shared/domain/profile.h"
#include "shared/domain/registration.h"
#include "shared/wire/messages.h"

namespace zige::hub {

/// What the tables say about one institution now. institution_not_found.
Result<InstitutionRecord> load_institution(Tx& tx, const std::string& code);

/// A registration with the person behind it (who never leaves the hub).
struct KnownRegistration {
    Registration registration;
    PersonId person;
};
/// By number, with the standing timelines that the log gives.
Result<std::vector<KnownRegistration>> load_registrations(Tx& tx, const HubLog& log, const std::string& code);
/// By registration, ascending first days.
Result<std::map<RecordNo, std::vector<Leave>>> load_leaves(Tx& tx, const std::string& code);
Result<std::vector<Alias>> load_aliases(Tx& tx, const std::string& code);
Result<std::vector<Stop>> load_stops(Tx& tx, const std::string& code);

/// Columns institution, no, person, code, name, category, post, department, commitment, commitment_day,
/// registered_from, last_day; standing stays empty.
Result<KnownRegistration> registration_from(const Row& row);

/// Everything that a state of the institution covers, by record number.
Result<std::vector<Record>> load_records(Tx& tx, const HubLog& log, const std::string& code);

/// The hub's profile and calendar with the institution's own age limits, if it has some.
Result<wire::Config> load_config(Tx& tx, const std::string& code);

/// A registration or alias number of the institution that was never given before.
Result<RecordNo> next_record_no(Tx& tx, const std::string& code);

/// "10:72:360:1080;100:24:240:720": people, hours fresh, aged, stale. institution_bad_value.
std::string limits_to_text(const std::vector<FreshnessLimits>& limits);
Result<std::vector<FreshnessLimits>> limits_from_text(std::string_view text);

/// A number in the database that must name a value of an enum: store_corrupt if it does not.
template <class E>
Result<E> enum_from(const Row& row, std::size_t column) {
    const auto value = from_number<E>(row.unsigned_number(column));
    if (!value) return fail(ErrorId::store_corrupt, "column " + std::to_string(column));
    return *value;
}

}  // namespace zige::hub

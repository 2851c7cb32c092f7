#include "hub/core/rejudge.h"

#include "hub/core/institution_data.h"
#include "hub/core/region.h"

namespace zige::hub {

Result<std::shared_ptr<const Copy>> copy_of_today(Tx& tx, const HubLog& log, const Hasher& hasher,
                                                  const std::string& institution) {
    Copy::Parts parts;
    ZIGE_TRY(record, load_institution(tx, institution));
    ZIGE_TRY(registrations, load_registrations(tx, log, institution));
    ZIGE_TRY(aliases, load_aliases(tx, institution));
    ZIGE_TRY(config, load_config(tx, institution));
    ZIGE_TRY(ineligible, Region(hasher).load(tx));
    parts.institution = std::move(record);
    for (KnownRegistration& known : registrations) parts.registrations.push_back(std::move(known.registration));
    parts.aliases = std::move(aliases);
    parts.profile = std::move(config.profile);
    parts.calendar = std::move(config.calendar);
    parts.ineligible = std::move(ineligible);
    return Copy::build(std::move(parts));
}

Decision judge_again(const wire::DecisionEntry& entry, const Copy& copy) {
    FeeLine line;
    line.txn = entry.txn;
    line.insured = entry.insured;
    line.item = entry.item;
    line.fee_time = entry.fee_time;
    line.department = entry.department;
    line.med_type = entry.med_type;
    line.emergency = {entry.emergency, entry.emergency_reason, entry.emergency_by};
    line.amount = entry.amount;
    for (const wire::JournaledPerson& person : entry.people)
        if (!line.people.full()) line.people.push_back({person.role, person.code});
    Moment moment;
    moment.wall = entry.fee_time;
    moment.running = entry.fee_time;
    moment.copy_as_of = entry.fee_time;
    return decide(line, copy, Overlay{}, moment);
}

}  // namespace zige::hub

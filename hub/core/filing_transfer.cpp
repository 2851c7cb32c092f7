#include "hub/core/filing_work.h"
#include "hub/core/statements.h"
#include "shared/domain/departure.h"

namespace zige::hub {
namespace {

/// filing_unknown_institution, filing_not_same_owner: both are named as one owner's at the hub.
Result<void> check_owner(const FilingWork& work, const std::string& other) {
    ZIGE_TRY(here, work.tx().first(Sql::institution_owner_get, {sql(work.institution())}));
    ZIGE_TRY(there, work.tx().first(Sql::institution_owner_get, {sql(other)}));
    if (!there) return fail(ErrorId::filing_unknown_institution, "to_institution", other);
    if (other == work.institution() || !here || here->text(0).empty() || here->text(0) != there->text(0))
        return fail(ErrorId::filing_not_same_owner, "to_institution", other);
    return {};
}

Result<void> check_free_there(const FilingWork& work, const std::string& other, PersonId person, Day first_day) {
    ZIGE_TRY(rows, work.tx().query(Sql::registrations_of_person, {sql(person.value)}));
    for (const Row& row : rows)
        if (row.text(0) == other && (row.is_null(11) || row.day(11) >= first_day))
            return fail(ErrorId::filing_already_registered, "to_institution", other);
    return {};
}

}  // namespace

/// One filing: the last day here, the first day there, the same person, standing and points.
Result<FilingEffect> process(const FilingWork& work, const wire::TransferFiling& transfer) {
    ZIGE_TRY(known, registration_of(work, transfer.no));
    const Registration& here = known.registration;
    ZIGE_CHECK(check_owner(work, transfer.to_institution));
    ZIGE_CHECK(check_departure(transfer.last_day, here.registered_from, work.today(), here.last_day));
    if (transfer.first_day <= transfer.last_day)
        return fail(ErrorId::filing_bad_interval, "first_day", "not after the last day here");
    ZIGE_CHECK(check_not_barred(work, known.person, transfer.first_day));
    ZIGE_CHECK(check_free_there(work, transfer.to_institution, known.person, transfer.first_day));
    if (!here.code.empty()) ZIGE_CHECK(check_code_free(work, transfer.to_institution, here.code, known.person));

    Registration there = here;
    ZIGE_TRY(no, next_record_no(work.tx(), transfer.to_institution));
    there.no = no;
    there.department.clear();  // codes of departments are the other institution's own
    there.registered_from = transfer.first_day;
    ZIGE_CHECK(end_registration(work, {work.institution(), transfer.no, known.person, transfer.last_day}));
    ZIGE_CHECK(note_ended(work, work.institution(), transfer.no, here.last_day));
    ZIGE_CHECK(put_registration(work, transfer.to_institution, there, known.person));
    ZIGE_CHECK(note_began(work, transfer.to_institution, no));
    LogEvent event = event_about(work, HubEvent::transfer_recorded, transfer.no, known.person);
    event.body.add("last_day", transfer.last_day)
        .add("to", transfer.to_institution)
        .add("registration", static_cast<std::int64_t>(no.value))
        .add("first_day", transfer.first_day);
    ZIGE_CHECK(work.change.log(std::move(event)));
    return FilingEffect{transfer.no, {}, transfer.last_day, true};
}

}  // namespace zige::hub

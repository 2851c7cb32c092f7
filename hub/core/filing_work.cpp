#include "hub/core/filing_work.h"

#include "hub/core/career_ledger.h"
#include "hub/core/people.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"
#include "shared/wire/codec.h"

namespace zige::hub {

Result<KnownRegistration> registration_of(const FilingWork& work, RecordNo no) {
    ZIGE_TRY(row, work.tx().first(Sql::registration_get, {sql(work.institution()), sql(no.value)}));
    if (!row) return fail(ErrorId::filing_unknown_person, "no", std::to_string(no.value));
    return registration_from(*row);
}

Result<void> check_code_free(const FilingWork& work, const std::string& institution, const std::string& code,
                             PersonId person) {
    ZIGE_TRY(here,
             work.tx().query(Sql::people_with_code_at, {sql(institution), sql(code), sql(institution), sql(code)}));
    for (const Row& row : here)
        if (row.unsigned_number(0) != person.value) return fail(ErrorId::filing_alias_taken, "code", code);
    if (!is_person_code(code)) return {};
    ZIGE_TRY(anywhere, work.tx().query(Sql::people_with_code, {sql(code), sql(code)}));
    ZIGE_TRY(formerly, work.tx().query(Sql::people_with_former_code, {sql(code)}));
    for (const Rows* rows : {&anywhere, &formerly})
        for (const Row& row : *rows)
            if (row.unsigned_number(0) != person.value) return fail(ErrorId::filing_alias_taken, "code", code);
    return {};
}

Result<void> check_no_standing(const FilingWork& work, PersonId person, std::string_view field) {
    ZIGE_TRY(events, HubLog(work.env.hasher).sanctions_of(work.tx(), person));
    if (!events.empty()) return fail(ErrorId::filing_owned_by_hub, std::string(field), "there are sanctions under it");
    return {};
}

Result<void> check_not_barred(const FilingWork& work, PersonId person, Day first_day) {
    ZIGE_TRY(career, load_career(work.tx(), HubLog(work.env.hasher), person));
    for (const Day day : {work.today(), first_day})
        if (const auto bar = career.bar_on(day))
            return fail(ErrorId::points_barred, "from", bar->words());
    return {};
}

Result<void> keep_former_code(const FilingWork& work, RecordNo no, const std::string& code) {
    if (code.empty()) return {};
    return work.tx().exec(Sql::former_code_put, {sql(work.institution()), sql(no.value), sql(code)});
}

LogEvent event_about(const FilingWork& work, HubEvent kind, RecordNo no, PersonId person) {
    LogEvent event;
    event.event = kind;
    event.institution = work.institution();
    event.record = no;
    event.person = person;
    return event;
}

Result<void> end_registration(const FilingWork& work, const Ending& ending) {
    ZIGE_CHECK(work.tx().exec(Sql::registration_last_day,
                              {sql(ending.last_day), sql(ending.institution), sql(ending.no.value)}));
    LogEvent event;
    event.event = ending.last_day ? HubEvent::registration_ended : HubEvent::registration_changed;
    event.institution = ending.institution;
    event.record = ending.no;
    event.person = ending.person;
    event.body.add("last_day", ending.last_day);
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(ending.institution);
    return {};
}

Result<void> note_began(const FilingWork& work, const std::string& institution, RecordNo no) {
    return work.tx().exec(Sql::filing_effect_put, {sql(ByteView(work.filing.uuid)), sql(institution), sql(no.value),
                                                   sql(true), sql(std::optional<Day>{})});
}

Result<void> note_ended(const FilingWork& work, const std::string& institution, RecordNo no,
                        std::optional<Day> day_before) {
    return work.tx().exec(Sql::filing_effect_put, {sql(ByteView(work.filing.uuid)), sql(institution), sql(no.value),
                                                   sql(false), sql(day_before)});
}

Result<StandingFiling> standing_filing(const FilingWork& work, const wire::Uuid& uuid, std::string_view field) {
    ZIGE_TRY(row, work.tx().first(Sql::filing_standing, {sql(ByteView(uuid)), sql(work.institution())}));
    if (!row) return fail(ErrorId::filing_not_found, std::string(field), to_hex(uuid));
    ZIGE_TRY(kind, enum_from<FilingKind>(*row, 0));
    ZIGE_TRY(filing, wire::decode_filing(row->bytes(4)));
    return StandingFiling{kind,         RecordNo{row->small(1)}, row->maybe_day(2),
                          row->flag(3), RecordNo{row->small(5)}, std::move(filing)};
}

bool ends_a_registration(FilingKind kind) {
    return kind == FilingKind::departure || kind == FilingKind::transfer || kind == FilingKind::death;
}

Result<void> put_registration(const FilingWork& work, const std::string& institution, const Registration& registration,
                              PersonId person) {
    ZIGE_CHECK(
        work.tx().exec(Sql::registration_put,
                       {sql(institution), sql(registration.no.value), sql(person.value), sql(registration.code),
                        sql(registration.name), static_cast<std::int64_t>(registration.category),
                        static_cast<std::int64_t>(registration.post), sql(registration.department),
                        static_cast<std::int64_t>(registration.commitment.kind), sql(registration.commitment.date),
                        sql(registration.registered_from), sql(registration.last_day)}));
    LogEvent event;
    event.event = HubEvent::person_registered;
    event.institution = institution;
    event.record = registration.no;
    event.person = person;
    event.body.add("code", registration.code)
        .add("name", registration.name)
        .add("category", to_string(registration.category))
        .add("post", to_string(registration.post))
        .add("department", registration.department)
        .add("from", registration.registered_from);
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(institution);
    work.change.touch_region();  // somebody who is suspended may have come with another code
    return {};
}

Result<void> put_alias(const FilingWork& work, const std::string& institution, const Alias& alias, PersonId person) {
    ZIGE_CHECK(work.tx().exec(Sql::alias_put,
                              {sql(institution), sql(alias.no.value), sql(alias.target.value), sql(alias.code)}));
    LogEvent event;
    event.event = HubEvent::alias_added;
    event.institution = institution;
    event.record = alias.no;
    event.person = person;
    event.body.add("code", alias.code).add("target", static_cast<std::int64_t>(alias.target.value));
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(institution);
    work.change.touch_region();
    return {};
}

Result<void> ask_presence(Change& change, const std::string& institution, RecordNo no, PersonId person,
                          const std::string& reason) {
    ZIGE_TRY(open, change.tx().first(Sql::presence_open, {sql(institution), sql(no.value)}));
    if (open) return {};
    ZIGE_CHECK(change.tx().exec(Sql::presence_ask, {sql(institution), sql(no.value), sql(change.now()), sql(reason)}));
    LogEvent event;
    event.event = HubEvent::presence_asked;
    event.institution = institution;
    event.record = no;
    event.person = person;
    event.body.add("reason", reason);
    return change.log(std::move(event));
}

}  // namespace zige::hub

#include "hub/core/filing_work.h"
#include "hub/core/kept_records.h"
#include "hub/core/people.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"
#include "shared/domain/departure.h"

namespace zige::hub {
namespace {

constexpr int kCommitmentWorkingDays = 10;

/// Form, as far as the filing shows it by itself.
Result<void> check_form(const FilingWork& work, const wire::RegistrationFiling& filed, Day history_from) {
    if (filed.name.find_first_not_of(' ') == std::string::npos)
        return fail(ErrorId::api_missing_field, "name", "a registration names the person");
    if (!filed.code.empty() && !is_person_code(filed.code))
        return fail(ErrorId::code_bad_character, "code", "a national code is D, N, HY or HJ and 12 digits");
    if (filed.from < history_from) return fail(ErrorId::filing_too_old, "from", format(filed.from));
    if (filed.from > work.today() + std::chrono::days{366})
        return fail(ErrorId::filing_in_future, "from", format(filed.from));
    if (filed.commitment_signed && *filed.commitment_signed > day_of(work.change.now() + kAheadTolerance))
        return fail(ErrorId::filing_in_future, "commitment_signed", format(*filed.commitment_signed));
    return {};
}

Result<std::optional<wire::Identity>> identity_of(const FilingWork& work, const Bytes& sealed) {
    if (sealed.empty()) return std::optional<wire::Identity>{};
    ZIGE_TRY(identity, open_filed_identity(work.trust, sealed));
    return std::optional<wire::Identity>(std::move(identity));
}

/// Without a document: whoever carries the national code; else whoever carries the licence number and the name.
Result<std::optional<FoundPerson>> find_without_document(const FilingWork& work,
                                                         const wire::RegistrationFiling& filed) {
    if (!filed.code.empty()) {
        ZIGE_TRY(by_code, find_by_code(work.tx(), filed.code));
        if (by_code && by_code->name != filed.name) return fail(ErrorId::filing_person_differs, "name");
        if (by_code) return by_code;
    }
    if (filed.licence.empty()) return std::optional<FoundPerson>{};
    ZIGE_TRY(by_licence, find_by_code(work.tx(), filed.licence));
    if (by_licence && by_licence->name == filed.name) return by_licence;
    return std::optional<FoundPerson>{};
}

/// A namesake of somebody under sanction here, who shows no document, is perhaps that person: the document, or else the
/// bureau, decides (P1).
Result<void> check_no_namesake(const FilingWork& work, const wire::RegistrationFiling& filed) {
    ZIGE_TRY(namesakes,
             work.tx().query(Sql::namesakes_sanctioned_at, {sql(work.institution()), sql(filed.name), sql(filed.name),
                                                            static_cast<std::int64_t>(HubEvent::sanction_started),
                                                            static_cast<std::int64_t>(HubEvent::standing_recovered)}));
    if (namesakes.empty()) return {};
    return fail(ErrorId::filing_bad_identity, "identity", "somebody of this name has sanctions here");
}

/// Standing follows the person (XY 45): who this is, is found before anything is written.
Result<std::optional<FoundPerson>> find_who(const FilingWork& work, const wire::RegistrationFiling& filed,
                                            const std::optional<wire::Identity>& identity) {
    if (!identity) return find_without_document(work, filed);
    ZIGE_TRY(found, find_by_identity(work.tx(), work.trust, *identity));
    if (found && found->name != filed.name) return fail(ErrorId::filing_person_differs, "name");
    if (found || filed.code.empty()) return found;
    ZIGE_TRY(by_code, find_by_code(work.tx(), filed.code));
    if (by_code && (by_code->has_identity || by_code->name != filed.name))
        return fail(ErrorId::filing_alias_taken, "code", filed.code);
    return by_code;  // known by the code alone until now: the document comes with this filing
}

Result<void> check_not_here(const FilingWork& work, const wire::RegistrationFiling& filed, PersonId person) {
    ZIGE_TRY(rows, work.tx().query(Sql::registrations_of_person, {sql(person.value)}));
    for (const Row& row : rows) {
        if (row.text(0) != work.institution()) continue;
        if (row.is_null(11)) return fail(ErrorId::filing_already_registered, "no", std::to_string(row.small(1)));
        if (!was_taken_back(row.day(10), row.day(11)) && row.day(11) >= filed.from)
            return fail(ErrorId::filing_bad_interval, "from", "left on " + format(row.day(11)));
    }
    return {};
}

Result<PersonId> settle_person(const FilingWork& work, const wire::RegistrationFiling& filed,
                               const std::optional<FoundPerson>& found, const std::optional<wire::Identity>& identity) {
    if (found && identity && !found->has_identity)
        ZIGE_CHECK(identify_person(work.tx(), work.trust, found->id, *identity));
    if (found) return found->id;
    if (identity) return add_person(work.tx(), work.trust, *identity, filed.name);
    return add_person_without_identity(work.tx(), work.trust, filed.code.empty() ? filed.licence : filed.code,
                                       filed.name);
}

/// Somebody who is said to work here only may have left elsewhere without a word.
Result<void> ask_elsewhere(const FilingWork& work, const wire::RegistrationFiling& filed, PersonId person) {
    if (filed.multi_site) return {};
    ZIGE_TRY(rows, work.tx().query(Sql::registrations_of_person, {sql(person.value)}));
    for (const Row& row : rows)
        if (row.text(0) != work.institution() && row.is_null(11))
            ZIGE_CHECK(ask_presence(work.change, row.text(0), RecordNo{row.small(1)}, person,
                                    "registered at " + work.institution()));
    return {};
}

Result<Commitment> commitment_of(const FilingWork& work, const wire::RegistrationFiling& filed) {
    if (filed.commitment_signed) return Commitment{CommitmentKind::signed_on, filed.commitment_signed};
    ZIGE_TRY(config, load_config(work.tx(), work.institution()));
    const Day first = std::max(filed.from, work.today());
    return Commitment{CommitmentKind::due, config.calendar.add_working_days(first, kCommitmentWorkingDays).day};
}

/// Whom a restored database lost keeps the number that agents know him by.
Result<RecordNo> number_for(const FilingWork& work, const std::string& code, PersonId person) {
    ZIGE_TRY(kept, match_kept(work.change, work.institution(), code, person));
    return kept ? Result<RecordNo>(kept->no) : next_record_no(work.tx(), work.institution());
}

}  // namespace

Result<FilingEffect> process(const FilingWork& work, const wire::RegistrationFiling& filed) {
    ZIGE_TRY(institution, load_institution(work.tx(), work.institution()));
    ZIGE_CHECK(check_form(work, filed, institution.history_from));
    ZIGE_TRY(identity, identity_of(work, filed.identity));
    ZIGE_TRY(found, find_who(work, filed, identity));
    if (found) {
        ZIGE_CHECK(check_not_here(work, filed, found->id));
        ZIGE_CHECK(check_not_barred(work, found->id, filed.from));
    } else if (!identity) {
        ZIGE_CHECK(check_no_namesake(work, filed));
    }
    const PersonId known = found ? found->id : PersonId{};
    for (const std::string& code : {filed.code, filed.licence})
        if (!code.empty()) ZIGE_CHECK(check_code_free(work, work.institution(), code, known));

    ZIGE_TRY(person, settle_person(work, filed, found, identity));
    ZIGE_TRY(commitment, commitment_of(work, filed));
    const std::string& code = filed.code.empty() ? filed.licence : filed.code;
    ZIGE_TRY(no, number_for(work, code, person));
    ZIGE_CHECK(put_registration(work, work.institution(),
                                {no,
                                 code,
                                 filed.name,
                                 filed.category,
                                 filed.post,
                                 filed.department,
                                 commitment,
                                 filed.from,
                                 std::nullopt,
                                 {},
                                 {}},
                                person));
    ZIGE_CHECK(note_began(work, work.institution(), no));
    if (!filed.code.empty() && !filed.licence.empty()) {
        ZIGE_TRY(alias, next_record_no(work.tx(), work.institution()));
        ZIGE_CHECK(put_alias(work, work.institution(), {alias, no, filed.licence}, person));
    }
    ZIGE_CHECK(ask_elsewhere(work, filed, person));
    return FilingEffect{no, no, std::nullopt, true};
}

}  // namespace zige::hub

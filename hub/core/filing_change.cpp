#include "hub/core/filing_work.h"
#include "hub/core/people.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"

namespace zige::hub {
namespace {

/// Who the registration belongs to by the document of the filing.
struct NewIdentity {
    std::optional<wire::Identity> give;  ///< to the person who is there already
    std::optional<PersonId> move_to;     ///< the registration is somebody else's, whom the hub knows
    bool none() const { return !give && !move_to; }
};

Result<NewIdentity> new_identity(const FilingWork& work, const wire::ChangeFiling& filed, PersonId person) {
    if (!filed.identity || filed.identity->empty()) return NewIdentity{};
    ZIGE_TRY(identity, open_filed_identity(work.trust, *filed.identity));
    ZIGE_TRY(present, load_person(work.tx(), person));
    ZIGE_TRY(owner, find_by_identity(work.tx(), work.trust, identity));
    if (owner && owner->id == person) return NewIdentity{};
    if (!owner && !present.has_identity) return NewIdentity{identity, std::nullopt};
    ZIGE_CHECK(check_no_standing(work, person, "identity"));
    if (owner) {
        if (owner->name != filed.name.value_or(present.name)) return fail(ErrorId::filing_person_differs, "name");
        return NewIdentity{std::nullopt, owner->id};
    }
    ZIGE_TRY(sites, work.tx().query(Sql::institutions_of_person, {sql(person.value)}));
    if (sites.size() > 1) return fail(ErrorId::filing_owned_by_hub, "identity", "registered elsewhere too");
    return NewIdentity{identity, std::nullopt};
}

Registration changed(Registration registration, const wire::ChangeFiling& filed) {
    registration.name = filed.name.value_or(registration.name);
    registration.department = filed.department.value_or(registration.department);
    registration.code = filed.code.value_or(registration.code);
    registration.category = filed.category.value_or(registration.category);
    return registration;
}

Result<void> check_code(const FilingWork& work, const wire::ChangeFiling& filed, const KnownRegistration& known,
                        PersonId person) {
    if (!filed.code || *filed.code == known.registration.code) return {};
    if (!is_person_code(*filed.code))
        return fail(ErrorId::code_bad_character, "code", "a national code is D, N, HY or HJ and 12 digits");
    ZIGE_CHECK(check_no_standing(work, known.person, "code"));
    return check_code_free(work, work.institution(), *filed.code, person);
}

Result<void> write(const FilingWork& work, const Registration& next, PersonId person, const NewIdentity& identity) {
    ZIGE_CHECK(work.tx().exec(
        Sql::registration_details,
        {sql(next.code), sql(next.name), static_cast<std::int64_t>(next.category), static_cast<std::int64_t>(next.post),
         sql(next.department), sql(work.institution()), sql(next.no.value)}));
    if (identity.give) ZIGE_CHECK(identify_person(work.tx(), work.trust, person, *identity.give));
    if (identity.move_to)
        ZIGE_CHECK(work.tx().exec(Sql::registration_person,
                                  {sql(identity.move_to->value), sql(work.institution()), sql(next.no.value)}));
    LogEvent event = event_about(work, HubEvent::registration_changed, next.no, identity.move_to.value_or(person));
    event.body.add("code", next.code)
        .add("name", next.name)
        .add("category", to_string(next.category))
        .add("department", next.department);
    if (!identity.none()) event.body.add("identity", "changed");
    return work.change.log(std::move(event));
}

}  // namespace

Result<FilingEffect> process(const FilingWork& work, const wire::ChangeFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    ZIGE_TRY(identity, new_identity(work, filed, known.person));
    const Registration next = changed(known.registration, filed);
    if (next == known.registration && identity.none()) return fail(ErrorId::filing_nothing_changes);
    if (next.name.find_first_not_of(' ') == std::string::npos) return fail(ErrorId::api_missing_field, "name");
    ZIGE_CHECK(check_code(work, filed, known, identity.move_to.value_or(known.person)));
    if (next.name != known.registration.name) ZIGE_CHECK(check_no_standing(work, known.person, "name"));
    if (next.code != known.registration.code)
        ZIGE_CHECK(keep_former_code(work, filed.no, known.registration.code));
    ZIGE_CHECK(write(work, next, known.person, identity));
    if (next.name != known.registration.name && !identity.move_to)
        ZIGE_CHECK(work.tx().exec(Sql::person_rename, {sql(next.name), sql(known.person.value)}));
    work.change.touch(work.institution());
    work.change.touch_region();
    return FilingEffect{filed.no, {}, std::nullopt, true};
}

Result<FilingEffect> process(const FilingWork& work, const wire::CommitmentFiling& filed) {
    ZIGE_TRY(known, registration_of(work, filed.no));
    if (filed.signed_on > day_of(work.change.now() + kAheadTolerance))
        return fail(ErrorId::filing_in_future, "signed_on", format(filed.signed_on));
    const Commitment next{CommitmentKind::signed_on, filed.signed_on};
    if (known.registration.commitment == next) return fail(ErrorId::filing_nothing_changes, "signed_on");
    ZIGE_CHECK(work.tx().exec(Sql::registration_commitment, {static_cast<std::int64_t>(next.kind), sql(filed.signed_on),
                                                             sql(work.institution()), sql(filed.no.value)}));
    LogEvent event = event_about(work, HubEvent::commitment_changed, filed.no, known.person);
    event.body.add("signed_on", filed.signed_on);
    ZIGE_CHECK(work.change.log(std::move(event)));
    work.change.touch(work.institution());
    return FilingEffect{filed.no, {}, std::nullopt, true};
}

}  // namespace zige::hub

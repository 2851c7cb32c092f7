#include "hub/core/people.h"

#include "hub/core/hub_values.h"
#include "hub/core/statements.h"
#include "shared/wire/sealed.h"

namespace zige::hub {
namespace {

constexpr const char* kNoDocument = "";  ///< certificate type of somebody of whom only a code is known

Result<void> put_person(Tx& tx, const Trust& trust, std::uint64_t id, const Hash256& key,
                        const wire::Identity& identity, const std::string& name) {
    ZIGE_TRY(sealed, trust.numbers().seal(as_bytes(identity.number), key));
    return tx.exec(Sql::person_put, {sql(id), sql(key), sql(identity.certificate_type), sql(sealed), sql(name)});
}

}  // namespace

Result<wire::Identity> open_filed_identity(const Trust& trust, ByteView sealed) {
    const auto reader = wire::sealed_reader(sealed);
    const Unsealer* unsealer = reader ? trust.unsealer_for(*reader) : nullptr;
    if (unsealer == nullptr) return fail(ErrorId::filing_bad_identity, "identity", "sealed to no key of this hub");
    return wire::open_identity(sealed, trust.hub_id(), *unsealer);
}

Result<FoundPerson> load_person(Tx& tx, PersonId id) {
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(id.value)}));
    if (!row) return fail(ErrorId::person_not_found, "person", std::to_string(id.value));
    return FoundPerson{id, row->text(0), row->text(1) != kNoDocument};
}

Result<std::optional<FoundPerson>> find_by_identity(Tx& tx, const Trust& trust, const wire::Identity& identity) {
    const Hash256 key = trust.identity_key(identity.certificate_type, identity.number);
    ZIGE_TRY(row, tx.first(Sql::person_by_key, {sql(key)}));
    if (!row) return std::optional<FoundPerson>{};
    ZIGE_TRY(found, load_person(tx, PersonId{row->unsigned_number(0)}));
    return std::optional<FoundPerson>(std::move(found));
}

Result<std::optional<FoundPerson>> find_by_code(Tx& tx, const std::string& code) {
    ZIGE_TRY(rows, tx.query(Sql::people_with_code, {sql(code), sql(code)}));
    if (rows.empty()) {
        ZIGE_TRY(former, tx.query(Sql::people_with_former_code, {sql(code)}));
        rows = std::move(former);
    }
    if (rows.empty()) return std::optional<FoundPerson>{};
    if (rows.size() > 1) return fail(ErrorId::person_ambiguous, "code", code);
    ZIGE_TRY(found, load_person(tx, PersonId{rows[0].unsigned_number(0)}));
    return std::optional<FoundPerson>(std::move(found));
}

Result<PersonId> add_person(Tx& tx, const Trust& trust, const wire::Identity& identity, const std::string& name) {
    ZIGE_TRY(id, next_number(tx, HubValue::last_person));
    const Hash256 key = trust.identity_key(identity.certificate_type, identity.number);
    ZIGE_CHECK(put_person(tx, trust, id, key, identity, name));
    return PersonId{id};
}

Result<PersonId> add_person_without_identity(Tx& tx, const Trust& trust, const std::string& code,
                                             const std::string& name) {
    ZIGE_TRY(id, next_number(tx, HubValue::last_person));  // part of the key: two people may share a licence number
    const Hash256 key = trust.identity_key("code", code + "/" + std::to_string(id));
    ZIGE_CHECK(put_person(tx, trust, id, key, {kNoDocument, ""}, name));
    return PersonId{id};
}

Result<void> identify_person(Tx& tx, const Trust& trust, PersonId id, const wire::Identity& identity) {
    const Hash256 key = trust.identity_key(identity.certificate_type, identity.number);
    ZIGE_TRY(sealed, trust.numbers().seal(as_bytes(identity.number), key));
    return tx.exec(Sql::person_identify, {sql(key), sql(identity.certificate_type), sql(sealed), sql(id.value)});
}

}  // namespace zige::hub

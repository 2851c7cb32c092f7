#include <charconv>
#include <limits>
#include <set>

#include "hub/core/institution_data.h"
#include "hub/core/records.h"
#include "hub/core/registry.h"
#include "hub/core/standing_ledger.h"
#include "hub/core/statements.h"
#include "shared/domain/codes_of_people.h"

namespace zige::hub {
namespace {

Result<InstitutionInfo> info_of(Tx& tx, const std::string& code) {
    ZIGE_TRY(record, load_institution(tx, code));
    ZIGE_TRY(limits_row, tx.first(Sql::institution_limits, {sql(code)}));
    ZIGE_TRY(limits, limits_from_text(limits_row->text(0)));
    ZIGE_TRY(last, last_state(tx, code, std::numeric_limits<std::int64_t>::max()));
    ZIGE_TRY(rows, tx.query(Sql::registrations_of, {sql(code)}));
    ZIGE_TRY(departments, tx.query(Sql::departments_of, {sql(code)}));
    InstitutionInfo info;
    info.spec = {code, record.name, record.kind, record.division, record.mode, record.mode_until, std::move(limits)};
    info.strict = record.strict;
    info.seq = last ? last->state.seq : Seq{};
    info.people = static_cast<std::uint32_t>(rows.size());
    for (const Row& row : rows) info.departed += row.is_null(11) ? 0 : 1;
    info.stops = std::move(record.stops);
    for (const Row& row : departments) info.departments.emplace_back(row.text(0), row.text(1));
    return info;
}

Result<PersonId> only_one(const std::set<std::uint64_t>& people, const std::string& who) {
    if (people.empty()) return fail(ErrorId::person_not_found, "person", who);
    if (people.size() > 1) {
        std::string ids;
        for (const std::uint64_t id : people) ids += " #" + std::to_string(id);
        return fail(ErrorId::person_ambiguous, "person", who + ":" + ids);
    }
    return PersonId{*people.begin()};
}

std::optional<std::uint64_t> id_in(const std::string& who) {
    if (who.size() < 2 || who[0] != '#') return std::nullopt;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(who.data() + 1, who.data() + who.size(), id);
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (error != std::errc{} || end != who.data() + who.size() || id > kMost) return std::nullopt;
    return id;
}

}  // namespace

Result<PersonId> Registry::find_person_id(Tx& tx, const std::string& who) {
    if (who.empty() || who.find('\0') != std::string::npos) return fail(ErrorId::person_not_found, "person", "empty");
    std::set<std::uint64_t> people;
    if (const auto id = id_in(who)) {
        ZIGE_TRY(row, tx.first(Sql::person_get, {sql(*id)}));
        ZIGE_TRY(merged, tx.first(Sql::merge_of, {sql(*id)}));  // the number of a file that is part of another one now
        if (row) people.insert(merged ? merged->unsigned_number(0) : *id);
        return only_one(people, who);
    }
    ZIGE_TRY(by_code, tx.query(Sql::people_with_code, {sql(who), sql(who)}));
    for (const Row& row : by_code) people.insert(row.unsigned_number(0));
    if (people.empty()) {
        ZIGE_TRY(by_name, tx.query(Sql::people_with_name, {sql(who)}));
        for (const Row& row : by_name) people.insert(row.unsigned_number(0));
    }
    return only_one(people, who);
}

namespace {

/// "#12 张伟 D411503000001@H41150300001"
Result<std::string> described(Tx& tx, PersonId person) {
    ZIGE_TRY(row, tx.first(Sql::person_get, {sql(person.value)}));
    std::string text = "#" + std::to_string(person.value) + " " + (row ? row->text(0) : std::string());
    ZIGE_TRY(sites, tx.query(Sql::registrations_of_person, {sql(person.value)}));
    for (const Row& site : sites) {
        ZIGE_TRY(known, registration_from(site));
        text += " " + known.registration.code + "@" + site.text(0);
    }
    return text;
}

Result<std::string> candidates(Tx& tx, const std::string& name) {
    ZIGE_TRY(rows, tx.query(Sql::people_with_name, {sql(name)}));
    std::string list;
    for (const Row& row : rows) {
        ZIGE_TRY(one, described(tx, PersonId{row.unsigned_number(0)}));
        list += (list.empty() ? "" : "; ") + one;
    }
    return list;
}

/// To be shown: a code that was given up finds its person too. No act rests on one.
Result<PersonId> find_by_any_code(Tx& tx, const std::string& who) {
    auto id = Registry::find_person_id(tx, who);
    if (id.ok() || id.error().id != ErrorId::person_not_found) return id;
    ZIGE_TRY(rows, tx.query(Sql::people_with_former_code, {sql(who)}));
    std::set<std::uint64_t> people;
    for (const Row& row : rows) people.insert(row.unsigned_number(0));
    return people.empty() ? id : only_one(people, who);
}

}  // namespace

Result<PersonId> Registry::find_exactly(const std::string& who) const {
    if (who.empty() || who.find('\0') != std::string::npos) return fail(ErrorId::person_not_found, "who", "empty");
    return read_from(env_.store, [&](Tx& tx) -> Result<PersonId> {
        if (id_in(who)) return find_person_id(tx, who);
        std::set<std::uint64_t> people;
        ZIGE_TRY(by_code, tx.query(Sql::people_with_code, {sql(who), sql(who)}));
        for (const Row& row : by_code) people.insert(row.unsigned_number(0));
        if (!people.empty()) return only_one(people, who);
        ZIGE_TRY(namesakes, candidates(tx, who));
        if (namesakes.empty()) return fail(ErrorId::person_not_found, "who", "no such code or #id");
        return fail(ErrorId::person_ambiguous, "who", "a name is not enough, take a code or #id: " + namesakes);
    });
}

Result<PersonInfo> Registry::find_person(const std::string& who) const {
    return read_from(env_.store, [&](Tx& tx) -> Result<PersonInfo> {
        PersonInfo info;
        ZIGE_TRY(id, find_by_any_code(tx, who));
        ZIGE_TRY(row, tx.first(Sql::person_get, {sql(id.value)}));
        ZIGE_TRY(number, trust_.numbers().open(row->bytes(2), row->bytes(3)));
        info.id = id;
        info.name = row->text(0);
        info.certificate_type = row->text(1);
        info.masked_number = masked(as_text(number));
        ZIGE_TRY(events, HubLog(env_.hasher).sanctions_of(tx, id));
        ZIGE_TRY(standing, derive_standing(events));
        ZIGE_TRY(rows, tx.query(Sql::registrations_of_person, {sql(id.value)}));
        for (const Row& each : rows) {
            ZIGE_TRY(known, registration_from(each));
            known.registration.standing = standing;
            info.sites.push_back({each.text(0), std::move(known.registration)});
        }
        return info;
    });
}

Result<PersonId> Registry::find_person_by_number(const std::string& certificate_type, const std::string& number) const {
    PersonId id;
    ZIGE_CHECK(env_.store.read([&](Tx& tx) -> Result<void> {
        ZIGE_TRY(row, tx.first(Sql::person_by_key, {sql(trust_.identity_key(certificate_type, number))}));
        if (!row) return fail(ErrorId::person_not_found, "identity_number");
        id = PersonId{row->unsigned_number(0)};
        return {};
    }));
    return id;
}

Result<std::vector<InstitutionInfo>> Registry::institutions() const {
    return read_from(env_.store, [](Tx& tx) -> Result<std::vector<InstitutionInfo>> {
        std::vector<InstitutionInfo> all;
        ZIGE_TRY(rows, tx.query(Sql::institution_codes, {}));
        for (const Row& row : rows) {
            ZIGE_TRY(info, info_of(tx, row.text(0)));
            all.push_back(std::move(info));
        }
        return all;
    });
}

Result<InstitutionInfo> Registry::institution(const std::string& code) const {
    return read_from(env_.store, [&](Tx& tx) { return info_of(tx, code); });
}

}  // namespace zige::hub
